"""The sheet: one component for all matrices, formulas and explanations of a page.

One, because each further component on a page costs time at every edit; this one patches only the
numbers that changed. Its scripts lie in assets/.
"""

from typing import Any

import streamlit as st

from lstm_ui import link, state
from lstm_ui.events import handle
from lstm_ui.served import loader
from lstm_ui.session import Session

_mount = st.components.v2.component("lstm_sheet", js=loader("sheet.js"), isolate_styles=False)


def sheet(session: Session, data: dict[str, Any], key: str) -> None:
    """Show the blocks in `data`; what the reader does comes back as events to the session.

    The sheet also brings the address bar up to date.
    """

    def on_events(session: Session) -> None:
        if events := (state.widget(key) or {}).get("events"):
            handle(session, events)

    address = link.shown(session.exercise, session.base, session.place)
    _mount(data=data | address, key=key, on_events_change=state.acts(on_events))
