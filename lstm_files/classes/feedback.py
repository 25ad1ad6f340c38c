"""What each student is told: every entry with its verdict and the reason, to print or to upload.

feedback_html(result, title)  # a page for each student, to be handed back
feedback_csv(result)          # grades and comments, as a course system reads them
"""

from collections import Counter
from collections.abc import Sequence
from html import escape

from lstm_core.lesson.printing import rounded_names
from lstm_core.marking.check import Verdict
from lstm_core.marking.summary import RIGHT, WRONG
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from lstm_files.classes.headers import header
from lstm_files.classes.marking import ClassResult, Student
from lstm_files.classes.results import GROUPS, group_of, percent_of, plain, points_of
from lstm_files.markup.html import page
from lstm_files.tables.csv_text import write_csv
from lstm_files.tables.table import Cell, CellTable

HEADERS = ("Entry", "Your answer", "Verdict", "Right would be", "Reason")
SIGNS = dict(zip(GROUPS, "✓→≈~✗?", strict=False)) | {"Not answered": ""}
UNKNOWN = "No known mistake gives this number."
_MOST = 3  # mistakes that one entry is explained by
# What Moodle looks for when an assignment's grading worksheet is uploaded; its own file also has
# Identifier, which stays where the class's table has it.
_GRADE, _MODIFIED, _COMMENTS = "Grade", "Last modified (grade)", "Feedback comments"
_MOODLE = (_GRADE, _MODIFIED, _COMMENTS)
_CSS = """\
article + article { break-before: page; }
header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4mm 8mm;
  break-inside: avoid; }
header strong { font-size: 16pt; white-space: nowrap; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; margin-top: 4mm; }
th, td { text-align: left; vertical-align: baseline; padding: 0.8mm 3mm 0.8mm 0;
  border-bottom: 0.5pt solid #bbb; overflow-wrap: anywhere; }
th { border-bottom: 1.2pt solid #111; white-space: nowrap; }
@media screen { article { overflow-x: auto; } table { min-width: 150mm; } }
td:nth-child(-n + 4) { font-variant-numeric: tabular-nums; white-space: nowrap; }
td:nth-child(2) { white-space: normal; max-width: 34mm; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
tr.wrong td { font-weight: bold; }
tr.wrong td:last-child { font-weight: normal; }
"""


def rows_of(student: Student) -> list[tuple[str, str, str, str, str]]:
    """Return a row for each entry, under HEADERS; what is right needs no reason."""
    return [_row(student, at, verdict) for at, verdict in student.verdicts.items()]


def _row(student: Student, at: Address, verdict: Verdict) -> tuple[str, str, str, str, str]:
    group = group_of(verdict)
    words = f"{SIGNS[group]} {group.lower()}".strip()
    right = _right(student, at, verdict)
    return header(student.exercise, at), verdict.typed.strip(), words, right, reason(verdict)


def _right(student: Student, at: Address, verdict: Verdict) -> str:
    """What would have been right from the exercise and, where that differs, from earlier values."""
    decimals = student.exercise.decimals or 6
    rounded = at.step in rounded_names(student.exercise.cell, at.t)
    both = verdict.truth, verdict.follow
    truth, follow = (numeral(x, decimals, rounded) for x in both)
    if follow == truth or verdict.state == "blank":
        return truth
    return f"{truth} (from your values {follow})"


def reason(verdict: Verdict) -> str:
    """Return why an entry has its verdict; nothing where it is simply right, or blank."""
    if verdict.problem or verdict.state == "right":
        return verdict.problem
    causes = " Or: ".join(dict.fromkeys(m.why for m in verdict.mistakes[:_MOST]))
    found = " ".join(filter(None, (causes, verdict.note)))
    return found or (UNKNOWN if verdict.state in WRONG else "")


def points_sentence(result: ClassResult, student: Student, points: int = 0) -> str:
    """Return a student's points, of how many, and the percentage."""
    earned, most = points_of(result, student, points), points or len(result.columns)
    return f"{plain(earned)} of {most} points, {plain(percent_of(result, student))} %"


