"""The other form of a step, where books and libraries differ: both on the same numbers.

A GRU's reset gate acts before the product with W_h or after it; its new h is (1 − z)∘h̃ + z∘h_{t-1}
or has the two shares the other way round; a peephole of the output gate sees C_t or C_{t-1}. Each
is the cell with something changed, so both are run, from the same state, for one time step.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from lstm_core.cell import Cell
from lstm_core.cells import gru
from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from lstm_core.trace import Trace, run


@dataclass(frozen=True, eq=False)
class Forms:
    """One question of form: `topic` is its heading in words/forms.txt, `case` which form is ours.

    `own` and `other` are h of this time step, (n,) each; `exercise` is the reader's with the other
    form, where that is a cell of the table.
    """

    topic: str
    case: str
    own: Array
    other: Array
    exercise: Exercise | None = None


def forms(exercise: Exercise, trace: Trace, t: int, name: str) -> Forms | None:
    """Return the other form of the step `name` at time step t; None where there is but one."""
    topic = _ASKED.get(name)
    found = _OTHERS[topic](exercise) if topic and topic in _topics(exercise.cell) else None
    if topic is None or found is None:
        return None
    start = {state: trace[t, state] for state in found.cell.states}
    once = run(found.cell, found.params, trace[t, "x"][None, :], start)
    case = "after" if "b_hh" in exercise.params else "before"
    kept = found if topic == "reset" else None
    return Forms(topic, case, trace[t, "h"], once[0, "h"], kept)


def _topics(cell: Cell) -> set[str]:
    """Which questions of form arise at a cell."""
    has = {*cell.names}
    wanted = {"reset": {"r", "reset_h"}, "shares": {"one_minus_z"}, "peephole": {"pC_o"}}
    return {topic for topic, names in wanted.items() if names <= has}


def _other_reset(exercise: Exercise) -> Exercise:
    """The GRU with its reset on the other side of the product: of two biases it takes the sum."""
    params, cell = dict(exercise.params), exercise.cell
    inner = params.pop("b_hh", None)
    if inner is None:
        other = gru(cell.order, "after")
        params["b_hh"] = np.zeros_like(params["b_h"])
    else:
        other = gru(cell.order, "before")
        params["b_h"] = params["b_h"] + inner
    return replace(exercise, cell=other.with_readout() if cell.readout else other, params=params)


def _other_shares(exercise: Exercise) -> Exercise:
    """The GRU in which z writes and 1 − z keeps, with the same weights."""
    cell = exercise.cell
    written = replace(cell["written"], inputs=("z", "h_tilde"))
    kept = replace(cell["kept"], inputs=("one_minus_z", "h_prev"))
    return replace(exercise, cell=cell.with_step(written).with_step(kept))


def _old_state(exercise: Exercise) -> Exercise:
    """The peephole LSTM whose output gate sees C_{t-1}, as its other gates do."""
    seen = replace(exercise.cell["pC_o"], inputs=("p_o", "C_prev"))
    return replace(exercise, cell=exercise.cell.with_step(seen))


_OTHERS: Mapping[str, Callable[[Exercise], Exercise]] = {
    "reset": _other_reset,
    "shares": _other_shares,
    "peephole": _old_state,
}
_ASKED = {
    "reset_h": "reset",
    "Wh_h": "reset",
    "one_minus_z": "shares",
    "pC_f": "peephole",
    "pC_i": "peephole",
    "pC_o": "peephole",
}
