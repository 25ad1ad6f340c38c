"""How far gradients reach over many time steps: in an exercise, in trials of it, in plain RNNs."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from lstm_core.backpropagation.paths import decay
from lstm_core.backpropagation.rows import run_back, with_backward_rows
from lstm_core.cell import Cell
from lstm_core.cells import facts, lstm, rnn
from lstm_core.exercise.exercise import Exercise
from lstm_core.gradients import backward
from lstm_core.looks.connected import leading_to
from lstm_core.looks.memory import candidate_params, held_params, rnn_start
from lstm_core.ops import ONE_MINUS, Array
from lstm_core.shapes import letters
from lstm_core.trace import Trace, run

LONGEST, LONGEST_LARGE = 200, 60  # time steps looked at: of up to 16 units, and of more
# Of a push at T itself: less than GONE has vanished, less than KEPT faded, more than MUCH exploded.
GONE, KEPT, MUCH = 0.01, 0.5, 10.0
FEW, MOST = 16, 32  # units; of more than MOST, no matrix of derivatives is worked out


@dataclass(frozen=True)
class Trial:
    """What is tried on an exercise: the steps it runs at least, and what its weights become.

    `recurrent` multiplies the columns of every W that meet h, `forget` is added to the bias that
    decides what is kept: b_f, of a GRU b_z; of a plain RNN, to b_f of the LSTM beside it.
    """

    steps: int = 20
    recurrent: float = 1.0
    forget: float = 0.0


def longest(n: int) -> int:
    """Return how many time steps are looked at, at most."""
    return LONGEST if n <= FEW else LONGEST_LARGE


def tried(exercise: Exercise, trial: Trial) -> Trace:
    """Run the exercise with its trial numbers, its last input repeated to fill the time steps."""
    params = _scaled(exercise, trial)
    if bias := deciding_bias(exercise.cell):
        params[bias.name] = params[bias.name] + trial.forget
    return run(exercise.cell, params, _inputs(exercise, trial), exercise.start)


class Deciding(NamedTuple):
    """The bias that decides what is kept; `sign` is 1 where a larger one keeps more, −1 less."""

    name: str
    sign: int


def deciding_bias(cell: Cell) -> Deciding | None:
    """Return b_f, of a GRU b_z; of a minimal gated unit b_f, with −1, for there 1 − f keeps.

    None where no gate keeps, or what keeps is not made of one that has a bias.
    """
    keeps, sign = facts(cell).keeps, 1
    step = cell.get(keeps) if keeps else None
    if step and step.op is ONE_MINUS:
        keeps, sign = step.inputs[0], -1
    bias = f"b_{keeps}"
    return Deciding(bias, sign) if bias in cell.params else None


def keeping_bias(cell: Cell) -> str | None:
    """Return the bias of the gate that keeps: b_f, of a GRU b_z; None where there is none."""
    bias = deciding_bias(cell)
    return bias.name if bias and bias.sign > 0 else None


def tried_rnn(exercise: Exercise, trial: Trial, activation: str) -> Trace:
    """Run a plain RNN, "tanh" or "relu", with the candidate's weights, on the same inputs."""
    params = candidate_params(exercise.cell, _scaled(exercise, trial))
    cell = rnn(exercise.order, "relu" if activation == "relu" else "tanh")
    return run(cell, params, _inputs(exercise, trial), rnn_start(exercise))


def tried_lstm(exercise: Exercise, trial: Trial) -> Trace:
    """Run an LSTM with a plain RNN's weights for its candidate, its gates held by their biases."""
    params = held_params(_scaled(exercise, trial), trial.forget)
    h = exercise.start["h_prev"]
    start = {"h_prev": h, "C_prev": np.zeros_like(h)}
    return run(lstm(exercise.order), params, _inputs(exercise, trial), start)


def _inputs(exercise: Exercise, trial: Trial) -> Array:
    T = min(max(exercise.T, trial.steps), longest(exercise.n))
    rows: Array = exercise.xs[np.minimum(np.arange(T), exercise.T - 1)]
    return rows


def _scaled(exercise: Exercise, trial: Trial) -> dict[str, Array]:
    """The parameters, the columns of each W that meet h multiplied by the trial's number."""
    of_h = slice(exercise.m, None) if exercise.order == "xh" else slice(exercise.r)
    params = dict(exercise.params)
    for name in params:
        if letters(name) == ("n", "n+m"):
            params[name] = params[name].copy()
            params[name][:, of_h] *= trial.recurrent
    return params


@dataclass(frozen=True, eq=False)
class Paths:
    """How one unit's memory at the last time step depends on the same unit's at each t, (T,) each.

    `memory` is "C", or "h" in a cell without C; `gate` is what the direct factor is, entry by
    entry: None where the memory is carried on unchanged, and `direct` None where it is not carried
    on at all. `whole` counts every path.
    """

    memory: str
    gate: str | None
    direct: Array | None
    whole: Array


def unit_paths(trace: Trace, unit: int) -> Paths:
    """Return the direct product and the whole derivative of one unit, for every t."""
    known, last = facts(trace.cell), len(trace) - 1
    memory = known.memory
    seed = np.zeros_like(trace[last, memory])
    seed[unit] = 1.0
    back = run_back(trace, {(last, memory): seed}, _handing_back(trace.cell, memory))
    whole = np.array([frame[f"d{memory}"][unit] for frame in back.frames])
    return Paths(memory, known.keeps, direct_product(trace, unit), whole)


@lru_cache(maxsize=256)
def _handing_back(cell: Cell, seeded: str) -> Cell:
    """The backward table without what no gradient of a state is made of: no parameters, no x."""
    table = with_backward_rows(cell, (seeded,))
    wanted = [f"d{seeded}", *(f"d{name}" for name in cell.states)]
    rows = leading_to(table.steps[len(cell.steps) :], wanted)
    return replace(table, steps=(*cell.steps, *rows))


def direct_product(trace: Trace, unit: int) -> Array | None:
    """Return the product of one unit's direct factors after each t (T,); None where it has none."""
    known = facts(trace.cell)
    if not known.carried:
        return None
    factors = [frame[known.keeps][unit] if known.keeps else 1.0 for frame in trace.frames[1:]]
    return np.cumprod([1.0, *factors[::-1]])[::-1]


def relative(arriving: Array) -> Array:
    """Return what arrives of a push at each t (T,), beside what arrives of one at T itself.

    It is 1 at T. Undefined (NaN) where nothing arrives of a push at T either, or what arrives is
    too large for both.
    """
    with np.errstate(all="ignore"):
        found: Array = arriving / arriving[-1] if arriving[-1] else np.full_like(arriving, np.nan)
    return found


def fate(part: float) -> str:
    """Say what becomes of a push on its way, by what arrives of it beside one at T itself."""
    if np.isnan(part):
        return "unknown"
    if part < GONE:
        return "vanishes"
    return "fades" if part < KEPT else "survives" if part <= MUCH else "explodes"


def reach(trace: Trace, of: str) -> Array:
    """Return how much of a push on a state at each t arrives at the last h (T,), as `decay` does.

    Of more than 32 units it is the length of the gradient of Σ h_T, which needs no matrices.
    """
    if (n := len(trace[0, "h"])) <= MOST:
        return decay(trace, of)
    grads = backward(trace, {(len(trace) - 1, "h"): np.ones(n)})
    return np.array([np.linalg.norm(frame[of]) for frame in grads.frames])
