"""The bars of the waterfall: where each begins and ends, on a scale that moves in steps."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.numerals import numeral
from lstm_ui import theme
from lstm_ui.gate_space_scene import Scene
from lstm_ui.matrices import Block

FINEST = 1000  # the scale goes down to 1 / FINEST


@dataclass(frozen=True)
class Addend:
    """One printed line of the sum: a row of the waterfall, and the number that it stands for."""

    row: Block
    value: float

    @property
    def text(self) -> str:
        """The number as it is printed."""
        return str(self.row["text"])


def placed(lines: Sequence[Addend], z: Addend) -> list[Block]:
    """The rows with their bars: each begins where the one before has ended; z begins at 0."""
    at, begun, bars = 0.0, 0.0, []
    for line in lines:
        is_part = line.row["row"] == "part"
        bars.append((begun, at) if is_part else (at, at + line.value))
        at = bars[-1][1]
        begun = at if is_part or line.row["row"] == "other" else begun
    bars.append((0.0, z.value))
    low, high = _ends(bars)
    return [
        {**line.row, **bar(*ends, low, high)} for line, ends in zip((*lines, z), bars, strict=True)
    ]


def _ends(bars: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The scale of the bars: 0 and all of them are on it, and it moves in steps."""
    ends = np.array(bars) * FINEST
    high, low = (theme.limit(np.maximum(side, 0.0)) / FINEST for side in (ends, -ends))
    return (-low if (ends < 0).any() else 0.0), (high if (ends > 0).any() else 0.0)


def bar(start: float, end: float, low: float, high: float) -> Block:
    """Where a bar begins and how long it is, in parts of the scale; and which way it goes."""
    span = (high - low) or 1.0
    places = np.nan_to_num((np.array([start, end, 0.0]) - low) / span, posinf=1.0, neginf=0.0)
    a, b, zero = (round(float(x), 4) for x in np.clip(places, 0.0, 1.0))
    sign = 1 if end > start else -1 if end < start else 0
    scale = [numeral(low, 3), numeral(high, 3)]
    return {"bar": [min(a, b), round(abs(b - a), 4)], "zero": zero, "sign": sign, "scale": scale}


def squashed_ends(scene: Scene) -> tuple[float, float]:
    """Return the range of the gate: 0 to 1, −1 to 1, or for ReLU as far as it takes."""
    most = theme.limit(scene.values(scene.gate)) if scene.step.op.name == "relu" else 1.0
    return (-1.0 if scene.step.op.name == "tanh" else 0.0), most
