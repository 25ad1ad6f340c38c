"""What worksheet and key have in common: head, given numbers, and the file around them."""

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

import segno

from lstm_core.cell import Cell
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.latex import equation
from lstm_core.lesson.letters import letter
from lstm_core.ops import Array
from lstm_core.worksheets.draw import LEVELS
from lstm_core.worksheets.recipe import ASKED, Recipe
from lstm_files.markup.html import formula_html, matrix_html, page

_LONGEST = 300  # characters of a link: the squares of a longer one's QR code would be too small
_BOARD = ("f", "i", "C_tilde", "C", "o", "h")  # one equation each
_FOOT = '@page {name} {{ @bottom-left {{ content: "{text}"; font: 8pt sans-serif; }} }}\n'


class Article(NamedTuple):
    """One worksheet or key: its title, and its HTML, which is already safe."""

    title: str
    html: str


def document(title: str, articles: Iterable[Article]) -> str:
    """Return a page with these articles, each on paper of its own, with its title at the foot."""
    body, feet = [], []
    for k, article in enumerate(articles, 1):
        feet.append(_FOOT.format(name=f"sheet{k}", text=article.title))
        body.append(f'<article style="--page: sheet{k}">\n{article.html}\n</article>')
    return page(title, "\n".join(body), _css() + "".join(feet))


@cache
def _css() -> str:
    return Path(__file__).with_name("worksheet.css").read_text("utf-8")


def head(title: str, recipe: Recipe, link: str, below: str) -> str:
    """Return the top of an article: title, sizes, what stands below, and where the exercise is."""
    sizes = {"inputs": f"m = {recipe.m}", "hidden units": f"n = {recipe.n}"}
    sizes["time steps" if recipe.T > 1 else "time step"] = f"T = {recipe.T}"
    what = ", ".join(f"{size} {word}" for word, size in sizes.items())
    address, asked = escape(link), ASKED[recipe.steps].title.lower()
    return (
        f"<header><div><h1>{title}</h1><p>An LSTM by hand: {what}; {asked}.</p>{below}</div>"
        f'<figure class="find">{_qr(link)}Check your answers at<br>'
        f'<a href="{address}">{address}</a>'
        f"<br>or with the code <strong>{recipe.code}</strong></figure></header>"
    )


def _qr(link: str) -> str:
    if not re.fullmatch(r"https?://[!-~]+", link) or len(link) > _LONGEST:
        rule = f"a web address, at most {_LONGEST} characters long"
        raise ValueError(f"The link on a worksheet must be {rule}.")
    code = segno.make(link, error="m", micro=False)
    return str(code.svg_inline(omitsize=True, border=4, title="The link as a QR code"))


def given_numbers(exercise: Exercise, level: str) -> str:
    """Return the given numbers, inputs and states first, then each gate's weights and biases."""
    places = len(str(LEVELS[level].scale)) - 1
    cell, params = exercise.cell, exercise.params
    firsts = [(f"x_{{{t}}}", x) for t, x in enumerate(exercise.xs, 1)]
    firsts += [(at_time(letter(cell, name), 1), exercise.start[name]) for name in cell.states]
    gates = zip(cell.params[::2], cell.params[1::2], strict=True)
    rows = [firsts, *([(letter(cell, name), params[name]) for name in pair] for pair in gates)]
    return f'<div class="given">{"".join(_group(row, places) for row in rows)}</div>'


def _group(arrays: Iterable[tuple[str, Array]], places: int) -> str:
    columns = (
        f"<span>{formula_html(f'{name} =')}{matrix_html(values, places, True)}</span>"
        for name, values in arrays
    )
    return f"<div>{''.join(columns)}</div>"


def equations(exercise: Exercise) -> str:
    """Return the equations of the cell, in a frame."""
    cell = exercise.cell
    lines = (formula_html(equation(cell, name)) for name in ("v", *_BOARD))
    return f'<div class="equations">{" ".join(lines)}</div>'


def at_time(latex: str, t: int) -> str:
    """Return a formula with the number of a time step, counted from 1, for its letter t."""
    before = latex.replace("_{t-1}", f"_{{{t - 1}}}")
    return re.sub(r"_t(?![A-Za-z])", f"_{{{t}}}", before)


def time_step_heading(cell: Cell, t: int) -> str:
    """Return the heading of a time step, which says what v is there."""
    return f"<h2>Time step {t} {formula_html(at_time(equation(cell, 'v'), t))}</h2>"
