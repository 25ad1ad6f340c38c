"""What a click on the figure of gate space does."""

from contextlib import suppress

from lstm_core.trace import Address
from lstm_ui.gate_space.choices import scene
from lstm_ui.session.address import read_cell, read_point
from lstm_ui.session.grids import with_numbers
from lstm_ui.session.session import Session
from lstm_ui.sheet.desk import desk


def clicked(session: Session, where: str) -> None:
    """Put the reader's point where the map was clicked, "0.5,-1"; or open a number, "f:0".

    What is neither does not come from our figure, and is dropped.
    """
    with suppress(ValueError):
        (_move if "," in where else _open)(session, where)


def _move(session: Session, where: str) -> None:
    here = scene(desk(session))
    entries = zip(map(here.behind, here.axes), read_point(where), strict=True)
    # An entry that was worked out has no number of the exercise behind it: it stays.
    session.change(with_numbers(here.exercise, {entry: x for entry, x in entries if entry}))


def _open(session: Session, where: str) -> None:
    name, index = read_cell(where)
    session.visit("", Address(name, session.place.t, index))
