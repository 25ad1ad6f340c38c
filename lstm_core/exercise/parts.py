"""What an exercise is made of: its arrays, sizes and words, and how much of each there may be."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from lstm_core.cell import Cell
from lstm_core.ops import Array
from lstm_core.trace import frozen

LIMITS = {"m": 64, "n": 64, "r": 64, "T": 1000, "p": 64}  # more than a screen can show
LONGEST_NOTE = 500
_UNPRINTABLE = {"Cc", "Cs", "Zl", "Zp"}  # controls, half characters, line and paragraph breaks


def array_names(cell: Cell) -> tuple[str, ...]:
    """Return what an exercise with this cell holds: parameters, xs and starting states."""
    return (*cell.params, "xs", *cell.states)


def size_letters(cell: Cell) -> set[str]:
    """Return the letters of an exercise's sizes: with a projection also r, with a read-out p."""
    more = {"r": cell.projected, "p": cell.readout}
    return {"m", "n", "T"} | {letter for letter in more if more[letter]}


def check_sizes(sizes: Mapping[str, int]) -> None:
    """Raise ValueError unless every size is a whole number from 1 to its limit."""
    for letter, size in sizes.items():
        if type(size) is not int or not 1 <= size <= LIMITS[letter]:
            raise ValueError(f"{letter} must be a whole number from 1 to {LIMITS[letter]}.")
    if sizes.get("r", 0) > sizes.get("n", LIMITS["n"]):
        raise ValueError(f"r must be at most n = {sizes['n']}: the projection makes h shorter.")


def same_cell(one: Cell, other: Cell) -> bool:
    """Return whether two cells do the same, under the same name."""
    return one is other or (
        (one.name, one.steps, [*one.carry.items()])
        == (other.name, other.steps, [*other.carry.items()])
    )


def same_arrays(some: Mapping[str, Array], others: Mapping[str, Array]) -> bool:
    """Return whether arrays have the same names, shapes and numbers, where 0.0 is not −0.0."""
    return some.keys() == others.keys() and all(
        array is others[name]
        or (array.shape == others[name].shape and array.tobytes() == others[name].tobytes())
        for name, array in some.items()
    )


def used_arrays(given: Mapping[str, ArrayLike], names: Sequence[str]) -> dict[str, Array]:
    """Return those of the arrays that a cell uses; what is missing is for check_shapes to say."""
    return {name: as_array(name, given[name]) for name in names if name in given}


def as_array(name: str, values: ArrayLike) -> Array:
    """Return a read-only float64 copy; ValueError unless `values` are finite numbers."""
    try:
        given = np.asarray(values)
    except ValueError:  # rows of different lengths
        given = np.array(None)
    if given.dtype.kind not in "iuf" or not np.isfinite(array := frozen(given)).all():
        raise ValueError(f"{name} must hold finite numbers, as many in each row.")
    return array


def check_words(decimals: int | None, title: str, source: str) -> None:
    """Raise ValueError unless the decimals are 1 to 10 or None, and the texts short lines."""
    if decimals is not None and (type(decimals) is not int or not 1 <= decimals <= 10):
        raise ValueError("decimals must be a whole number from 1 to 10, or None for every digit.")
    for name, words, longest in (("title", title, 200), ("source", source, 500)):
        if not isinstance(words, str) or len(words) > longest or not _is_one_line(words):
            raise ValueError(f"{name} must be one line of at most {longest} characters.")


def checked_notes(notes: Mapping[str, str], cell: Cell) -> Mapping[str, str]:
    """Return the notes on the steps that this cell has, without the empty ones.

    Raises ValueError where a note is no text, too long, or holds what cannot be printed.
    """
    for name, text in notes.items():
        if not isinstance(text, str) or len(text) > LONGEST_NOTE or not _is_printable(text):
            raise ValueError(
                f"The note on {name:.24} must be text of at most {LONGEST_NOTE} signs."
            )
    return {step.name: note for step in cell.steps if (note := notes.get(step.name, "").strip())}


def _is_printable(text: str) -> bool:
    return all(_is_one_line(line) for line in text.split("\n"))


def _is_one_line(words: str) -> bool:
    return not any(unicodedata.category(letter) in _UNPRINTABLE for letter in words)


def existing(name: str, arrays: Collection[str]) -> str:
    """Return the name; ValueError where none of the arrays has it."""
    if name not in arrays:
        raise ValueError(f"There is no {name} here, only {', '.join(arrays)}.")
    return name


def tenths(*shape: int) -> Array:
    """Return 0.1, 0.2, … 0.9, 0.1, …: numbers to begin with, none of them zero."""
    return (np.arange(np.prod(shape)).reshape(shape) % 9 + 1) / 10
