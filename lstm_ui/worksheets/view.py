"""The page that makes worksheets: what is on it, how it looks, and what to take away."""

from functools import partial

import streamlit as st

from lstm_core.lesson.words import words
from lstm_core.worksheets.draw import LEVELS
from lstm_core.worksheets.recipe import ASKED, FIELDS, Recipe
from lstm_files.worksheet.sheet import key_html, worksheet_html
from lstm_files.worksheet.variants import MOST, zip_bytes
from lstm_ui.session.session import Session
from lstm_ui.sheet.blocks import Block, heading
from lstm_ui.sheet.panels import notice
from lstm_ui.sheet.plain_text import escaped
from lstm_ui.shell import state
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
_PAGES = {"Worksheet": worksheet_html, "Key": key_html}
_MANY, _HTML = 30, "text/html"


def top_blocks(session: Session) -> list[Block]:
    """Return the head of the page."""
    return [
        heading(WORDS.text("page", "title"), 1, "top", what=WORDS.text("page", "what")),
        notice(session),
    ]


def controls(session: Session) -> None:
    """Draw the controls that choose a worksheet, and the field for a code."""
    recipe = choice.chosen(session)
    if problem := choice.problem(session):
        st.warning(escaped(problem))
    state.mirror({f"w_{name}": getattr(recipe, name) for name in _LABELS})
    first, second = list(_LABELS)[:4], list(_LABELS)[4:]
    for names in (first, second):
        for column, name in zip(st.columns(len(names)), names, strict=True):
            with column:
                _control(name)
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


def preview(session: Session) -> None:
    """Show the worksheet or its key as it will look on paper, and offer both as files."""
    recipe = choice.chosen(session)
    link = choice.link_of(recipe, st.context.url)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _heading(f"Worksheet {recipe.code}")
        st.button("Another one", on_click=state.acts(choice.another))
        for name, make in _PAGES.items():
            file = f"{name.lower()}-{recipe.code}.html"
            data = partial(make, recipe, link)
            st.download_button(f"Download the {name.lower()}", data, file, _HTML, on_click="ignore")
        st.button("Check answers to it", on_click=state.acts(choice.check), args=(recipe.code,))
    if confusions := choice.confusions_sentence(recipe):
        st.markdown(confusions)
    page = st.radio("Preview", list(_PAGES), horizontal=True)
    with st.container(border=True):
        st.iframe(_PAGES[page](recipe, link), height=620, alt=f"{page} {recipe.code}")
    st.markdown(WORDS.text("preview", "print"))


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


def many(session: Session) -> None:
    """Offer many worksheets of this kind at once, each with numbers of its own."""
    recipe = choice.chosen(session)
    _heading(WORDS.text("many", "title"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        count = st.number_input("Variants", 2, MOST, _MANY, key="w_count", width=140)
        wanted = st.button(f"Make {count} variants")
        made = _archive(recipe, int(count), wanted)
        if made:
            name = f"worksheets-{recipe.code}.zip"
            st.download_button("Download them", made, name, "application/zip", on_click="ignore")
    st.markdown(WORDS.text("many", "about"))


@st.cache_resource(scope="session", max_entries=1, show_spinner=False)
def _shelf() -> dict[tuple[Recipe, int, str | None], bytes]:
    """What was made last in this session: it is large, and must outlive a rerun."""
    return {}


def _archive(recipe: Recipe, count: int, wanted: bool) -> bytes | None:
    """Return the archive: made now, with a bar that shows how far it is, or a moment ago."""
    shelf, here = _shelf(), st.context.url
    if wanted and (recipe, count, here) not in shelf:
        bar = st.progress(0.0, f"0 of {count}")
        shelf.clear()
        shelf[recipe, count, here] = zip_bytes(
            recipe,
            count,
            lambda variant: choice.link_of(variant, here),
            lambda done: bar.progress(done / count, f"{done} of {count}"),
        )
        bar.empty()
    return shelf.get((recipe, count, here))


def _heading(text: str) -> None:
    """Streamlit's own headings would be larger than the page's."""
    st.html(f'<h2 style="font-size: 1.3rem; padding: 0">{text}</h2>')
