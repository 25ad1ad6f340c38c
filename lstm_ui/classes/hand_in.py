"""The page that marks a class: the table to hand out, and the one that comes back.

What was uploaded was written by others: it is shown as plain text, never as markup.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from lstm_core.cell import Cell
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.words import words
from lstm_core.looks.activations import activated
from lstm_core.text.numerals import how_many
from lstm_core.trace import Address
from lstm_files.classes.headers import entry_headers, header
from lstm_files.classes.marking import ClassResult, marked, template
from lstm_files.classes.reading import CODE, NAME, NOTHING, Reading, read_class
from lstm_files.tables.csv_text import guarded, write_csv
from lstm_files.tables.read import read_table
from lstm_files.tables.xlsx import write_xlsx
from lstm_ui.check.choices import ask, asked_names, asked_steps
from lstm_ui.session.names import title_of
from lstm_ui.session.session import Session
from lstm_ui.sheet.blocks import Block, controls, lead, text
from lstm_ui.sheet.controls import segments
from lstm_ui.sheet.panels import notice
from lstm_ui.sheet.plain_text import escaped
from lstm_ui.shell import state

Maker = Callable[[], bytes]
Corrections = tuple[tuple[int, str], ...]  # a column, from 0, and the header to be read instead
Key = tuple[str, bytes, str, Corrections]  # what a class was marked from
Table = tuple[bytes, str]  # what was handed in, and the file's name

MEGABYTES = 5
_MARK = "class_mark"  # the button
MOST_CHOICES = 500  # entries that a column can be corrected to
_CSV = "text/csv"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORDS = words("classes")


def top_blocks(session: Session) -> list[Block]:
    """Return the head of the page: what it is for, which exercise, and what an empty table asks."""
    exercise = session.exercise
    sizes = ", ".join(f"{letter} = {size}" for letter, size in exercise.sizes.items())
    known = {"title": title_of(exercise), "sizes": sizes}
    about = WORDS.text("page", "exercise", known)
    return [
        lead(WORDS.text("page", "what")),
        notice(session),
        text("about", {"text": about, "strong": True}),
        text("headers", WORDS.text("page", "headers", {"z": _asked_first(exercise.cell)})),
        controls(
            "asked", segments(session, ask(exercise), "An empty table for", asked_names(exercise))
        ),
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
        st.info(escaped(str(error)))
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


def _asked_first(cell: Cell) -> str:
    """The step that headers are shown with: the first z of the cell."""
    return next((step.inputs[0] for step in activated(cell)), cell.names[0])


def uploaded_table(exercise: Exercise) -> Table | None:
    """Return the table that was uploaded, or else pasted, with its name; None where there is none.

    What was pasted stays in its field, whatever is wrong with it.
    """
    first = Address(_asked_first(exercise.cell), 0, (0,))
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
        placeholder=f"Student\t{header(exercise, first)}\nAda\t22",
    )
    st.markdown(WORDS.text("table", "kept"))
    if file is not None:
        return file.getvalue(), file.name
    return (pasted.encode("utf-8", "replace"), "") if pasted and pasted.strip() else None


def result_of(exercise: Exercise, table: Table) -> ClassResult | None:
    """Return the results of a class, once the reader has asked for them; else None.

    First it is shown what each column was taken for, to be corrected; where the table cannot be
    read, it is said why.
    """
    try:
        rows = read_table(*table)
        read = read_class(exercise, rows)
        changed = _corrected(read)
        read = read_class(exercise, rows, dict(changed)) if changed else read
        return _marked(read, (exercise.token(), *table, changed))
    except ValueError as error:
        st.error(escaped(str(error)))
        return None


def _corrected(read: Reading) -> Corrections:
    """Show what each column was taken for; return what the reader made of it instead."""
    # Guarded, as Streamlit offers each table as CSV.
    columns = [{"Header": guarded(text), "Taken for": taken} for text, taken in read.taken]
    choices = [NAME, NOTHING, CODE, *entry_headers(read.exercise, MOST_CHOICES)]
    choices += sorted({taken for _, taken in read.taken} - {*choices})
    # Once the class is marked it is out of the way.
    done = bool(_shelf()) or bool(state.widget(_MARK))
    with st.expander(WORDS.text("columns", "title"), expanded=not done):
        st.markdown(WORDS.text("columns", "correct"))
        edited = st.data_editor(
            pd.DataFrame(columns),
            column_config={
                "Header": st.column_config.TextColumn(disabled=True),
                "Taken for": st.column_config.SelectboxColumn(options=choices, required=True),
            },
            hide_index=True,
            key="class_columns",
            height="content" if len(columns) < 9 else 320,
        )
    return corrections_of(read, list(edited["Taken for"]))


def corrections_of(read: Reading, taken: Sequence[str]) -> Corrections:
    """Return the headers to be read instead, by column, where a column is to be something else."""
    words = {NAME: NAME, NOTHING: ""}
    return tuple(
        (column, words.get(new, new))
        for column, ((_, old), new) in enumerate(zip(read.taken, taken, strict=True))
        if new != old
    )


@st.cache_resource(scope="session", max_entries=1, show_spinner=False)
def _shelf() -> dict[Key, ClassResult]:
    """What was marked last in this session, as the page runs anew at every click.

    In the reader's session, as there are names in it: it is forgotten when the session ends.
    """
    return {}


def _marked(read: Reading, key: Key) -> ClassResult | None:
    """Mark when that is asked for, with a bar that shows how far it is."""
    if read.problem:
        raise ValueError(read.problem)
    shelf, place = _shelf(), st.empty()
    if key not in shelf:
        label = WORDS.text("columns", "mark", {"students": how_many(len(read.students), "student")})
        if not place.button(label, type="primary", key=_MARK):
            return None
        bar = place.progress(0.0)
        result = marked(read, lambda done, of: bar.progress(done / of, f"{done} of {of}"))
        place.empty()
        shelf.clear()
        shelf[key] = result
    return shelf[key]
