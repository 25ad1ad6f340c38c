"""Marking a class: a table with a student in each row, and what became of it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from lstm_core.exercise.exercise import Exercise
from lstm_core.marking.check import Verdict, check
from lstm_core.marking.slips.words import WORDS
from lstm_core.marking.summary import RIGHT, WRONG, Counts, Summary, summary
from lstm_core.shapes import shape_in
from lstm_core.trace import Address
from lstm_files.bounds import quoted_name
from lstm_files.classes.headers import Headers, header
from lstm_files.classes.reading import STUDENT, Corrections, Reading, own_exercise, read_class
from lstm_files.tables.table import TextTable, check_counts

Asked = Iterable[tuple[int, str]]
Verdicts = Mapping[Address, Verdict]
Progress = Callable[[int, int], object]  # how many students are marked, and of how many

_SHARED = 4  # so many times as many students as rows that share a worksheet by mistake
_ALIKE = 3  # wrong entries that two students do not share by chance
BLANK_ROWS = 40  # of a template
_NOBODY = "No row could be marked: {first}"


@dataclass(frozen=True, eq=False)
class Student:
    """One row: where it stands, what its columns of names say, and what became of the answers.

    `code` is that of the student's own worksheet, "" where all have the same exercise.
    """

    row: int
    names: tuple[str, ...]
    summary: Summary
    code: str
    exercise: Exercise
    verdicts: Verdicts

    @property
    def right(self) -> int:
        """How many entries are right, also from earlier values and but for rounding."""
        return sum(self.summary.counts.get(state, 0) for state in RIGHT)

    @property
    def name(self) -> str:
        """All names in a line; the number of the row where there are none."""
        return " ".join(filter(None, map(str.strip, self.names))) or f"Row {self.row}"


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
    """What became of a class. Rows and columns count from 1, as on screen.

    `steps` has the counts of all students, by state, for each (t, step) that the table has;
    `mistakes` are the most frequent first; `unexplained` counts the wrong entries that no mistake
    fits; `problems` says in plain sentences which headers and cells could not be read;
    `duplicates` which rows have the same name, the same answers with the same mistakes, or the same
    worksheet where nearly everyone has one of their own. `taken`
    says of each column, by its header, what it was taken for.
    """

    exercise: Exercise
    columns: tuple[Address, ...]
    name_headers: tuple[str, ...]
    students: tuple[Student, ...]
    steps: Mapping[tuple[int, str], Counts]
    mistakes: tuple[Common, ...]
    unexplained: int
    problems: tuple[str, ...]
    duplicates: tuple[str, ...] = ()
    taken: tuple[tuple[str, str], ...] = ()


def template(exercise: Exercise, asked: Asked) -> TextTable:
    """Return an empty table to hand out: a header for every entry of the steps that are asked.

    Raises ValueError, in one plain sentence, where that is more than a table can have.
    """
    headers = [STUDENT, *asked_headers(exercise, asked)]
    check_counts(1 + BLANK_ROWS, len(headers))
    return [headers, *([""] * len(headers) for _ in range(BLANK_ROWS))]


def asked_headers(exercise: Exercise, asked: Asked) -> list[str]:
    """Return the header of every entry of the steps that are asked."""
    sizes = {step.name: shape_in(step.name, exercise.sizes)[0] for step in exercise.cell.steps}
    entries = (Address(name, t, (j,)) for t, name in asked for j in range(sizes[name]))
    return [header(exercise, at) for at in entries]


def mark_class(
    exercise: Exercise, rows: TextTable, corrections: Corrections = MappingProxyType({})
) -> ClassResult:
    """Read a table and mark it; arguments and errors as of `read_class`."""
    return marked(read_class(exercise, rows, corrections))


def marked(reading: Reading, progress: Progress = lambda done, of: None) -> ClassResult:
    """Mark every student; `progress` is told after each.

    Raises ValueError, in one plain sentence, where no column is an answer or no row can be marked.
    """
    if reading.problem:
        raise ValueError(reading.problem)
    students, problems = _students(reading, progress)
    if not students:
        raise ValueError(_NOBODY.format(first=problems[-1]))
    mistakes, unexplained = _mistakes(students)
    unread = chain.from_iterable(_unread(reading.headers, one) for one in students)
    return ClassResult(
        exercise=reading.exercise,
        columns=reading.columns,
        name_headers=reading.name_headers,
        students=tuple(students),
        steps=_totals(students),
        mistakes=mistakes,
        unexplained=unexplained,
        problems=(*problems, *unread),
        duplicates=(*_duplicates(students), *_same_worksheets(students)),
        taken=reading.taken,
    )


def _students(reading: Reading, progress: Progress) -> tuple[list[Student], list[str]]:
    """Every student marked, and what could not be: headers, and rows without a worksheet."""
    problems, students = list(reading.headers.problems), list[Student]()
    rows = reading.students
    for done, (number, row) in enumerate(rows, 1):
        try:
            students.append(_student(reading, number, row))
        except ValueError as error:
            problems.append(str(error))
        progress(done, len(rows))
    return students, problems


def _student(reading: Reading, number: int, row: Sequence[str]) -> Student:
    """Mark one row; ValueError, in a plain sentence, where it has no worksheet that fits."""
    exercise, code = _exercise_of(reading, number, row)
    verdicts = _marked(exercise, reading.headers, row)
    names = (row[k] if k < len(row) else "" for k in reading.headers.names)
    return Student(number, tuple(names), summary(verdicts), code, exercise, verdicts)


def _exercise_of(reading: Reading, number: int, row: Sequence[str]) -> tuple[Exercise, str]:
    if reading.codes is None:
        return reading.exercise, ""
    cell = row[reading.codes] if reading.codes < len(row) else ""
    unmarked = "; the row was not marked."
    if not (own := own_exercise(cell)):
        given = quoted_name(cell) if cell.strip() else "no code"
        what = f"Row {number} has {given} where its worksheet's code should be"
        raise ValueError(what + unmarked)
    exercise, code = own
    if (exercise.sizes, exercise.cell.names) != (
        reading.exercise.sizes,
        reading.exercise.cell.names,
    ):
        raise ValueError(
            f"Row {number} has worksheet {code}, of another size than the first{unmarked}"
        )
    return own


def _marked(exercise: Exercise, headers: Headers, row: Sequence[str]) -> dict[Address, Verdict]:
    """The verdicts on what the table has a column for, in dependency order."""
    answers: dict[tuple[int, str], list[str]] = {}
    for column, at in headers.entries:
        size = shape_in(at.step, exercise.sizes)[0]
        texts = answers.setdefault((at.t, at.step), [""] * size)
        texts[at.index[0]] = row[column] if column < len(row) else ""
    asked = {at for _, at in headers.entries}
    return {at: verdict for at, verdict in check(exercise, answers).items() if at in asked}


def _unread(headers: Headers, student: Student) -> list[str]:
    columns = {at: column + 1 for column, at in headers.entries}
    return [
        f"Row {student.row}, column {columns[at]} ({header(student.exercise, at)}): "
        f"{verdict.problem}"
        for at, verdict in student.verdicts.items()
        if verdict.problem
    ]


def _duplicates(students: Sequence[Student]) -> Iterator[str]:
    """Say which rows have the same name, and which the same answers, the wrong ones too."""
    by_name: dict[tuple[str, ...], list[int]] = defaultdict(list)
    by_answers: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for student in students:
        if any(student.names):
            by_name[student.names].append(student.row)
        states = Counter(verdict.state for verdict in student.verdicts.values())
        if sum(states[state] for state in WRONG) >= _ALIKE:
            given = (verdict.typed.strip() for verdict in student.verdicts.values())
            by_answers[student.code, *given].append(student.row)
    for names, rows in by_name.items():
        if len(rows) > 1:
            yield f"{_rows(rows)} have the same name, {quoted_name(' '.join(names).strip())}."
    for rows in by_answers.values():
        if len(rows) > 1:
            yield f"{_rows(rows)} give the same answers, the wrong ones among them."


def _same_worksheets(students: Sequence[Student]) -> Iterator[str]:
    """Say which rows have the same worksheet, where nearly everyone has one of their own."""
    by_code: dict[str, list[int]] = defaultdict(list)
    for student in students:
        if student.code:
            by_code[student.code].append(student.row)
    shared = {code: rows for code, rows in by_code.items() if len(rows) > 1}
    if _SHARED * sum(map(len, shared.values())) <= len(students):
        for code, rows in shared.items():
            yield f"{_rows(rows)} have the same worksheet, {quoted_name(code)}."


def _rows(rows: Sequence[int]) -> str:
    return f"Rows {', '.join(map(str, rows[:-1]))} and {rows[-1]}"


def _totals(students: Iterable[Student]) -> dict[tuple[int, str], Counts]:
    totals: dict[tuple[int, str], Counter[str]] = {}
    for student in students:
        for at, counts in student.summary.rows.items():
            totals.setdefault(at, Counter()).update(counts)
    return {at: dict(counts) for at, counts in totals.items()}


def _mistakes(students: Sequence[Student]) -> tuple[tuple[Common, ...], int]:
    """The likeliest mistake of every wrong entry, and how many entries have none."""
    made: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for student in students:
        for at, verdict in student.verdicts.items():
            if verdict.state in WRONG:
                best = verdict.mistakes[0] if verdict.mistakes else None
                why = f"{header(student.exercise, at)}: {best.why}" if best else ""
                made[best.code if best else ""].append((student.row, why))
    unexplained = len(made.pop("", []))
    common = [
        Common(code, WORDS[code], len({k for k, _ in uses}), len(uses), uses[0][1])
        for code, uses in made.items()
    ]
    return tuple(sorted(common, key=lambda c: (-c.students, -c.entries))), unexplained
