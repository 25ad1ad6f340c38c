"""The controls that every page shares: which exercise, its sizes, order, read-out and decimals."""

from dataclasses import replace

import streamlit as st

from lstm_core.cell import Order
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS, PUBLICATIONS
from lstm_core.lesson.letters import plain
from lstm_core.shapes import parameter_count
from lstm_ui.session.names import name_of
from lstm_ui.session.session import Session
from lstm_ui.shell import state

BY_HAND = {"m": 8, "n": 8, "T": 50, "p": 8}  # the largest sizes that are set here
SIZES = {"m": "inputs m", "n": "hidden units n", "T": "time steps T"}
OWN = "My own numbers"
ALL = "all"
ORDERS = {"hx": "[h, x]", "xh": "[x, h]"}


def controls(session: Session) -> None:
    """Draw the sidebar. Each control shows the session's exercise and changes it by a callback."""
    state.remember(signature(session))
    with st.sidebar:
        _examples(session)
        _sizes(session)
        _order(session)
        _display(session)


def signature(session: Session) -> tuple[object, ...]:
    """Return what the sidebar depends on: while it stays the same, an edit need not redraw it."""
    exercise = session.exercise
    return (exercise.cell, tuple(exercise.sizes.items()), exercise.decimals, session.base)


def _examples(session: Session) -> None:
    name = name_of(session.base) if name_of(session.base) in PRESETS else ""
    state.mirror({"example": name or OWN})
    st.selectbox(
        "Example",
        [*([] if name else [OWN]), *PRESETS],
        key="example",
        format_func=lambda key: PRESETS[key].title if key in PRESETS else _own(session),
        on_change=state.acts(_load_example),
    )
    if name:
        _about(name)


def _own(session: Session) -> str:
    return session.base.title if name_of(session.base) else OWN


def _load_example(session: Session) -> None:
    if (name := state.widget("example")) in PRESETS:
        decimals = session.exercise.decimals
        session.load(replace(PRESETS[name], decimals=decimals), f"Opened: {PRESETS[name].title}.")


def _about(name: str) -> None:
    with st.expander("About this example"):
        for line in about(name):
            st.text(line)


def about(name: str) -> list[str]:
    """Return what there is to say of an example: source, notes, printed numbers, what is ours."""
    publication, cell = PUBLICATIONS[name], PRESETS[name].cell
    printed = [
        f"Printed at t = {t}: "
        + "; ".join(f"{plain(cell, key)} = {', '.join(row)}" for key, row in frame.items())
        for t, frame in enumerate(publication.published, 1)
        if frame
    ]
    ours = ", ".join(plain(cell, {"xs": "x"}.get(key, key)) for key in publication.ours)
    chosen = [f"Not in the source, chosen by us: {ours}."] if ours else []
    return [PRESETS[name].source, *publication.where, *publication.notes, *printed, *chosen]


def _sizes(session: Session) -> None:
    exercise = session.exercise
    state.mirror({letter: getattr(exercise, letter) for letter in SIZES})
    for column, (letter, label) in zip(st.columns(3), SIZES.items(), strict=True):
        column.number_input(
            letter,
            1,
            max(BY_HAND[letter], getattr(exercise, letter)),
            key=letter,
            help=f"{label}, 1 to {BY_HAND[letter]}. A change keeps what both sizes share.",
            on_change=state.acts(_resize),
            args=(letter,),
        )
    count = parameter_count(exercise.params)
    st.caption(f"{count} parameters{_formula(exercise)}")


def _formula(exercise: Exercise) -> str:
    """How the LSTM's parameters are counted; its relatives have other gates."""
    if exercise.cell.name != "lstm":
        return ""
    return ": 4(n(n+m)+n)" + (", and the read-out" if exercise.cell.readout else "")


def _resize(session: Session, letter: str) -> None:
    session.change(*session.exercise.resized(**{letter: int(state.widget(letter))}))


def _order(session: Session) -> None:
    exercise = session.exercise
    other: Order = "xh" if exercise.cell.order == "hx" else "hx"
    st.markdown(f"Order of v: **{ORDERS[exercise.cell.order].replace('[', chr(92) + '[')}**")
    st.button(
        f"Switch to {ORDERS[other]}, same network",
        on_click=state.acts(_reorder),
        args=(other,),
        width="stretch",
        help="Reorders the columns of every W in step, so that every result stays as it is.",
    )
    st.button(
        f"Switch to {ORDERS[other]}, keep the matrices",
        on_click=state.acts(_mix_up),
        args=(other,),
        width="stretch",
        help="The classic mix-up: the same matrices meet a v in another order. Watch what changes.",
    )


def _reorder(session: Session, order: Order) -> None:
    notice = f"v is now {ORDERS[order]}; the columns of every W moved with it: the same network."
    session.change(session.exercise.reordered(order), notice)


def _mix_up(session: Session, order: Order) -> None:
    notice = f"v is now {ORDERS[order]}, but the matrices stayed: this is another network."
    session.change(session.exercise.relabelled(order), notice)


def _display(session: Session) -> None:
    exercise = session.exercise
    state.mirror({"decimals": exercise.decimals or ALL, "readout": exercise.cell.readout})
    st.selectbox(
        "Decimals shown",
        [*range(1, 11), ALL],
        key="decimals",
        on_change=state.acts(_show_decimals),
        help="Display only, never the calculation. Hover over a number for all its digits.",
    )
    st.toggle("Read-out y_t = σ(W_y·h_t + b_y)", key="readout", on_change=state.acts(_read_out))
    if exercise.cell.readout:
        state.mirror({"p": exercise.p})
        st.number_input(
            "outputs p", 1, BY_HAND["p"], key="p", on_change=state.acts(_resize), args=("p",)
        )


def _show_decimals(session: Session) -> None:
    chosen = state.widget("decimals")
    session.show(None if chosen == ALL else int(chosen))


def _read_out(session: Session) -> None:
    exercise = session.exercise
    if state.widget("readout"):
        session.change(exercise.with_readout(1), "The read-out is there: W_y and b_y are new.")
    else:
        session.change(exercise.without_readout(), "The read-out is gone, and W_y and b_y with it.")
