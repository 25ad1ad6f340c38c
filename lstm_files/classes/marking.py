"""Marking a class: one exercise, a table with a student in each row, and what became of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from lstm_core.exercise.exercise import Exercise
from lstm_core.marking.check import Verdict, check
from lstm_core.marking.slips.words import WORDS
from lstm_core.marking.summary import WRONG, Counts, Summary, summary
from lstm_core.shapes import letters, numbers
from lstm_core.trace import Address
from lstm_files.classes.headers import Headers, header, read_headers
from lstm_files.tables.table import TextTable, check_counts

Asked = Iterable[tuple[int, str]]
Verdicts = Mapping[Address, Verdict]

STUDENT = "Student"
BLANK_ROWS = 40  # of a template
_LOOKED_AT = 10  # rows: a title may stand above the headers
_NO_HEADER = (
    "No column is an answer; expected a row of headers such as {some}, as in the empty table."
)
_NOBODY = "There are headers and nothing below them; expected a row for each student."


@dataclass(frozen=True, eq=False)
class Student:
    """One row: where it stands, what its columns of names say, and what the answers come to."""

    row: int
    names: tuple[str, ...]
    summary: Summary


@dataclass(frozen=True, eq=False)
class Common:
    """A mistake: how many students made it, in how many entries, and the first of them."""

    code: str
    why: str
    students: int
    entries: int
    example: str


@dataclass(frozen=True, eq=False)
class ClassResult:
    """What became of a class. TextTable and columns count from 1, as on screen.

    `steps` has the counts of all students, by state, for each (t, step) that the table has;
    `mistakes` are the most frequent first; `unexplained` counts the wrong entries that no mistake
    fits; `problems` says in plain sentences which headers and cells could not be read.
    """

    exercise: Exercise
    columns: tuple[Address, ...]
    name_headers: tuple[str, ...]
    students: tuple[Student, ...]
    steps: Mapping[tuple[int, str], Counts]
    mistakes: tuple[Common, ...]
    unexplained: int
    problems: tuple[str, ...]


def template(exercise: Exercise, asked: Asked) -> TextTable:
    """Return an empty table to hand out: a header for every entry of the steps that are asked.

    Raises ValueError, in one plain sentence, where that is more than a table can have.
    """
    sizes = {
        step.name: numbers(letters(step.name), exercise.sizes)[0] for step in exercise.cell.steps
    }
    entries = (Address(name, t, (j,)) for t, name in asked for j in range(sizes[name]))
    headers = [STUDENT, *(header(exercise, at) for at in entries)]
    check_counts(1 + BLANK_ROWS, len(headers))
    return [headers, *([""] * len(headers) for _ in range(BLANK_ROWS))]


def mark_class(exercise: Exercise, rows: TextTable) -> ClassResult:
    """Mark a table whose headers name the answers, one student a row; blank rows are skipped.

    Raises ValueError, in one plain sentence, where no header is an answer or nobody is below them.
    """
    top, headers = _found(exercise, rows)
    marked = list(_sheets(exercise, headers, rows, top + 1))
    if not marked:
        raise ValueError(_NOBODY)
    students = [Student(i, _names(headers, row), summary(found)) for i, row, found in marked]
    mistakes, unexplained = _mistakes(exercise, [found for _, _, found in marked])
    unread = chain.from_iterable(_unread(exercise, headers, i, found) for i, _, found in marked)
    return ClassResult(
        exercise=exercise,
        columns=tuple(at for _, at in headers.entries),
        name_headers=tuple(rows[top][column] or STUDENT for column in headers.names),
        students=tuple(students),
        steps=_totals(students),
        mistakes=mistakes,
        unexplained=unexplained,
        problems=(*headers.problems, *unread),
    )


def _sheets(
    exercise: Exercise, headers: Headers, rows: TextTable, start: int
) -> Iterator[tuple[int, Sequence[str], Verdicts]]:
    """Give, for every row that is not blank, where it stands, its cells and the verdicts."""
    for i, row in enumerate(rows[start:], start + 1):
        if any(cell.strip() for cell in row):
            yield i, row, _marked(exercise, headers, row)


def _found(exercise: Exercise, rows: TextTable) -> tuple[int, Headers]:
    """Return the row of headers: the first with an answer among its cells."""
    for i, row in enumerate(rows[:_LOOKED_AT]):
        if (headers := read_headers(exercise, row, i + 1)).entries:
            return i, headers
    last = header(exercise, Address(exercise.cell.steps[-1].name, 0, (0,)))
    raise ValueError(_NO_HEADER.format(some=last))


def _marked(exercise: Exercise, headers: Headers, row: Sequence[str]) -> dict[Address, Verdict]:
    """The verdicts on what the table has a column for, in dependency order."""
    answers: dict[tuple[int, str], list[str]] = {}
    for column, at in headers.entries:
        size = numbers(letters(at.step), exercise.sizes)[0]
        texts = answers.setdefault((at.t, at.step), [""] * size)
        texts[at.index[0]] = row[column] if column < len(row) else ""
    asked = {at for _, at in headers.entries}
    return {at: verdict for at, verdict in check(exercise, answers).items() if at in asked}


def _names(headers: Headers, row: Sequence[str]) -> tuple[str, ...]:
    return tuple(row[column] if column < len(row) else "" for column in headers.names)


def _unread(exercise: Exercise, headers: Headers, row: int, found: Verdicts) -> list[str]:
    columns = {at: column + 1 for column, at in headers.entries}
    return [
        f"Row {row}, column {columns[at]} ({header(exercise, at)}): {verdict.problem}"
        for at, verdict in found.items()
        if verdict.problem
    ]


def _totals(students: Iterable[Student]) -> dict[tuple[int, str], Counts]:
    totals: dict[tuple[int, str], Counter[str]] = {}
    for student in students:
        for at, counts in student.summary.rows.items():
            totals.setdefault(at, Counter()).update(counts)
    return {at: dict(counts) for at, counts in totals.items()}


def _mistakes(exercise: Exercise, sheets: Sequence[Verdicts]) -> tuple[tuple[Common, ...], int]:
    """The likeliest mistake of every wrong entry, and how many entries have none."""
    made: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for k, found in enumerate(sheets):
        for at, verdict in found.items():
            if verdict.state in WRONG:
                best = verdict.mistakes[0] if verdict.mistakes else None
                why = f"{header(exercise, at)}: {best.why}" if best else ""
                made[best.code if best else ""].append((k, why))
    unexplained = len(made.pop("", []))
    common = [
        Common(code, WORDS[code], len({k for k, _ in uses}), len(uses), uses[0][1])
        for code, uses in made.items()
    ]
    return tuple(sorted(common, key=lambda c: (-c.students, -c.entries))), unexplained
