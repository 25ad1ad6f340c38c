"""A cell with rows swapped is a cell: its numbers, its gradients, its link, its facts, its name."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from lstm_core.backpropagation.paths import hidden_jacobian
from lstm_core.cells import CELLS, cell_named, facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS
from lstm_core.gradients import backward
from lstm_core.lesson.backward_rows import backprop
from lstm_core.lesson.latex import equation
from lstm_core.marking.slips.variants import slips_of
from lstm_core.trace import MANY, run
from lstm_core.variants.changes import (
    MOST,
    Change,
    base_of,
    changeable,
    changes_of,
    operands,
    operations,
    variant,
    varied,
    with_change,
)
from tests.core.exercises import identical, refused, some
from tests.core.samples import random_exercise

LSTM, GRU = cell_named("lstm", "hx"), cell_named("gru_before", "hx")
# Two cells written once more as lines of Python: the tables must not be their own proof.
LSTM_LINES = """
v = cat(h_prev, x)
Wv_f = W_f @ v; z_f = Wv_f + b_f; f = sigmoid(z_f)
Wv_i = W_i @ v; z_i = Wv_i + b_i; i = sigmoid(z_i)
Wv_C = W_C @ v; z_C = Wv_C + b_C; C_tilde = tanh(z_C)
kept = f * C_prev; written = i * C_tilde; C = kept + written
Wv_o = W_o @ v; z_o = Wv_o + b_o; o = sigmoid(z_o)
squashed = tanh(C); h = o * squashed
"""
GRU_LINES = """
v = cat(h_prev, x)
Wv_z = W_z @ v; z_z = Wv_z + b_z; z = sigmoid(z_z)
Wv_r = W_r @ v; z_r = Wv_r + b_r; r = sigmoid(z_r)
reset_h = r * h_prev; v_r = cat(reset_h, x)
Wv_h = W_h @ v_r; z_h = Wv_h + b_h; h_tilde = tanh(z_h)
one_minus_z = 1 - z; written = one_minus_z * h_tilde; kept = z * h_prev; h = written + kept
"""
LINES = {
    cell: dict(line.strip().split(" = ") for line in text.strip().replace("\n", ";").split(";"))
    for cell, text in ((LSTM, LSTM_LINES), (GRU, GRU_LINES))
}
MADE = {
    "sigmoid": "sigmoid({0})",
    "tanh": "tanh({0})",
    "relu": "({0}) * (({0}) > 0)",
    "hard": "clip(0.2 * {0} + 0.5, 0, 1)",
    "hard_six": "clip({0} / 6 + 0.5, 0, 1)",
    **dict.fromkeys(("none", "left_out"), "1 * {0}"),
    "one_minus": "1 - {0}",
    "add": "{0} + {1}",
    "hadamard": "{0} * {1}",
    "matvec": "{0} @ {1}",
    "concat": "cat({0}, {1})",
}
NUMPY = {
    "cat": lambda *parts: np.concatenate(parts),
    "tanh": np.tanh,
    "clip": np.clip,
    "sigmoid": lambda z: np.exp(-np.logaddexp(0, -z)),
}


def by_hand(lines, changes, given):
    """One time step, line by line."""
    lines = {**lines, **{one.step: MADE[one.op].format(*one.inputs) for one in changes}}
    values = dict(given)
    for name, line in lines.items():
        values[name] = eval(line, {}, NUMPY | values)
    return values


@st.composite
def changes(draw, base, most=MOST):
    """Changes that make a cell."""
    found = ()
    for _ in range(draw(st.integers(1, most))):
        step = draw(st.sampled_from(changeable(base)))
        op = draw(st.sampled_from(operations(step)))
        found = with_change(
            base, found, Change(step.name, op, draw(st.sampled_from(operands(base, step, op))))
        )
    try:
        variant(base, found)
    except ValueError:
        assume(False)
    assume(found)
    return found


@st.composite
def variants(draw):
    """A variant of any cell, in either order."""
    base = cell_named(draw(st.sampled_from([*CELLS])), draw(st.sampled_from(("hx", "xh"))))
    return variant(base, draw(changes(base)))


@settings(deadline=None, max_examples=40)
@given(data=st.data(), base=st.sampled_from([*LINES]), T=st.sampled_from((1, MANY - 1, MANY + 6)))
def test_a_variant_works_out_what_its_lines_say(data, base, T):
    chosen = data.draw(changes(base))
    cell, ex = variant(base, chosen), random_exercise(base, 3, 2, T)
    trace, states = run(cell, ex.params, ex.xs, ex.start), ex.start
    for x, frame in zip(ex.xs, trace.frames, strict=True):
        if not all(np.abs(frame[name]).max() < 1e50 for name in cell.names):
            break  # it has run away
        values = by_hand(LINES[base], chosen, {**ex.params, **states, "x": x})
        for name in cell.names:
            assert frame[name] == pytest.approx(values[name], rel=1e-9, abs=1e-9), name
        # From the trace's own: what runs away would carry its rounding along.
        states = {previous: frame[name] for name, previous in cell.carry.items()}


@settings(deadline=None, max_examples=40)
@given(cell=variants())
def test_few_time_steps_and_many_agree(cell):
    ex = random_exercise(cell, 3, 2, MANY + 6)
    long, short = run(cell, ex.params, ex.xs, ex.start), run(cell, ex.params, ex.xs[:3], ex.start)
    for t, frame in enumerate(short.frames):
        for name in cell.names:
            np.testing.assert_allclose(long[t, name], frame[name], rtol=1e-9, atol=1e-12)


TWO_WAYS = varied(  # C_{t−1} comes back through i itself, and through the peephole of i
    varied(cell_named("peephole_lstm", "hx"), Change("i", "sigmoid", ("C_prev",))),
    Change("z_C", "add", ("pC_i", "b_C")),
)


@settings(deadline=None, max_examples=40)
@given(cell=variants(), seed=st.integers(0, 99))
@example(cell=TWO_WAYS, seed=0)
def test_its_gradients_are_those_of_central_differences(cell, seed):
    ex, rng = random_exercise(cell, 2, 2, 3, seed=seed), np.random.default_rng(seed)
    names, dh = ("h", *cell.names[-3:]), rng.normal(size=2)
    away = {name: rng.normal(size=a.shape) for name, a in ex.params.items()}

    def loss(step):
        moved = {name: a + step * away[name] for name, a in ex.params.items()}
        return float(run(cell, moved, ex.xs, ex.start)[2, "h"] @ dh)

    trace = run(cell, ex.params, ex.xs, ex.start)
    grads, rows = backward(trace, {(2, "h"): dh}), backprop(trace, {(2, "h"): dh})
    for name in (*names, "x", *cell.states, *cell.params):
        np.testing.assert_allclose(rows[0, f"d{name}"], grads[0, name], rtol=1e-10, atol=1e-12)
    found = sum(float(np.sum(grads.params[name] * away[name])) for name in cell.params)
    near, nearer = ((loss(h) - loss(-h)) / (2 * h) for h in (1e-5, 1e-6))
    assume(abs(near - nearer) <= 1e-6 * max(1.0, abs(near)))  # a corner of a ReLU lies between
    assert found == pytest.approx(nearer, rel=1e-5, abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(cell=variants(), noted=st.booleans())
def test_links_and_files_bring_it_back(cell, noted):
    notes = {"v": "Look."} if noted else {}
    exercise = some(cell, title=facts(cell).title, notes=notes)
    for again in (
        Exercise.from_token(exercise.token()),
        Exercise.from_json(exercise.to_json()),
    ):
        assert again == exercise
        assert again.cell is exercise.cell
        assert identical(again, exercise)
    assert exercise.token().startswith("3.")


@settings(deadline=None, max_examples=40)
@given(cell=variants())
def test_in_another_order_it_is_the_same_network(cell):
    exercise = some(cell)
    other = exercise.reordered("xh" if cell.order == "hx" else "hx")
    with np.errstate(all="ignore"):
        for name in cell.carry:
            np.testing.assert_allclose(
                other.trace()[1, name], exercise.trace()[1, name], rtol=1e-9, atol=1e-9
            )
    assert other.reordered(cell.order) == exercise
    assert exercise.with_readout().without_readout() == exercise


NO_TANH = Change("squashed", "none", ("C",))


@pytest.mark.parametrize(
    ("base", "change", "title"),
    [
        (LSTM, NO_TANH, "LSTM with tanh(Cₜ) left out"),
        (LSTM, Change("squashed", "sigmoid", ("C",)), "LSTM with σ(Cₜ) in place of tanh(Cₜ)"),
        (LSTM, Change("f", "none", ("z_f",)), "LSTM with σ left out of fₜ"),
        (LSTM, Change("f", "hard", ("z_f",)), "LSTM with fₜ = hard σ(z_f)"),
        (LSTM, Change("z_f", "left_out", ("Wv_f",)), "LSTM with b_f left out of z_f"),
        (LSTM, Change("kept", "left_out", ("C_prev",)), "LSTM with fₜ left out of fₜ∘Cₜ₋₁"),
        (LSTM, Change("h", "left_out", ("squashed",)), "LSTM with oₜ left out of hₜ"),
        (LSTM, Change("C", "hadamard", ("kept", "written")), "LSTM with Cₜ = fₜ∘Cₜ₋₁∘iₜ∘C̃ₜ"),
        (
            LSTM,
            Change("kept", "hadamard", ("f", "h_prev")),
            "LSTM with fₜ∘hₜ₋₁ in place of fₜ∘Cₜ₋₁",
        ),
        (GRU, Change("one_minus_z", "left_out", ("z",)), "GRU with 1 − left out of 1 − zₜ"),
    ],
)
def test_it_is_called_by_what_was_changed(base, change, title):
    cell = variant(base, (change,))
    assert facts(cell).title == title
    assert changes_of(cell) == (change,)
    assert base_of(cell) is base
    assert (
        varied(cell, Change(change.step, base[change.step].op.name, base[change.step].inputs))
        is base
    )


def test_several_changes_are_all_named_in_the_order_of_the_table():
    chosen = (NO_TANH, Change("f", "hard", ("z_f",)))
    title = "LSTM with fₜ = hard σ(z_f) and tanh(Cₜ) left out"
    assert facts(variant(LSTM, chosen)).title == title


def test_a_row_that_shows_a_changed_one_is_written_anew():
    cell = variant(GRU, (Change("one_minus_z", "left_out", ("z",)),))
    assert equation(cell, "h") == r"h_t = z_t \circ \tilde{h}_t + z_t \circ h_{t-1}"
    assert equation(variant(LSTM, (NO_TANH,)), "h") == r"h_t = o_t \circ C_t"


@pytest.mark.parametrize(
    ("change", "known"),
    [
        (NO_TANH, ("C", "f", True, "C_tilde", "C")),
        (Change("kept", "hadamard", ("o", "C_prev")), None),
        (Change("kept", "hadamard", ("i", "C_prev")), ("C", "i", True, "C_tilde", "C")),
        (Change("kept", "left_out", ("C_prev",)), ("C", None, True, "C_tilde", "C")),
        (Change("C", "left_out", ("kept",)), ("C", "f", True, "C", "kept")),
        (Change("C", "left_out", ("written",)), ("C", None, False, "C_tilde", "C")),
        (Change("kept", "add", ("f", "C_prev")), ("C", None, True, "C_tilde", "C")),
        (Change("C", "hadamard", ("kept", "written")), ("C", None, False, "C_tilde", "C")),
        (Change("C_tilde", "tanh", ("z_f",)), ("C", "f", True, "C_tilde", "f")),
    ],
)
def test_its_facts_follow_from_its_table(change, known):
    if known is None:  # o comes after kept
        with pytest.raises(ValueError, match="kept can be made of two values"):
            variant(LSTM, (change,))
        return
    found = facts(variant(LSTM, (change,)))
    assert (found.memory, found.keeps, found.carried, found.candidate, found.letter) == known
    assert found.kind == "changed lstm"


def test_what_is_no_longer_read_is_left_out_and_the_rest_stays():
    exercise = PRESETS["unsaturated"]
    cell = varied(exercise.cell, Change("kept", "left_out", ("C_prev",)))
    other = exercise.in_variant(cell)
    assert {*exercise.params} - {*other.params} == {"W_f", "b_f"}
    assert not {"Wv_f", "z_f", "f"} & {*cell.names}
    assert all(other.arrays[name] is exercise.arrays[name] for name in other.arrays)
    assert (other.title, other.source) == (facts(cell).title, "")
    back = other.in_variant(exercise.cell)
    assert back.cell is exercise.cell
    assert np.abs(back.params["W_f"]).max() > 0
    assert (back.title, back.source) == ("", "")


REFUSED = [
    ({"step": "g", "op": "tanh", "inputs": ["C"]}, "the LSTM has no step 'g'."),
    ({"step": "squashed", "op": "exp", "inputs": ["C"]}, "squashed can be made by tanh, .*"),
    ({"step": "squashed", "op": "add", "inputs": ["C", "f"]}, "squashed can be made by .*"),
    ({"step": "squashed", "op": "none", "inputs": ["h"]}, "squashed can be made of one value .*"),
    ({"step": "squashed", "op": "none", "inputs": ["v"]}, "squashed can be made of one value .*"),
    ({"step": "squashed", "op": "none", "inputs": []}, "squashed can be made of one value .*"),
    ({"step": "kept", "op": "add", "inputs": ["f", "f"]}, "kept can be made of two values .*"),
    ({"step": "kept", "op": "add", "inputs": ["f"]}, "kept can be made of two values .*"),
    ({"step": "kept", "op": "add", "inputs": ["f", "o"]}, "kept can be made of two values .*"),
    ({"step": "kept", "op": "add", "inputs": ["b_f", "f"]}, "kept can be made of two values .*"),
    ({"step": "Wv_f", "op": "matvec", "inputs": ["W_i", "v"]}, "Wv_f can be made of two .*"),
    (
        {"step": "squashed", "op": "tanh", "inputs": ["C"]},
        "the change of squashed changes nothing.",
    ),
    ({"step": "z_f", "op": "left_out", "inputs": ["b_f"]}, None),
    ({"step": "squashed", "op": "none"}, "each of its changes must .*"),
    ({"step": "squashed", "op": "none", "inputs": [1]}, "each of its changes must .*"),
    ({"step": "squashed", "op": "none", "inputs": ["C"], "x": 1}, "each of its changes must .*"),
    ({"step": ["squashed"], "op": "none", "inputs": ["C"]}, "each of its changes must .*"),
    ("squashed", "each of its changes must .*"),
    (7, "each of its changes must .*"),
]


@pytest.mark.parametrize(("change", "told"), REFUSED)
def test_a_change_that_makes_no_cell_is_refused_in_a_sentence(change, told):
    record = json.loads(some().to_json()) | {"changes": [change]}
    if told is None:  # a gate that is the same for every x is still one
        record["params"].pop("W_f")
        assert Exercise.from_json(json.dumps(record)).cell["z_f"].op.name == "left_out"
        return
    with pytest.raises(ValueError, match=f"^This exercise cannot be read: {told}$"):
        Exercise.from_json(json.dumps(record))


@pytest.mark.parametrize("given", [7, {"step": "f"}, "f", [{}] * (MOST + 1), None])
def test_what_is_no_list_of_a_few_changes_is_refused(given):
    record = json.loads(some().to_json()) | {"changes": given}
    refused(Exercise.from_json, json.dumps(record))


def test_a_change_that_leads_to_nothing_is_refused():
    chosen = (Change("f", "hard", ("z_f",)), Change("kept", "left_out", ("C_prev",)))
    with pytest.raises(ValueError, match="f was changed, but nothing reads it any more"):
        variant(LSTM, chosen)
    with pytest.raises(ValueError, match="each step can be changed once"):
        variant(LSTM, (NO_TANH, replace(NO_TANH, op="relu")))
    with pytest.raises(ValueError, match="no gate and no candidate of it would see v"):
        variant(cell_named("rnn_tanh", "hx"), (Change("h", "tanh", ("h_prev",)),))
    with pytest.raises(ValueError, match="is a part of the read-out"):
        variant(cell_named("lstm", "hx", True), (Change("y", "tanh", ("z_y",)),))


def test_a_cell_that_was_not_changed_has_the_link_that_it_always_had():
    exercise = some()
    assert "changes" not in exercise.to_json()
    assert exercise.token().startswith("1.")
    assert replace(exercise, notes={"f": "Look."}).token().startswith("2.")


def test_a_fourth_change_is_refused_and_so_is_a_cell_that_is_none():
    cell = LSTM
    for name in ("f", "i", "o"):
        cell = varied(cell, Change(name, "tanh", (f"z_{name}",)))
    with pytest.raises(ValueError, match="at most 3 rows"):
        varied(cell, Change("squashed", "none", ("C",)))
    odd = replace(LSTM, name="odd")
    assert base_of(odd) is None or changes_of(LSTM) == ()


def test_in_a_variant_nobody_is_told_a_mistake_at_a_row_that_was_changed():
    cell = varied(LSTM, Change("squashed", "none", ("C",)))
    told, every = slips_of(cell, 4), slips_of(LSTM, 4)
    assert 0 < len(told) < len(every)
    assert not any("squashed" in {step.name for step in one.changes} for one in told)
    there = {*cell.names, *cell.given, "x"}
    assert all({*step.inputs} <= there for one in told for step in one.changes)


def test_a_state_that_nothing_reads_has_no_gradient_of_the_past():
    cell = varied(LSTM, Change("C", "left_out", operands(LSTM, LSTM["C"], "left_out")[-1]))
    drawn = random_exercise(cell, 3, 2, 3)
    trace = run(cell, drawn.params, drawn.xs, drawn.start)
    assert np.isfinite(hidden_jacobian(trace, 2, 0)).all()


def test_a_product_with_another_vector_is_written_with_that_one():
    unreset = variant(GRU, (Change("Wv_h", "matvec", ("W_h", "v")),))
    assert unreset["Wv_h"].symbol == r"W_h \cdot v"
    assert equation(unreset, "Wv_h").endswith(r"\tanh(W_h \cdot v + b_h)")
    assert not equation(GRU, "Wv_h").endswith(r"\tanh(W_h \cdot v + b_h)")
