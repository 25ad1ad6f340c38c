"""The mistakes of a class drawn: a bar for each, as long as the students who made it."""

from lstm_files.classes.marking import ClassResult, Common
from lstm_ui.figures.parts import Part
from lstm_ui.sheet import theme

MOST = 12  # bars; the table has every mistake
_ROW_PX, _LETTER_PX = 30, 7.6


def mistakes_figure(result: ClassResult) -> Part:
    """Return the bars of the most frequent mistakes, the first at the top."""
    rows = result.mistakes[:MOST]
    room = round(_LETTER_PX * max((len(row.code) for row in rows), default=0)) + 16
    return {
        "data": [_bars(rows)],
        "layout": {
            "height": _ROW_PX * len(rows) + 64,
            "margin": {"l": room, "r": 34, "t": 8, "b": 52},
            "bargap": 0.35,
            "xaxis": _students(rows),
            "yaxis": {"autorange": "reversed", "fixedrange": True, "ticks": "", "showgrid": False},
        },
        "least": 320,
        "most": 820,
        "alt": _alt(result, rows),
    }


def _bars(rows: tuple[Common, ...]) -> Part:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [row.students for row in rows],
        "y": [row.code for row in rows],
        "text": [str(row.students) for row in rows],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertext": [f"{row.why}: {_people(row.students)}" for row in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"color": theme.CURVE},
    }


def _students(rows: tuple[Common, ...]) -> Part:
    """An axis of whole students: about five ticks."""
    most = max((row.students for row in rows), default=1)
    step = next(k * 10**p for p in range(9) for k in (1, 2, 5) if 6 * k * 10**p >= most)
    return {
        "range": [0, most * 1.08],
        "dtick": step,
        "fixedrange": True,
        "title": {"text": "students who made it"},
    }


def _alt(result: ClassResult, rows: tuple[Common, ...]) -> str:
    mistakes = "; ".join(f"{row.code}, {row.why}: {_people(row.students)}" for row in rows)
    more = f" The {len(rows)} most frequent." if len(result.mistakes) > len(rows) else ""
    return f"Bars: how many of {_people(len(result.students))} made each mistake. {mistakes}.{more}"


def _people(count: int) -> str:
    return "1 student" if count == 1 else f"{count} students"
