"""Sheets with the verdict that a good tutor gives: each stands for a kind of work."""

import json
from pathlib import Path

import pytest

from lstm_core.cells import lstm
from lstm_core.exercise.exercise import Exercise
from lstm_core.marking.check import check
from lstm_core.trace import Address

FILE = json.loads(Path(__file__).with_name("cases.json").read_text("utf-8"))
ROUNDING = {"drift", "truncated"}


def exercise(numbers, T):
    given = {name: numbers[name] for name in numbers if name[:2] in ("W_", "b_")}
    start = {name: numbers[name] for name in ("h_prev", "C_prev")}
    return Exercise(cell=lstm(numbers["order"]), params=given, xs=numbers["xs"][:T], start=start)


def place(text):
    t, step, *entry = text.split()
    return int(t), step, *map(int, entry)


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["id"])
def test_the_verdict_is_a_tutors(case):
    numbers = FILE["HW"] if case["exercise"] == "HW" else case["exercise"]
    answers = {place(at): texts for at, texts in case["answers"].items()}
    found = check(exercise(numbers, case["T"]), answers)
    for at, wanted in case["expect"].items():
        t, step, j = place(at)
        verdict = found[Address(step, t, (j,))]
        state, _, code = wanted.partition(": ")
        assert verdict.state in (ROUNDING if state == "rounding" else {state}), at
        assert not code or verdict.mistakes[0].code == code, at
