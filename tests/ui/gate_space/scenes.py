"""What the tests of the page on gate space share: scenes of every kind, and their numbers."""

from fractions import Fraction

from lstm_core.looks.contributions import gates
from lstm_ui.gate_space.blocks import gate_space_blocks
from lstm_ui.gate_space.choices import scene
from lstm_ui.gate_space.waterfall import waterfall
from lstm_ui.sheet.desk import desk
from tests.ui.blocks import of_kind
from tests.ui.figures.figs import EXERCISES
from tests.ui.sessions import UNSATURATED, session_at

LOOKS = ("map", "toggle", "space", "coin")


def seen(exercise=UNSATURATED, t=0, **options):
    """A scene; options as they stand in an address."""
    session = session_at(exercise.cell.steps[0].name, exercise, t=t)
    session.options = {name: str(value) for name, value in options.items()}
    return scene(desk(session))


def scenes(name, **options):
    """Every gate of an exercise, its first and last unit, its first and last time step."""
    exercise = EXERCISES[name]
    for gate in gates(exercise.cell):
        for unit in sorted({1, exercise.n}):
            for t in sorted({0, exercise.T - 1}):
                yield seen(exercise, t=t, gate=gate, unit=unit, **options)


def rows_of(one):
    """The rows of the waterfall."""
    return waterfall(one)["rows"]


def sentences(one):
    """All that the page says in words."""
    blocks = gate_space_blocks(one)
    lines = [line["text"] for block in of_kind(blocks, "text") for line in block["lines"]]
    (asked,) = of_kind(blocks, "questions")
    return [*lines, *(item["answer"] for item in asked["items"])]


def exactly(text):
    return Fraction(text.replace("−", "-"))


def rounding(row):
    """What a total says that its addends lack."""
    sign, number, _ = row["lacks"].split() if row.get("lacks") else ("+", "0", "")
    return exactly(number) * (-1 if sign == "−" else 1)
