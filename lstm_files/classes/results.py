"""The results of a class as tables to look at and to take away: by student, step and mistake."""

from collections import Counter
from collections.abc import Mapping

from lstm_core.marking.states import COARSE_STATE
from lstm_core.marking.summary import RIGHT, Counts
from lstm_core.trace import Address
from lstm_files.classes.headers import header
from lstm_files.classes.marking import STUDENT, ClassResult, Student
from lstm_files.tables.csv_text import write_csv
from lstm_files.tables.table import Cell, CellTable
from lstm_files.tables.xlsx import write_xlsx

# What the columns of a table of results count: the states of an entry.
GROUPS: Mapping[str, frozenset[str]] = {
    "Right": frozenset(("right",)),
    "Right from earlier values": frozenset(("follow",)),
    "Right but for rounding": frozenset(("truncated", "drift")),
    "Too coarse to tell": frozenset((COARSE_STATE,)),
    "Wrong": frozenset(("wrong", "impossible")),
    "Not answered": frozenset(("blank",)),
}


def results_table(result: ClassResult) -> CellTable:
    """Return one row for each student: names, points, counts, where it went wrong first, and how.

    A point is an entry that is right, also from earlier values and but for rounding.
    """
    names = result.name_headers or (STUDENT,)
    own = ["Worksheet"] if any(student.code for student in result.students) else []
    top: list[Cell] = ["Row", *names, *own, "Points", "Percent", *GROUPS]
    top += ["First wrong", "Mistakes"]
    return [top, *(_student(result, student) for student in result.students)]


def steps_table(result: ClassResult) -> CellTable:
    """Return one row for each step: what became of its entries, and who was first wrong there."""
    T = result.exercise.T
    first = Counter((at.t, at.step) for at in map(_first_wrong, result.students) if at)
    rows: CellTable = [
        [*([t + 1] if T > 1 else []), step, *_counted(counts), first[t, step]]
        for (t, step), counts in result.steps.items()
    ]
    return [[*(["t"] if T > 1 else []), "Step", *GROUPS, "Students first wrong here"], *rows]


def _first_wrong(student: Student) -> Address | None:
    return student.summary.first_wrong


def mistakes_table(result: ClassResult) -> CellTable:
    """Return one row for each mistake, the most frequent first."""
    top: list[Cell] = ["Mistake", "Code", "Students", "Entries", "Example"]
    rows: CellTable = [[m.why, m.code, m.students, m.entries, m.example] for m in result.mistakes]
    return [top, *rows]


def results_csv(result: ClassResult) -> bytes:
    """Return the students' results as CSV."""
    return write_csv(results_table(result))


def results_xlsx(result: ClassResult) -> bytes:
    """Return all the results as a workbook of three sheets."""
    more = {"Steps": steps_table(result), "Mistakes": mistakes_table(result)}
    return write_xlsx(results_table(result), "Students", more)


def _student(result: ClassResult, student: Student) -> list[Cell]:
    found = student.summary
    first = header(result.exercise, found.first_wrong) if found.first_wrong else ""
    codes = ", ".join(code for code, _ in found.codes)
    names = student.names or (f"Row {student.row}",)
    points = sum(found.counts.get(state, 0) for state in RIGHT)
    percent = round(100 * points / len(result.columns), 1)
    own = [student.code] if student.code else []
    return [student.row, *names, *own, points, percent, *_counted(found.counts), first, codes]


def _counted(counts: Counts) -> list[Cell]:
    return [sum(counts.get(state, 0) for state in states) for states in GROUPS.values()]
