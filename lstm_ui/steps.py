"""Walking through the cell: previous, next, jump, and the time step."""

import streamlit as st

from lstm_core.cell import Cell
from lstm_ui import state, theme
from lstm_ui.session import Session


def label(cell: Cell, names: list[str], name: str) -> str:
    """Return a step as the list shows it: 2 of 18 · Forget gate · Weights times v."""
    stage = theme.STAGES.get(cell[name].stage, cell[name].stage)
    return f"{names.index(name) + 1} of {len(names)} · {stage} · {cell[name].title}"


def bar(session: Session) -> None:
    """Draw the row of controls that moves through the steps."""
    cell = session.exercise.cell
    names = [step.name for step in cell.steps]
    at, T = names.index(session.place.step), session.exercise.T
    state.mirror({"step": session.place.step, "t": session.place.t + 1})
    with st.container(horizontal=True, vertical_alignment="bottom", key="steps"):
        first, last = (
            session.place.t == 0 and at == 0,
            session.place.t == T - 1 and at == len(names) - 1,
        )
        st.button(
            "← Previous step",
            on_click=state.acts(Session.walk),
            args=(-1,),
            disabled=first,
            shortcut="Alt+P",
        )
        st.selectbox(
            "Step",
            names,
            key="step",
            label_visibility="collapsed",
            format_func=lambda name: label(cell, names, name),
            on_change=state.acts(_jump),
        )
        if T > 1:
            st.number_input(
                f"Time step t of {T}", 1, T, key="t", on_change=state.acts(_jump), width=130
            )
        st.button(
            "Next step →",
            on_click=state.acts(Session.walk),
            args=(1,),
            disabled=last,
            type="primary",
            shortcut="Alt+N",
        )


def time_bar(session: Session) -> None:
    """Draw the choice of the time step alone, where there is more than one."""
    if session.exercise.T > 1:
        state.mirror({"t": session.place.t + 1})
        T = session.exercise.T
        st.number_input(
            f"Time step t of {T}", 1, T, key="t", on_change=state.acts(_jump), width=130
        )


def _jump(session: Session) -> None:
    t = state.widget("t")
    step = state.widget("step") or session.place.step
    session.go(step, None if t is None else int(t) - 1)
