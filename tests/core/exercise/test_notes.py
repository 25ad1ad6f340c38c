"""The teacher's notes on the steps are part of the exercise."""

import base64
import json
import zlib

import pytest

from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.parts import LONGEST_NOTE
from lstm_core.exercise.presets import PRESETS
from tests.core.exercises import ONE_SENTENCE

PLAIN = PRESETS["unsaturated"].with_readout()
NOTED = PLAIN.with_note("z_f", "Ask: which unit?\n  W_f·v + b_f <b>").with_note("y", "σ once more")


def test_notes_are_kept_in_links_and_files_as_they_are():
    for same in (Exercise.from_token(NOTED.token()), Exercise.from_json(NOTED.to_json())):
        assert dict(same.notes) == dict(NOTED.notes)
        assert same == NOTED


def test_without_notes_a_link_is_what_it_always_was():
    assert PLAIN.token().startswith("1.")
    assert NOTED.token().startswith("2.")
    assert "notes" not in PLAIN.to_json()
    assert Exercise.from_json(PLAIN.to_json()).notes == {}


def test_a_note_makes_another_exercise_and_an_empty_one_takes_it_away():
    assert NOTED != PLAIN
    assert NOTED.with_note("z_f", " ").with_note("y", "") == PLAIN


def test_a_note_goes_with_its_step_and_stays_through_every_other_change():
    assert set(NOTED.without_readout().notes) == {"z_f"}
    assert set(NOTED.resized(n=1)[0].reordered("xh").notes) == {"z_f", "y"}


@pytest.mark.parametrize("text", ["x" * (LONGEST_NOTE + 1), "a\x00b", "\ud800", 7])
def test_what_cannot_be_a_note_is_refused(text):
    with pytest.raises(ValueError, match="The note on z_f must be text") as refused:
        PLAIN.with_note("z_f", text)
    assert ONE_SENTENCE.fullmatch(str(refused.value))


@pytest.mark.parametrize("notes", [[], "x", {"nowhere": "x"}, {"z_f": 1}])
def test_broken_notes_in_a_file_are_one_sentence(notes):
    record = json.loads(NOTED.to_json()) | {"notes": notes}
    with pytest.raises(ValueError, match="This exercise cannot be read: ") as refused:
        Exercise.from_json(json.dumps(record))
    assert ONE_SENTENCE.fullmatch(str(refused.value))


def test_a_note_on_no_step_is_refused():
    with pytest.raises(KeyError):
        PLAIN.with_note("nowhere", "x")


def rewritten(token, notes):
    """The same link with something else in the place of its notes."""
    version, _, text = token.partition(".")
    head, _, raw = zlib.decompress(base64.urlsafe_b64decode(text + "===")).partition(b"\n")
    form = json.dumps([*json.loads(head)[:-1], notes]).encode() + (b"\n" + raw if raw else b"")
    return f"{version}.{base64.urlsafe_b64encode(zlib.compress(form)).decode().rstrip('=')}"


def test_a_rewritten_link_is_what_it_says():
    assert Exercise.from_token(rewritten(NOTED.token(), {"v": "x"})).notes == {"v": "x"}


@pytest.mark.parametrize("notes", [[], "x", 1, {"z_f": 1}, {"z_f": "x" * 501}])
def test_broken_notes_in_a_link_are_one_sentence(notes):
    with pytest.raises(ValueError, match="This link is broken: ") as refused:
        Exercise.from_token(rewritten(NOTED.token(), notes))
    assert ONE_SENTENCE.fullmatch(str(refused.value))
