"""The class as a map: a row for each student, a column for each entry, and in each cell a sign.

Names and answers were written by others: plotly is given them as text, never as its markup.
"""

from collections import Counter
from html import escape

from lstm_core.text.numerals import how_many
from lstm_core.trace import Address
from lstm_files.classes.feedback import SIGNS, reason
from lstm_files.classes.headers import header
from lstm_files.classes.marking import ClassResult, Student
from lstm_files.classes.results import GROUPS, group_of
from lstm_ui.figures.parts import Figure, heatmap, layout, named_axis

MOST = 100  # students; the table has all of them
_NAME, _ROW_PX, _COLUMN_PX, _LETTER_PX = 24, 24, 30, 7.6
_WRITTEN = 5_000  # cells, up to which each prints its sign
_NAMED = 3  # entries that the text alternative names
# Okabe and Ito's colours, thin enough for the page's ink on a light page and on a dark one; the
# signs say the same without them.
_COLOURS = (
    "rgba(0,158,115,.45)",
    "rgba(86,180,233,.45)",
    "rgba(0,114,178,.3)",
    "rgba(240,228,66,.35)",
    "rgba(213,94,0,.6)",
    "rgba(204,121,167,.6)",
    "rgba(128,128,128,.1)",
)
_ORDER = {group: k for k, group in enumerate(GROUPS)}


def class_map(result: ClassResult) -> Figure:
    """Return the map; a click on a cell reports the row of its student."""
    students = result.students[:MOST]
    names = [_text(one.name, _NAME) for one in students]
    left = round(_LETTER_PX * max(map(len, names))) + 18
    tops = [header(result.exercise, at) for at in result.columns]
    above = round(_LETTER_PX * max(map(len, tops))) + 14
    width = left + _COLUMN_PX * len(tops)
    return Figure(
        data=[_cells(result)],
        layout=layout(
            above + _ROW_PX * len(students) + 8,
            (left, 4, above, 4),
            named_axis(tops, side="top", tickangle=-90),
            named_axis(names, autorange="reversed"),
        ),
        least=width,
        most=max(width, 360),
        alt=_alt(result),
    )


def _cells(result: ClassResult) -> dict[str, object]:
    students = result.students[:MOST]
    groups = [[group_of(one.verdicts[at]) for at in result.columns] for one in students]
    few = len(students) * len(result.columns) <= _WRITTEN
    return heatmap(
        [[float(_ORDER[group]) for group in row] for row in groups],
        "%{hovertext}",
        text=[[SIGNS[group] for group in row] for row in groups],
        hovertext=[[_said(one, at) for at in result.columns] for one in students],
        customdata=[[str(one.row)] * len(result.columns) for one in students],
        colorscale=_bands(),
        zmin=-0.5,
        zmax=len(_COLOURS) - 0.5,
        showscale=False,
        texttemplate="%{text}" if few else "",
        xgap=2,
        ygap=2,
    )


def _bands() -> list[tuple[float, str]]:
    """The colours as a scale that is even within each band, and does not blend into the next."""
    ends = [(k / len(_COLOURS), (k + 1) / len(_COLOURS)) for k in range(len(_COLOURS))]
    return [(x, colour) for pair, colour in zip(ends, _COLOURS, strict=True) for x in pair]


def _said(student: Student, at: Address) -> str:
    verdict = student.verdicts[at]
    typed = f" = {verdict.typed.strip()}" if verdict.typed.strip() else ""
    where = f"{student.name}: {header(student.exercise, at)}{typed}"
    return f"{_text(where, 120)}<br>{group_of(verdict)}<br>{_text(reason(verdict), 120)}"


def _text(text: str, most: int) -> str:
    """Return a text of others as plotly shows it and does nothing else with it."""
    short = text if len(text) <= most else f"{text[: most - 1]}…"
    return escape(short, quote=False)


def legend() -> str:
    """Return what the signs say."""
    words = (f"{sign} {group.lower()}" for group, sign in SIGNS.items() if sign)
    return f"{', '.join(words)}; empty: not answered."


def _alt(result: ClassResult) -> str:
    """What the map shows, in sentences: how large it is, and which entries went wrong most."""
    students, entries = len(result.students), len(result.columns)
    wrong = Counter(
        at
        for one in result.students
        for at, verdict in one.verdicts.items()
        if group_of(verdict) == "Wrong"
    )
    worst = (
        f"{header(result.exercise, at)} ({how_many(count, 'student')})"
        for at, count in wrong.most_common(_NAMED)
    )
    most = f" Most often wrong: {', '.join(worst)}." if wrong else " Nothing is wrong."
    more = f" The first {MOST} of them." if students > MOST else ""
    size = f"{how_many(students, 'student')} by {how_many(entries, 'entry', 'entries')}"
    return f"Map of the class, {size}.{more}{most} The tables below have each number."
