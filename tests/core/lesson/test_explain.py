"""Every printed line is true: read back and calculated by other means, it gives the result."""

import math
import re
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.backpropagation.ops import ALL_OPS
from lstm_core.cell import Cell, Step
from lstm_core.cells import gru, lstm, peephole_lstm, rnn
from lstm_core.lesson.backward_rows import backprop
from lstm_core.lesson.explain import LAST_DIGITS, RULES, explain, sources
from lstm_core.lesson.printing import rounded_names
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address, Trace, run
from tests.core.samples import CELLS, NAMES, random_exercise, random_trace

FOUNDING = {
    "W_f": [[1, 2, 3, 4, 5, 6], [5, 6, 7, 8, 9, 10], [3, 4, 5, 6, 7, 8]],
    "b_f": [1, 2, 3],
    "W_i": [[1] * 6, [2] * 6, [3] * 6],
    "b_i": [1, 1, 1],
    "W_C": np.full((3, 6), -0.02),
    "b_C": [0.1, 0.2, 0.3],
    "W_o": np.full((3, 6), 0.03),
    "b_o": [-0.1, 0.2, 0.3],
}


def founding():
    start = {"h_prev": [4, 5, 6], "C_prev": [-0.3, 0.5, 2]}
    return run(lstm("xh"), FOUNDING, [[1, 2, 3], [-1, 0, 2]], start)


def scaled_trace(cell, seed, scale, typed):
    """Run a cell of random shape on numbers of that size, typed with so many decimals."""
    n, m, p = (int(size) for size in np.random.default_rng(seed).integers(1, 4, 3))
    drawn = random_exercise(cell, n, m, T=2, p=p, seed=seed)
    params = {name: np.round(scale * array, typed) for name, array in drawn.params.items()}
    return run(cell, params, np.round(scale * drawn.xs, typed), drawn.start)


def only_step(op, *values):
    """The trace of one operation on one number, or on two: the cell has nothing but this step."""
    step = Step("y", ALL_OPS[op], ("x", "b_y")[: len(values)], "y_t", "", "")
    operands = dict(zip(step.inputs, (np.array([float(x)]) for x in values), strict=True))
    with np.errstate(all="ignore"):
        y = ALL_OPS[op].forward(*operands.values())
    return Trace(Cell("one step", (step,), {}), {}, ({**operands, "y": y},))


def every_address(trace):
    for t in range(len(trace)):
        for step in trace.cell.steps:
            for index in np.ndindex(trace[t, step.name].shape):
                yield Address(step.name, t, index)


def with_gradients(trace):
    """The same trace with its backward pass, for L = Σ h_T."""
    last = len(trace) - 1
    return backprop(trace, {(last, "h"): np.ones(len(trace[last, "h"]))})


def sigma(z):
    return 1 / (1 + math.exp(-z)) if z > -700 else math.exp(z)


def calculated(line):
    """Calculate a printed line with ordinary arithmetic."""
    text = line.replace("·", "*").replace("−", "-").replace("∞", "inf")
    names = {"σ": sigma, "tanh": math.tanh, "max": max, "inf": math.inf}
    return float(eval(text, {"__builtins__": {}}, names))


def largest(line):
    """Return the size of the largest term: double precision keeps 16 digits of that."""
    return max(abs(calculated(term)) for term in re.split(r" [+−] ", line))


def assert_true(trace, address, decimals):
    found = explain(trace, address, decimals)
    value = calculated(found.substitution)
    rounded = address.step in rounded_names(trace.cell, address.t)
    if numeral(value, decimals, rounded) == found.result:
        return
    # What is left are digits beyond double precision, and the line's note says so.
    assert decimals is None or found.note == LAST_DIGITS, found
    assert abs(value - trace[address]) <= 1e-12 * largest(found.substitution), found


def test_the_table_covers_every_operation():
    assert set(RULES) == set(ALL_OPS)


@pytest.mark.no_cover  # the same lines very often: other tests cover them
@pytest.mark.parametrize("decimals", [1, 2, 4, 6, 10, None])
@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_printed_line_is_true(cell, decimals):
    for seed, (scale, typed) in enumerate([(1, 15), (1e-5, 15), (30, 1), (1e4, 3)]):
        trace = with_gradients(scaled_trace(cell, seed, scale, typed))
        for address in every_address(trace):
            assert_true(trace, address, decimals)


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_in_everyday_numbers_every_line_is_true_without_exception(cell):
    trace = with_gradients(scaled_trace(cell, 7, 1, 2))
    for address in every_address(trace):
        found = explain(trace, address, 4)
        rounded = address.step in rounded_names(trace.cell, address.t)
        assert numeral(calculated(found.substitution), 4, rounded) == found.result


