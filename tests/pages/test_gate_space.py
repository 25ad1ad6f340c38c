import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.lesson.printing import rounded_names
from lstm_core.looks.contributions import gates
from lstm_core.text.numerals import numeral
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.pages.app import opened, payload, session
from tests.ui.blocks import of_kind

PAGE = "pages/learn/gate_space.py"


def waterfall(app):
    (found,) = of_kind(payload(app, "sheet")["blocks"], "waterfall")
    return found["rows"]


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
@pytest.mark.parametrize("look", ["map", "space", "coin"])
def test_it_opens_for_every_cell_and_shows_the_trace_s_gate(cell, look):
    exercise = some(cell)
    letter, gate = list(gates(cell).items())[-1]
    app = opened(PAGE, x=exercise.token(), t="2", gate=letter, unit="3", look=look)
    *_, z, last = waterfall(app)
    values = exercise.trace()[1, gate]
    rounded = gate in rounded_names(cell, 1)
    assert last["text"] == numeral(float(values[2]), exercise.decimals, rounded)
    assert z["label"] == f"z_{letter}[3]"
    assert payload(app, "gate-figure")["alt"]


@pytest.mark.parametrize("name", PRESETS)
def test_it_opens_for_every_example(name):
    assert waterfall(opened(PAGE, x=name))
    assert payload(opened(PAGE, x=name, look="space"), "gate-figure")["data"]


@pytest.mark.parametrize("look", ["map", "space", "coin"])
def test_a_large_exercise_is_bounded(look):
    app = opened(PAGE)
    session(app).load(some(n=64, m=64, T=3))
    session(app).options = {"look": look, "log_draws": "4"}
    app.run()
    assert len(waterfall(app)) < 20
    assert len(app.get_by_key("gate-figure").proto.json) < 80_000


def test_the_address_holds_what_is_chosen_and_nothing_else():
    chosen = {"gate": "o", "unit": "2", "look": "coin", "log_draws": "3", "seed": "4"}
    app = opened(PAGE, x="unsaturated", **chosen)
    query = payload(app, "sheet")["query"]
    assert query.endswith("gate=o&unit=2&look=coin&log_draws=3&seed=4")
    plain = opened(PAGE, x="unsaturated", gate="f", unit="9", look="nowhere")
    assert payload(plain, "sheet")["query"] == "x=unsaturated&step=v&t=1"
