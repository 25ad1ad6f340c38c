"""What the figures over time share: the axis of t, and the cursor at the time step on screen."""

from collections.abc import Sequence
from typing import Any

from lstm_ui.figures.parts import Part, layout, time_axis, time_cursor
from lstm_ui.through_time.choices import Span

LEFT = 60  # pixels beside the plots, for the names of rows


def over_time(
    span: Span,
    height: float,
    upwards: Part,
    shapes: Sequence[Part] = (),
    times: Sequence[int] = (),
    **more: Any,
) -> Part:
    """Return the layout of a figure over the time steps that are drawn, or over these."""
    t, (first, *_, last) = span.desk.t + 1, (*(times or span.times), span.times[-1])
    more = {"showlegend": False, **more}
    drawn = [time_cursor(t), *shapes]
    return layout(height, (LEFT, 12, 8, 46), time_axis(first, last), upwards, shapes=drawn, **more)