numbers = st.floats(-1e12, 1e12) | st.floats(-3, 3) | st.integers(-20, 20).map(float)


@given(
    op=st.sampled_from(["add", "hadamard", "sum"]),
    a=numbers,
    b=numbers,
    decimals=st.integers(1, 10),
)
def test_any_two_numbers(op, a, b, decimals):
    assert_true(only_step(op, a, b), Address("y", 0, (0,)), decimals)


UNARY = ["one_minus", "sigmoid", "tanh", "relu", "copy", "negative"]
UNARY += ["sigmoid_slope", "tanh_slope", "relu_slope"]


@given(
    op=st.sampled_from(UNARY),
    z=numbers,
    decimals=st.none() | st.integers(1, 10),
)
def test_any_one_number(op, z, decimals):
    assert_true(only_step(op, z), Address("y", 0, (0,)), decimals)


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_the_sources_are_the_operands_and_no_others(cell):
    """Changing a source changes the number; the sources alone, put through op, give it."""
    trace = with_gradients(random_trace(cell, 2, 3, T=2))
    for address in every_address(trace):
        used, op = explain(trace, address, None).sources, trace.cell[address.step].op
        values = [trace[source] for source in used]
        if op.name in ("concat", "part_first", "part_last", "beside", "copy"):
            assert values == [trace[address]]
        elif op.name.startswith("matvec"):
            assert np.dot(values[::2], values[1::2]) == pytest.approx(trace[address])
        else:
            assert np.sum(op.forward(*values)) == trace[address]


def test_the_sources_of_a_product_are_weight_and_entry_in_turn():
    used = explain(founding(), Address("Wv_f", 1, (2,)), 4).sources
    assert used[:3] == (
        Address("W_f", 1, (2, 0)),
        Address("v", 1, (0,)),
        Address("W_f", 1, (2, 1)),
    )
    assert len(used) == 12


def test_the_sources_can_be_had_without_the_words():
    back = with_gradients(founding())
    for address in (
        Address("C", 1, (0,)),
        Address("dW_f", 0, (1, 2)),
        Address("dv_via_i", 0, (5,)),
    ):
        assert sources(back, address) == explain(back, address, 4).sources


@pytest.mark.parametrize(
    ("step", "rule", "substitution", "result"),
    [
        (
            "Wv_f",
            "Row 1 of W_f times v, term by term, added up.",
            "1·1 + 2·2 + 3·3 + 4·4 + 5·5 + 6·6",
            "91",
        ),
        ("z_f", "Entry 1 of W_f·v plus entry 1 of b_f.", "91 + 1", "92"),
        ("z_o", "Entry 1 of W_o·v plus entry 1 of b_o.", "0.63 + (−0.1)", "0.53"),
        ("f", "σ of entry 1 of z_f.", "σ(92)", "1.0000"),
        ("C_tilde", "tanh of entry 1 of z_C.", "tanh(−0.32)", "−0.3095"),
        ("kept", "Entry 1 of fₜ times entry 1 of Cₜ₋₁.", "1.0000·(−0.3)", "−0.3000"),
        ("C", "Entry 1 of fₜ∘Cₜ₋₁ plus entry 1 of iₜ∘C̃ₜ.", "−0.3000 + (−0.3095)", "−0.6095"),
        ("squashed", "tanh of entry 1 of Cₜ.", "tanh(−0.6095)", "−0.5438"),
        ("h", "Entry 1 of oₜ times entry 1 of tanh(Cₜ).", "0.6295·(−0.5438)", "−0.3423"),
    ],
)
def test_the_founding_example(step, rule, substitution, result):
    found = explain(founding(), Address(step, 0, (0,)), 4)
    assert (found.rule, found.substitution, found.result) == (rule, substitution, result)


def test_concatenation_says_which_entry_it_copies():
    found = explain(founding(), Address("v", 0, (4,)), 4)
    assert found.rule == "Entry 5 of v is entry 2 of hₜ₋₁."
    assert (found.substitution, found.result) == ("5", "5")
    assert found.sources == (Address("h_prev", 0, (1,)),)


def test_one_minus_and_relu_and_negative_factors():
    assert (
        explain(only_step("one_minus", 0.25), Address("y", 0, (0,)), 4).substitution == "1 − 0.25"
    )
    assert explain(only_step("one_minus", -3), Address("y", 0, (0,)), 4).substitution == "1 − (−3)"
    assert explain(only_step("relu", -2), Address("y", 0, (0,)), 4).substitution == "max(0, −2)"
    assert explain(only_step("hadamard", -1, 4), Address("y", 0, (0,)), 4).substitution == "(−1)·4"


