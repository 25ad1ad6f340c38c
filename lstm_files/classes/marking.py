"""Marking a class: a table with a student in each row, and what became of it.

All have the exercise on screen; or a column holds the code of each student's own worksheet, or the
link to it, and each row is marked by the numbers of its own.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from lstm_core.exercise.exercise import Exercise
from lstm_core.marking.check import Verdict, check
from lstm_core.marking.slips.words import WORDS
from lstm_core.marking.summary import WRONG, Counts, Summary, summary
from lstm_core.shapes import letters, numbers
from lstm_core.trace import Address
from lstm_core.worksheets.recipe import Recipe, generate
from lstm_files.bounds import quoted_name
from lstm_files.classes.headers import Headers, header, joined_headers, read_headers
from lstm_files.tables.table import TextTable, check_counts

Asked = Iterable[tuple[int, str]]
Verdicts = Mapping[Address, Verdict]

STUDENT = "Student"
CODE, NAME, NOTHING = "worksheet code", "name", "nothing"
_ALIKE = 3  # wrong entries that two students do not share by chance
_LINKED = re.compile(r"^https?://[^\s]*[?&]x=")
BLANK_ROWS = 40  # of a template
_LOOKED_AT = 10  # rows: a title may stand above the headers
_NO_HEADER = (
    "No column is an answer; expected a row of headers such as {some}, as in the empty table."
)
_NOBODY = "There are headers and nothing below them; expected a row for each student."


@dataclass(frozen=True, eq=False)
class Student:
    """One row: where it stands, what its columns of names say, and what the answers come to.

    `code` is that of the student's own worksheet, "" where all have the same exercise.
    """

    row: int
    names: tuple[str, ...]
    summary: Summary
    code: str = ""


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
    fits; `problems` says in plain sentences which headers and cells could not be read;
    `duplicates` which rows have the same name, or the same answers with the same mistakes. `taken`
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


@dataclass(frozen=True, eq=False)
class _Sheet:
    """A row with what it was marked by and what was found, the entries in dependency order."""

    row: int
    cells: Sequence[str]
    exercise: Exercise
    code: str
    verdicts: Verdicts


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


def mark_class(
    exercise: Exercise, rows: TextTable, corrections: Mapping[int, str] = MappingProxyType({})
) -> ClassResult:
    """Mark a table whose headers name the answers, one student a row; blank rows are skipped.

    `corrections` are headers to be read in place of those that are there, by their column, from 0.
    Raises ValueError, in one plain sentence, where no header is an answer or nobody is below them.
    """
    codes = code_column(rows)
    exercise = _first_own(rows, codes) or exercise
    start, tops, headers = _found(exercise, rows, corrections)
    headers = replace(headers, names=tuple(k for k in headers.names if k != codes))
    problems = list(headers.problems)
    sheets = list(_sheets(exercise, headers, rows[start:], start + 1, codes, problems))
    if not sheets:
        raise ValueError(_NOBODY)
    students = [
        Student(s.row, _names(headers, s.cells), summary(s.verdicts), s.code) for s in sheets
    ]
    mistakes, unexplained = _mistakes(exercise, [s.verdicts for s in sheets])
    unread = chain.from_iterable(_unread(headers, s) for s in sheets)
    return ClassResult(
        exercise=exercise,
        columns=tuple(at for _, at in headers.entries),
        name_headers=tuple(tops[column] or STUDENT for column in headers.names),
        students=tuple(students),
        steps=_totals(students),
        mistakes=mistakes,
        unexplained=unexplained,
        problems=(*problems, *unread),
        duplicates=tuple(_duplicates(headers, students, sheets)),
        taken=tuple(_taken(exercise, headers, tops, codes)),
    )


def code_column(rows: TextTable) -> int | None:
    """Return the column that holds a worksheet's code, or a link to it, in most rows below it."""
    width = max(map(len, rows), default=0)
    for column in range(width):
        cells = [row[column] for row in rows[1:] if column < len(row) and row[column].strip()]
        if cells and 2 * sum(_recipe(cell) is not None for cell in cells) > len(cells):
            return column
    return None


