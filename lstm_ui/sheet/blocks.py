"""What a page is made of, as data for the sheet's scripts: one constructor for each kind of block.

A block says what is shown; a script in assets/core says how it is drawn, under the same `kind`, and
assets/core/types.d.ts says what that script reads. Its `id` is its name among its neighbours: a
block that keeps it is patched, and not built anew. A key that is not given is not sent. A kind that
one page alone has is made in that page's folder, as one more `Block`, and drawn by its script.
"""

from collections.abc import Sequence
from typing import NotRequired, TypedDict, final

from lstm_ui.sheet.controls import Control


class Block(TypedDict):
    """What every block has."""

    kind: str
    id: str


class Target(TypedDict):
    """A place on another page: `href` for a new tab, the rest for a plain click."""

    href: str
    page: str
    step: str
    t: int
    entry: int
    look_up: NotRequired[str]  # see shell/events.py


class Visit(Target):
    """A link to a place on another page."""

    label: str


class Heading(Block):
    """A title, what the part below it shows, and why it is so; a stage gives it its colour."""

    level: NotRequired[int]
    title: str
    what: NotRequired[str]
    why: NotRequired[str]
    stage: NotRequired[str]


def heading(
    title: str,
    level: int = 2,
    key: str = "heading",
    *,
    what: str | None = None,
    why: str | None = None,
    stage: str | None = None,
) -> Heading:
    """Return a heading of level 1 (the page's own), 2 or 3."""
    block: Heading = {"kind": "heading", "id": key, "level": level, "title": title}
    if what is not None:
        block["what"] = what
    if why is not None:
        block["why"] = why
    if stage is not None:
        block["stage"] = stage
    return block


class FormulaLine(TypedDict):
    """One line of LaTeX, and what it is called."""

    latex: str
    gloss: NotRequired[str]


class Formula(Block):
    """Lines of LaTeX, under each other."""

    lines: Sequence[FormulaLine]


def formula(lines: Sequence[FormulaLine], key: str = "formula") -> Formula:
    """Return formulas."""
    return {"kind": "formula", "id": key, "lines": lines}


class MatrixCell(TypedDict):
    """One number: `at` is its address, `share` its shade, −1 to 1, `gap` how far from the pin."""

    at: str
    name: str
    text: str
    full: str
    share: float
    edit: NotRequired[bool]
    was: NotRequired[str]
    gap: NotRequired[str]
    error: NotRequired[str | None]


class Offering(TypedDict):
    """A button that fills in a part of the matrix `id` after all."""

    id: str
    label: str


@final
class Matrix(TypedDict):
    """A matrix or vector, with a label for each row and column on screen."""

    id: str
    label: str
    name: str
    shape: str
    rows: list[list[MatrixCell]]
    units: list[str] | None
    columns: list[str] | None
    problem: str | None
    offer: Offering | None
    random: NotRequired[str]  # what the button is called that draws it anew


@final
class Sign(TypedDict):
    """What stands between two matrices, as LaTeX."""

    sign: str


class Equation(Block):
    """Matrices with the signs between them; `spot` puts one entry in the spotlight."""

    items: Sequence[Matrix | Sign]
    spot: NotRequired[bool]


def equation(
    items: Sequence[Matrix | Sign], key: str = "equation", *, spot: bool | None = None
) -> Equation:
    """Return an equation in numbers; those that can be set are its editors."""
    block: Equation = {"kind": "equation", "id": key, "items": items}
    if spot is not None:
        block["spot"] = spot
    return block


class Legend(Block):
    """A small line that helps to read what stands above it."""

    text: str


def legend(text: str, key: str = "legend") -> Legend:
    """Return a legend."""
    return {"kind": "legend", "id": key, "text": text}


def lead(text: str) -> Legend:
    """Return what a page begins with: what it shows."""
    return {"kind": "lead", "id": "top", "text": text}


class Arithmetic(Block):
    """The arithmetic of one entry; hovering a term lights the cells in `uses`, term by term."""

    name: str
    terms: list[str]
    joiner: str
    uses: list[list[str]]
    result: str
    rule: str
    note: str


