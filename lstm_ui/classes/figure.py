"""The mistakes of a class drawn: a bar for each, as long as the students who made it."""

from collections.abc import Sequence
from textwrap import wrap

from lstm_core.text.numerals import how_many
from lstm_files.classes.marking import ClassResult, Common
from lstm_ui.figures.parts import Figure, Part, axis, bars, layout, named_axis
from lstm_ui.sheet import theme

MOST = 12  # bars; the table has every mistake
_ROW_PX, _LETTER_PX = 40, 7.0
_LINE = 28  # letters of a line of a label


def mistakes_figure(result: ClassResult) -> Figure:
    """Return the bars of the most frequent mistakes, the first at the top."""
    rows = result.mistakes[:MOST]
    labels = [_label(row) for row in rows]
    longest = max((len(line) for label in labels for line in label.split("<br>")), default=0)
    room = round(_LETTER_PX * longest) + 16
    return Figure(
        data=[_bars(rows)],
        layout=layout(
            _ROW_PX * len(rows) + 64,
            (room, 34, 8, 52),
            _students(rows),
            named_axis(labels, autorange="reversed"),
            bargap=0.35,
        ),
        least=320,
        most=820,
        alt=_alt(result, rows),
    )


def _label(row: Common) -> str:
    """The mistake in words, in lines that leave room for the bars."""
    return "<br>".join(wrap(row.why, _LINE))


def _bars(rows: Sequence[Common]) -> Part:
    return bars(
        {"x": [row.students for row in rows], "y": [*range(len(rows))]},
        theme.CURVE,
        "%{hovertext}",
        orientation="h",
        text=[str(row.students) for row in rows],
        textposition="outside",
        cliponaxis=False,
        hovertext=[f"{row.why}: {how_many(row.students, 'student')}" for row in rows],
    )


def _students(rows: Sequence[Common]) -> Part:
    """An axis of whole students: about five ticks."""
    most = max((row.students for row in rows), default=1)
    step = next(k * 10**p for p in range(9) for k in (1, 2, 5) if 6 * k * 10**p >= most)
    return axis("students who made it", range=[0, most * 1.08], dtick=step)


def _alt(result: ClassResult, rows: Sequence[Common]) -> str:
    found = (f"{row.code}, {row.why}: {how_many(row.students, 'student')}" for row in rows)
    more = f" The {len(rows)} most frequent." if len(result.mistakes) > len(rows) else ""
    people = how_many(len(result.students), "student")
    return f"Bars: how many of {people} made each mistake. {'; '.join(found)}.{more}"
