"""What became of a class, as the page shows it: counts, problems, mistakes, tables to take away.

Names were written by others: they are shown as plain text, never as markup.
"""

from collections.abc import Sequence
from functools import partial
from itertools import chain, count

import pandas as pd
import streamlit as st

from lstm_core.lesson.words import paragraph, words
from lstm_files.classes.marking import ClassResult
from lstm_files.classes.results import (
    GROUPS,
    mistakes_table,
    results_csv,
    results_table,
    results_xlsx,
    steps_table,
)
from lstm_files.tables.csv_text import guarded
from lstm_files.tables.table import Cell
from lstm_ui.classes.figure import mistakes_figure
from lstm_ui.classes.hand_in import downloads
from lstm_ui.sheet.live_figure import live_figure

WORDS = words("classes")
SHOWN_PROBLEMS = 20


def outcome(result: ClassResult) -> None:
    """Show everything that there is to say of a class."""
    _heading(WORDS.text("outcome", "title"))
    st.text(class_sentence(result))
    problems(result)
    for line in result.duplicates:
        st.text(line)
    mistakes(result)
    tables(result)


def class_sentence(result: ClassResult) -> str:
    """Return in a sentence what the class comes to."""
    students, each = len(result.students), len(result.columns)
    totals = {name: _total(result, states) for name, states in GROUPS.items()}
    counts = ", ".join(f"{name.lower()}: {total}" for name, total in totals.items() if total)
    people = "1 student" if students == 1 else f"{students} students"
    return f"{people}, {each * students} entries. {counts.capitalize()}."


def _total(result: ClassResult, states: frozenset[str]) -> int:
    return sum(counts.get(state, 0) for counts in result.steps.values() for state in states)


def problems(result: ClassResult) -> None:
    """Say which headers and cells could not be read: each as plain text, row and column first."""
    if not (every := result.problems):
        return
    case, more = "unread, one" if len(every) == 1 else "unread", len(every) - SHOWN_PROBLEMS
    with st.expander(WORDS.text("outcome", case, {"count": len(every)}), expanded=True):
        for line in every[:SHOWN_PROBLEMS]:
            st.text(line)
        if more > 0:
            st.text(WORDS.text("outcome", "more", {"count": more}))


def tables(result: ClassResult) -> None:
    """Show the results by student, by step and by mistake, and offer them to take away."""
    for title, rows in (("By student", results_table(result)), ("By step", steps_table(result))):
        _heading(title)
        st.dataframe(_frame(rows), hide_index=True, alt=f"Results {title.lower()}")
    downloads("results", partial(results_csv, result), partial(results_xlsx, result), "results")


def mistakes(result: ClassResult) -> None:
    """Show which mistakes were made most, with an example of each."""
    _heading(WORDS.text("outcome", "mistakes"))
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


def _heading(text: str) -> None:
    """Streamlit's own headings would be larger than the page's."""
    st.html(f'<h2 style="font-size: 1.3rem; margin: 0.6rem 0 0; padding: 0">{text}</h2>')


def _frame(rows: Sequence[Sequence[Cell]]) -> pd.DataFrame:
    """Return a table to show; a header that stands above two columns gets a number."""
    # Guarded, as Streamlit offers each table as CSV.
    top, *body = ([guarded(cell) for cell in row] for row in rows)
    names: list[str] = []
    for name in map(str, top):
        every = chain([name], (f"{name} ({k})" for k in count(2)))
        names.append(next(unique for unique in every if unique not in names))
    return pd.DataFrame(body, columns=names)
