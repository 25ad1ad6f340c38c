"""The sheet: one component for all matrices, formulas and explanations of a page.

One, because each further component on a page costs time at every edit; this one patches only the
numbers that changed. Its scripts lie in assets/.
"""

from typing import Any

import streamlit as st

from lstm_ui import link, state
from lstm_ui.served import loader
from lstm_ui.session import Session

LINKLESS = "This exercise is too large for a link: the address keeps the last one that fitted."

_mount = st.components.v2.component("lstm_sheet", js=loader("sheet.js"), isolate_styles=False)


def sheet(session: Session, data: dict[str, Any]) -> None:
    """Show the blocks in `data`; what the reader does comes back as events to the session.

    The sheet also brings the address bar up to date.
    """
    everything = data | link.shown(session)
    if not everything["query"]:
        first, *rest = data["blocks"]
        linkless = {"kind": "notice", "id": "linkless", "text": LINKLESS}
        everything["blocks"] = [first, linkless, *rest]
    found = _mount(data=everything, key=state.SHEET, on_report_change=state.acts(_on_report))
    # A server that has been restarted calls nobody back: it learns of the report only here.
    if state.recover(found.get("report")):
        st.rerun()


def _on_report(session: Session) -> None:
    state.hear((state.widget(state.SHEET) or {}).get("report"))
