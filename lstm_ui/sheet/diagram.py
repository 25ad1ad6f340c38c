"""The cell as a diagram: the current step lit, what it reads and feeds marked, all clickable."""

import streamlit as st

from lstm_ui.session.session import Session
from lstm_ui.sheet.desk import Desk
from lstm_ui.shell import state
from lstm_ui.shell.static_files import assets_url, loader

_mount = st.components.v2.component(
    "lstm_diagram", js=loader("diagrams/cell_diagram.js"), isolate_styles=False
)
DRAWINGS = {"lstm": "cell.svg"}  # by the name of the cell, in assets/diagrams


def changed(desk: Desk) -> list[str]:
    """Return the steps whose value the last edit changed at this time step."""
    names = desk.exercise.cell.names
    return [name for name in names if (now := desk.changed(name)) is not None and now.any()]


def cell_diagram(desk: Desk, key: str) -> None:
    """Draw the cell at the session's place; a click or Enter on a part goes to its step.

    A cell that has no drawing of its own goes without.
    """
    drawing = DRAWINGS.get(desk.exercise.cell.name)
    if drawing is None:
        return

    def on_step(session: Session) -> None:
        if name := (state.widget(key) or {}).get("step"):
            session.go(str(name))

    cell, here = desk.exercise.cell, desk.session.place.step
    data = {
        "drawing": f"{assets_url()}/diagrams/{drawing}",
        "current": here,
        "reads": list(cell[here].inputs),
        "feeds": [step.name for step in cell.readers(here)],
        "changed": changed(desk),
        "readout": cell.readout,
    }
    _mount(data=data, key=key, on_step_change=state.acts(on_step))
