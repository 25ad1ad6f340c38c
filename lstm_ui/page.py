"""The frame around a page's lesson: redrawn alone after an edit, the sidebar only when it must be.

An edit reruns a fragment: what lies outside is not sent again, and the answer is twice as fast.
"""

from collections.abc import Callable

import streamlit as st

from lstm_ui import link, sidebar, state
from lstm_ui.session import Session


@st.fragment
def lesson(draw: Callable[[Session], None]) -> None:
    """Draw a page's lesson from the session as it is now."""
    session = state.arrive()
    if state.sidebar_is_stale(sidebar.signature(session)):
        st.rerun()
    draw(session)


def address(session: Session) -> str:
    """Bring the address bar up to date; return the query that the sheet should put there."""
    return link.show(session.exercise, session.base, session.place)
