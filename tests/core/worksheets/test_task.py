"""Tasks: what of an exercise is asked, and what has to be given for it."""

from dataclasses import replace

import numpy as np
import pytest

from lstm_core.cells import CELLS, cell_named
from lstm_core.exercise.presets import PRESETS
from lstm_core.worksheets.recipe import ASKED, Recipe
from lstm_core.worksheets.task import Task, asks, needed, task_of
from tests.core.exercises import some

FOUNDING = PRESETS["founding"]


@pytest.mark.parametrize("name", CELLS)
def test_of_any_cell_everything_states_and_each_gate_can_be_asked(name):
    cell = cell_named(name, "hx", True)
    found = asks(cell)
    assert found["every"].names == cell.names
    assert {*found["states"].names} == {*cell.carry, "y"}
    if "gates" in found:
        assert {*found["states"].names} < {*found["gates"].names}
    for key in {*found} - {"every", "gates", "states"}:
        assert found[key].names[-1] == key
        assert any(f"W{part}" in step for step in found[key].names for part in ("v_", "h_", "x_"))


@pytest.mark.parametrize("name", CELLS)
def test_gates_are_asked_for_where_a_cell_has_some(name):
    assert ("gates" in asks(cell_named(name, "hx"))) == (not name.startswith("rnn"))


def test_one_gate_alone_needs_its_own_weights_and_no_others():
    task = Task(FOUNDING, asks(FOUNDING.cell)["f"])
    assert [step.name for step in task.steps] == ["v", "Wv_f", "z_f", "f"]
    assert task.given - {*FOUNDING.cell.names} == {"h_prev", "x", "W_f", "b_f"}


def test_over_time_a_gate_needs_all_that_the_states_are_made_of():
    moving = PRESETS["moving"]
    steps = [step.name for step in needed(moving, ("f",))]
    assert "C" in steps
    assert "h" in steps


def test_the_tanh_of_c_is_no_gate_of_its_own():
    assert "squashed" not in asks(FOUNDING.cell)


def test_its_title_is_that_of_the_screen():
    asked = ASKED["all"] if "all" in ASKED else next(iter(ASKED.values()))
    assert Task(replace(FOUNDING, title=""), asked).title == "My own numbers"
    assert Task(replace(FOUNDING, title="Monday"), asked).title == "Monday"
    assert Task(FOUNDING, asked).title == "The Stack Exchange example"
    assert Task(FOUNDING, asked, code="ABCD-EFGH").title == "Worksheet ABCD-EFGH"


def test_it_says_which_cell_and_how_large_it_is():
    asked = asks(FOUNDING.cell)["every"]
    said = Task(FOUNDING, asked).about
    assert said == (
        "An LSTM by hand: m = 3 inputs, n = 3 hidden units, T = 1 time step; every step."
    )
    gru = some(cell_named("gru_before", "hx"))
    assert Task(gru, asks(gru.cell)["every"]).about.startswith("A GRU by hand")


def test_given_numbers_are_lined_up_and_answers_have_the_decimals_shown():
    asked = asks(FOUNDING.cell)["every"]
    exact = replace(FOUNDING.with_entry("b_f", (0,), 0.25), decimals=None)
    task = Task(exact, asked)
    assert task.decimals == 4
    assert task.places_of("b_f") == 2
    assert task.places_of("W_f") == 0
    assert Task(FOUNDING.with_entry("b_f", (0,), np.pi), asked).places_of("b_f") is None
    assert Task(FOUNDING, asked, places=1).places_of("b_f") == 1


def test_a_code_is_a_task():
    recipe = Recipe.from_code("5TJ3-C56C")
    task = task_of(recipe)
    assert task.code == recipe.code
    assert task.places is not None
    assert task.asked == ASKED[recipe.steps]
