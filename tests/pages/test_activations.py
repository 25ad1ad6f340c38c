import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_ui.activations.choices import gates
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.pages.app import opened, payload, session
from tests.ui.blocks import of_kind

ACTIVATIONS = "pages/learn/activations.py"


def shown(app):
    (table,) = of_kind(payload(app, "sheet")["blocks"], "units")
    return table


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_the_page_opens_for_every_gate_of_every_cell(cell):
    exercise = some(cell)
    for word, step in gates(cell).items():
        app = opened(ACTIVATIONS, x=exercise.token(), t="2", gate=word, unit="2")
        assert [unit["unit"] for unit in shown(app)["units"] if unit["on"]] == ["2"]
        assert payload(app, "figure")["data"][-1]["customdata"][1] == f"{step.name}:1"
        assert f"gate={word}" in payload(app, "sheet")["query"] or word == next(iter(gates(cell)))


@pytest.mark.parametrize("name", PRESETS)
def test_the_page_opens_for_every_example(name):
    app = opened(ACTIVATIONS, x=name)
    assert len(shown(app)["units"]) == min(5, PRESETS[name].n)
    assert session(app).exercise == PRESETS[name]


def test_a_large_exercise_opens():
    app = opened(ACTIVATIONS, x=some(n=24, m=12).token(), unit="24")
    assert shown(app)["caption"].startswith("Units 20 to 24 of 24.")


def test_gate_and_unit_go_along_to_gate_space():
    app = opened(ACTIVATIONS, x="unsaturated", gate="o", unit="3")
    app.switch_page("pages/learn/gate_space.py").run()
    assert "gate=o&unit=3" in payload(app, "sheet")["query"]
