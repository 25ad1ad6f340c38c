from dataclasses import replace
from functools import cache

import pytest

from lstm_core.cell import Cell
from lstm_core.cells import CELLS, cell_named, lstm
from lstm_core.lesson.stages import css_class, stage_title
from lstm_core.ops import HADAMARD, Op
from lstm_ui.diagram.drawing import _drawing, drawing
from lstm_ui.diagram.svg import svg
from tests.ui.diagram.drawn import Drawn, tag, words


@cache
def drawn(name):
    return Drawn(svg(cell_named(name, "hx", readout=True)))


def labels(picture):
    """What stands in each node."""
    inner = {
        node.get("data-step"): [
            t
            for t in node
            if tag(t) == "text" and "data-value" not in t.attrib and "order" not in words(t)
        ]
        for node in picture.steps
    }
    return {name: "".join(text.itertext()) for name, (text,) in inner.items()}


@pytest.mark.parametrize("name", CELLS)
def test_it_says_which_cell_it_is(name):
    assert drawn(name).root.get("aria-label") == f"{CELLS[name].title}: choose a step"


@pytest.mark.parametrize("name", CELLS)
def test_it_is_one_stop_of_the_tab_key_and_each_step_is_a_button(name):
    nodes = drawn(name).steps
    assert [node.get("tabindex") for node in nodes] == ["0", *["-1"] * (len(nodes) - 1)]
    assert {node.get("role") for node in nodes} == {"button"}


@pytest.mark.parametrize("name", CELLS)
def test_each_stage_has_its_field_and_its_heading(name):
    picture = drawn(name)
    fields = {word for node in picture.all if "band" in words(node) for word in words(node)}
    captions = {node.text for node in picture.all if "caption" in words(node)}
    for key in {step.stage for step in cell_named(name, "hx", readout=True).steps}:
        assert css_class(key) in fields
        assert stage_title(key) in captions


@pytest.mark.parametrize(("order", "joined"), [("hx", "h, x"), ("xh", "x, h")])
@pytest.mark.parametrize("name", CELLS)
def test_v_says_in_which_order_it_joins(name, order, joined):
    picture = Drawn(svg(cell_named(name, order)))
    assert [node.text for node in picture.all if "order" in words(node)] == [joined]


def test_the_output_gate_has_a_heading_of_its_own():
    assert "Output gate" in {node.text for node in drawn("lstm").all}


@pytest.mark.parametrize("name", CELLS)
def test_what_comes_in_and_goes_out_is_drawn(name):
    cell, ends = cell_named(name, "hx", readout=True), drawn(name).ends
    out = {end.get("data-name") for end in ends if "out" in words(end)}
    assert out == {*cell.carry, "y"}
    assert {end.get("data-name") for end in ends} == {"x", *cell.states} | out
    assert {end.get("role") for end in ends} == {"img"}


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        (
            "lstm",
            {"v": "v", "Wv_f": "W·v", "z_f": "+ b", "f": "σ", "kept": "∘", "C": "+", "Wv_y": "W·h"},
        ),
        ("peephole_lstm", {"pC_f": "∘ p", "a_f": "+ b", "z_f": "+"}),
        ("coupled_lstm", {"i": "1−"}),
        ("gru_before", {"v_r": "vr", "Wv_h": "W·vr", "h_tilde": "tanh"}),
        ("gru_after", {"Wh_h": "W·h", "Wx_h": "W·x", "a_h": "+ b", "z_h": "+"}),
        ("rnn_relu", {"h": "ReLU"}),
    ],
)
def test_a_node_says_what_its_step_does(name, signs):
    found = labels(drawn(name))
    assert {step: found[step] for step in signs} == signs


def test_the_sign_follows_the_operation_and_not_the_name():
    cell = lstm()
    changed = cell.with_step(replace(cell["C"], op=HADAMARD))
    assert labels(Drawn(svg(changed)))["C"] == "∘"


def test_an_operation_without_a_sign_shows_its_name():
    cell = lstm()
    leaky = cell.with_step(replace(cell["squashed"], op=Op("leaky_relu", lambda z: z)))
    assert labels(Drawn(svg(leaky)))["squashed"] == "leaky_"


@pytest.mark.parametrize("name", CELLS)
def test_it_runs_no_script_and_fetches_nothing(name):
    picture = drawn(name)
    forbidden = {"script", "foreignObject", "image", "use", "a", "style"}
    assert forbidden.isdisjoint(map(tag, picture.all))
    attributes = [key.lower() for node in picture.all for key in node.attrib]
    assert not [key for key in attributes if key.startswith("on") or "href" in key]
    ids = [node.get("id") for node in picture.all if node.get("id")]
    assert ids == ["cell-arrow"]


def test_nothing_that_a_table_says_becomes_markup():
    cell = lstm()
    hostile = replace(cell["f"], symbol='<b>"&', title='"><script>', stage='<i>"x')
    steps = tuple(hostile if step.name == "f" else step for step in cell.steps)
    picture = Drawn(svg(Cell('<script>"', steps, dict(cell.carry))))
    assert {"b", "i", "script"}.isdisjoint(map(tag, picture.all))
    assert picture.root.get("aria-label") == '<script>": choose a step'


def test_the_same_table_gives_the_same_text_and_is_laid_out_once():
    cell = cell_named("gru_before", "hx")
    first = svg(cell)
    _drawing.cache_clear()
    assert svg(cell) == first
    again = Cell(cell.name, cell.steps, dict(cell.carry))  # as a changed cell is made anew
    assert drawing(again) is drawing(cell)


def test_a_line_shares_its_stem_with_the_others_of_its_value():
    """Each is whole, so that it can be lit; what another shows already is left out by a dash."""
    picture = drawn("lstm")
    stems = {
        n.get("data-to"): n.get("stroke-dasharray")
        for n in picture.all
        if n.get("data-from") == "v"
    }
    assert stems["Wv_f"] is None
    assert [float(stems[f"Wv_{k}"].split()[1]) for k in "iCo"] == sorted(
        float(stems[f"Wv_{k}"].split()[1]) for k in "iCo"
    )
    assert all(stems[f"Wv_{k}"].startswith("0 ") for k in "iCo")
