"""How long a field takes: a wrong number in a cell of 16 units, and hostile text."""

from collections.abc import Mapping

from lstm_core.exercise.exercise import Exercise
from lstm_core.marking.check import check
from tests.core.marking.sheets import Sheet, by_hand, problem, text
from tests.quickest import seconds_of

SIZE = 16  # of n and m
_HOSTILE = (
    *("9**9**9", "1e10000000", "9" * 10**6, "(" * 10**5, "1/" * 10**5, "nan", "1_0" * 10**4),
    *("sqrt(" * 10**4, "0," * 10**5, "-" * 10**6, "\u0663", "1/0"),
)


def slowest(seed: int, size: int = SIZE) -> Mapping[str, float]:
    """Return the most seconds for a wrong number in a whole sheet, for one alone, for a row."""
    exercise = problem(seed, size, size)
    sheet = by_hand(exercise, 4)
    names = [name for t, name in sheet if t]
    rows: list[Sheet] = [{(1, name): [_off(x) for x in sheet[1, name]]} for name in names]
    alone: list[Sheet] = [{at: texts[:1]} for row in rows for at, texts in row.items()]
    whole = [{**sheet, at: [*texts, *sheet[at][1:]]} for one in alone for at, texts in one.items()]
    seconds = {
        "a wrong number in a whole sheet": max(_taken(exercise, one) for one in whole),
        "a wrong number, alone": max(_taken(exercise, one) for one in alone),
        "each of a wrong row": max(_taken(exercise, row) for row in rows) / size,
    }
    return {f"{what}, n = m = {size}": taken for what, taken in seconds.items()}


def hostile() -> Mapping[str, float]:
    """Return the most seconds that a text takes which is meant to do harm."""
    exercise = problem(1)
    taken = max(_taken(exercise, {(0, "z_f"): [bad]}) for bad in _HOSTILE)
    return {"hostile text": taken}


def _off(typed: str) -> str:
    return text(float(typed) + 0.1234, 4)


def _taken(exercise: Exercise, sheet: Sheet) -> float:
    return seconds_of(lambda: check(exercise, sheet))
