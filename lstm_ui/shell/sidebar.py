"""The controls that every page shares: which exercise, its sizes, order, read-out and decimals."""

from dataclasses import replace

import streamlit as st

from lstm_core.cell import Order
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS, PUBLICATIONS
from lstm_core.lesson.letters import plain
from lstm_core.lesson.words import words
from lstm_core.shapes import parameter_count
from lstm_ui.session.names import name_of
from lstm_ui.session.session import Session
from lstm_ui.shell import state

BY_HAND = {"m": 8, "n": 8, "T": 50, "p": 8}  # the largest sizes that are set here
SIZES = ("m", "n", "T")
WORDS = words("sidebar")
OWN = WORDS.text("example", "own")
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
        session.load(replace(PRESETS[name], decimals=decimals), _opened(name))


def _opened(name: str) -> str:
    return WORDS.text("example", "opened", {"title": PRESETS[name].title})


def _about(name: str) -> None:
    with st.expander(WORDS.text("example", "about")):
        for line in about(name):
            st.text(line)


def about(name: str) -> list[str]:
    """Return what there is to say of an example: source, notes, printed numbers, what is ours."""
    publication, cell = PUBLICATIONS[name], PRESETS[name].cell
    frames = [
        (t, "; ".join(f"{plain(cell, key)} = {', '.join(row)}" for key, row in frame.items()))
        for t, frame in enumerate(publication.published, 1)
        if frame
    ]
    printed = [WORDS.text("example", "printed", {"t": t, "numbers": row}) for t, row in frames]
    ours = ", ".join(plain(cell, {"xs": "x"}.get(key, key)) for key in publication.ours)
    chosen = [WORDS.text("example", "chosen by us", {"names": ours})] if ours else []
    return [PRESETS[name].source, *publication.where, *publication.notes, *printed, *chosen]


def _sizes(session: Session) -> None:
    exercise = session.exercise
    state.mirror({letter: getattr(exercise, letter) for letter in SIZES})
    for column, letter in zip(st.columns(3), SIZES, strict=True):
        size, most = WORDS.text("sizes", letter), BY_HAND[letter]
        column.number_input(
            letter,
            1,
            max(most, getattr(exercise, letter)),
            key=letter,
            help=WORDS.text("sizes", "help", {"size": size, "most": most}),
            on_change=state.acts(_resize),
            args=(letter,),
        )
    st.caption(_parameters(exercise))


def _parameters(exercise: Exercise) -> str:
    """How many parameters there are and, of the LSTM, how they are counted."""
    case = "parameters"
    if exercise.cell.name == "lstm":
        case = "parameters, with a read-out" if exercise.cell.readout else "parameters, lstm"
    return WORDS.text("sizes", case, {"count": parameter_count(exercise.params)})


def _resize(session: Session, letter: str) -> None:
    session.change(*session.exercise.resized(**{letter: int(state.widget(letter))}))


def _order(session: Session) -> None:
    exercise = session.exercise
    other: Order = "xh" if exercise.cell.order == "hx" else "hx"
    st.markdown(f"Order of v: **{ORDERS[exercise.cell.order].replace('[', chr(92) + '[')}**")
    st.button(
        WORDS.text("order", "same network", {"order": ORDERS[other]}),
        on_click=state.acts(_reorder),
        args=(other,),
        width="stretch",
        help=WORDS.text("order", "same network, help"),
    )
    st.button(
        WORDS.text("order", "mix-up", {"order": ORDERS[other]}),
        on_click=state.acts(_mix_up),
        args=(other,),
        width="stretch",
        help=WORDS.text("order", "mix-up, help"),
    )


def _reorder(session: Session, order: Order) -> None:
    notice = WORDS.text("order", "same network, done", {"order": ORDERS[order]})
    session.change(session.exercise.reordered(order), notice)


def _mix_up(session: Session, order: Order) -> None:
    notice = WORDS.text("order", "mix-up, done", {"order": ORDERS[order]})
    session.change(session.exercise.relabelled(order), notice)


def _display(session: Session) -> None:
    exercise = session.exercise
    state.mirror({"decimals": exercise.decimals or ALL, "readout": exercise.cell.readout})
    st.selectbox(
        WORDS.text("display", "decimals"),
        [*range(1, 11), ALL],
        key="decimals",
        on_change=state.acts(_show_decimals),
        help=WORDS.text("display", "decimals, help"),
    )
    st.toggle(WORDS.text("display", "readout"), key="readout", on_change=state.acts(_read_out))
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
        session.change(exercise.with_readout(1), WORDS.text("display", "readout, there"))
    else:
        session.change(exercise.without_readout(), WORDS.text("display", "readout, gone"))
