"""The form of a run: its settings, the reader's own sequences, the buttons that start it."""

from functools import partial

import streamlit as st

from lstm_core.cells import CELLS
from lstm_core.lesson.words import words
from lstm_ui.session.session import Session
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block
from lstm_ui.sheet.panels import notice
from lstm_ui.sheet.plain_text import escaped
from lstm_ui.shell import state
from lstm_ui.training import runs
from lstm_ui.training.choices import (
    CHOICES,
    DRAWN,
    FORM,
    LONGEST_OWN,
    OWN,
    WHOLE,
    code,
    form_settings,
    own_texts,
    settings_in,
    texts,
    with_task,
)
from lstm_ui.training.duels import DUELS

WORDS, TASKS = words("training"), words("learned")
TYPED, PROBLEM = "train_own", "training"  # a widget; where what is wrong is said
_WIDE = 2.4  # of the task: its name is a sentence
_ROWS = (("task", "cell", "n", "T", "steps"), ("optimiser", "rate", "clip", "forget_bias", "seed"))


def top_blocks(session: Session) -> list[Block]:
    """Return the head of the page."""
    return [blocks.lead(WORDS.text("page", "what")), notice(session)]


def form(session: Session) -> None:
    """Draw the settings, the reader's own sequences, and the buttons that start runs."""
    shown = texts(form_settings(session.options))
    whole = {name: int(shown[name]) for name in WHOLE}
    state.mirror({f"train_{name}": value for name, value in {**shown, **whole}.items()})
    for names in _ROWS:
        widths = [_WIDE if name == "task" else 1.0 for name in names]
        for column, name in zip(st.columns(widths), names, strict=True):
            with column:
                _setting(name)
    _start(session)
    if problem := session.problems.get(PROBLEM):
        st.error(escaped(problem))


def _setting(name: str) -> None:
    label = WORDS.text("form", name)
    help_ = WORDS.text("form", f"{name}, help") if WORDS.has("form", f"{name}, help") else None
    key, act = f"train_{name}", state.acts(_set)
    if name in WHOLE:
        low, high = WHOLE[name]
        st.number_input(label, low, high, key=key, help=help_, on_change=act, args=(name,))
        return
    st.selectbox(
        label,
        CHOICES[name],
        key=key,
        help=help_,
        format_func=partial(_said, name),
        on_change=act,
        args=(name,),
    )


def _said(name: str, value: str) -> str:
    if name == "task":
        return TASKS.text(value, "title")
    if name == "cell":
        return CELLS[value].title
    if value == DRAWN or name == "optimiser":
        return WORDS.text("form", value)
    return WORDS.text("form", "no clip") if (name, value) == ("clip", "0") else value


def _set(session: Session, name: str) -> None:
    now, new = form_settings(session.options), state.widget(f"train_{name}")
    found = (
        with_task(now, str(new)) if name == "task" else settings_in({**texts(now), name: str(new)})
    )
    session.options = {**session.options, FORM.name: code(found)}


def _start(session: Session) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            WORDS.text("page", "train"),
            type="primary",
            help=WORDS.text("page", "train, help"),
            on_click=state.acts(_train),
        )
        st.selectbox(
            WORDS.text("page", "duels"),
            ["none", *DUELS],
            key="train_duel",
            format_func=lambda name: WORDS.text("duels", name),
            on_change=state.acts(_duel),
            width=380,
        )
    _own(session)


def _own(session: Session) -> None:
    typed, task = OWN.text_of(session.options), form_settings(session.options).task
    state.mirror({TYPED: typed})
    with st.expander(WORDS.text("page", "own"), expanded=bool(typed)):
        st.text_area(
            f"{WORDS.text('page', 'own')}: {TASKS.text(task, 'typed')}",
            key=TYPED,
            help=WORDS.text("page", "own, help"),
            max_chars=LONGEST_OWN,
            on_change=state.acts(_keep),
        )
        st.caption(WORDS.text("page", "own, link"))


def _keep(session: Session) -> None:
    session.options = session.options | OWN.chosen(state.widget(TYPED) or "")


def _train(session: Session) -> None:
    settings = form_settings(session.options)
    session.problems = {}
    try:
        own = own_texts(settings.task, OWN.text_of(session.options))
        problem = runs.start(session, settings, own=own)
    except ValueError as error:
        problem = str(error)
    note(session, problem)


def _duel(session: Session) -> None:
    if (name := state.widget("train_duel")) in DUELS:
        runs.clear(session)
        note(session, runs.start(session, *DUELS[name]))
    state.mirror({"train_duel": "none"})


def note(session: Session, problem: str) -> None:
    """Keep what is wrong, to be said below the form."""
    session.problems = {PROBLEM: problem} if problem else {}