def test_the_block_of_a_gru_names_its_columns():
    trace = random_trace(gru("hx", "after"), 3, 2)
    of_x, of_h = (explain(trace, Address(name, 0, (0,)), 4) for name in ("Wx_h", "Wh_h"))
    assert of_x.rule == "Row 1 of W_h, columns 4 to 5, times xₜ, term by term, added up."
    assert of_h.rule == "Row 1 of W_h, columns 1 to 3, times hₜ₋₁, term by term, added up."
    assert of_x.sources[::2] == (Address("W_h", 0, (0, 3)), Address("W_h", 0, (0, 4)))


def test_operands_get_more_places_only_where_the_line_needs_them():
    # 1.04·1.04 = 1.0816, which prints as 1.1; with one place, 1·1 would be 1.
    assert explain(only_step("hadamard", 1.04, 1.04), Address("y", 0, (0,)), 1).substitution == (
        "1.04·1.04"
    )
    assert (
        explain(only_step("hadamard", 1.04, 1.01), Address("y", 0, (0,)), 0).substitution == "1·1"
    )


def test_the_terms_are_those_of_the_sum():
    product = explain(founding(), Address("Wv_C", 0, (0,)), 4)
    assert product.terms[:2] == ("(−0.02)·1", "(−0.02)·2")
    assert " + ".join(product.terms) == product.substitution
    assert explain(founding(), Address("f", 0, (0,)), 4).terms == ("σ(92)",)


@pytest.mark.parametrize(
    ("op", "z", "decimals", "note"),
    [
        ("sigmoid", 92, 4, "σ(92) is not 1: 1 − σ(92) ≈ 1.1e−40."),
        ("sigmoid", 92, None, "σ(92) is not 1: 1 − σ(92) ≈ 1.1e−40."),
        ("sigmoid", 12, 4, "σ(12) is not 1: 1 − σ(12) ≈ 6.1e−6."),
        ("sigmoid", 3.5, 1, "σ(3.5) is not 1: 1 − σ(3.5) ≈ 0.029."),
        ("sigmoid", 800, 4, "σ(800) is not 1: 1 − σ(800) < 5e−324."),
        ("sigmoid", -800, 4, "σ(−800) is not 0: the distance is < 5e−324."),
        ("tanh", 20, 4, "tanh(20) is not 1: 1 − tanh(20) ≈ 8.5e−18."),
        ("tanh", -20, 4, "tanh(−20) is not −1: the distance is ≈ 8.5e−18."),
        ("tanh", 0, 4, ""),
        ("sigmoid", 4.5, 4, ""),
        ("tanh", 2.9, 4, ""),
        ("relu", -5, 4, ""),
    ],
)
def test_notes_say_what_the_printed_number_hides(op, z, decimals, note):
    assert explain(only_step(op, z), Address("y", 0, (0,)), decimals).note == note


@pytest.mark.parametrize(
    ("op", "z", "slope"),
    [("sigmoid", 8, "σ′(xₜ) ≈ 0.00034"), ("tanh", -4, "tanh′(xₜ) ≈ 0.0013")],
)
def test_saturation_is_named(op, z, slope):
    assert explain(only_step(op, z), Address("y", 0, (0,)), 4).note == (
        f"Saturated: {slope}, so a small change of xₜ changes almost nothing."
    )


@pytest.mark.parametrize("values", [(1e300, 1e300), (np.inf, 2), (np.inf, 0)])
def test_overflow_is_named(values):
    found = explain(only_step("hadamard", *values), Address("y", 0, (0,)), 4)
    assert found.note.startswith("Too large for double precision: ")
    assert found.result in ("∞", "undefined")


def test_digits_beyond_double_precision_are_named():
    """Added from left to right this is 0, whatever the library that multiplied made of it."""
    trace = run(
        rnn(),
        {"W_h": [[1e17, 1, -1e17, 3.3, 1]], "b_h": [0]},
        [[1, 1, 1, 0.1]],
        {"h_prev": [1]},
    )
    found = explain(trace, Address("Wv_h", 0, (0,)), 10)
    value = numeral(calculated(found.substitution), 10)
    assert (value == found.result) == (found.note != LAST_DIGITS)


def test_peepholes_and_later_times_are_explained_where_they_stand():
    trace = random_trace(peephole_lstm(), 2, 2, T=3)
    found = explain(trace, Address("pC_o", 2, (1,)), 4)
    assert found.rule == "Entry 2 of p_o times entry 2 of Cₜ."
    assert found.sources == (Address("p_o", 2, (1,)), Address("C", 2, (1,)))


