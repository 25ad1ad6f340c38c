from pathlib import Path
from xml.etree import ElementTree

import pytest

from lstm_core.cells import lstm
from lstm_core.lesson.stages import STAGES, css_class
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.diagram import changed
from lstm_ui.shell.static_files import ASSETS
from tests.ui.sessions import FOUNDING, do, session_at

CELL = lstm(readout=True)
DRAWING = ElementTree.fromstring(Path(ASSETS, "diagrams", "cell.svg").read_text("utf-8"))
NODES = [node for node in DRAWING.iter() if "data-step" in node.attrib]
NAMED = {node.get("data-name") for node in DRAWING.iter()} - {None}


def tag(node):
    return node.tag.rpartition("}")[2]


def test_the_steps_are_those_of_the_cell_in_their_order():
    assert [node.get("data-step") for node in NODES] == [step.name for step in CELL.steps]


def test_each_step_has_its_stage():
    stages = [(node.get("data-step"), node.get("data-stage")) for node in NODES]
    assert stages == [(step.name, step.stage) for step in CELL.steps]


def test_each_stage_has_a_band_and_a_caption():
    classes = {word for part in DRAWING.iter() for word in (part.get("class") or "").split()}
    captions = {text.text for text in DRAWING.iter() if text.get("class") == "caption"}
    for key in {step.stage for step in CELL.steps}:
        assert css_class(key) in classes
        assert STAGES[key].title in captions


def test_the_wires_are_what_each_step_reads():
    drawn = [(w.get("data-from"), w.get("data-to")) for w in DRAWING.iter() if w.get("data-to")]
    read = [(name, s.name) for s in CELL.steps for name in s.inputs if name not in CELL.params]
    assert sorted(drawn) == sorted(read)


def test_what_comes_in_and_goes_out_is_drawn():
    assert {"x", "h_prev", "C_prev", "h", "C"} <= NAMED


def test_a_wire_begins_at_something_that_is_drawn():
    begun = {wire.get("data-from") for wire in DRAWING.iter()} - {None}
    assert begun <= NAMED | {step.name for step in CELL.steps}


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.get("data-step"))
def test_each_step_can_be_reached_by_key_and_has_a_name(node):
    assert (node.get("tabindex"), node.get("role")) == ("0", "button")
    assert len(node.get("aria-label")) > 3


def test_it_runs_no_script_and_fetches_nothing():
    assert {"script", "foreignObject", "image", "use", "a"}.isdisjoint(map(tag, DRAWING.iter()))
    attributes = [name.lower() for node in DRAWING.iter() for name in node.attrib]
    assert not [name for name in attributes if name.startswith("on") or "href" in name]


def test_ids_are_unique_and_their_own():
    ids = [node.get("id") for node in DRAWING.iter() if node.get("id")]
    assert len(set(ids)) == len(ids)
    assert all(name.startswith("cell-") for name in ids)


@pytest.mark.parametrize(
    ("name", "fed"),
    [("v", ["Wv_f", "Wv_i", "Wv_C", "Wv_o"]), ("C", ["squashed"]), ("h", ["Wv_y"]), ("y", [])],
)
def test_a_step_feeds_those_that_read_it(name, fed):
    assert [step.name for step in CELL.readers(name)] == fed


def test_what_an_edit_changed_is_marked():
    session = session_at()
    assert changed(desk(session)) == []
    do(session, "edit", cell="b_o:0", text="0.5")
    assert changed(desk(session)) == ["z_o", "o", "h"]


def test_another_size_marks_nothing_of_that_size():
    session = session_at()
    session.change(FOUNDING.resized(n=4)[0])
    assert changed(desk(session)) == []
