"""The inputs and starting states that a file holds beside its weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm_core.ops import Array

_XS = ("xs", "x", "X", "inputs", "input", "x_t", "x_seq", "sequence")
_STATES = {
    "h_prev": ("h_prev", "h0", "h_0", "h_init", "hidden", "h_t-1", "initial_h"),
    "C_prev": ("C_prev", "c_prev", "C0", "c0", "C_0", "c_0", "c_init", "initial_c"),
}


@dataclass(frozen=True, eq=False)
class Inputs:
    """xs (T, m) and states (n,) by our names, None where the file has none; `remarks` say so."""

    xs: Array | None
    start: Mapping[str, Array]
    remarks: tuple[str, ...]


def inputs_of(arrays: Mapping[str, Any], n: int, m: int, r: int | None = None) -> Inputs:
    """Return what a file holds beside the weights of a layer with n units and m inputs.

    With a projection h has r entries.
    """
    remarks: list[str] = []
    xs = _xs(arrays, m, remarks)
    start = {}
    for ours, names in _STATES.items():
        for name in (name for name in names if name in arrays):
            values = np.asarray(arrays[name], float).reshape(-1)
            letter, size = ("r", r) if r and ours == "h_prev" else ("n", n)
            if values.shape == (size,):
                start[ours] = values
            else:
                wanted = f"{letter} = {size}"
                remarks.append(f"{name} has {values.size} entries, not {wanted}: it was not taken.")
            break
    return Inputs(xs, start, tuple(remarks))


def _xs(arrays: Mapping[str, Any], m: int, remarks: list[str]) -> Array | None:
    for name in (name for name in _XS if name in arrays):
        values = np.asarray(arrays[name], float)
        while values.ndim > 2 and 1 in values.shape:  # a batch of one
            values = np.squeeze(values, axis=values.shape.index(1))
        if values.ndim == 1 and values.size == m:
            return values.reshape(1, m)
        if values.ndim == 2 and values.shape[1] == m:
            return values
        if values.ndim == 2 and values.shape[0] == m:
            remarks.append(f"A column of {name} was read as a time step: it has m = {m} rows.")
            return np.ascontiguousarray(values.T)
        size = " × ".join(map(str, values.shape))
        remarks.append(f"{name} is {size}, and m = {m}: it was not taken.")
    steps = sorted((int(k[2:]), k) for k in arrays if k.startswith("x_") and k[2:].isdigit())
    rows = [np.asarray(arrays[name], float).reshape(-1) for _, name in steps]
    if rows and all(row.shape == (m,) for row in rows):
        return np.stack(rows)
    return None


def stacked_states(arrays: Mapping[str, Any], state: str, sizes: Sequence[int]) -> list[Array]:
    """Return a starting state for each lane of a stack, of these sizes; none where there is none.

    PyTorch has them in one array, (lanes, n) or (lanes, 1, n): from the first layer up, in each the
    forward lane first.
    """
    for name in (name for name in _STATES[state] if name in arrays):
        values = np.asarray(arrays[name], float)
        if values.size == sum(sizes) and len(values) == len(sizes) and len({*sizes}) == 1:
            return [*values.reshape(len(sizes), sizes[0])]
    return []
