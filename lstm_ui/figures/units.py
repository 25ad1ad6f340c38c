"""The units of a step as points on the curve of its activation, or on that of the derivative."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm_core.looks.activations import activation
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_ui.figures.parts import Part, marker, scatter, stroke
from lstm_ui.figures.view import View
from lstm_ui.session.address import cell_id


@dataclass(frozen=True, eq=False)
class Units:
    """The units of a view: z and y (n,), and what the function is called that makes y of z.

    The axis of z runs from −reach to reach. A unit beyond stands at its edge and points onwards.
    """

    view: View
    z: Array
    y: Array
    function: str
    reach: float

    def marks(self, heights: Sequence[float | None], how: Part, **style: Any) -> Part:
        """Return a marker for each unit, at these heights."""
        units = range(len(self.z))
        return scatter(
            "markers+text",
            np.clip(np.nan_to_num(self.z), -self.reach, self.reach),
            heights,
            "%{hovertext}",
            hovertext=[self._hover(j) for j in units],
            customdata=[cell_id(self.view.name, (j,)) for j in units],
            cliponaxis=False,
            marker=how,
            **style,
        )

    def marker(self, sizes: tuple[float, float], colour: str, hollow: bool) -> Part:
        """Return how they are drawn; `sizes` are those of the open unit and of the others."""
        beyond = [self.z > self.reach, self.z < -self.reach]
        symbols = np.select(beyond, ["triangle-right", "triangle-left"], "circle").tolist()
        if hollow:
            symbols = [f"{symbol}-open" for symbol in symbols]
        open_, other = sizes
        size = [open_ if j == self.view.entry else other for j in range(len(self.z))]
        return marker(size, colour, symbols, stroke(2))

    def labels(self, own: Sequence[str], together: Callable[[Sequence[int]], str]) -> list[str]:
        """Return a label for each unit; those at the same edge share one, made by `together`."""
        found = list(own)
        for at_edge in (self.z > self.reach, self.z < -self.reach):
            beyond = np.flatnonzero(at_edge).tolist()
            for j in beyond:
                found[j] = ""
            if beyond:
                found[beyond[0]] = together(beyond)
        return found

    def _hover(self, j: int) -> str:
        z, y = float(self.z[j]), float(self.y[j])
        where = ", beyond the axis" if abs(z) > self.reach else ""
        function = f"{self.function}(z) = {numeral(y, None)}"
        return f"unit {j + 1}: z = {numeral(z, None)}{where}<br>{function}"


def numbers_of(units: Sequence[int]) -> str:
    """Return the numbers of units, counted from 1: units 1, 2, 3."""
    listed = ", ".join(str(j + 1) for j in units)
    return f"units {listed}" if len(units) > 1 else f"unit {listed}"


def units_sentence(view: View, slopes: Array) -> str:
    """Return z, the activation and its derivative of the first units: as many as have a slope."""
    own, desk = activation(view.step), view.desk
    numbers = desk.texts(view.step.inputs[0]), desk.texts(view.name), desk.printed("", slopes)
    return "; ".join(
        f"unit {j}: z = {a}, {own.name} = {b}, {own.prime} = {c}"
        for j, (a, b, c) in enumerate(zip(*numbers, strict=False), 1)
    )
