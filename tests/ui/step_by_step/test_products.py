"""Products to follow in the head: offered at every Hadamard product, and opened by a click."""

import pytest

from lstm_core.cells import gru
from lstm_core.exercise.presets import PRESETS, PUBLICATIONS
from lstm_core.trace import Address
from lstm_ui.sheet.desk import desk
from lstm_ui.step_by_step.products import WALKS, products
from tests.core.exercises import some
from tests.ui.blocks import blocks_of, shown
from tests.ui.sessions import FOUNDING, do, session_at


def links(session):
    found = products(desk(session), session.exercise.cell[session.place.step])
    return [line["visit"] for block in found for line in block["lines"] if "visit" in line]


@pytest.mark.parametrize("step", ["kept", "written", "h"])
def test_each_product_of_two_vectors_leads_to_those_that_are_easy_to_follow(step):
    assert len(links(session_at(step))) == len(WALKS)
    assert "products" in [block["id"] for block in blocks_of(session_at(step))]


@pytest.mark.parametrize("step", ["v", "Wv_f", "z_f", "f", "C", "squashed"])
def test_no_other_step_does(step):
    assert links(session_at(step)) == []


def test_so_does_the_product_of_another_cell():
    assert len(links(session_at("reset_h", some(gru())))) == len(WALKS)


@pytest.mark.parametrize(
    ("name", "operands", "result"),
    [
        ("gate-vector", "[0.5, 0.8, 0.9]∘[1, 2, 3]", ["0.5000", "1.6000", "2.7000"]),
        ("both-agree", "[0, 1, 1]∘[0, 0, 1]", ["0.0000", "0.0000", "1.0000"]),
        ("hadamard", "[1, 2, 3]∘[3, 2, 1]", ["3", "4", "3"]),
    ],
)
def test_a_click_opens_the_product_with_its_story_and_undo_brings_the_reader_s_own_back(
    name, operands, result
):
    session = session_at("kept")
    (link,) = [one for one in links(session) if one["label"].startswith(operands)]
    place = {key: link[key] for key in ("page", "step", "t", "entry")}
    do(session, "look_up", query=link["look_up"], **place)
    assert session.exercise == PRESETS[name]
    assert session.place == Address(PUBLICATIONS[name].seen.step, 0, (0,))
    assert session.notice.endswith(PUBLICATIONS[name].story)
    assert shown(session, session.place.step) == result
    assert len(links(session)) == len(WALKS) - 1  # not to itself
    assert do(session, "undo").exercise == FOUNDING
