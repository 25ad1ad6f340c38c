"""The settings of a run: in the form, in an address, and what a reader typed to learn from."""

import re
from dataclasses import replace

import pytest

from lstm_core.cells import CELLS
from lstm_core.training.learning import Settings
from lstm_core.training.tasks.table import TASKS
from lstm_ui.session.options import is_option
from lstm_ui.training.choices import (
    CHOICES,
    FIRST,
    FORM,
    RUNS,
    code,
    form_settings,
    from_code,
    own_texts,
    run_in,
    with_task,
)
from lstm_ui.training.duels import DUELS

EVERY = [
    FIRST,
    Settings("areas", "gru_after", 8, 100, "momentum", 0.3, 0.0, None, 9999, 10000),
    *(one for pair in DUELS.values() for one in pair),
]


@pytest.mark.parametrize("settings", EVERY, ids=str)
def test_settings_come_back_from_an_address(settings):
    assert from_code(code(settings)) == settings
    chosen = {RUNS[1].name: f"0123456789ab,{code(settings)}", FORM.name: code(settings)}
    assert all(is_option(name, value) for name, value in chosen.items())
    assert run_in(RUNS[1], chosen) == ("0123456789ab", settings)
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
