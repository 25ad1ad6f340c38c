"""The blocks of the page on activations, with the figure's place among them."""

import numpy as np

from lstm_core.looks.activations import activation
from lstm_core.trace import Address
from lstm_ui.activations.choices import swapped_in
from lstm_ui.activations.figure import activations
from lstm_ui.activations.questions import questions
from lstm_ui.activations.trial import gate_control, trial_blocks
from lstm_ui.activations.units import SHOWN, mover, saturation_sentence, slope_sentence, units
from lstm_ui.activations.words import WORDS
from lstm_ui.figures.parts import Figure
from lstm_ui.figures.view import View
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block, FormulaLine, Paragraph
from lstm_ui.sheet.choices import unit_choice
from lstm_ui.sheet.controls import select
from lstm_ui.sheet.panels import SheetData, notice, sheet_data, toolbar, walk
from lstm_ui.shell import link


def activations_sheet(here: View) -> SheetData:
    """Return the whole page as data for the sheet."""
    with np.errstate(all="ignore"):  # an overflow is a value to show, not a warning to print
        return sheet_data(here.desk, _blocks(here))


def _blocks(here: View) -> list[Block]:
    return [
        blocks.lead(WORDS.text("page", "what")),
        notice(here.desk.session),
        blocks.group("choices", _choices(here)),
        blocks.group("look", _look(here), "look"),
        *trial_blocks(here),
        questions(here),
    ]


def activations_figure(here: View) -> Figure:
    """Return the page's figure: with the curve of what is tried in the gate's place."""
    with np.errstate(all="ignore"):
        return activations(here, (swapped_in(here),))


def _choices(here: View) -> list[Block]:
    session, size = here.desk.session, len(here.result)
    timed = [walk(session, steps=False)] if here.exercise.T > 1 else []
    # Up to so many units are in the table below, where each can be chosen.
    unit = [select(session, unit_choice(size), "Unit", {})] if size > SHOWN else []
    return [blocks.controls("gate", *gate_control(here), *unit), *timed, toolbar(session)]


def _look(here: View) -> list[Block]:
    """The numbers and, beside them where there is room, the figure."""
    own = activation(here.step)
    formulas: list[FormulaLine] = [
        {"latex": own.latex, "gloss": ""},
        {"latex": own.slope_latex, "gloss": ""},
    ]
    numbers = [
        mover(here),
        units(here),
        blocks.text("said", *_sentences(here)),
        blocks.formula(formulas),
    ]
    return [blocks.group("numbers", numbers, "numbers"), blocks.figure()]


def _sentences(here: View) -> list[Paragraph]:
    name, place = (
        here.desk.entry(here.name, here.entry),
        Address(here.name, here.desk.t, (here.entry,)),
    )
    visit = link.visit(here.desk.session, f"{name} step by step", "", place)
    return [{"text": slope_sentence(here), "visit": visit}, {"text": saturation_sentence(here)}]
