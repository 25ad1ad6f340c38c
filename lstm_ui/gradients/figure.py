"""How far back a gradient reaches, drawn: lines over the time steps, linear or logarithmic."""

from collections.abc import Mapping

import numpy as np

from lstm_core.ops import Array
from lstm_ui.figures import step
from lstm_ui.figures.parts import (
    COLOURS,
    Figure,
    Part,
    axis,
    bars,
    finite,
    layout,
    legend,
    series,
    upright,
)
from lstm_ui.figures.view import View
from lstm_ui.gradients.choices import AXIS
from lstm_ui.gradients.reach import Reach

LOWEST, HIGHEST = -16, 12  # powers of ten: what is beyond is drawn at the edge
HEIGHT = 400
MOST_CELLS = 1000  # of a matrix drawn with its numbers


def row_figure(view: View) -> Figure:
    """Return the figure of a row's operation; of very large matrices, its result as bars."""
    names = (*view.step.operands, view.name)
    if max(view.desk.values(name).size for name in names) <= MOST_CELLS:
        return step.figure(view)
    y, name = view.result, view.desk.plain(view.name)
    if y.ndim > 1:
        y, name = y[view.entry], f"{name}, row {view.entry + 1}"
    return Figure(
        data=[bars({"y": finite(y)}, COLOURS[0])],
        layout=layout(
            HEIGHT - 100,
            (70, 12, 8, 30),
            axis(zeroline=False),
            axis(name, zeroline=True),
            showlegend=False,
        ),
        least=320,
        alt=f"Bars: the {len(y)} entries of {name}. The whole product is too large to draw.",
    )


def memory_figure(found: Reach) -> Figure:
    """Return the direct product, the whole derivative and their difference, for every t."""
    paths, log = found.paths, AXIS.of(found.session.options) == "log"
    lines = {"whole derivative": paths.whole}
    if paths.direct is not None:
        product = "direct path" if paths.gate is None else f"product of the {found.gate}"
        lines = {product: paths.direct, **lines, "difference": paths.whole - paths.direct}
    if log:
        lines = {f"|{name}|": np.abs(y) for name, y in lines.items()}
    of, unit = paths.memory, found.unit + 1
    title = f"∂{of}<sub>T</sub>/∂{of}<sub>t</sub>, unit {unit}"
    now = ", ".join(f"{name} {found.text(y[found.since])}" for name, y in lines.items())
    direct = f" {found.direct_name}." if paths.direct is not None else ""
    alt = (
        f"{found.derivative} of unit {unit}, looking back from t = {found.T} to "
        f"t = {found.since + 1}: {now}.{direct}"
    )
    return _figure(found, lines, title, log, alt)


def compare_figure(found: Reach) -> Figure:
    """Return how much of a push at each t arrives at the last h, in each cell."""
    now = ", ".join(f"{name}: {found.text(y[found.since])}" for name, y in found.curves.items())
    alt = (
        f"How much of a push at t arrives at T = {found.T}, relative to a push at T itself, on a "
        f"logarithmic scale. At t = {found.since + 1}: {now}."
    )
    return _figure(found, found.curves, "arrives at h<sub>T</sub>, relative to t = T", True, alt)


def _figure(found: Reach, lines: Mapping[str, Array], title: str, log: bool, alt: str) -> Figure:
    """Lines (T,) over the time steps, with a cursor at the one that is looked back to."""
    times = list(range(1, found.T + 1))
    across = axis("time step t", range=[0.5, found.T + 0.5], standoff=4, zeroline=False)
    drawn = {name: np.where(y > 0, y, np.nan) for name, y in lines.items()} if log else lines
    return Figure(
        data=[
            series(times, finite(y), name, k, f"{name}, t = %{{x}}: %{{y:.4g}}")
            for k, (name, y) in enumerate(drawn.items())
        ],
        layout=layout(
            HEIGHT,
            (62, 12, 58, 40),
            across,
            _upwards(lines, title, log),
            shapes=[upright(found.since + 1)],
            showlegend=True,
            legend=legend(),
        ),
        places=True,
        least=320,
        alt=alt,
    )


def _upwards(lines: Mapping[str, Array], title: str, log: bool) -> Part:
    if not log:
        return axis(title, standoff=4, zeroline=True)
    ends = _ends(lines)
    return axis(
        title,
        range=ends,
        standoff=4,
        zeroline=False,
        type="log",
        exponentformat="power",
        dtick=1 if ends[1] - ends[0] < 9 else 2,
    )


def _ends(lines: Mapping[str, Array]) -> list[float]:
    """The powers of ten that a logarithmic axis runs over: it moves in steps of two."""
    every = np.concatenate([np.abs(y[np.isfinite(y) & (y != 0)]) for y in lines.values()])
    powers = np.log10(every) if every.size else np.zeros(1)
    low = max(LOWEST, 2 * np.floor(min(powers.min(), -1) / 2))
    high = min(HIGHEST, 2 * np.ceil(max(powers.max(), 0) / 2))
    return [float(min(low, HIGHEST - 2)), float(max(high, LOWEST + 2)) + 0.2]
