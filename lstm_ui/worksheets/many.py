"""Many worksheets at once, for a class: each with numbers of its own, or a name, or both."""

from collections.abc import Iterator

import streamlit as st

from lstm_core.lesson.words import words
from lstm_files.classes.names import names_in_file, names_in_text
from lstm_files.worksheet.variants import MOST, Copy, same_for_all, variants, zip_bytes
from lstm_ui.classes.choices import POINTS
from lstm_ui.session.session import Session
from lstm_ui.sheet.plain_text import escaped
from lstm_ui.shell import room, state
from lstm_ui.shell.head import part
from lstm_ui.worksheets import choice

WORDS = words("worksheets")
MEGABYTES = 1
_MANY = 30
Key = tuple[object, ...]


def many(session: Session) -> None:
    """Offer worksheets for a class: so many variants, or one for each name."""
    part(WORDS.text("many", "title"))
    st.markdown(WORDS.text("many", "of screen" if choice.of_screen(session) else "of code"))
    names = _names()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        count = len(names) or (0 if choice.of_screen(session) else _count())
        _sides(session)
        if count:
            _make(session, names, count)
    st.markdown(WORDS.text("many", "about"))


def _count() -> int:
    return int(st.number_input("Variants", 2, MOST, _MANY, key="w_count", width=140))


def _names() -> list[str]:
    """Return the names of the class, from a file or as typed; none where there are none."""
    with st.expander(WORDS.text("names", "fold")):
        file_side, text_side = st.columns(2)
        file = file_side.file_uploader(
            WORDS.text("names", "file"),
            ["csv", "tsv", "txt", "xlsx"],
            key="w_names_file",
            max_upload_size=MEGABYTES,
        )
        typed = text_side.text_area(
            WORDS.text("names", "text"),
            key="w_names",
            persist_state="session",
            placeholder="Ada Lovelace\nAlan Turing",
        )
        try:
            if file is not None:
                found = names_in_file(file.getvalue(), file.name)
            else:
                found = names_in_text(typed) if typed and typed.strip() else []
        except ValueError as error:
            st.error(escaped(str(error)))
            return []
        if found:
            st.text(WORDS.text("names", "found", {"count": len(found), "first": found[0]}))
        return found


def _sides(session: Session) -> None:
    state.mirror({"w_sides": choice.SIDES.of(session.options) == "two"})
    st.toggle(
        WORDS.text("many", "two-sided"),
        key="w_sides",
        help=WORDS.text("many", "two-sided, help"),
        on_change=state.acts(_turn),
    )


def _turn(session: Session) -> None:
    choice.set_option(session, choice.SIDES.name, "two" if state.widget("w_sides") else "one")


def _make(session: Session, names: list[str], count: int) -> None:
    """Draw the button that makes them and, once they are there, the one that gives them."""
    case = "make, named" if names else "make"
    wanted = st.button(WORDS.text("many", case, {"count": count}))
    try:
        made = _archive(session, names, count, wanted)
    except ValueError as error:
        st.error(escaped(str(error)))
        return
    if made:
        name = f"worksheets-{choice.task(session).code or 'class'}.zip"
        st.download_button("Download them", made, name, "application/zip", on_click="ignore")


@st.cache_resource(scope="session", max_entries=1, show_spinner=False)
def _shelf() -> dict[Key, bytes]:
    """What was made last in this session: it is large, and must outlive a rerun."""
    return {}


def _archive(session: Session, names: list[str], count: int, wanted: bool) -> bytes | None:
    """Return the archive: made now, with a bar that shows how far it is, or a moment ago."""
    shelf, here = _shelf(), room.outward(session, st.context.url)
    two_sided = choice.SIDES.of(session.options) == "two"
    points = POINTS.int_of(session.options)
    subject = choice.task_link(session, here), choice.asks_of(session), session.exercise
    key = (*subject, *names, count, two_sided, points)
    if wanted and key not in shelf:
        bar = st.progress(0.0, f"0 of {count}")
        shelf.clear()
        copies = _copies(session, names, count, points, here)
        shelf[key] = zip_bytes(
            copies, count, two_sided, lambda done: bar.progress(done / count, f"{done} of {count}")
        )
        bar.empty()
    return shelf.get(key)


def _copies(
    session: Session, names: list[str], count: int, points: int, here: str | None
) -> Iterator[Copy]:
    if choice.of_screen(session):
        return same_for_all(choice.task(session), choice.task_link(session, here), names, points)
    recipe = choice.chosen(session)
    return variants(recipe, count, lambda one: choice.link_of(one, here), names, points)
