import base64
import json
import re
import zlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.cell import Cell
from lstm_core.cells import gru, lstm
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.parts import LIMITS
from lstm_core.ops import TANH
from tests.core.exercises import VALUES, identical, refused, rounded, some, survives
from tests.quickest import seconds_of

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def token_of(*parts, raw=b""):
    data = json.dumps(list(parts)).encode() + raw
    return "1." + base64.urlsafe_b64encode(zlib.compress(data)).decode().rstrip("=")


def test_a_token_is_short_and_fit_for_a_link():
    rng = np.random.default_rng(0)
    exercise = some(n=8, m=8, T=5, title="t" * 200, source="s" * 500)
    full = [rng.normal(size=array.shape) for array in exercise.arrays.values()]
    for name, array in zip(exercise.arrays, full, strict=True):
        exercise = exercise.with_array(name, array)
    assert len(exercise.token()) < 6_500
    assert len(rounded(n=3, m=3).token()) < 350
    assert re.fullmatch(r"1\.[A-Za-z0-9_-]+", exercise.token())


def test_the_token_does_not_depend_on_the_order_of_a_dict():
    exercise = some()
    turned = replace(exercise, params=dict(reversed(exercise.params.items())))
    assert turned.token() == exercise.token()
    assert turned.to_json() == exercise.to_json()


def test_equal_means_equal_to_the_last_bit():
    exercise = some().with_entry("b_f", (0,), 0.0)
    assert exercise == replace(exercise)
    assert exercise != exercise.with_entry("b_f", (0,), -0.0)
    assert exercise != replace(exercise, decimals=5)
    assert exercise != exercise.token()
    assert len({exercise, replace(exercise), replace(exercise, title="another")}) == 2


def test_exercises_of_other_cells_or_sizes_differ():
    exercise = some()
    cell = replace(exercise.cell)
    assert replace(exercise, cell=cell) == exercise
    assert hash(replace(exercise, cell=cell)) == hash(exercise)
    assert replace(exercise, cell=replace(cell, name="mine")) != exercise
    assert exercise.relabelled("xh") != exercise
    assert exercise.with_readout(1) != exercise
    assert exercise.with_array("xs", [*exercise.xs, *exercise.xs]) != exercise


def test_to_compare_makes_no_token(monkeypatch):
    exercise = some()
    with monkeypatch.context() as patch:
        patch.setattr("zlib.compress", None)
        assert exercise == replace(exercise)
        assert exercise != exercise.with_entry("b_f", (0,), 7.0)
        assert {exercise: 1}[replace(exercise)] == 1


def test_a_cell_that_no_token_knows_can_be_compared():
    cell = lstm()
    changed, again = (
        replace(some(), cell=cell.with_step(replace(cell["f"], op=TANH))) for _ in range(2)
    )
    assert changed == changed == again
    assert hash(changed) == hash(again)
    assert changed != some()
    nameless = replace(some(), cell=Cell("mine", (*cell.steps[:-1], cell.steps[-1]), cell.carry))
    assert nameless == nameless != some()


@pytest.mark.parametrize("n", [1, 8, 12, 64])
@pytest.mark.parametrize("decimals", [0, 1, 17])
@pytest.mark.parametrize("notes", [{}, {"f": "0.1,0.2,[]"}])
def test_a_token_is_made_where_it_is_short_enough_and_only_there(n, decimals, notes):
    exercise = some(n=n, m=n, T=2, notes=notes)
    arrays = {name: array.round(decimals) for name, array in exercise.arrays.items()}
    exercise = replace(exercise, params=arrays, start=arrays, xs=arrays["xs"])
    for most in (300, 3000, 7000, 30_000):
        token = replace(exercise).token()
        assert replace(exercise).short_token(most) == (token if len(token) <= most else None)


def test_what_is_too_long_is_not_packed_to_the_end(monkeypatch):
    exercise = some(n=64, m=64)
    monkeypatch.setattr("zlib.compress", None)
    assert exercise.short_token(7000) is None


def test_a_token_that_is_there_is_measured():
    exercise = some()
    length = len(exercise.token())
    assert exercise.short_token(length) == exercise.token()
    assert exercise.short_token(length - 1) is None


def test_a_cell_that_was_changed_can_be_run_but_not_written():
    cell = lstm()
    changed = replace(some(), cell=cell.with_step(replace(cell["f"], op=TANH)))
    assert changed.trace()[0, "f"].min() < 0
    for write in (changed.token, changed.to_json):
        with pytest.raises(ValueError, match="The cell lstm was changed"):
            write()
    with pytest.raises(ValueError, match="The cell mine was changed"):
        replace(some(), cell=replace(cell, name="mine")).token()


def test_the_largest_exercise_survives():
    exercise = some(lstm(readout=True), title="🙂" * 200, source="🙂" * 500)
    exercise, _ = exercise.resized(**{name: LIMITS[name] for name in "mnTp"})
    rng = np.random.default_rng(0)
    for name, array in exercise.arrays.items():
        exercise = exercise.with_array(name, -1e-100 * rng.random(array.shape))
    assert identical(Exercise.from_token(exercise.token()), exercise)
    assert identical(Exercise.from_json(exercise.to_json()), exercise)


SIZES = {"m": 1, "n": 1, "T": 1}
ZEROS = [0] * 15
CHANGED = "it was cut short, or changed on its way."
KIND = "lstm", "hx"
REST = 4, "", ""


def test_tokens_by_hand_are_tokens():
    assert Exercise.from_token(token_of(*KIND, SIZES, *REST, ZEROS)).sizes == SIZES
    raw = Exercise.from_token(token_of(*KIND, SIZES, *REST, None, raw=b"\n" + bytes(120)))
    assert raw.sizes == SIZES


