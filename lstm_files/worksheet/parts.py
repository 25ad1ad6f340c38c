"""What worksheet and key have in common: head, equations, and the file around them."""

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

import segno

from lstm_core.cell import Cell, Step
from lstm_core.lesson.latex import equation
from lstm_core.lesson.letters import composite
from lstm_core.ops import CONCAT
from lstm_core.worksheets.task import Task
from lstm_files.markup.html import formula_html, page

_LONGEST = 1_000  # characters of a link on paper
_TYPED = 100  # characters of a link that somebody would type
_ROBUST = 300  # characters, up to which a QR code may be damaged: a longer one would be too fine
_FOOT = '@page {name} {{ @bottom-left {{ content: "{text}"; font: 8pt sans-serif; }} }}\n'
_BACK = '<div class="back" style="--page: {name}"></div>'


class Article(NamedTuple):
    """One worksheet or key: its title, and its HTML, which is already safe.

    `pages` is how many pages of paper it takes, where that is known.
    """

    title: str
    html: str
    pages: int = 0


def document(title: str, articles: Iterable[Article], two_sided: bool = False) -> str:
    """Return a page with these articles, each on paper of its own, with its title at the foot.

    `two_sided` leaves the last page blank where an article ends on a front, so that the next one
    begins on a sheet of its own.
    """
    body, feet, every = [], [], list(articles)
    for k, article in enumerate(every, 1):
        feet.append(_FOOT.format(name=f"sheet{k}", text=_quoted(article.title)))
        body.append(f'<article style="--page: sheet{k}">\n{article.html}\n</article>')
        if two_sided and article.pages % 2 and k < len(every):
            body.append(_BACK.format(name=f"sheet{k}"))
    return page(title, "\n".join(body), _css() + "".join(feet))


def _quoted(text: str) -> str:
    """Return a title as a text of a style sheet, which no sign of it ends."""
    return re.sub(r"[^\w .,:;()\-]", lambda sign: f"\\{ord(sign[0]):06x}", text)


@cache
def _css() -> str:
    return Path(__file__).with_name("worksheet.css").read_text("utf-8")


def head(task: Task, title: str, link: str, below: str) -> str:
    """Return the top of an article: title, sizes, what stands below, and where the exercise is."""
    source = task.exercise.source.strip()
    from_where = f"<p>{escape(source)}</p>" if source and not task.code else ""
    return (
        f"<header><div><h1>{escape(title)}</h1><p>{escape(task.about)}</p>{from_where}{below}</div>"
        f"{_find(task, link)}</header>"
    )


def _find(task: Task, link: str) -> str:
    """Where answers are checked: as a QR code, as a link, and with the code of a worksheet."""
    if not re.fullmatch(r"https?://[!-~]+", link):
        rule = f"a web address, at most {_LONGEST} characters long"
        raise ValueError(f"The link on a worksheet must be {rule}.")
    if len(link) > _LONGEST:
        return ""  # it is on screen, and in the file of the exercise
    address = escape(link)
    words = address if len(link) <= _TYPED else "this link, or scan the code"
    code = f"<br>or with the code <strong>{task.code}</strong>" if task.code else ""
    size = "" if len(link) <= _ROBUST else " wide"
    return (
        f'<figure class="find{size}">{_qr(link)}Check your answers at<br>'
        f'<a href="{address}">{words}</a>{code}</figure>'
    )


def _qr(link: str) -> str:
    code = segno.make(link, error="m" if len(link) <= _ROBUST else "l", micro=False)
    return str(code.svg_inline(omitsize=True, border=4, title="The link as a QR code"))


def board(task: Task) -> list[Step]:
    """Return the steps that have an equation on the board, as far as the task needs them."""
    return [
        step
        for step in task.steps
        if step.op is CONCAT or (re.search(r"_t\b", step.symbol) and not composite(step.symbol))
    ]


def equations(task: Task) -> str:
    """Return the equations of the cell that the task needs, in a frame."""
    cell = task.exercise.cell
    lines = dict.fromkeys(equation(cell, step.name) for step in board(task))
    return f'<div class="equations">{" ".join(map(formula_html, lines))}</div>'


def at_time(latex: str, t: int) -> str:
    """Return a formula with the number of a time step, counted from 1, for its letter t."""
    before = latex.replace("_{t-1}", f"_{{{t - 1}}}")
    return re.sub(r"_t(?![A-Za-z])", f"_{{{t}}}", before)


def time_step_heading(cell: Cell, t: int) -> str:
    """Return the heading of a time step, which says what v is there."""
    return f"<h2>Time step {t} {formula_html(at_time(equation(cell, 'v'), t))}</h2>"
