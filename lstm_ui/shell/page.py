"""The frame around a page's lesson: redrawn alone after an edit, the sidebar only when it must be.

An edit reruns a fragment: what lies outside is not sent again, and the answer is twice as fast.
"""

from collections.abc import Callable

import streamlit as st

from lstm_ui.session.session import Session
from lstm_ui.shell import sidebar, state
from lstm_ui.shell.pages import BY_NAME


@st.fragment
def lesson(draw: Callable[[Session], None], begin: Callable[[Session], None] | None = None) -> None:
    """Draw a page's lesson from the session as it is now, which a page may `begin` otherwise."""
    if begin and state.session().leaving is None:
        begin(state.session())
    if state.sidebar_is_stale(sidebar.signature(state.session())):
        st.rerun()  # and arrive then: to arrive twice would be to forget that the reader acted
    current = state.arrive()
    if current.leaving is not None:
        page, current.leaving = BY_NAME[current.leaving], None
        st.switch_page(page.script)
    draw(current)
