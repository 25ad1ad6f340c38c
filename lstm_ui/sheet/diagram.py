"""The cell as a diagram: the current step lit, what it reads and feeds marked, all clickable."""

import streamlit as st

from lstm_ui.diagram.served import drawing
from lstm_ui.session.session import Session
from lstm_ui.sheet.desk import Desk
from lstm_ui.shell import state
from lstm_ui.shell.static_files import loader

_mount = st.components.v2.component(
    "lstm_diagram", js=loader("diagrams/cell_diagram.js"), isolate_styles=False
)
ROOM = 7  # signs: a number that has more is shortened


def changed(desk: Desk) -> list[str]:
    """Return the steps whose value the last edit changed at this time step."""
    names = desk.exercise.cell.names
    return [name for name in names if (now := desk.changed(name)) is not None and now.any()]


def names(desk: Desk, with_numbers: bool = True) -> dict[str, str]:
    """Return what each part is called: a step's title and, with its number, the open entry."""
    cell = desk.exercise.cell
    titles = {step.name: step.title for step in cell.steps}
    if not with_numbers:
        return {name: desk.plain(name) for name in ("x", *cell.states)} | titles
    entries = {name: desk.equals(name, desk.row(name)) for name in ("x", *cell.states, *cell.names)}
    return entries | {name: f"{title}: {entries[name]}" for name, title in titles.items()}


def numbers(desk: Desk) -> dict[str, str]:
    """Return the numbers of the open unit, by name, and which unit it is.

    v and x go without: their entries belong to no unit.
    """
    cell, found = desk.exercise.cell, dict[str, str]()
    for name in (*cell.states, *cell.names):
        value = float(desk.values(name)[desk.row(name)])
        text = desk.text(name, value)
        found[name] = text if len(text) <= ROOM else desk.short(name, value)
    return {**found, "v": "", "unit": f"numbers of unit {desk.row('h') + 1}"}


def cell_diagram(desk: Desk, key: str, with_numbers: bool = True, arrows: bool = True) -> None:
    """Draw the cell at the session's place; a click or Enter on a part goes to its step.

    With `arrows` the arrow keys lead from part to part.
    """

    def on_step(session: Session) -> None:
        if name := (state.widget(key) or {}).get("step"):
            session.go(str(name))

    cell, here = desk.exercise.cell, desk.session.place.step
    data = {
        "drawing": drawing(cell),
        "current": here,
        "reads": list(cell[here].inputs),
        "feeds": [step.name for step in cell.readers(here)],
        "changed": changed(desk),
        "numbers": numbers(desk) if with_numbers else {},
        "names": names(desk, with_numbers),
        "arrows": arrows,
    }
    _mount(data=data, key=key, on_step_change=state.acts(on_step))
