from dataclasses import FrozenInstanceError, replace

import pytest

from lstm_core.cell import Cell, Step
from lstm_core.cells import (
    Facts,
    cell_named,
    coupled_lstm,
    facts,
    gru,
    lstm,
    no_forget_lstm,
    peephole_lstm,
    rnn,
)
from lstm_core.looks.connected import following, leading_to
from lstm_core.ops import ADD, HADAMARD, ONE_MINUS, OPS, TANH
from tests.core.samples import CELLS, NAMES


def test_the_lstm_in_the_order_of_reading():
    assert " ".join(step.name for step in lstm().steps) == (
        "v Wv_f z_f f Wv_i z_i i Wv_C z_C C_tilde kept written C Wv_o z_o o squashed h"
    )


@pytest.mark.parametrize(
    ("cell", "params", "states"),
    [
        (lstm(), "W_f b_f W_i b_i W_C b_C W_o b_o", "h_prev C_prev"),
        (lstm(readout=True), "W_f b_f W_i b_i W_C b_C W_o b_o W_y b_y", "h_prev C_prev"),
        (
            peephole_lstm(),
            "W_f b_f p_f W_i b_i p_i W_C b_C W_o b_o p_o",
            "h_prev C_prev",
        ),
        (coupled_lstm(), "W_f b_f W_C b_C W_o b_o", "h_prev C_prev"),
        (no_forget_lstm(), "W_i b_i W_C b_C W_o b_o", "h_prev C_prev"),
        (gru(), "W_z b_z W_r b_r W_h b_h", "h_prev"),
        (gru(reset="after"), "W_z b_z W_r b_r W_h b_hh b_h", "h_prev"),
        (rnn(), "W_h b_h", "h_prev"),
    ],
)
def test_params_and_states_in_order(cell, params, states):
    assert cell.params == tuple(params.split())
    assert cell.states == tuple(states.split())


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_table_is_well_formed(cell):
    names = [step.name for step in cell.steps]
    assert len(set(names)) == len(names)
    assert set(cell.carry) <= set(names)
    assert all(step.symbol and step.title and step.stage for step in cell.steps)
    assert all(OPS[step.op.name] is step.op for step in cell.steps)


def test_order_and_readout_are_read_from_the_table():
    assert (lstm().order, lstm("xh").order) == ("hx", "xh")
    assert lstm("xh")["v"].inputs == ("x", "h_prev")
    assert (lstm().readout, lstm(readout=True).readout) == (False, True)


def test_the_same_choice_is_the_same_cell():
    assert lstm("hx", False) is lstm("hx", False)


def test_use_before_definition_is_refused():
    late = Step("a", TANH, ("b",), "a", "a", "s"), Step("b", TANH, ("x",), "b", "b", "s")
    with pytest.raises(ValueError, match="Step a uses b before it is defined"):
        Cell("late", late, {})
    with pytest.raises(ValueError, match="Step a uses a before"):
        Cell("itself", (Step("a", ADD, ("x", "a"), "a", "a", "s"),), {})
    with pytest.raises(ValueError, match="Step kept uses h before"):
        lstm().with_step(Step("kept", HADAMARD, ("f", "h"), "k", "k", "s"))


def test_with_step_changes_one_row_of_a_new_cell():
    changed = lstm().with_step(replace(lstm()["C"], inputs=("written", "written")))
    same = [a is b for a, b in zip(lstm().steps, changed.steps, strict=True)]
    assert same.count(False) == 1
    assert changed["C"].inputs == ("written", "written")
    assert lstm()["C"].inputs == ("kept", "written")
    assert changed.params == lstm().params


def test_with_readout_goes_on_from_h():
    cell = rnn().with_readout()
    assert [step.name for step in cell.steps[-3:]] == ["Wv_y", "z_y", "y"]
    assert cell.params == ("W_h", "b_h", "W_y", "b_y")
    assert not rnn().readout


