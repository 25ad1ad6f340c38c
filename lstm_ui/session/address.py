"""Where a number is, as text, in each of three ways: in a link, on the sheet, and for people.

    in a link      step=f&t=2&entry=1    counted from 1
    on the sheet   f:0, W_f:0:1          counted from 0, at the time step on screen; else db_f@2:0
    for people     f[1], W_f[1,2]        counted from 1, in the letters of the board

A place in a figure that is no number of the exercise, "0.5,-1", is read here as well.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from lstm_core.cell import Cell
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.letters import plain
from lstm_core.trace import Address

Index = tuple[int, ...]
_COUNT = re.compile("[0-9]{1,4}")


def to_link(place: Address, T: int) -> dict[str, str]:
    """Return the parameters of a link; what would be the first one anyway is left out."""
    found = {"step": place.step}
    if T > 1:
        found["t"] = str(place.t + 1)
    if place.index and place.index[0]:
        found["entry"] = str(place.index[0] + 1)
    return found


def from_link(exercise: Exercise, parameters: Mapping[str, str]) -> Address:
    """Return the step, time step and entry that a link names, or the first of each."""
    names = exercise.cell.names
    step = parameters.get("step", "")
    return Address(
        step if step in names else names[0],
        _counted(parameters.get("t", "1"), exercise.T),
        (_counted(parameters.get("entry", "1"), max(exercise.n + exercise.m, exercise.p)),),
    )


def _counted(text: str, most: int) -> int:
    """Read a number that people count from 1; anything else is the first."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1
    return max(1, min(number, most)) - 1


def cell_id(name: str, index: Index) -> str:
    """Return an entry of an array as the sheet writes it: W_f:0:1."""
    for k in index:  # a page has ten thousand of them: to join a list takes three times as long
        name = f"{name}:{k}"
    return name


def at_time(name: str, t: int) -> str:
    """Return what the sheet calls an array of a time step beside the one on screen: db_f@2."""
    return f"{name}@{t + 1}"


def read_cell(cell: str) -> tuple[str, Index]:
    """Return the name and index that the sheet has written; ValueError where it is none."""
    name, *index = cell.split(":")
    if not (1 <= len(index) <= 2 and all(_COUNT.fullmatch(part) for part in index)):
        raise ValueError("There is no such cell.")
    return name, tuple(map(int, index))


def entry_name(cell: Cell, name: str, index: Index) -> str:
    """Return an entry's name for people: z_f[2], (W_f·v)[2], W_f[2,3]."""
    return f"{_array_name(cell, name)}[{','.join([str(i + 1) for i in index])}]"


@lru_cache(maxsize=1024)  # a matrix asks for each of its entries
def _array_name(cell: Cell, name: str) -> str:
    text = plain(cell, name)
    return f"({text})" if any(sign in text for sign in "·∘ ") else text


def read_point(where: str) -> tuple[float, float]:
    """Return the place in a figure that was clicked: "0.5,-1"; ValueError where it is none."""
    x, y = map(float, where.split(","))
    return x, y
