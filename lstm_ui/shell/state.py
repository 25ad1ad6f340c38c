"""The reader's session and address: the only file that touches Streamlit's session state and URL.

A rerun has one of two causes. Either the reader did something on the page, and a callback has
already dealt with it. Or nothing was done here: the page was just opened, or Back was pressed, and
the address says where to. Streamlit goes on sending the address that a page was opened with, so
only an address that it has not sent before is news.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from lstm_core.exercise.presets import PRESETS
from lstm_ui.session.address import from_link
from lstm_ui.session.events import handle
from lstm_ui.session.session import Session, valid_place
from lstm_ui.shell import link
from lstm_ui.shell.events import EVENTS

DEFAULT = "founding"
SHEET = "sheet"  # the key of the component that reports what the reader does
_SESSION, _ACTED, _DRAWN, _SENT = "session", "acted", "drawn", "sent"


def session() -> Session:
    """Return this reader's session, begun from the address where there is none yet."""
    if _SESSION not in st.session_state:
        st.session_state[_SENT] = _address()
        st.session_state[_SESSION] = _begun(_address())
    current: Session = st.session_state[_SESSION]
    return current


def _address() -> dict[str, str]:
    """The parameters of the address that the browser sent."""
    return st.query_params.to_dict()


def _begun(address: Mapping[str, str]) -> Session:
    found = link.read(PRESETS[DEFAULT], address)
    place = valid_place(found.exercise, found.place)
    begun = Session(found.exercise, found.base, place, notice=found.problem)
    begun.answers, begun.options = found.answers, found.options
    return begun


def hear(report: object) -> bool:
    """Deal with what the sheet reports: {"search": address, "events": [...]}; tell if it is new."""
    current = session()
    before = current.last_event
    if isinstance(report, Mapping) and isinstance(report.get("events"), list):
        handle(current, report["events"], EVENTS)
    return current.last_event > before


def recover(report: object) -> bool:
    """Deal with a report that no callback has heard of; tell if it is news.

    The browser keeps its last report. A server that has been restarted begins the session anew, at
    the address that the report was made at.
    """
    if isinstance(report, Mapping) and not session().last_event:
        st.session_state[_SESSION] = _begun(link.parse(str(report.get("search", ""))))
    return hear(report)


def arrive() -> Session:
    """Return the session at the start of a run, moved to where Back or Forward has led."""
    current, address = session(), _address()
    acted, sent = st.session_state.pop(_ACTED, False), st.session_state.get(_SENT)
    st.session_state[_SENT] = address
    if not acted and "step" in address and address != sent:
        current.arrive(from_link(current.exercise, address))
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
