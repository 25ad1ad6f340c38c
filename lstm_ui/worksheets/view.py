"""The page that makes worksheets: what is on it, how it looks, and what to take away."""

from functools import partial

import streamlit as st

from lstm_core.lesson.words import words
from lstm_core.worksheets.draw import LEVELS
from lstm_core.worksheets.recipe import ASKED, FIELDS, Recipe
from lstm_core.worksheets.task import asks
from lstm_files.worksheet.moodle import moodle_xml
from lstm_files.worksheet.sheet import Handout, key_html, worksheet_html
from lstm_ui.classes.choices import POINTS, give_points
from lstm_ui.session.names import title_of
from lstm_ui.session.session import Session
from lstm_ui.sheet.blocks import Block, lead
from lstm_ui.sheet.panels import notice
from lstm_ui.sheet.plain_text import escaped
from lstm_ui.shell import room, state
from lstm_ui.shell.head import part
from lstm_ui.worksheets import choice

WORDS = words("worksheets")
_LABELS = {
    "m": "Inputs m",
    "n": "Hidden units n",
    "T": "Time steps T",
    "decimals": "Decimals",
    "order": "Order of v",
    "level": "Numbers",
    "steps": "Steps asked",
}
_WORDS = {
    "order": {"hx": "[h, x]", "xh": "[x, h]"},
    "level": {name: level.title for name, level in LEVELS.items()},
    "steps": {name: asked.title for name, asked in ASKED.items()},
}
_HTML, _XML = "text/html", "application/xml"
_PAGES = ("Worksheet", "Key")


def top_blocks(session: Session) -> list[Block]:
    """Return the head of the page."""
    return [
        lead(WORDS.text("page", "what")),
        notice(session),
    ]


def controls(session: Session) -> None:
    """Draw the controls: which exercise it is about, and what it is like."""
    title = escaped(title_of(session.exercise))
    state.mirror({"w_of": choice.FROM.of(session.options)})
    st.radio(
        WORDS.text("of", "label"),
        choice.FROM.words,
        key="w_of",
        horizontal=True,
        format_func=lambda word: WORDS.text("of", word, {"title": title}),
        on_change=state.acts(_take_from),
    )
    if choice.of_screen(session):
        _of_screen(session)
    else:
        _of_code(session)


def _take_from(session: Session) -> None:
    choice.set_option(session, choice.FROM.name, str(state.widget("w_of")))


def _of_screen(session: Session) -> None:
    """What is asked of the exercise on screen; all else is chosen in the sidebar."""
    every = asks(session.exercise.cell)
    state.mirror({"w_asks": choice.asks_of(session)})
    asked, points = st.columns(2)
    asked.selectbox(
        _LABELS["steps"],
        list(every),
        key="w_asks",
        format_func=lambda name: every[name].title,
        on_change=state.acts(_ask),
    )
    with points:
        _points(session)
    st.markdown(WORDS.text("of", "screen, more"))


def _ask(session: Session) -> None:
    choice.set_option(session, choice.ASKS.name, str(state.widget("w_asks")))


def _of_code(session: Session) -> None:
    recipe = choice.chosen(session)
    if problem := choice.problem(session):
        st.warning(escaped(problem))
    state.mirror({f"w_{name}": getattr(recipe, name) for name in _LABELS})
    first, second = list(_LABELS)[:4], list(_LABELS)[4:]
    for names, more in ((first, 0), (second, 1)):
        columns = st.columns(len(names) + more)
        for column, name in zip(columns, names, strict=False):
            with column:
                _control(name)
    with columns[-1]:
        _points(session)
    st.markdown(LEVELS[recipe.level].meaning)


def _control(name: str) -> None:
    choices, _ = FIELDS[name]
    words = _WORDS.get(name, {})
    st.selectbox(
        _LABELS[name],
        choices,
        key=f"w_{name}",
        format_func=lambda value: words.get(value, str(value)),
        on_change=state.acts(_choose),
        args=(name,),
    )


def _choose(session: Session, name: str) -> None:
    choice.change(session, **{name: state.widget(f"w_{name}")})


def _points(session: Session) -> None:
    state.mirror({"w_points": POINTS.int_of(session.options)})
    st.number_input(
        WORDS.text("of", "points"),
        int(POINTS.low),
        int(POINTS.high),
        key="w_points",
        help=WORDS.text("of", "points, help"),
        on_change=state.acts(_give_points),
    )


def _give_points(session: Session) -> None:
    give_points(session, int(state.widget("w_points") or 0))


def preview(session: Session) -> None:
    """Show the worksheet or its key as it will look on paper, and offer both as files."""
    task = choice.task(session)
    link = choice.task_link(session, room.outward(session, st.context.url))
    handout = Handout(points=POINTS.int_of(session.options))
    makers = {
        "Worksheet": partial(worksheet_html, task, link, handout),
        "Key": partial(key_html, task, link),
    }
    part(task.title)
    try:
        shown = {name: make() for name, make in makers.items()}
    except ValueError as error:  # too many boxes
        st.info(escaped(str(error)))
        return
    _files(session, shown)
    if not task.code:
        st.markdown(WORDS.text("preview", "own"))
    elif confusions := choice.confusions_sentence(choice.chosen(session)):
        st.markdown(confusions)
    page = st.radio("Preview", _PAGES, horizontal=True)
    with st.container(border=True):
        st.iframe(shown[page], height=620, alt=f"{page} {task.code}".strip())
    st.markdown(WORDS.text("preview", "print"))


def _files(session: Session, shown: dict[str, str]) -> None:
    """Offer both pages and the questions for a course system, and another worksheet."""
    task = choice.task(session)
    name = task.code or "own"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if task.code:
            st.button("Another one", on_click=state.acts(choice.another))
        for page, html in shown.items():
            file = f"{page.lower()}-{name}.html"
            label = f"Download the {page.lower()}"
            st.download_button(label, html, file, _HTML, on_click="ignore")
        st.download_button(
            WORDS.text("preview", "moodle"),
            partial(moodle_xml, task),
            f"worksheet-{name}.xml",
            _XML,
            help=WORDS.text("preview", "moodle, help"),
            on_click="ignore",
        )
        if task.code:
            st.button("Check answers to it", on_click=state.acts(choice.check), args=(task.code,))


def code_field() -> None:
    """Draw the field for a code from paper, which leads to the page that marks its answers."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Enter a code from paper",
            key="w_code",
            max_chars=40,
            placeholder="such as 6PZP-483K",
            on_change=state.acts(_open),
            width=320,
        )
        st.button("Open it", on_click=state.acts(_open))
    if text := state.widget("w_code"):
        try:
            Recipe.from_code(text)
        except ValueError as error:
            st.error(escaped(str(error)))


def _open(session: Session) -> None:
    try:
        choice.check(session, state.widget("w_code") or "")
    except ValueError:
        return  # said beside the field
