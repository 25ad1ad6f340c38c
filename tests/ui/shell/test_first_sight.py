"""At first sight, with nothing chosen, no main figure of a page that explores is empty or flat."""

import base64

import numpy as np
import pytest

from lstm_core.trace import Address
from lstm_ui.activations.blocks import activations_figure
from lstm_ui.activations.choices import view
from lstm_ui.gate_space.choices import scene
from lstm_ui.gate_space.figure import figure as gate_figure
from lstm_ui.gradients.blocks import gradients_page
from lstm_ui.gradients.walk import begin
from lstm_ui.session.examples import example_for
from lstm_ui.session.session import Session
from lstm_ui.sheet.desk import desk, desk_now
from lstm_ui.shell.opening import EXPLORING
from lstm_ui.side_by_side.choices import beside
from lstm_ui.side_by_side.figure import figure as beside_figure
from lstm_ui.through_time.choices import span
from lstm_ui.through_time.figure import figure as time_figure


def _gradients(session):
    begin(session)
    return gradients_page(session)[1]


FIGURES = {
    "activations": lambda session: activations_figure(view(desk(session))),
    "gate_space": lambda session: gate_figure(scene(desk(session))),
    "through_time": lambda session: time_figure(span(desk_now(session))),
    "gradients": _gradients,
    "side_by_side": lambda session: beside_figure(beside(desk_now(session))),
}


def numbers(values):
    """The numbers of a figure's axis, however they are packed."""
    if isinstance(values, dict):
        packed = base64.b64decode(values["bdata"])
        return np.frombuffer(packed, values["dtype"]).astype(float)
    return np.array(values if values is not None else [], dtype=float).ravel()


def test_every_page_that_explores_is_looked_at():
    assert {*FIGURES} == EXPLORING


@pytest.mark.parametrize("page", FIGURES)
def test_a_main_figure_is_neither_empty_nor_flat(page):
    exercise = example_for(True)
    session = Session(exercise, exercise, Address("v", 0, (0,)), untouched=True)
    drawn = FIGURES[page](session)["data"]
    assert drawn
    largest = max((numbers(part.get("z", part.get("y"))) for part in drawn), key=len)
    assert np.ptp(largest[np.isfinite(largest)]) > 0.1
