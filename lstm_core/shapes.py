"""Shapes: what was expected, what was given, in letters and in numbers; and parameter counts."""

import re
from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from lstm_core.cell import Cell
from lstm_core.ops import Array

Letters = tuple[str, ...]

_BY_NAME: dict[str, Letters] = {
    **{"x": ("m",), "xs": ("T", "m"), "v": ("n+m",), "v_r": ("n+m",)},
    **{"W_hh": ("n", "n"), "W_hx": ("n", "m")},  # the blocks of a GRU's W_h
    **{"W_p": ("r", "n"), "W_y": ("p", "n"), **dict.fromkeys(("b_y", "Wv_y", "z_y", "y"), ("p",))},
}
_PROJECTED = _BY_NAME | {"v": ("r+m",), "W_y": ("p", "r"), "h": ("r",), "h_prev": ("r",)}
# Rows of the backward pass: df, dv_via_f, dh_next, db_f_sum, seed_h, slope_f have the shape of what
# they are about: of f, v, h, b_f, h, f.
_OF = re.compile(r"(?:d|seed_|slope_)(.+?)(?:_via_.+|_next|_sum)?")
_RULES = {
    "W": "one row for each hidden unit, one column for each entry of v",
    "W_y": "one row for each output, one column for each hidden unit",
    **dict.fromkeys(("b", "p"), "one entry for each hidden unit"),
    "b_y": "one entry for each output",
    "x": "one entry for each input",
    "xs": "one row for each time step, one column for each input",
    "W_p": "one row for each entry of h, one column for each hidden unit",
    "r": "as many as the rows of W_p: that is how many entries h has",
    "state": "one entry for each hidden unit: h and C are vectors of one size",
}


class ShapeError(ValueError):
    """An array whose shape breaks a rule; `name`, `expected` and `given` say which."""

    def __init__(self, name: str, expected: tuple[int, ...], given: tuple[int, ...], rule: str):
        """Say it in one sentence for the person who typed the array."""
        super().__init__(rule)
        self.name, self.expected, self.given = name, expected, given


def value_of(name: str) -> str:
    """Return the value that a row of the backward pass is about: z_f for dz_f, v for dv_via_f."""
    found = _OF.fullmatch(name)
    return found[1] if found else name


def letters(name: str, projected: bool = False) -> Letters:
    """Return the shape of a named value in letters: ("n", "n+m") for W_f and dW_f, ("n",) for f.

    In a projected cell h has r entries, and v has r+m.
    """
    name, known = value_of(name), _PROJECTED if projected else _BY_NAME
    return known.get(name, ("n", *known["v"]) if name.startswith("W_") else ("n",))


def numbers(shape: Letters, sizes: Mapping[str, int]) -> tuple[int, ...]:
    """Return a shape in numbers: ("n", "n+m") is (3, 6) for n = m = 3."""
    return tuple(sum(sizes[letter] for letter in axis.split("+")) for axis in shape)


def shape_in(name: str, sizes: Mapping[str, int]) -> tuple[int, ...]:
    """Return the shape of a named value in numbers; with a size r, that of a projected cell."""
    return numbers(letters(name, "r" in sizes), sizes)


def written(shape: tuple[object, ...]) -> str:
    """Return a shape as it is said on the page: 3 × 6, or 3 for a vector."""
    return " × ".join(
        f"({axis})" if "+" in str(axis) and len(shape) > 1 else str(axis) for axis in shape
    )


def sizes(cell: Cell, given: Mapping[str, Array], xs: Array) -> dict[str, int]:
    """Return the letters' values: m, n, T; with a read-out p, with a projection r.

    n is what most arrays say that it is, so that one wrong array is blamed, not all others.
    """
    found = {"T": len(xs), "m": xs.shape[1]}
    for letter in "nr" if cell.projected else "n":
        votes = [
            size - (found["m"] if "+" in axis else 0)
            for name, array in given.items()
            for axis, size in zip(letters(name, cell.projected), array.shape, strict=False)
            if axis[0] == letter
        ]
        found[letter] = max(votes, key=votes.count, default=1)
    return {**found, "p": given["b_y"].size} if "b_y" in given else found


def expect(name: str, given: tuple[int, ...], known: Mapping[str, int]) -> None:
    """Raise ShapeError, in one plain sentence, unless `name` may have the shape `given`."""
    axes = letters(name, "r" in known)
    wanted = numbers(axes, known)
    if given == wanted:
        return
    rule = _RULES.get("r" if axes[-1] == "r" else name, _RULES.get(name[0], _RULES["state"]))
    needed = f"{name} must be {written(axes)} = {written(wanted)} ({rule})"
    raise ShapeError(name, wanted, given, f"{needed}; given {written(given) or 'a single number'}.")


@lru_cache(maxsize=256)
def _expected(cell: Cell, m: int, n: int, r: int, p: int) -> dict[str, tuple[int, ...]]:
    known = {"m": m, "n": n, "p": p} | ({"r": r} if cell.projected else {})
    return {name: shape_in(name, known) for name in cell.given}


def check_shapes(cell: Cell, given: Mapping[str, Array], xs: Array) -> None:
    """Raise ValueError, naming array, rule and both shapes, unless everything fits together.

    `given` holds the parameters and the starting states by name, in the order of `cell.given`.
    """
    if tuple(given) != cell.given:
        missing = next(name for name in cell.given if name not in given)
        raise ValueError(f"{missing} is missing: this cell needs {', '.join(cell.given)}.")
    if xs.ndim != 2 or not xs.size:
        raise ValueError(f"xs must be T × m (time steps × inputs); given {written(xs.shape)}.")
    states = [given[name].size for name in cell.states]
    p = given["b_y"].size if cell.readout else 0
    expected = _expected(cell, xs.shape[1], states[-1], states[0], p)
    if [array.shape for array in given.values()] != [*expected.values()]:
        known = sizes(cell, given, xs)
        for name in expected:  # pragma: no branch, because one of them raises
            expect(name, given[name].shape, known)


def parameter_count(params: Mapping[str, Array]) -> int:
    """Return how many weights and biases there are: 4(n(n+m)+n) in an LSTM without read-out."""
    return sum(int(np.size(array)) for array in params.values())
