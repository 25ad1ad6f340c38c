"""The two fields above the page: which trained cell, and the sequence that it reads."""

import streamlit as st

from lstm_ui.learned.choices import Lens
from lstm_ui.learned.events import SEQUENCE, open_trained, type_sequence
from lstm_ui.learned.models import trained, typed
from lstm_ui.learned.words import WORDS
from lstm_ui.session.session import Session
from lstm_ui.sheet.plain_text import escaped
from lstm_ui.shell import state

MODEL, TEXT = "learned_model", "learned_text"
OTHER = ""


def fields(session: Session, lens: Lens | None) -> None:
    """Draw both fields; what is wrong with a sequence is said below it."""
    left, right = st.columns((2, 3))
    with left:
        _model(lens)
    if lens:
        with right:
            _sequence(session, lens)


def _model(lens: Lens | None) -> None:
    state.mirror({MODEL: lens.task.name if lens else OTHER})
    names = {name: WORDS.text(name, "title") for name in trained()}
    st.selectbox(
        WORDS.text("page", "model"),
        [*([] if lens else [OTHER]), *names],
        key=MODEL,
        format_func=lambda name: names.get(name) or WORDS.text("page", "no task"),
        on_change=state.acts(_choose),
    )


def _choose(session: Session) -> None:
    if name := state.widget(MODEL):
        open_trained(session, name)


def _sequence(session: Session, lens: Lens) -> None:
    problem = session.problems.get(SEQUENCE)
    if not problem:  # what was typed stays as it was typed
        state.mirror({TEXT: typed(lens.task, lens.exercise.xs)})
    st.text_area(
        WORDS.text("page", "sequence"),
        key=TEXT,
        help=WORDS.text(lens.task.name, "typed"),
        height="content",
        max_chars=4_000,
        on_change=state.acts(_type),
    )
    if problem:
        st.error(escaped(problem))


def _type(session: Session) -> None:
    type_sequence(session, state.widget(TEXT) or "")
