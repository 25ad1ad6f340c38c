"""One number, wherever it stands: on the page, in the formula, the figure and the explanation."""

import re

import pytest

from lstm_core.lesson.explain import explain
from lstm_core.lesson.latex import substitution
from lstm_core.trace import Address
from lstm_ui.figures.step import figure
from tests.ui.blocks import shown
from tests.ui.figures.figs import parts_of_a_product, view_of
from tests.ui.sessions import FOUNDING, session_at

KNOWN = {"Wv_f": [91, 175, 133], "z_f": [92, 177, 136], "Wv_i": [21, 42, 63], "z_i": [22, 43, 64]}
TRACE = FOUNDING.trace()


def in_the_trace(step):
    return TRACE[0, step].tolist()


def on_the_page(step):
    return [float(text) for text in shown(session_at(step), step)]


def in_the_formula(step):
    result = substitution(TRACE, 0, step, FOUNDING.decimals).rpartition(" = ")[2]
    return [float(text) for text in re.findall(r"[0-9.]+", result)]


def explained(step):
    told = (explain(TRACE, Address(step, 0, (j,)), FOUNDING.decimals) for j in range(3))
    return [float(one.result) for one in told]


def worked_out(step):
    told = (explain(TRACE, Address(step, 0, (j,)), FOUNDING.decimals) for j in range(3))
    products = [[term.split("·") for term in one.terms] for one in told]
    return [sum(float(a) * float((*b, 1)[0]) for a, *b in terms) for terms in products]


def result_in_the_figure(step):
    drawn = figure(view_of(FOUNDING, TRACE, Address(step, 0, (0,))))
    if step.startswith("W"):
        return [z for (z,) in parts_of_a_product(drawn, 3, 6, "z")[3]]
    return drawn["data"][-1]["z"][-1]


def told_by_the_figure(step):
    told = figure(view_of(FOUNDING, TRACE, Address(step, 0, (0,))))["alt"].rpartition(" = ")[2]
    return [float(text) for text in told.rstrip(".").split(", ")]


@pytest.mark.parametrize(
    "place",
    [
        in_the_trace,
        on_the_page,
        in_the_formula,
        explained,
        worked_out,
        result_in_the_figure,
        told_by_the_figure,
    ],
)
@pytest.mark.parametrize("step", KNOWN)
def test_the_number_is_the_same_everywhere(step, place):
    assert place(step) == KNOWN[step]
