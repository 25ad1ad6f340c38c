"""The mistakes of a class drawn: a bar for each, as long as the students who made it."""

from collections.abc import Sequence

from lstm_files.classes.marking import ClassResult, Common
from lstm_ui.figures.parts import Figure, Part, axis, bars, layout
from lstm_ui.sheet import theme

MOST = 12  # bars; the table has every mistake
_ROW_PX, _LETTER_PX = 30, 7.6


def mistakes_figure(result: ClassResult) -> Figure:
    """Return the bars of the most frequent mistakes, the first at the top."""
    rows = result.mistakes[:MOST]
    room = round(_LETTER_PX * max((len(row.code) for row in rows), default=0)) + 16
    return Figure(
        data=[_bars(rows)],
        layout=layout(
            _ROW_PX * len(rows) + 64,
            (room, 34, 8, 52),
            _students(rows),
            axis(autorange="reversed", ticks="", showgrid=False),
            bargap=0.35,
        ),
        least=320,
        most=820,
        alt=_alt(result, rows),
    )


def _bars(rows: Sequence[Common]) -> Part:
    return bars(
        {"x": [row.students for row in rows], "y": [row.code for row in rows]},
        theme.CURVE,
        "%{hovertext}",
        orientation="h",
        text=[str(row.students) for row in rows],
        textposition="outside",
        cliponaxis=False,
        hovertext=[f"{row.why}: {_people(row.students)}" for row in rows],
    )


def _students(rows: Sequence[Common]) -> Part:
    """An axis of whole students: about five ticks."""
    most = max((row.students for row in rows), default=1)
    step = next(k * 10**p for p in range(9) for k in (1, 2, 5) if 6 * k * 10**p >= most)
    return axis("students who made it", range=[0, most * 1.08], dtick=step)


def _alt(result: ClassResult, rows: Sequence[Common]) -> str:
    mistakes = "; ".join(f"{row.code}, {row.why}: {_people(row.students)}" for row in rows)
    more = f" The {len(rows)} most frequent." if len(result.mistakes) > len(rows) else ""
    return f"Bars: how many of {_people(len(result.students))} made each mistake. {mistakes}.{more}"


def _people(count: int) -> str:
    return "1 student" if count == 1 else f"{count} students"
