"""The field for the address of the room, on pages that hand out links on paper or as a file."""

import streamlit as st

from lstm_ui.session.session import Session
from lstm_ui.sheet.plain_text import escaped
from lstm_ui.shell import room, state
from lstm_ui.shell.room import WORDS

_KEY = "room_address"


def room_field(session: Session) -> str | None:
    """Return what links on this page begin with; where nobody else could open them, say so and ask.

    Once an address was given the field stays, to be changed. It is drawn where it is called.
    """
    here = st.context.url or ""
    found = room.outward(session, st.context.url)
    if not session.room and not room.is_local(here):
        return found
    if problem := room.warning(found or ""):
        st.warning(escaped(problem))
    _field(session, here)
    return found


def _field(session: Session, here: str) -> None:
    state.mirror({_KEY: session.room} if not session.problems.get(room.PROBLEM) else {})
    label, hint = WORDS.text("typed", "label"), WORDS.text("typed", "help")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            label,
            key=_KEY,
            max_chars=room.LONGEST,
            placeholder=hint,
            on_change=state.acts(_typed),
            args=(here,),
            width=360,
        )
        found = "" if session.room else room.on_network(here)
        if found:
            offer = WORDS.text("local", "offer", {"address": found})
            st.button(offer, on_click=state.acts(room.settle), args=(found, here))
    if not (session.room or found):
        st.markdown(WORDS.text("local", "unreached"))
    if problem := session.problems.get(room.PROBLEM):
        st.error(escaped(problem))


def _typed(session: Session, here: str) -> None:
    room.settle(session, str(state.widget(_KEY) or ""), here)