def back_of_the_lstm():
    """One unit: f = i = o = σ(0) and C̃ = tanh(0); two inputs, x = [3, 4]."""
    zero = {f"W_{g}": [[0.5, 0.25, -1]] for g in "fiCo"} | {f"b_{g}": [-0.5] for g in "fiCo"}
    trace = run(lstm("xh"), zero, [[3, 4]], {"h_prev": [2], "C_prev": [2]})
    return backprop(trace, {(0, "h"): [1]})


@pytest.mark.parametrize(
    ("step", "index", "rule", "substitution", "result"),
    [
        (
            "dh",
            (0,),
            "Entry 1 of ∂L/∂hₜ|direct plus entry 1 of ∂L/∂hₜ|t+1.",
            "1 + 0.0000",
            "1.0000",
        ),
        ("do", (0,), "Entry 1 of ∂L/∂hₜ times entry 1 of tanh(Cₜ).", "1.0000·0.7616", "0.7616"),
        (
            "slope_f",
            (0,),
            "The slope of σ: entry 1 of fₜ times what is missing to 1.",
            "0.5000·(1 − 0.5000)",
            "0.2500",
        ),
        (
            "slope_squashed",
            (0,),
            "The slope of tanh: 1 minus the square of entry 1 of tanh(Cₜ).",
            "1 − 0.7616·0.7616",
            "0.4200",
        ),
        ("df", (0,), "Entry 1 of ∂L/∂Cₜ times entry 1 of Cₜ₋₁.", "0.2100·2", "0.4200"),
        ("db_f", (0,), "The same as entry 1 of ∂L/∂z_f.", "0.1050", "0.1050"),
        ("dW_f", (0, 1), "Entry 1 of ∂L/∂z_f times entry 2 of v.", "0.1050·4", "0.4200"),
        (
            "dv_via_f",
            (1,),
            "Column 2 of W_f times ∂L/∂z_f, term by term, added up.",
            "0.25·0.1050",
            "0.0262",
        ),
        ("dh_prev", (0,), "Entry 1 of ∂L/∂hₜ₋₁ is entry 3 of ∂L/∂v.", "−0.4004", "−0.4004"),
        ("dx", (1,), "Entry 2 of ∂L/∂xₜ is entry 2 of ∂L/∂v.", "0.1001", "0.1001"),
    ],
)
def test_the_way_back(step, index, rule, substitution, result):
    found = explain(back_of_the_lstm(), Address(step, 0, index), 4)
    assert (found.rule, found.substitution, found.result) == (rule, substitution, result)


def test_blocks_on_the_way_back_name_their_columns():
    back = with_gradients(random_trace(gru("hx", "after"), 3, 2))
    column = explain(back, Address("dx_via_h", 0, (1,)), 4)
    assert column.rule == "Column 5 of W_h times ∂L/∂z_h, term by term, added up."
    assert column.sources[:2] == (Address("W_h", 0, (0, 4)), Address("dz_h", 0, (0,)))
    whole = explain(back, Address("dW_h", 0, (2, 4)), 4)
    assert whole.rule == "Row 3, column 5 of ∂L/∂W_h is column 2 of ∂L/∂W_hx."
    assert whole.sources == (Address("dW_hx", 0, (2, 1)),)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (lstm(), "No LSTM can make this 4: h stays between −1 and 1."),
        (rnn(), "No tanh RNN can make this 4: h stays between −1 and 1."),
        (gru(), "A GRU that starts between −1 and 1 stays there, so none makes this 4."),
        (rnn(activation="relu"), ""),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_start_that_no_cell_can_make_is_said_to_be_chosen(cell, says):
    exercise = random_exercise(cell, 2, 1, T=2)
    start = {**exercise.start, "h_prev": np.array([4.0, 0.9])}
    trace = run(cell, exercise.params, exercise.xs, start)
    note = explain(trace, Address("v", 0, (0,)), 4).note
    assert note == (
        says
        and f"{says} Whoever made the example chose it as a start, and the arithmetic holds "
        "all the same."
    )
    others = [Address("v", 0, (1,)), Address("v", 0, (2,)), Address("v", 1, (0,))]
    assert not any(explain(trace, at, 4).note for at in others)


def test_what_cannot_be_explained_is_refused():
    with pytest.raises(KeyError):
        explain(founding(), Address("W_f", 0, (0, 0)), 4)
    with pytest.raises(ValueError, match="One entry of f can be explained"):
        explain(founding(), Address("f"), 4)
    with pytest.raises(FrozenInstanceError):
        explain(founding(), Address("f", 0, (0,)), 4).note = ""  # type: ignore[misc]
