"""The bars of the waterfall: where each begins and ends, on a scale that moves in steps."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.text.numerals import numeral
from lstm_ui.gate_space.scene import Scene
from lstm_ui.sheet import theme
from lstm_ui.sheet.matrices import Block

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
    at, begun, ends = 0.0, 0.0, []
    for line in lines:
        is_part = line.row["row"] == "part"
        ends.append((begun, at) if is_part else (at, at + line.value))
        at = ends[-1][1]
        begun = at if is_part or line.row["row"] == "other" else begun
    ends.append((0.0, z.value))
    rows = [line.row for line in (*lines, z)]
    return [row | found for row, found in zip(rows, bars(ends, *_scale(ends)), strict=True)]


def _scale(ends: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Where the scale of the bars ends: 0 and all of them are on it, and it moves in steps."""
    sizes = np.array(ends) * FINEST
    high, low = (theme.limit(np.maximum(side, 0.0)) / FINEST for side in (sizes, -sizes))
    return (-low if (sizes < 0).any() else 0.0), (high if (sizes > 0).any() else 0.0)


def bars(ends: Sequence[tuple[float, float]], low: float, high: float) -> list[Block]:
    """Where bars begin and how long they are, in parts of the scale; and which way they go."""
    places = (np.array([(0.0, 0.0), *ends]) - low) / ((high - low) or 1.0)
    places = np.nan_to_num(places, posinf=1.0, neginf=0.0).clip(0.0, 1.0).round(4)
    (zero, _), *found = places.tolist()
    scale = [numeral(low, 3), numeral(high, 3)]
    return [
        {
            "bar": [min(a, b), round(abs(b - a), 4)],
            "sign": (end > start) - (end < start),
            "zero": zero,
            "scale": scale,
        }
        for (a, b), (start, end) in zip(found, ends, strict=True)
    ]


def squashed_ends(scene: Scene) -> tuple[float, float]:
    """Return the range of the gate: 0 to 1, −1 to 1, or for ReLU as far as it takes."""
    most = theme.limit(scene.values(scene.gate)) if scene.step.op.name == "relu" else 1.0
    return (-1.0 if scene.step.op.name == "tanh" else 0.0), most