def test_a_step_is_found_by_its_name():
    assert lstm().names == tuple(step.name for step in lstm().steps)
    assert lstm()["f"] is lstm().get("f") is lstm().steps[lstm().names.index("f")]
    assert lstm().get("W_f") is None


def test_the_steps_that_a_name_is_made_of_and_those_that_it_goes_into():
    steps = lstm().steps
    assert [step.name for step in leading_to(steps, ["kept"])] == ["v", "Wv_f", "z_f", "f", "kept"]
    assert [step.name for step in following(steps, ["kept"])] == ["C", "squashed", "h"]
    assert [step.name for step in following(steps, ["b_o"])] == ["z_o", "o", "h"]


@pytest.mark.parametrize(
    ("cell", "name", "later"),
    [
        (lstm(), "f", {"kept", "C", "squashed", "h"}),
        (lstm(), "o", {"h"}),
        (lstm(), "h", set()),
        (lstm(readout=True), "h", {"Wv_y", "z_y", "y"}),
        (peephole_lstm(), "i", {"written", "C", "pC_o", "z_o", "o", "squashed", "h"}),
        (gru(), "z", {"one_minus_z", "written", "kept", "h"}),
    ],
)
def test_what_follows_from_a_step_within_a_time_step(cell, name, later):
    assert {step.name for step in following(cell.steps, [name])} == later


def test_unknown_names_and_choices_are_refused():
    with pytest.raises(KeyError, match="g"):
        lstm()["g"]
    with pytest.raises(ValueError, match='order must be "hx" or "xh", given \'hxh\''):
        lstm("hxh")
    with pytest.raises(ValueError, match='reset must be "before" or "after"'):
        gru(reset="never")
    with pytest.raises(ValueError, match='activation must be "tanh" or "relu"'):
        rnn(activation="softmax")


def test_a_cell_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        lstm().name = "other"


FACTS = {
    "lstm": Facts("LSTM", "lstm", "C", "f", True, "C_tilde", "C"),
    "peephole_lstm": Facts("peephole LSTM", "peephole", "C", "f", True, "C_tilde", "C"),
    "coupled_lstm": Facts("coupled LSTM", "coupled", "C", "f", True, "C_tilde", "C"),
    "no_forget_lstm": Facts("LSTM of 1997", "no_forget", "C", None, True, "C_tilde", "C"),
    "projected_lstm": Facts("projected LSTM", "projected", "C", "f", True, "C_tilde", "C"),
    "mgu": Facts("minimal gated unit", "mgu", "h", "one_minus_f", True, "h_tilde", "h"),
    "gru_before": Facts("GRU", "gru_before gru", "h", "z", True, "h_tilde", "h"),
    "gru_after": Facts("GRU", "gru_after gru", "h", "z", True, "h_tilde", "h"),
    "rnn_tanh": Facts("tanh RNN", "rnn", "h", None, False, "h", "h"),
    "rnn_relu": Facts("ReLU RNN", "relu rnn", "h", None, False, "h", "h"),
}


@pytest.mark.parametrize("order", ["hx", "xh"])
def test_what_can_be_said_of_each_cell(order):
    assert {name: facts(cell_named(name, order)) for name in FACTS} == FACTS


def test_a_cell_that_someone_makes_has_facts_too():
    forget = replace(lstm()["f"], name="u", inputs=("z_f",))
    minimal = (
        *lstm().steps[:3],  # v, Wv_f, z_f
        forget,
        Step("stays", ONE_MINUS, ("u",), "1 - u_t", "How much stays", "forget"),
        Step("kept", HADAMARD, ("s_prev", "stays"), "k", "What is kept", "state"),
        Step("new", HADAMARD, ("u", "z_f"), "n", "What is new", "state"),
        Step("s", ADD, ("new", "kept"), "s_t", "State", "state"),
        replace(lstm()["h"], op=TANH, inputs=("s",)),
    )
    cell = Cell("minimal", minimal, {"s": "s_prev", "h": "h_prev"})
    assert facts(cell) == Facts("minimal", "", "s", "stays", True, "s", "new")
