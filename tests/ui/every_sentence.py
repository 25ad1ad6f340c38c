"""Every sentence of every page, as a reader of a cell meets them: for the tests that read them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from lstm_core.training.start import started
from lstm_core.training.tasks.table import TASKS
from lstm_ui.activations.blocks import activations_figure, activations_sheet
from lstm_ui.activations.choices import gates, view
from lstm_ui.all_steps.blocks import all_blocks
from lstm_ui.check.answers import answer_desk, verdicts_on
from lstm_ui.check.blocks import check_blocks
from lstm_ui.classes import hand_in
from lstm_ui.dependencies.blocks import dependency_blocks
from lstm_ui.exchange.blocks import top_blocks as exchange_blocks
from lstm_ui.figures.step import figure
from lstm_ui.figures.view import View
from lstm_ui.gate_space.blocks import gate_space_blocks
from lstm_ui.gate_space.choices import LOOKS, gate_choice, scene
from lstm_ui.gate_space.figure import figure as gate_figure
from lstm_ui.glossary.blocks import glossary_blocks
from lstm_ui.gradients.blocks import gradients_page
from lstm_ui.gradients.choices import SHOW, rows, sums
from lstm_ui.gradients.walk import begin
from lstm_ui.layers.blocks import layer_blocks
from lstm_ui.layers.choices import view as layers_view
from lstm_ui.layers.figure import figure as layers_figure
from lstm_ui.learned.blocks import learned_blocks, none_blocks
from lstm_ui.learned.choices import lens
from lstm_ui.learned.figure import figure as learned_figure
from lstm_ui.lecture.blocks import lecture_data
from lstm_ui.questions.blocks import question_blocks
from lstm_ui.sheet.desk import desk, desk_now
from lstm_ui.shell.opening import EXPLORING, opening
from lstm_ui.shell.pages import PAGES
from lstm_ui.side_by_side.blocks import side_by_side_blocks
from lstm_ui.side_by_side.choices import CURVES, beside
from lstm_ui.side_by_side.figure import figure as beside_figure
from lstm_ui.step_by_step.blocks import step_blocks
from lstm_ui.through_time.blocks import through_time_blocks
from lstm_ui.through_time.choices import LOOK, span
from lstm_ui.through_time.figure import figure as time_figure
from lstm_ui.worksheets.view import top_blocks as worksheet_blocks
from tests.core.exercises import some
from tests.ui.sessions import session_at

# What is no text for people: names, links, LaTeX, and what a figure is drawn with.
NO_TEXT = {"id", "kind", "cell", "at", "event", "href", "look_up", "latex", "key", "option"}
NO_TEXT |= {"row", "stage", "stages", "step", "page", "value", "was", "full", "layout"}


@cache
def sentences(cell, T=3, size=1.0):
    """Everything that the pages say of an exercise of this cell: the page, and the text.

    Numbers that are `size` times as large saturate every gate. The last unit is open, and a
    projected h has no entry of that number.
    """
    exercise = some(cell, n=3, m=2, T=T, r=2, decimals=3)
    larger = {name: size * array for name, array in exercise.arrays.items()}
    exercise = replace(exercise, params=larger, start=larger, xs=larger["xs"])
    said = ((page, text) for page, data in _screens(exercise) for text in _texts(data))
    return [*dict.fromkeys((page, " ".join(text.split())) for page, text in said)]


def _texts(data):
    """The texts in what is sent to the browser that are words, and not a number or a letter."""
    if isinstance(data, str):
        is_code = " " not in data and len(data) > 40  # a link, or numbers packed for a figure
        if re.search(r"[a-z]{2}", data) and "\\" not in data and not is_code:
            yield data
    elif isinstance(data, Mapping) and "of" in data:  # a term of the glossary
        yield f"{data['term']} {data['of']} {data['symbol']}: {data['text']}"
    elif isinstance(data, Mapping):
        for key, part in data.items():
            yield from () if key in NO_TEXT else _texts(part)
    elif isinstance(data, (list, tuple)):
        for part in data:
            yield from _texts(part)
    elif hasattr(data, "alt"):  # of a figure
        yield data.alt
        yield from (part["name"] for part in data.data if part.get("name"))


def _at(exercise, t=0, **options):
    session = session_at(exercise.cell.steps[0].name, exercise, t)
    session.options = {"unit": "3", **options}
    return session


def _screens(exercise):
    yield from _steps(exercise)
    yield from _views(exercise)
    yield from _gradients(exercise)
    yield from _heads(exercise)
    session = _at(exercise)
    yield "all_steps", all_blocks(desk(session))
    yield "dependencies", dependency_blocks(desk(session))
    yield "check_my_work", check_blocks(answer_desk(session), verdicts_on(session))
    yield "questions", question_blocks(session)
    yield "glossary", glossary_blocks(session)
    for page in PAGES:
        yield page.name, [page.title, page.line, page.menu]
        yield page.name, opening(session, page.name) if page.name in EXPLORING else []


def _heads(exercise):
    """The pages on whose first part the cell tells; tests/browser reads what Streamlit draws."""
    session = _at(exercise)
    yield "worksheet", worksheet_blocks(session)
    yield "mark_class", hand_in.top_blocks(session)
    yield "exchange", exchange_blocks(session)
    yield "learned", none_blocks(session)
    bits = started(TASKS["first_bit"], exercise.cell.name, n=2, seed=1)
    found = lens(desk_now(_at(replace(bits, xs=bits.xs[:1]), task="first_bit")))
    yield "learned", [learned_blocks(found), learned_figure(found)]


def _steps(exercise):
    for step in exercise.cell.steps:
        on_desk = desk(session_at(step.name, exercise, exercise.T - 1))
        yield "", step_blocks(on_desk, step)
        yield "", figure(View(on_desk, step.name, (0,)))
        yield "lecture", lecture_data(on_desk)


def _views(exercise):
    """The pages that look at a gate, or at all time steps, in each of their views."""
    last = exercise.T - 1
    for gate in gates(exercise.cell):
        here = view(desk(_at(exercise, last, gate=gate)))
        yield "activations", [activations_sheet(here), activations_figure(here)]
    for gate in gate_choice(exercise.cell).words:
        for look in LOOKS:
            seen = scene(desk(_at(exercise, look=look, gate=gate)))
            yield "gate_space", [gate_space_blocks(seen), gate_figure(seen)]
    for look in LOOK.words:
        here = span(desk_now(_at(exercise, last, over=look)))
        yield "through_time", [through_time_blocks(here), time_figure(here)]
    layers = layers_view(_at(exercise, last))
    yield "layers", [layer_blocks(layers), layers_figure(layers)]
    for curves in CURVES.words:  # beside itself with a row swapped
        both = beside(desk_now(_at(exercise, last, curves=curves)))
        yield "side_by_side", [side_by_side_blocks(both), beside_figure(both)]


def _gradients(exercise):
    for part in SHOW.words:
        begin(session := _at(exercise, exercise.T - 1, part=part))
        yield "gradients", gradients_page(session)
    for row in (*rows(exercise), *sums(exercise)):
        yield "gradients", gradients_page(_at(exercise, part="walk", row=row.name))
