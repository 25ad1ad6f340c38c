"""Sequences that a reader typed: counts, bits, letters. What is wrong is said in one sentence."""

import numpy as np

from lstm_core.ops import Array
from lstm_core.text.parsing import parse_matrix

MOST = 200  # time steps
LARGEST = 1000  # cases of one day


def counts(text: str, columns: int) -> Array:
    """Return counts (T, columns): a row for each time step; one column may be typed as a row."""
    found = parse_matrix(text)
    if columns == 1 and found.shape[0] == 1:
        found = found.T
    if found.shape[1] != columns:
        wanted = "one number" if columns == 1 else f"{columns} numbers"
        raise ValueError(f"Each row has to be {wanted}; given {found.shape[1]}.")
    _bounded(len(found))
    wrong = found[(found < 0) | (found > LARGEST) | (found % 1 != 0)]
    if wrong.size:
        raise ValueError(f"Counts are whole numbers from 0 to {LARGEST}; given {wrong[0]:g}.")
    return found


def bits(text: str) -> Array:
    """Return bits (T,), each 0 or 1."""
    return np.array([int(letter) for letter in letters(text, "01")], np.float64)


def letters(text: str, allowed: str) -> str:
    """Return the letters of a text without the spaces and commas between them."""
    found = "".join(text.lower().replace(",", " ").split())
    if wrong := [letter for letter in found if letter not in allowed]:
        known = " and ".join(allowed)
        raise ValueError(f"Only {known} can stand here; given “{wrong[0]}”.")
    _bounded(len(found))
    return found


def _bounded(T: int) -> None:
    if not 0 < T <= MOST:
        raise ValueError(f"1 to {MOST} time steps are expected; given {T}.")
