import pytest

from lstm_core.exercise.presets import PRESETS
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.pages.app import opened, payload, session
from tests.ui.blocks import of_kind

GRADIENTS, DEPENDENCIES = "pages/learn/gradients.py", "pages/learn/dependencies.py"


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
@pytest.mark.parametrize("part", ["walk", "memory", "compare"])
def test_the_page_on_gradients_opens_for_every_cell(cell, part):
    app = opened(GRADIENTS, x=some(cell).token(), part=part)
    assert payload(app, "gradients-figure")["alt"].endswith(".")
    assert of_kind(payload(app, "sheet")["blocks"], "figure")


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_the_page_on_dependencies_opens_for_every_cell(cell):
    app = opened(DEPENDENCIES, x=some(cell).token())
    (graph,) = of_kind(payload(app, "sheet")["blocks"], "graph")
    given = len(cell.states) + 1  # and of what is handed on, the way to the next time step
    assert len(graph["nodes"]) == len(cell.steps) + given + len(cell.carry)


@pytest.mark.parametrize("name", PRESETS)
def test_both_open_for_every_example(name):
    assert payload(opened(GRADIENTS, x=name), "gradients-figure")["data"]
    assert payload(opened(DEPENDENCIES, x=name), "sheet")["blocks"]


def test_the_address_holds_the_row_the_time_step_the_entry_and_the_loss():
    chosen = {"loss": "squared", "row": "dW_f", "at": "2", "column": "3", "target_b": "-1"}
    app = opened(GRADIENTS, x="unsaturated", t="2", **chosen)
    query = payload(app, "sheet")["query"]
    assert "t=2" in query
    assert all(f"{name}={text}" in query for name, text in chosen.items())
    assert payload(app, "sheet")["open"] == "dW_f:1:2"


def test_without_a_row_the_way_back_begins_at_the_end():
    app = opened(GRADIENTS, x="unsaturated")
    assert session(app).place.t == PRESETS["unsaturated"].T - 1
    assert "row=dh" in payload(app, "sheet")["query"]


def test_a_walk_through_the_forward_steps_is_where_it_was():
    app = opened(GRADIENTS, x="unsaturated", step="C", t="2", row="dx")
    assert session(app).place.step == "C"