def entry(
    name: str, terms: list[str], uses: list[list[str]], result: str, rule: str = "", note: str = ""
) -> Arithmetic:
    """Return the sum of `terms`, and what it comes to."""
    return {
        "kind": "entry",
        "id": "entry",
        "name": name,
        "terms": terms,
        "joiner": " + ",
        "uses": uses,
        "result": result,
        "rule": rule,
        "note": note,
    }


class Ledger(Block):
    """The shapes of a step, in letters and in numbers."""

    rows: list[str]


def ledger(rows: list[str]) -> Ledger:
    """Return a ledger of shapes."""
    return {"kind": "ledger", "id": "ledger", "rows": rows}


class Paragraph(TypedDict, total=False):
    """A paragraph, with a link behind it where there is one."""

    text: str
    strong: bool
    visit: Visit


class Text(Block):
    """Paragraphs."""

    lines: Sequence[Paragraph]


def text(key: str, *paragraphs: Paragraph | str) -> Text:
    """Return paragraphs; a string is one without a link."""
    lines: list[Paragraph] = [{"text": p} if isinstance(p, str) else p for p in paragraphs]
    return {"kind": "text", "id": key, "lines": lines}


class Question(TypedDict):
    """A question that readers ask, and its answer."""

    question: str
    answer: str


class Questions(Block):
    """Questions that open their answers."""

    items: Sequence[Question]


def questions(items: Sequence[Question]) -> Questions:
    """Return questions with their answers."""
    return {"kind": "questions", "id": "questions", "items": items}


class Notice(Block):
    """What there is to say about the last act; read aloud when it changes."""

    text: str


def notice(text: str, key: str = "notice") -> Notice:
    """Return a notice; an empty one keeps its place."""
    return {"kind": "notice", "id": key, "text": text}


class Note(Block):
    """A teacher's own note on a step, as text to change."""

    step: str
    text: str
    problem: str


def note(step: str, text: str, problem: str) -> Note:
    """Return a note; `problem` says why what was typed could not be kept."""
    return {"kind": "note", "id": "note", "step": step, "text": text, "problem": problem}


class Tool(TypedDict):
    """A button of the toolbar: the event that it reports, and whether it can be used now."""

    act: str
    label: str
    on: bool
    help: str


class Toolbar(Block):
    """A row of buttons that act on the whole session."""

    items: Sequence[Tool]


def tool(event: str, label: str, on: bool, help: str) -> Tool:
    """Return one button."""
    return {"act": event, "label": label, "on": on, "help": help}


def toolbar(*tools: Tool, key: str = "toolbar") -> Toolbar:
    """Return a toolbar."""
    return {"kind": "toolbar", "id": key, "items": list(tools)}


class Group(Block):
    """Blocks that stand together; `name` is their class in the style sheet."""

    blocks: Sequence[Block]
    name: NotRequired[str]
    card: NotRequired[bool]


def group(key: str, inner: Sequence[Block], name: str | None = None) -> Group:
    """Return a group."""
    block: Group = {"kind": "group", "id": key, "blocks": inner}
    if name is not None:
        block["name"] = name
    return block


def card(key: str, inner: Sequence[Block]) -> Group:
    """Return a group that stands on a card of its own."""
    return {"kind": "group", "id": key, "card": True, "blocks": inner}


class Fold(Block):
    """Blocks that can be folded away under a title."""

    title: str
    open: bool
    blocks: Sequence[Block]


def fold(key: str, title: str, inner: Sequence[Block], open: bool = True) -> Fold:
    """Return a part that can be folded away; `open` is how it first appears."""
    return {"kind": "fold", "id": key, "title": title, "open": open, "blocks": inner}


class Controls(Block):
    """A row of controls."""

    items: Sequence[Control]


def controls(key: str, *items: Control) -> Controls:
    """Return a row of controls."""
    return {"kind": "controls", "id": key, "items": list(items)}


def figure() -> Block:
    """Return the place of the page's figure, which is drawn beside the sheet."""
    return {"kind": "figure", "id": "figure"}
