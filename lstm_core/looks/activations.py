"""The activations compared: each with its derivative, its bounds, and where it is flat.

Beside the σ, tanh and ReLU of the cells stand the hard sigmoids that some frameworks put in σ's
place, and no activation at all. Only a variant of a cell has one of those three.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from lstm_core.cell import Cell, Step
from lstm_core.cells import facts
from lstm_core.ops import RELU, SIGMOID, TANH, Array, Op, sigmoid
from lstm_core.variants.ops import HARD, HARD_GAIN, HARD_SIX, HARD_SIX_GAIN, NONE, hard_slope

SATURATED = 0.01  # a derivative below this hardly lets anything through
Interval = tuple[float, float]
Function = Callable[[Array], Array]


@dataclass(frozen=True, eq=False)
class Activation:
    """One activation: how it and its derivative are written, both as functions, and their bounds.

    Its values lie between `low` and `high` and its derivative between 0 and `steepest`; `flat`
    are the intervals of z on which the derivative is below SATURATED.
    """

    code: str
    name: str
    prime: str
    latex: str
    slope_latex: str
    op: Op
    slope: Function
    low: float
    high: float
    steepest: float
    flat: tuple[Interval, ...]

    def saturated(self, z: Array) -> NDArray[np.bool_]:
        """Return where z lies in a flat part: a change of z there changes almost nothing."""
        return np.asarray(self.slope(z) < SATURATED)

    def at(self, z: float) -> tuple[float, float]:
        """Return the value and the derivative at one z."""
        one = np.array([z])
        return float(self.op.forward(one)[0]), float(self.slope(one)[0])


def _sigmoid_slope(z: Array) -> Array:
    """σ′ = σ(z)·σ(−z), exact in both tails, where 1 − σ(z) would be 0."""
    return sigmoid(z) * sigmoid(-z)


def _tanh_slope(z: Array) -> Array:
    """tanh′ = 1 − tanh² = 4·σ′(2z), exact in both tails."""
    return 4.0 * _sigmoid_slope(2.0 * z)


def _tails(edge: float) -> tuple[Interval, ...]:
    return (-math.inf, -edge), (edge, math.inf)


def _sigmoid_edge(slope: float) -> float:
    """Return the z > 0 with σ′(z) = slope: y(1 − y) = slope solved for y, then for z."""
    root = math.sqrt(1.0 - 4.0 * slope)
    return math.log((1.0 + root) / (1.0 - root))


def _hard(op: Op, variant: str, line: str, gain: float) -> Activation:
    """Return a hard sigmoid: gain·z + 0.5, cut off at 0 and 1."""
    edge, (name, prime) = 0.5 / gain, (f"{word}{variant}" for word in ("hard σ", "hard σ′"))
    slope = partial(hard_slope, gain=gain)
    latex = rf"\text{{hard}}\,\sigma(z) = \min(1, \max(0, {line}))"
    slope_latex = rf"{line.partition('z')[0]} \text{{ for }} |z| < {edge:.3g}, \text{{ else }} 0"
    flat = _tails(edge)
    return Activation(op.name, name, prime, latex, slope_latex, op, slope, 0.0, 1.0, gain, flat)


def _relu_slope(z: Array) -> Array:
    return np.where(z > 0.0, 1.0, 0.0)


_ROWS = (
    Activation(
        code="sigmoid",
        name="σ",
        prime="σ′",
        latex=r"\sigma(z) = \frac{1}{1 + e^{-z}}",
        slope_latex=r"\sigma'(z) = \sigma(z)\,(1 - \sigma(z)) \le 0.25",
        op=SIGMOID,
        slope=_sigmoid_slope,
        low=0.0,
        high=1.0,
        steepest=0.25,
        flat=_tails(_sigmoid_edge(SATURATED)),
    ),
    Activation(
        code="tanh",
        name="tanh",
        prime="tanh′",
        latex=r"\tanh(z) = \frac{e^z - e^{-z}}{e^z + e^{-z}}",
        slope_latex=r"\tanh'(z) = 1 - \tanh^2(z) \le 1",
        op=TANH,
        slope=_tanh_slope,
        low=-1.0,
        high=1.0,
        steepest=1.0,
        flat=_tails(math.atanh(math.sqrt(1.0 - SATURATED))),
    ),
    Activation(
        code="relu",
        name="ReLU",
        prime="ReLU′",
        latex=r"\mathrm{ReLU}(z) = \max(0, z)",
        slope_latex=r"\mathrm{ReLU}'(z) = 1 \text{ for } z > 0, \text{ else } 0",
        op=RELU,
        slope=_relu_slope,
        low=0.0,
        high=math.inf,
        steepest=1.0,
        flat=((-math.inf, 0.0),),
    ),
    _hard(HARD, "", r"0.2 z + 0.5", HARD_GAIN),
    _hard(HARD_SIX, " (z/6)", r"\tfrac{1}{6} z + 0.5", HARD_SIX_GAIN),
    Activation(
        code="none",
        name="no squash",
        prime="",
        latex=r"z",
        slope_latex=r"1",
        op=NONE,
        slope=np.ones_like,
        low=-math.inf,
        high=math.inf,
        steepest=1.0,
        flat=(),
    ),
)

ACTIVATIONS: Mapping[str, Activation] = {row.code: row for row in _ROWS}
_OF_OP = {row.op.name: row for row in _ROWS}


def activation(step: Step) -> Activation:
    """Return the activation that a step applies; KeyError where it applies none."""
    return _OF_OP[step.op.name]


def activated(cell: Cell) -> tuple[Step, ...]:
    """Return the steps of a cell that apply an activation, in its order."""
    return tuple(step for step in cell.steps if step.op.name in _OF_OP)


def is_gate(step: Step) -> bool:
    """Return whether a step is an activation that gives a share, from 0 to 1: σ or a hard σ."""
    one = _OF_OP.get(step.op.name)
    return one is not None and (one.low, one.high) == (0.0, 1.0)


def gates_of(cell: Cell) -> tuple[Step, ...]:
    """Return the gates of a cell: what is squashed into a share, but for the read-out."""
    return tuple(step for step in cell.steps if is_gate(step) and step.name != "y")


def bounded(cell: Cell) -> bool:
    """Return whether all activations of a cell are bounded: h, if it starts within ±1, is then too.

    Of an LSTM and a tanh RNN it is so wherever h starts; a GRU keeps a part of its start. Of a
    variant, whose h may be made in another way, it is never said; nor where h is projected, for
    what W_p makes of bounded numbers has no bound.
    """
    if cell.projected or facts(cell).kind.startswith("changed"):
        return False
    return all(math.isfinite(activation(step).high) for step in activated(cell))


@lru_cache(maxsize=256)  # a run prepares a cell once: it has to be the same one the next time
def swapped(cell: Cell, name: str, other: Activation) -> Cell:
    """Return the cell with another activation in one step."""
    return cell.with_step(replace(cell[name], op=other.op))
