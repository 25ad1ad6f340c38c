"""The stages: the groups that a cell's steps are shown in, each with its names and its colour.

The only table of them: the page's stylesheet, the headings, the spreadsheet and the worksheets all
read it, so a stage looks alike wherever it is met.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """A group of steps: its title on screen and on paper, its colour, and a pale tint of it.

    The tint is for cells of a spreadsheet, and legible when it is printed in grey.
    """

    title: str
    printed_title: str
    colour: str
    tint: str


def _stage(title: str, colour: str, tint: str, printed_title: str = "") -> Stage:
    return Stage(title, printed_title or title, colour, tint)


# Okabe and Ito's palette, safe for colour-blind eyes, darkened until white text is legible on it.
_GREY, _ORANGE, _BLUE = ("#6b7280", "#e5e7eb"), ("#c4500a", "#f9dfcf"), ("#1f6fc4", "#d6e6f7")
_GREEN, _OCHRE = ("#0a8060", "#d2ebe3"), ("#8f6a00", "#f0e6c8")
_PINK, _VIOLET = ("#b0458e", "#f3dceb"), ("#6a5fd0", "#e3e0f8")

STAGES: Mapping[str, Stage] = {
    "concatenate": _stage("Concatenate", *_GREY, printed_title="Concatenation"),
    "forget": _stage("Forget gate", *_ORANGE),
    "input": _stage("Input gate", *_BLUE),
    "candidate": _stage("Candidate", *_GREEN),
    "cell state": _stage("Cell state", *_OCHRE),
    "hidden state": _stage("Hidden state", *_PINK),
    "read-out": _stage("Read-out", *_VIOLET),
    # The GRU's: its update gate keeps, as the forget gate does, and no cell has both.
    "update": _stage("Update", *_ORANGE),
    "reset": _stage("Reset", *_BLUE),
    "handed back": _stage("Handed back", *_GREY),  # of the backward pass: what leaves the time step
    "sum over time": _stage("Sum over time", *_OCHRE),  # and what all time steps come to
}


def stage_title(key: str) -> str:
    """Return a stage's title; a cell that someone made may have stages of its own."""
    return STAGES[key].title if key in STAGES else key.capitalize()


def stylesheet() -> str:
    """Return CSS: within an element of a stage, by attribute or by class, --stage is its colour."""
    rules = (
        f'[data-stage="{key}"], .{css_class(key)} {{ --stage: {stage.colour}; }}\n'
        for key, stage in STAGES.items()
    )
    return "".join(rules)


def css_class(key: str) -> str:
    """Return the class of a stage's elements: stage-cell-state."""
    return f"stage-{key.replace(' ', '-')}"