@pytest.mark.parametrize(
    ("token", "told"),
    [
        ("", "it is not a link of this app, or of a later version."),
        ("1.", "it is not a link of this app, or of a later version."),
        ("4.eNpz", "it is not a link of this app, or of a later version."),
        ("1.eN\n", "it is not a link of this app, or of a later version."),
        ("1." + "A" * 1_200_000, "it is too long."),
        ("1.A", CHANGED),
        ("1.AAAA", CHANGED),
        (rounded().token()[:-4], CHANGED),
        (rounded().token() + "AAAA", CHANGED),
        (token_of(*KIND, SIZES, *REST), CHANGED),
        (token_of(*KIND, [1, 1, 1], *REST, ZEROS), CHANGED),
        (token_of(*KIND, {"m": 1, "n": 1}, *REST, ZEROS), CHANGED),
        (token_of(*KIND, SIZES | {"q": 1}, *REST, ZEROS), CHANGED),
        (token_of(*KIND, SIZES | {"n": 10**9}, *REST, ZEROS), "n must be a whole number .*"),
        (token_of(*KIND, SIZES | {"n": True}, *REST, ZEROS), "n must be a whole number .*"),
        (token_of(*KIND, SIZES | {"p": 0}, *REST, ZEROS), "p must be a whole number .*"),
        (token_of(*KIND, SIZES, *REST, ZEROS[1:]), CHANGED),
        (token_of(*KIND, SIZES, *REST, [[0]] * 15), CHANGED),
        (token_of(*KIND, SIZES, *REST, [*ZEROS[1:], [0]]), "each array must hold finite .*"),
        (token_of(*KIND, SIZES, *REST, [*ZEROS[1:], True]), "each array must hold finite .*"),
        (token_of(*KIND, SIZES, *REST, [*ZEROS[1:], "1"]), "each array must hold finite .*"),
        (token_of(*KIND, SIZES, *REST, None), CHANGED),
        (token_of(*KIND, SIZES, *REST, None, raw=b"\n" + bytes(119)), CHANGED),
        (token_of(*KIND, SIZES, *REST, None, raw=b"\n" + b"\xff" * 120), "W_f must hold finite .*"),
        (token_of("gpt", "hx", SIZES, *REST, ZEROS), "the cell must be one of .*"),
        (token_of("lstm", [], SIZES, *REST, ZEROS), "the cell must be a name, .*"),
        (token_of(*KIND, SIZES, 99, "", "", ZEROS), "decimals must be .*"),
        (token_of(*KIND, SIZES, 4, "\n", "", ZEROS), "title must be one line .*"),
    ],
)
def test_a_broken_link_says_so(token, told):
    assert re.fullmatch(told, refused(Exercise.from_token, token))


TOKENS = [rounded().token(), some(gru()).token(), some(lstm(readout=True)).token()]


@pytest.mark.no_cover  # chance covers nothing for certain
@settings(max_examples=300)
@given(st.sampled_from(TOKENS), st.data())
def test_a_link_with_a_slip_in_it_is_refused(token, data):
    at = data.draw(st.integers(2, len(token) - 1))
    kind = data.draw(st.sampled_from(["cut", "change", "insert", "drop"]))
    letter = data.draw(st.sampled_from(LETTERS))
    changed = {
        "cut": token[:at],
        "change": token[:at] + letter + token[at + 1 :],
        "insert": token[:at] + letter + token[at:],
        "drop": token[:at] + token[at + 1 :],
    }[kind]
    try:
        again = Exercise.from_token(changed)
    except ValueError as error:
        assert str(error).startswith("This link is broken: ")  # noqa: PT017
    else:
        assert again == Exercise.from_token(token)  # the slip fell on bits without a meaning


def refuse(text):
    with pytest.raises(ValueError, match="This link is broken"):
        Exercise.from_token(text)


def bomb(data):
    return "1." + base64.urlsafe_b64encode(zlib.compress(data, 9)).decode().rstrip("=")


@pytest.mark.parametrize(
    "token",
    [
        bomb(bytes(10**9 // 20)),
        bomb(b"[" * 890_000),
        bomb(b"[" * 190_000),
        bomb(b"[" + b"0," * 90_000 + b"0]"),
        bomb(b'{"a":' * 39_000),
        bomb(b"9" * 190_000),
        "1." + "A" * 1_199_998,
        token_of(*KIND, {"m": 64, "n": 64, "T": 10**9}, *REST, ZEROS),
    ],
    ids=["zeros", "too long", "deep", "long", "braces", "digits", "letters", "sizes"],
)
def test_a_link_made_to_do_harm_is_refused_in_no_time(token):
    assert seconds_of(lambda: refuse(token), runs=5, enough=0.05) < 0.05


@pytest.mark.no_cover  # chance covers nothing for certain
@given(st.text())
def test_any_text_is_a_link_or_a_value_error(text):
    refused(Exercise.from_token, text)
    refused(Exercise.from_token, "1." + text)


@pytest.mark.no_cover  # chance covers nothing for certain
@given(st.lists(VALUES, min_size=7, max_size=7), st.integers(0, 6))
def test_any_value_in_any_place_of_a_token_is_read_or_refused(values, place):
    good = ["lstm", "hx", {"m": 1, "n": 1, "T": 1}, 4, "", "", [0] * 15]
    good[place] = values[place]
    survives(Exercise.from_token, token_of(*good))
    survives(Exercise.from_token, token_of(*values))
