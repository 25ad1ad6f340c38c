"""What the tests of the page on activations share: the page at a choice of gate, unit and swap."""

from lstm_ui.activations.blocks import activations_figure, activations_sheet
from lstm_ui.activations.choices import view
from lstm_ui.sheet.desk import desk
from tests.ui.blocks import walk
from tests.ui.sessions import FOUNDING, session_at


def opened(exercise=FOUNDING, t=0, **options):
    """A reader's session with these options chosen."""
    session = session_at(exercise.cell.steps[0].name, exercise, t)
    session.options = options
    return session


def seen(session):
    return view(desk(session))


def sheet(session):
    return activations_sheet(seen(session))


def figure(session):
    return activations_figure(seen(session))


def block(session, key):
    """The block of this id, wherever it stands."""
    (found,) = (one for one in walk(sheet(session)["blocks"]) if one["id"] == key)
    return found


def numbers(session, key="text"):
    """The table as a reader sees it: for each row its letter, and a number for each unit."""
    table = block(session, "units")
    columns = [[cell.get(key, "") for cell in unit["cells"]] for unit in table["units"]]
    return dict(zip(table["heads"], map(list, zip(*columns, strict=True)), strict=True))


def lines(session, key):
    return [line["text"] for line in block(session, key)["lines"]]


def answers(session):
    return {item["question"]: item["answer"] for item in block(session, "questions")["items"]}


def slider(session):
    (found,) = block(session, "move")["items"]
    return found
