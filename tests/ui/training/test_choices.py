"""The settings of a run: in the form, in an address, and what a reader typed to learn from."""

import re
from dataclasses import replace
from urllib.parse import parse_qsl

import numpy as np
import pytest

from lstm_core.cells import CELLS
from lstm_core.training.learning import Settings
from lstm_core.training.tasks.table import TASKS
from lstm_ui.session.options import is_option
from lstm_ui.shell.link import TEXTLESS, query
from lstm_ui.training.choices import (
    CHOICES,
    FIRST,
    FORM,
    LONGEST_OWN,
    OWN,
    RUNS,
    code,
    form_settings,
    from_code,
    own_in,
    own_mark,
    own_texts,
    run_code,
    run_in,
    with_task,
)
from lstm_ui.training.duels import DUELS
from tests.ui.sessions import session_at

EVERY = [
    FIRST,
    Settings("areas", "gru_after", 8, 100, "momentum", 0.3, 0.0, None, 9999, 10000),
    *(one for pair in DUELS.values() for one in pair),
]


@pytest.mark.parametrize("settings", EVERY, ids=str)
def test_settings_come_back_from_an_address(settings):
    assert from_code(code(settings)) == settings
    chosen = {RUNS[1].name: run_code("0123456789ab", settings), FORM.name: code(settings)}
    assert all(is_option(name, value) for name, value in chosen.items())
    assert run_in(RUNS[1], chosen) == ("0123456789ab", settings, "")
    assert form_settings(chosen) == settings


@pytest.mark.parametrize(
    "text",
    [
        "",
        "brackets",
        ",".join(["1"] * 10),
        code(FIRST) + ",1",
        code(FIRST).replace("agreement", "nothing"),
        code(FIRST).replace("lstm", "transformer"),
        code(replace(FIRST, n=9)),
        code(replace(FIRST, T=10_000)),
        code(replace(FIRST, steps=10**9)),
        code(replace(FIRST, rate=0.5)),
        code(FIRST).replace("14", "1e9"),
        code(FIRST).replace("14", "nan"),
    ],
)
def test_what_nobody_can_choose_is_no_run(text):
    assert from_code(text) is None
    assert run_in(RUNS[0], {RUNS[0].name: f"abc,{text}"}) is None
    assert form_settings({FORM.name: text}) == FIRST


def test_every_task_and_cell_can_be_chosen():
    assert CHOICES["task"] == tuple(TASKS)
    assert CHOICES["cell"] == tuple(CELLS)


def test_another_task_brings_the_length_of_its_sequences():
    assert TASKS["outbreak"].length == with_task(FIRST, "outbreak").T


@pytest.mark.parametrize(("first", "second"), DUELS.values(), ids=DUELS)
def test_a_duel_differs_in_one_thing(first, second):
    ours, theirs = vars(first), vars(second)
    assert sum(ours[name] != theirs[name] for name in ours) == 1


def test_own_sequences_are_lines_or_paragraphs():
    assert own_texts("brackets", "ab\n\n aabb \r\n") == ("ab", "aabb")
    assert own_texts("areas", "1 2\n3 4\n\n5 6") == ("1 2\n3 4", "5 6")
    assert own_texts("brackets", "  ") == ()


@pytest.mark.parametrize(
    ("task", "text", "said"),
    [
        ("brackets", "ab\nabc", "Sequence 2: Only a and b can stand here; given “c”"),
        ("brackets", "ab\n" * 201, "At most 200 sequences can be learned from; given 201"),
        ("brackets", "a" * 40_001, "At most 40000 characters"),
        ("agreement", "near near", "nothing is asked"),
    ],
)
def test_what_cannot_be_learned_from_is_said(task, text, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        own_texts(task, text)


def test_typed_sequences_come_back_from_an_address_with_the_run_that_learned_from_them():
    own = own_texts("brackets", "ab\naabb")
    chosen = OWN.chosen("ab\naabb") | {RUNS[0].name: run_code("abc", FIRST, own)}
    assert all(is_option(name, value) for name, value in chosen.items())
    assert OWN.text_of(chosen) == "ab\naabb"
    assert run_in(RUNS[0], chosen) == ("abc", FIRST, own_mark(own))
    assert own_in(chosen, "brackets", own_mark(own)) == own
    assert own_in(chosen, "brackets", own_mark(("aabb", "ab"))) is None
    assert own_in(chosen, "outbreak", own_mark(own)) is None
    assert own_in({}, "brackets", "") == ()


def test_typed_sequences_that_a_link_has_no_room_for_are_left_out_of_it_and_it_says_so():
    rng = np.random.default_rng(1)
    long = "\n".join("".join(rng.choice(list("ab"), 190)) for _ in range(200))
    session = session_at()
    session.options = OWN.chosen("aabb\nab")
    found, problem = query(session, [OWN])
    assert (OWN.text_of(dict(parse_qsl(found))), problem) == ("aabb\nab", "")
    session.options = OWN.chosen(long[:LONGEST_OWN])
    found, problem = query(session, [OWN])
    assert (OWN.name in found, problem) == (False, TEXTLESS)
    assert OWN.text_of(session.options) == long[:LONGEST_OWN]


@pytest.mark.parametrize("token", ["", "1.", "1.AAAA", "2.eJwDAAAAAAE", "1.é", "x" * 9])
def test_typed_sequences_of_a_broken_link_are_none(token):
    assert OWN.text_of({OWN.name: token}) == ""


def test_a_link_cannot_unpack_without_end():
    assert OWN.text_of(OWN.chosen("a" * 10_000_000)) == ""