def feedback_html(
    result: ClassResult, title: str, points: int = 0, students: Sequence[Student] = ()
) -> bytes:
    """Return a page to print, with each of these students, or all, on paper of their own."""
    wanted = students or result.students
    articles = (_article(result, student, title, points) for student in wanted)
    return page(f"Feedback: {title}", "\n".join(articles), _CSS).encode("utf-8", "replace")


def _article(result: ClassResult, student: Student, title: str, points: int) -> str:
    top = "".join(f"<th>{text}</th>" for text in HEADERS)
    rows = "\n".join(_html_row(student, at) for at in student.verdicts)
    of = f"worksheet {student.code}" if student.code else title
    return (
        f"<article><header><div><h1>{escape(student.name)}</h1><p>{escape(of)}</p></div>"
        f"<strong>{points_sentence(result, student, points)}</strong></header>"
        f"<p>{escape(summary_sentence(student))}</p>"
        f"<table><thead><tr>{top}</tr></thead>\n{rows}\n</table></article>"
    )


def _html_row(student: Student, at: Address) -> str:
    verdict = student.verdicts[at]
    kind = "" if verdict.state in {*RIGHT, "blank"} and not verdict.problem else ' class="wrong"'
    cells = "".join(f"<td>{escape(text)}</td>" for text in _row(student, at, verdict))
    return f"<tr{kind}>{cells}</tr>"


def summary_sentence(student: Student) -> str:
    """Return where a student's work goes wrong first; or that nothing does, and what is open."""
    first = student.summary.first_wrong
    if first is None:
        return " ".join(filter(None, (_nothing_wrong(student), _open_sentence(student))))
    why = reason(student.verdicts[first])
    return f"The first wrong entry is {header(student.exercise, first)}. {why}".strip()


def _nothing_wrong(student: Student) -> str:
    return "Nothing is wrong." if student.right else ""


def _open_sentence(student: Student) -> str:
    """What earned nothing, though it is not wrong: how many entries of each kind."""
    groups = Counter(map(group_of, student.verdicts.values()))
    kinds = ("Too coarse to tell", "Not a number", "Not answered")
    counts = ", ".join(f"{kind.lower()}: {groups[kind]}" for kind in kinds if groups[kind])
    return f"{counts.capitalize()}." if counts else ""


def comment(student: Student) -> str:
    """Return all that is not right, in a few sentences: what stands beside a grade."""
    wrong = [
        f"{header(student.exercise, at)} = {verdict.typed.strip()}: {group_of(verdict).lower()}. "
        f"{reason(verdict)}".strip()
        for at, verdict in student.verdicts.items()
        if verdict.typed.strip() and group_of(verdict) not in ("Right", "Right from earlier values")
    ]
    blank = student.summary.counts.get("blank", 0)
    return " ".join([*wrong, *([f"Not answered: {blank}."] if blank else [])]) or "All right."


def feedback_csv(result: ClassResult, points: int = 0) -> bytes:
    """Return grades and comments as Moodle reads them, beside the columns that the table had.

    With an Identifier among those it is a grading worksheet of an assignment; with e-mail addresses
    or ID numbers it goes into the gradebook, where a column is chosen for each.
    """
    return write_csv(feedback_table(result, points))


def feedback_table(result: ClassResult, points: int = 0) -> CellTable:
    """Return the rows of `feedback_csv`, the headers first."""
    kept = [k for k, name in enumerate(result.name_headers) if name not in _MOODLE]
    names = [result.name_headers[k] for k in kept] or ["Student"]
    dates = [k for k, name in enumerate(result.name_headers) if name == _MODIFIED]
    rows: list[list[Cell]] = []
    for student in result.students:
        own: Sequence[str] = [student.names[k] for k in kept] or [student.name]
        modified = student.names[dates[0]] if dates else ""
        grade = points_of(result, student, points)
        rows.append([*own, grade, modified, comment(student)])
    return [[*names, *_MOODLE], *rows]
