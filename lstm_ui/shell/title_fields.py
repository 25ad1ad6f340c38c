"""The title and the source of the exercise, to be edited in the sidebar."""

import streamlit as st

from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.words import words
from lstm_ui.session.names import title_of
from lstm_ui.session.session import Session
from lstm_ui.shell import state

LONGEST = {"title": 200, "source": 500}  # characters
WORDS = words("sidebar")


def title_fields(exercise: Exercise) -> None:
    """Draw the two fields: what stands in them is in links, on worksheets and in files."""
    title = title_of(exercise) if exercise.title else ""
    state.mirror({"title": title, "source": exercise.source})
    with st.expander(WORDS.text("title", "fold")):
        for field, most in LONGEST.items():
            st.text_input(
                WORDS.text("title", field),
                key=field,
                max_chars=most,
                placeholder=WORDS.text("empty", field),
                on_change=state.acts(_entitle),
            )


def _entitle(session: Session) -> None:
    """Take both as lines of text: what cannot be printed is a space."""
    typed = {field: str(state.widget(field) or "") for field in LONGEST}
    lines = {
        field: " ".join("".join(c if c.isprintable() else " " for c in text).split())
        for field, text in typed.items()
    }
    base = session.base
    if not session.exercise.title and lines == {"title": title_of(base), "source": base.source}:
        return  # what the fields showed before the first edit: the browser has not heard of it yet
    if lines["title"] == title_of(session.exercise):
        lines["title"] = session.exercise.title  # as it stands in links and files
    session.entitle(**lines)