def _recipe(text: str) -> Recipe | None:
    """The worksheet of a code or of a link that ends in one; None for any other text."""
    with suppress(ValueError):
        return Recipe.from_code(_LINKED.sub("", text.strip()[:500]).partition("&")[0])
    return None


@lru_cache(maxsize=256)
def _own(recipe: Recipe) -> Exercise:
    return generate(recipe)


def _first_own(rows: TextTable, codes: int | None) -> Exercise | None:
    if codes is None:
        return None
    recipes = (_recipe(row[codes]) for row in rows if codes < len(row))
    return next((_own(recipe) for recipe in recipes if recipe), None)


def _sheets(
    exercise: Exercise,
    headers: Headers,
    rows: TextTable,
    start: int,
    codes: int | None,
    problems: list[str],
) -> Iterator[_Sheet]:
    """Give, for every row that is not blank, what it was marked by and the verdicts."""
    for i, row in enumerate(rows, start):
        if not any(cell.strip() for cell in row):
            continue
        own, code = exercise, ""
        if codes is not None:
            cell = row[codes] if codes < len(row) else ""
            if not (recipe := _recipe(cell)):
                given = quoted_name(cell) if cell.strip() else "no code"
                problems.append(
                    f"Row {i} has {given} where its worksheet's code should be; the "
                    "row was not marked."
                )
                continue
            own, code = _own(recipe), recipe.code
        if own.sizes != exercise.sizes:
            problems.append(
                f"Row {i} has worksheet {code}, of another size than the first; the "
                "row was not marked."
            )
            continue
        yield _Sheet(i, row, own, code, _marked(own, headers, row))


def _found(
    exercise: Exercise, rows: TextTable, corrections: Mapping[int, str]
) -> tuple[int, Sequence[str], Headers]:
    """Return where the students begin, and the headers: the first row with an answer among them.

    Or the first two rows that make such headers together.
    """
    for i, row in enumerate(rows[:_LOOKED_AT]):
        for height, tops in ((1, row), (2, joined_headers(row, [*chain(*rows[i + 1 : i + 2])]))):
            found = read_headers(exercise, tops, i + height, corrections)
            if len(found.entries) > (height - 1):
                return i + height, tops, found
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


def _unread(headers: Headers, sheet: _Sheet) -> list[str]:
    columns = {at: column + 1 for column, at in headers.entries}
    return [
        f"Row {sheet.row}, column {columns[at]} ({header(sheet.exercise, at)}): {verdict.problem}"
        for at, verdict in sheet.verdicts.items()
        if verdict.problem
    ]


def _duplicates(
    headers: Headers, students: Sequence[Student], sheets: Sequence[_Sheet]
) -> Iterator[str]:
    """Say which rows have the same name, and which the same answers, the wrong ones too."""
    by_name: dict[tuple[str, ...], list[int]] = defaultdict(list)
    by_answers: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for student, sheet in zip(students, sheets, strict=True):
        if any(student.names):
            by_name[student.names].append(student.row)
        states = Counter(verdict.state for verdict in sheet.verdicts.values())
        if sum(states[state] for state in WRONG) >= _ALIKE:
            given = (verdict.typed.strip() for verdict in sheet.verdicts.values())
            by_answers[sheet.code, *given].append(student.row)
    for names, rows in by_name.items():
        if len(rows) > 1:
            yield f"{_rows(rows)} have the same name, {quoted_name(' '.join(names).strip())}."
    for rows in by_answers.values():
        if len(rows) > 1:
            yield f"{_rows(rows)} give the same answers, the wrong ones among them."


def _rows(rows: Sequence[int]) -> str:
    return f"Rows {', '.join(map(str, rows[:-1]))} and {rows[-1]}"


def _taken(
    exercise: Exercise, headers: Headers, tops: Sequence[str], codes: int | None
) -> Iterator[tuple[str, str]]:
    """Give the header of each column, and what it was taken for."""
    entries = dict(headers.entries)
    for column, text in enumerate(tops):
        if column == codes:
            yield text, CODE
        elif column in entries:
            yield text, header(exercise, entries[column])
        else:
            yield text, NAME if column in headers.names else NOTHING


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
