"""Walking through the cell: previous, next, jump, and the time step."""

import streamlit as st

from lstm_ui import state, theme
from lstm_ui.session import Session


def bar(session: Session) -> None:
    """Draw the row of controls that moves through the steps."""
    names = [step.name for step in session.exercise.cell.steps]
    state.mirror({"step": session.place.step})
    at = session.place.t * len(names) + names.index(session.place.step)
    with st.container(horizontal=True, vertical_alignment="bottom", key="steps"):
        _walk("← Previous step", -1, "Alt+P", disabled=at == 0)
        st.selectbox(
            "Step",
            names,
            key="step",
            label_visibility="collapsed",
            format_func=lambda name: label(session, name),
            on_change=state.acts(_jump),
        )
        time_choice(session)
        last = at == len(names) * session.exercise.T - 1
        _walk("Next step →", 1, "Alt+N", disabled=last, type="primary")


def _walk(words: str, by: int, shortcut: str, **more: object) -> None:
    st.button(words, on_click=state.acts(Session.walk), args=(by,), shortcut=shortcut, **more)


def label(session: Session, name: str) -> str:
    """Return a step as the list shows it: 2 of 18 · Forget gate · Weights times v."""
    cell = session.exercise.cell
    names = [step.name for step in cell.steps]
    stage = theme.STAGES.get(cell[name].stage, cell[name].stage)
    return f"{names.index(name) + 1} of {len(names)} · {stage} · {cell[name].title}"


def time_choice(session: Session) -> None:
    """Draw the choice of the time step, where there is more than one."""
    if (T := session.exercise.T) > 1:
        state.mirror({"t": session.place.t})
        st.selectbox(
            "Time step",
            range(T),
            key="t",
            label_visibility="collapsed",
            format_func=lambda t: f"t = {t + 1} of {T}",
            on_change=state.acts(_jump),
            width=140,
        )


def _jump(session: Session) -> None:
    session.go(state.widget("step") or session.place.step, state.widget("t"))
