"""The sheet: one component for all matrices, formulas and explanations of a page.

One, because each further component on a page costs time at every edit; this one patches only the
numbers that changed. Its scripts lie in assets/.
"""

from collections.abc import Iterable

import streamlit as st

from lstm_core.cells import facts
from lstm_ui.session import draws
from lstm_ui.session.options import Option
from lstm_ui.session.session import Session
from lstm_ui.sheet.blocks import notice
from lstm_ui.sheet.panels import SheetData
from lstm_ui.shell import link, state
from lstm_ui.shell.opening import with_opening
from lstm_ui.shell.sharing import without_notes
from lstm_ui.shell.static_files import loader

_mount = st.components.v2.component("lstm_sheet", js=loader("sheet.js"), isolate_styles=False)


def sheet(
    session: Session, data: SheetData, options: Iterable[Option] = (), walks: bool = True
) -> None:
    """Show the blocks in `data`; what the reader does comes back as events to the session.

    The sheet also brings the address bar up to date: `options` are the page's own, and `walks`
    tells whether each step is a place of its own to come back to.
    """
    # What a page begins with stays where it is; why there is no link is said below it.
    chosen = (*options, *draws.OPTIONS)  # how numbers are drawn is chosen for every page
    bar = link.address_bar(session, chosen, walks)
    first, *rest = with_opening(data["blocks"], session, state.page())
    problem = [notice(bar["problem"], "linkless")] if bar["problem"] else []
    asked = session.options.pop("asked", "")  # opened once: then it is the reader's to fold away
    noted = session.exercise.notes
    shared = link.query(without_notes(session), chosen)[0] if noted else bar["query"]
    words = facts(session.exercise.cell).kind  # by which terms explain themselves
    parts = {"asked": asked, "shared": shared, "words": words, "blocks": [first, *problem, *rest]}
    everything = {**data, **bar, **parts}
    found = _mount(data=everything, key=state.SHEET, on_report_change=state.acts(_on_report))
    # A server that has been restarted calls nobody back: it learns of the report only here.
    if state.recover(found.get("report")):
        st.rerun()


def _on_report(session: Session) -> None:
    state.hear(state.last_report())
