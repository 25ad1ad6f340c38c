"""Other sizes for the same arrays: what fits is kept, what is new is drawn, as a sentence says."""

from collections.abc import Mapping

import numpy as np

from lstm_core.cell import Order
from lstm_core.exercise.draws import drawn
from lstm_core.ops import Array
from lstm_core.shapes import letters, shape_in

Sizes = Mapping[str, int]

NEW = "the new entries are small random numbers"
_ONE = {"row": "a row", "column": "a column", "entry": "an entry", "step": "a time step"}
_MANY = {"row": "rows", "column": "columns", "entry": "entries", "step": "time steps"}
_CHANGES = {
    "m": "every W {did} {column} for x_t, every x_t {entry}",
    "n": "every W {did} {row} and {column} for h_{{t-1}}, every vector of n numbers {entry}",
    "n with p": "W_y {did} {column} for h_t, every other W {row} and {column} for h_{{t-1}}, "
    "every vector of n numbers {entry}",
    "n with r": "W_p {did} {column}, every other W {row}, every vector of n numbers {entry}",
    "r": "h {did} {entry}, W_p {row}, every W that meets h {column}",
    "T": "xs {did} {step}",
    "p": "W_y {did} {row}, b_y {entry}",
}


def fitted(arrays: Mapping[str, Array], order: Order, old: Sizes, new: Sizes) -> dict[str, Array]:
    """Return every array of an exercise in the new sizes: m, n, T and, where there are, p and r.

    The columns of a W are a part for h and a part for x, in the order of v: each keeps its own.
    New entries are small random numbers: with zeros a new unit would do nothing, and hide mistakes.
    """
    resized = [name for name, array in arrays.items() if shape_in(name, new) != array.shape]
    result = drawn(resized, arrays, new, order)
    for name, fresh in result.items():
        kept = [_overlap(axis, order, old, new) for axis in letters(name, "r" in new)]
        fresh[np.ix_(*(to for _, to in kept))] = arrays[name][np.ix_(*(of for of, _ in kept))]
    return {**arrays, **result}


def _overlap(axis: str, order: Order, old: Sizes, new: Sizes) -> tuple[list[int], list[int]]:
    """Which old places along an axis stay, and which places they get, block by block."""
    blocks = axis.split("+") if order == "hx" else axis.split("+")[::-1]  # "n+m": h is n, x is m
    of: list[int] = []
    to: list[int] = []
    of_start, to_start = 0, 0
    for letter in blocks:
        kept = min(old[letter], new[letter])
        of += range(of_start, of_start + kept)
        to += range(to_start, to_start + kept)
        of_start, to_start = of_start + old[letter], to_start + new[letter]
    return of, to


def resizing_sentence(old: Sizes, new: Sizes) -> str:
    """Return what `fitted` did, a sentence for each size that changed."""
    changed = [letter for letter in new if new[letter] != old[letter]]
    return " ".join(_sentence(letter, old, new) for letter in changed) or "Nothing changed."


def _sentence(letter: str, old: Sizes, new: Sizes) -> str:
    more = new[letter] - old[letter]
    did, rest = ("gained", NEW) if more > 0 else ("lost", "the rest is kept")
    case = next((case for case in ("n with r", "n with p") if case[-1] in new), letter)
    change = _CHANGES[case if letter == "n" else letter]
    things = _ONE if abs(more) == 1 else {k: f"{abs(more)} {many}" for k, many in _MANY.items()}
    return f"{letter} is now {new[letter]}: {change.format(did=did, **things)}; {rest}."
