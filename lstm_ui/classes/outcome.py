"""What became of a class, as the page shows it: counts, the map, problems, mistakes, tables.

Names were written by others: they are shown as plain text, never as markup.
"""

from collections.abc import Sequence
from functools import partial
from itertools import chain, count

import pandas as pd
import streamlit as st

from lstm_core.lesson.words import paragraph, words
from lstm_core.text.numerals import how_many
from lstm_files.classes.feedback import feedback_csv, feedback_html
from lstm_files.classes.marking import ClassResult, Student
from lstm_files.classes.results import (
    GROUPS,
    mistakes_table,
    plain,
    results_csv,
    results_table,
    results_xlsx,
    steps_table,
)
from lstm_files.tables.csv_text import guarded
from lstm_files.tables.table import Cell
from lstm_ui.classes.choices import POINTS, STUDENT, give_points, open_sheet
from lstm_ui.classes.figure import mistakes_figure
from lstm_ui.classes.hand_in import downloads
from lstm_ui.classes.map import class_map, legend
from lstm_ui.session.names import title_of
from lstm_ui.session.session import Session
from lstm_ui.sheet.live_figure import live_figure
from lstm_ui.shell import state
from lstm_ui.shell.head import part

WORDS = words("classes")
SHOWN_PROBLEMS = 20
_NOBODY = 0
_FEW = 3  # problems that are read at once; more are unfolded


def outcome(session: Session, result: ClassResult) -> None:
    """Show everything that there is to say of a class."""
    points = POINTS.int_of(session.options)
    part(WORDS.text("outcome", "title"))
    st.text(class_sentence(result))
    if any(student.code for student in result.students):
        st.text(WORDS.text("outcome", "own worksheets"))
    problems(result)
    for line in result.duplicates:
        st.text(line)
    _points(points, len(result.columns))
    the_map(session, result, points)
    mistakes(result)
    tables(result, points)
    take_away(session, result, points)


def class_sentence(result: ClassResult) -> str:
    """Return in a sentence what the class comes to."""
    students, each = len(result.students), len(result.columns)
    totals = {name: _total(result, states) for name, states in GROUPS.items()}
    counts = ", ".join(f"{name.lower()}: {total}" for name, total in totals.items() if total)
    people, entries = how_many(students, "student"), each * students
    return f"{people}, {how_many(entries, 'entry', 'entries')}. {counts.capitalize()}."


def _total(result: ClassResult, states: frozenset[str]) -> int:
    return sum(counts.get(state, 0) for counts in result.steps.values() for state in states)


def problems(result: ClassResult) -> None:
    """Say which headers and cells could not be read: each as plain text, row and column first."""
    if not (every := result.problems):
        return
    case, more = "unread, one" if len(every) == 1 else "unread", len(every) - SHOWN_PROBLEMS
    with st.expander(
        WORDS.text("outcome", case, {"count": len(every)}), expanded=len(every) <= _FEW
    ):
        for line in every[:SHOWN_PROBLEMS]:
            st.text(line)
        if more > 0:
            st.text(WORDS.text("outcome", "more", {"count": more}))


def _points(points: int, entries: int) -> None:
    state.mirror({"class_points": points})
    st.number_input(
        WORDS.text("outcome", "points"),
        int(POINTS.low),
        int(POINTS.high),
        key="class_points",
        help=WORDS.text("outcome", "points, help", {"entries": entries}),
        on_change=state.acts(_give_points),
        width=260,
    )
    st.text(worth_sentence(points, entries))


def worth_sentence(points: int, entries: int) -> str:
    """Return what each entry is worth, and all of them together."""
    known = {
        "each": plain(points / entries if points else 1),
        "entries": how_many(entries, "entry", "entries"),
        "all": points or entries,
    }
    return WORDS.text("outcome", "worth", known)


def _give_points(session: Session) -> None:
    give_points(session, int(state.widget("class_points") or 0))


def the_map(session: Session, result: ClassResult, points: int) -> None:
    """Show students by entries; a click on the map, or the list, opens a student's sheet."""
    part(WORDS.text("map", "title"))
    st.text(f"{legend()} {WORDS.text('map', 'click')}")
    live_figure(class_map(result), key="class_map", on_click=open_sheet)
    by_row = {one.row: one for one in result.students}
    row = STUDENT.int_of(session.options)
    state.mirror({"class_student": row if row in by_row else _NOBODY})
    st.selectbox(
        WORDS.text("map", "sheet"),
        [_NOBODY, *by_row],
        key="class_student",
        format_func=lambda row: by_row[row].name if row else WORDS.text("map", "nobody"),
        on_change=state.acts(_open_sheet),
    )
    if row in by_row:
        _sheet(session, result, by_row[row], points)


def _open_sheet(session: Session) -> None:
    open_sheet(session, str(state.widget("class_student") or _NOBODY))


def _sheet(session: Session, result: ClassResult, student: Student, points: int) -> None:
    """Show what one student is told, as it is printed."""
    page = feedback_html(result, title_of(session.exercise), points, [student]).decode()
    with st.container(border=True):
        st.iframe(page, height=460, alt=WORDS.text("map", "alt"))


def tables(result: ClassResult, points: int) -> None:
    """Show the results by student and by step."""
    rows = (("By student", results_table(result, points)), ("By step", steps_table(result)))
    for title, table in rows:
        part(title)
        st.dataframe(_frame(table), hide_index=True, alt=f"Results {title.lower()}")


def take_away(session: Session, result: ClassResult, points: int) -> None:
    """Offer the results, and what each student is told, as files."""
    part(WORDS.text("away", "title"))
    as_csv, as_xlsx = partial(results_csv, result, points), partial(results_xlsx, result, points)
    downloads("results", as_csv, as_xlsx, "results")
    pages = partial(feedback_html, result, title_of(session.exercise), points)
    grades = partial(feedback_csv, result, points)
    with st.container(horizontal=True):
        for name, make, file, mime in (
            ("pages", pages, "feedback.html", "text/html"),
            ("grades", grades, "feedback.csv", "text/csv"),
        ):
            st.download_button(WORDS.text("away", name), make, file, mime, on_click="ignore")
    st.markdown(WORDS.text("away", "about"))


def mistakes(result: ClassResult) -> None:
    """Show which mistakes were made most, with an example of each."""
    part(WORDS.text("outcome", "mistakes"))
    if result.mistakes:
        live_figure(mistakes_figure(result), key="class_figure")
        st.dataframe(_frame(mistakes_table(result)), hide_index=True, alt="Mistakes, with examples")
    st.text(unexplained_sentence(result))


def unexplained_sentence(result: ClassResult) -> str:
    """Return what there is to say about wrong entries that no known mistake explains."""
    wrong = result.unexplained
    if not result.mistakes and not wrong:
        return WORDS.text("outcome", "nothing wrong")
    case = "unexplained, one" if wrong == 1 else "unexplained"
    none = WORDS.text("outcome", case, {"count": wrong}) if wrong else ""
    return paragraph(WORDS.text("outcome", "likeliest"), none)


def _frame(rows: Sequence[Sequence[Cell]]) -> pd.DataFrame:
    """Return a table to show; a header that stands above two columns gets a number."""
    # Guarded, as Streamlit offers each table as CSV.
    top, *body = ([guarded(cell) for cell in row] for row in rows)
    names: list[str] = []
    for name in map(str, top):
        every = chain([name], (f"{name} ({k})" for k in count(2)))
        names.append(next(unique for unique in every if unique not in names))
    return pd.DataFrame(body, columns=names)
