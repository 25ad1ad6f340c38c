"""The reader's session: the only file that touches Streamlit's session state.

A rerun has one of two causes. Either the reader did something on the page, and a callback has
already dealt with it; then the address bar may lag behind, and the session is right. Or nothing
was done here: the page was just opened, or Back was pressed; then the address bar is right.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from lstm_core.presets import PRESETS
from lstm_ui import link
from lstm_ui.session import Session, valid_place

DEFAULT = "founding"
_SESSION, _ACTED, _DRAWN = "session", "acted", "drawn"


def session() -> Session:
    """Return this reader's session, begun from the address bar where there is none yet."""
    if _SESSION not in st.session_state:
        found = link.read(PRESETS[DEFAULT])
        place = valid_place(found.exercise, found.place)
        st.session_state[_SESSION] = Session(
            found.exercise, found.base, place, notice=found.problem
        )
    current: Session = st.session_state[_SESSION]
    return current


def arrive() -> Session:
    """Return the session at the start of a run, moved to where Back or Forward has led."""
    current, given = session(), link.given()
    if not st.session_state.pop(_ACTED, False) and "step" in given:
        current.place = valid_place(current.exercise, link.place_in(current.exercise, given))
    return current


def remember(signature: object) -> None:
    """Note what the sidebar was drawn from."""
    st.session_state[_DRAWN] = signature


def sidebar_is_stale(signature: object) -> bool:
    """Tell whether the sidebar was drawn from something else."""
    return st.session_state.get(_DRAWN) != signature


def acts(change: Callable[..., None]) -> Callable[..., None]:
    """Turn a change of the session into a widget's callback."""

    def callback(*args: Any) -> None:
        st.session_state[_ACTED] = True
        change(session(), *args)

    return callback


def mirror(values: Mapping[str, Any]) -> None:
    """Let the widgets of these keys show the model's values: the model is the master."""
    for key, value in values.items():
        if st.session_state.get(key) != value:
            st.session_state[key] = value


def widget(key: str) -> Any:
    """Return what a widget holds now."""
    return st.session_state.get(key)
