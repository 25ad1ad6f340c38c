"""The heading of a slide: a step's title and what it does, with the letters in it typeset."""

import re
from collections.abc import Sequence
from typing import NotRequired, TypedDict

from lstm_core.cell import Cell, Step
from lstm_core.lesson.letters import letter
from lstm_core.lesson.reasons import reason
from lstm_ui.sheet.blocks import Block

# W_f, h_{t-1}, C̃_t; and letters that stand by themselves. Everything else is prose.
_LETTER = re.compile(r"(\w)(\u0303?)_(\{[^}]*\}|\w)(?!\w)|(?<![\w’'])([vzbhxCnm])(?![\w’'])")
_IN_BRACKETS = re.compile(r" \([^)]*[_·][^)]*\)$")  # the letters behind a title: (W_f·v)


class Piece(TypedDict):
    """A part of a sentence: prose, or a letter as LaTeX."""

    text: NotRequired[str]
    latex: NotRequired[str]


class SlideTitle(Block):
    """The title of a step, its letter beside it, and what the step does."""

    stage: str
    title: Sequence[Piece]
    what: Sequence[Piece]


def slide_title(cell: Cell, step: Step) -> SlideTitle:
    """Return the heading of a step's slide."""
    return {
        "kind": "slide_title",
        "id": "heading",
        "stage": step.stage,
        "title": [*_titled(cell, step)],
        "what": pieces(reason(cell, step.name).what),
    }


def _titled(cell: Cell, step: Step) -> list[Piece]:
    """The title; letters that stand in brackets behind it follow typeset: Weights times v: W_f·v"""
    words = _IN_BRACKETS.sub("", step.title)
    behind: list[Piece] = [{"text": ": "}, {"latex": letter(cell, step.name)}]
    return [*pieces(words), *(behind if words != step.title else [])]


def pieces(sentence: str) -> list[Piece]:
    """Return a sentence cut where a letter is to be typeset."""
    found: list[Piece] = []
    at = 0
    for hit in _LETTER.finditer(sentence):
        found += [{"text": sentence[at : hit.start()]}] if hit.start() > at else []
        found.append({"latex": _latex(hit)})
        at = hit.end()
    return [*found, {"text": sentence[at:]}] if at < len(sentence) else found


def _latex(hit: re.Match[str]) -> str:
    base, tilde, below, alone = hit.groups()
    if alone:
        return alone
    return (rf"\tilde{{{base}}}" if tilde else base) + f"_{below}"
