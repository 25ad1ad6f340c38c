"""The results of a class as tables to look at and to take away: by student, step and mistake."""

from collections import Counter
from collections.abc import Mapping

from lstm_core.marking.check import Verdict
from lstm_core.marking.states import COARSE_STATE
from lstm_core.marking.summary import Counts
from lstm_core.trace import Address
from lstm_files.classes.headers import header
from lstm_files.classes.marking import ClassResult, Student
from lstm_files.classes.reading import STUDENT
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
    "Not a number": frozenset(("unreadable",)),
    "Not answered": frozenset(("blank",)),
}


def group_of(verdict: Verdict) -> str:
    """Return the group that an entry counts in."""
    state = "unreadable" if verdict.problem else verdict.state
    return next(group for group, states in GROUPS.items() if state in states)


def points_of(result: ClassResult, student: Student, points: int = 0) -> float:
    """Return a student's points: one for each right entry, or its share of all the `points`.

    Right is an entry also from earlier values and but for rounding.
    """
    each = points / len(result.columns) if points else 1
    earned = round(student.right * each, 2)
    return int(earned) if earned == int(earned) else earned


def percent_of(result: ClassResult, student: Student) -> float:
    """Return how many of the entries are right, in percent."""
    return round(100 * student.right / len(result.columns), 1)


def plain(number: float) -> str:
    """Return points as they are said: 4, 17.5."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def results_table(result: ClassResult, points: int = 0) -> CellTable:
    """Return one row for each student: names, points, counts, where it went wrong first, and how.

    `points` are for all entries together; 0 gives one for each.
    """
    names = result.name_headers or (STUDENT,)
    own = ["Worksheet"] if any(student.code for student in result.students) else []
    top: list[Cell] = ["Row", *names, *own, "Points", "Percent", *GROUPS]
    top += ["First wrong", "Mistakes"]
    return [top, *(_student(result, student, points) for student in result.students)]


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


def results_csv(result: ClassResult, points: int = 0) -> bytes:
    """Return the students' results as CSV."""
    return write_csv(results_table(result, points))


def results_xlsx(result: ClassResult, points: int = 0) -> bytes:
    """Return all the results as a workbook of three sheets."""
    more = {"Steps": steps_table(result), "Mistakes": mistakes_table(result)}
    return write_xlsx(results_table(result, points), "Students", more)


def _student(result: ClassResult, student: Student, points: int) -> list[Cell]:
    found = student.summary
    first = header(result.exercise, found.first_wrong) if found.first_wrong else ""
    codes = ", ".join(code for code, _ in found.codes)
    names = student.names or (f"Row {student.row}",)
    own = [student.code] if student.code else []
    both = points_of(result, student, points), percent_of(result, student)
    return [student.row, *names, *own, *both, *_counted(found.counts), first, codes]


def _counted(counts: Counts) -> list[Cell]:
    return [sum(counts.get(state, 0) for state in states) for states in GROUPS.values()]
