"""The page that marks a class: the table to hand out, and the one that comes back.

What was uploaded was written by others: it is shown as plain text, never as markup.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.words import words
from lstm_files.classes.headers import entry_headers
from lstm_files.classes.marking import CODE, NAME, NOTHING, ClassResult, mark_class, template
from lstm_files.tables.csv_text import guarded, write_csv
from lstm_files.tables.read import read_table
from lstm_files.tables.xlsx import write_xlsx
from lstm_ui.check.choices import ask, asked_steps
from lstm_ui.session.session import Session
from lstm_ui.sheet.blocks import Block, controls, heading, text
from lstm_ui.sheet.controls import segments
from lstm_ui.sheet.panels import notice
from lstm_ui.sheet.plain_text import escaped

Maker = Callable[[], bytes]
Corrections = tuple[tuple[int, str], ...]  # a column, from 0, and the header to be read instead

MEGABYTES = 5
MOST_CHOICES = 500  # entries that a column can be corrected to
_CSV = "text/csv"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ASKED = {"sheet": "what the worksheet asks", "every": "every step", "states": "gates and states"}
WORDS = words("classes")


def top_blocks(session: Session) -> list[Block]:
    """Return the head of the page: what it is for, which exercise, and what an empty table asks."""
    exercise = session.exercise
    sizes = ", ".join(f"{letter} = {size}" for letter, size in exercise.sizes.items())
    title = exercise.title or WORDS.text("page", "no title")
    about = WORDS.text("page", "exercise", {"title": title, "sizes": sizes})
    return [
        heading(WORDS.text("page", "title"), 1, "top", what=WORDS.text("page", "what")),
        notice(session),
        text("about", {"text": about, "strong": True}),
        text("headers", WORDS.text("page", "headers")),
        controls("asked", segments(session, ask(exercise), "An empty table for", _ASKED)),
    ]


def empty_table(session: Session) -> None:
    """Offer the table to hand out, with a header for every entry that is asked for."""
    at_each = (
        replace(session, place=replace(session.place, t=t)) for t in range(session.exercise.T)
    )
    steps = [(at.place.t, step.name) for at in at_each for step in asked_steps(at)]
    try:
        rows = template(session.exercise, steps)
    except ValueError as error:
        st.info(str(error))
        return
    as_xlsx = partial(write_xlsx, rows, "Answers")
    downloads("empty table", partial(write_csv, rows), as_xlsx, "answers")


def downloads(what: str, as_csv: Maker, as_xlsx: Maker, name: str) -> None:
    """Offer the same table in two formats, each made only when it is asked for."""
    with st.container(horizontal=True):
        for label, make, mime in (("XLSX", as_xlsx, _XLSX), ("CSV", as_csv, _CSV)):
            st.download_button(
                f"Download the {what} as {label}",
                make,
                f"{name}.{label.lower()}",
                mime,
                on_click="ignore",
            )


def uploaded_table() -> tuple[bytes, str] | None:
    """Return the table that was uploaded, or else pasted, with its name; None where there is none.

    What was pasted stays in its field, whatever is wrong with it.
    """
    file_side, text_side = st.columns(2)
    file = file_side.file_uploader(
        WORDS.text("table", "label"),
        ["csv", "tsv", "txt", "xlsx"],
        key="class_file",
        max_upload_size=MEGABYTES,
        help=WORDS.text("table", "help"),
    )
    pasted = text_side.text_area(
        WORDS.text("table", "paste"),
        key="class_text",
        persist_state="session",
        placeholder="Student\tz_i[1]\tz_i[2]\nAda\t22\t43",
    )
    st.markdown(WORDS.text("table", "kept"))
    if file is not None:
        return file.getvalue(), file.name
    return (pasted.encode("utf-8", "replace"), "") if pasted and pasted.strip() else None


def marked(exercise: Exercise, data: bytes, name: str) -> ClassResult | None:
    """Return the results; where the table cannot be read, say why, and return None.

    What each column was taken for is shown first, and can be corrected there.
    """
    try:
        token = exercise.token()
        result = _result(exercise, token, data, name, ())
        if changed := _corrected(result):
            result = _result(exercise, token, data, name, changed)
        return result
    except ValueError as error:
        st.error(escaped(str(error)))
        return None


def _corrected(result: ClassResult) -> Corrections:
    """Show what each column was taken for; return what the reader made of it instead."""
    # Guarded, as Streamlit offers each table as CSV.
    columns = [{"Header": guarded(text), "Taken for": taken} for text, taken in result.taken]
    fixed = {CODE, NAME, NOTHING}
    choices = [NAME, NOTHING, CODE, *entry_headers(result.exercise, MOST_CHOICES)]
    choices += sorted({taken for _, taken in result.taken} - {*choices} - fixed)
    with st.expander("What each column was taken for"):
        st.markdown("Anything wrong here can be corrected; the class is marked again at once.")
        edited = st.data_editor(
            pd.DataFrame(columns),
            column_config={
                "Header": st.column_config.TextColumn(disabled=True),
                "Taken for": st.column_config.SelectboxColumn(options=choices, required=True),
            },
            hide_index=True,
            key="class_columns",
        )
    return corrections_of(result, list(edited["Taken for"]))


def corrections_of(result: ClassResult, taken: Sequence[str]) -> Corrections:
    """Return the headers to be read instead, by column, where a column is to be something else."""
    words = {NAME: NAME, NOTHING: ""}
    return tuple(
        (column, words.get(new, new))
        for column, ((_, old), new) in enumerate(zip(result.taken, taken, strict=True))
        if new not in (old, CODE)
    )


@st.cache_resource(scope="session", max_entries=2, show_spinner="Marking …")
def _result(
    _exercise: Exercise, token: str, data: bytes, name: str, corrections: Corrections
) -> ClassResult:
    """Mark once for each `token`: a class takes seconds, and the page runs anew at every click.

    In the reader's session, as there are names in it: it is forgotten when the session ends.
    """
    return mark_class(_exercise, read_table(data, name), dict(corrections))
