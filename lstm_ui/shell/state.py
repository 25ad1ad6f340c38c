"""The reader's session and address: the only file that touches Streamlit's session state and URL.

A rerun has one of two causes. Either the reader did something on the page, and a callback has
already dealt with it. Or nothing was done here: the page was just opened, or Back was pressed, and
the address says where to. Streamlit goes on sending the address that a page was opened with, so
only an address that it has not sent before is news.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from lstm_ui.session.address import from_link
from lstm_ui.session.events import handle
from lstm_ui.session.session import Session, valid_place
from lstm_ui.shell import link
from lstm_ui.shell.events import EVENTS
from lstm_ui.shell.mending import mended
from lstm_ui.shell.opening import example_on

SHEET = "sheet"  # the key of the component that reports what the reader does
_SESSION, _ACTED, _DRAWN, _SENT, _PAGE = "session", "acted", "drawn", "sent", "page"
_SETTLED = "settled"  # the last report of the run before


def session() -> Session:
    """Return this reader's session, begun from the address where there is none yet."""
    if _SESSION not in st.session_state:
        st.session_state[_SENT] = _address()
        st.session_state[_SESSION] = _begun(_address())
    current: Session = st.session_state[_SESSION]
    return current


def session_on(page: str) -> Session:
    """Return this reader's session as a page is opened, with the example that suits the page."""
    st.session_state[_PAGE] = page
    current = session()
    current.suit(*example_on(page))
    return current


def page() -> str:
    """Return the name of the page that is open."""
    return str(st.session_state.get(_PAGE, ""))


def _address() -> dict[str, str]:
    """The parameters of the address that the browser sent, mended where it came through mail."""
    return mended(st.query_params.to_dict())


def _begun(address: Mapping[str, str]) -> Session:
    found = link.read(example_on(page())[0], address)
    place = valid_place(found.exercise, found.place)
    begun = Session(found.exercise, found.base, place, notice=found.problem)
    begun.answers, begun.options, begun.untouched = found.answers, found.options, found.untouched
    begun.pinned, begun.around = found.pinned, found.around
    return begun


def hear(report: object) -> bool:
    """Deal with what the sheet reports: {"search": address, "events": [...]}; tell if it is new.

    Its "times" only makes it unlike every other.
    """
    current = session()
    before = current.last_event
    if isinstance(report, Mapping) and isinstance(report.get("events"), list):
        handle(current, report["events"], EVENTS)
    return current.last_event > before


def sheet_has_news() -> bool:
    """Tell whether the reader did something on the sheet since the last run.

    Then a widget that has changed, too, may only say what it showed before: while a slider is
    dragged, the browser has not heard yet what the first number has made of the widget. No report
    equals another, also where the sheet asks again for events that have been dealt with by now.
    """
    return bool(last_report() != st.session_state.get(_SETTLED))


def last_report() -> object:
    """What the sheet reported last."""
    return (widget(SHEET) or {}).get("report")


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
    st.session_state[_SETTLED] = last_report()
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
    """Let the widgets of these keys show the model's values: the model is the master.

    They are told each time, and not only what is new: a browser that has not yet loaded what draws
    a widget is only told the last time. It would show 1 for a size, and report that as chosen.
    """
    for key, value in values.items():
        st.session_state[key] = value


def widget(key: str) -> Any:
    """Return what a widget holds now."""
    return st.session_state.get(key)
