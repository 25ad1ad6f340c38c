from dataclasses import replace

import numpy as np
import pytest

from lstm_core.cells import lstm
from lstm_core.exercise.presets import PRESETS
from lstm_core.lesson.backward_rows import backward_cell
from lstm_core.marking.check import check, first_wrong
from lstm_core.marking.slips.backward import backward_slips
from lstm_core.marking.slips.rarer import rarer_slips
from lstm_core.marking.slips.table import slips
from lstm_core.marking.slips.weights import WEIGHTS
from lstm_core.marking.slips.words import WORDS
from lstm_core.trace import Address, run
from tests.core.exercises import some
from tests.core.marking.marked import codes, entry
from tests.core.marking.outcomes import outcome
from tests.core.marking.sheets import SLIPS, by_hand, problem, text
from tests.core.samples import CELLS, NAMES

RARE = {"exp-for-sigmoid", "log", "atan", "sinh", "operation-twice"}  # of any squash
ARITHMETIC = {"sign-slip", "decimal-slip", "digits-swapped", "early-rounding", "truncated"}
_NAMES = """concat-order concat-as-sum h-omitted x-omitted states-swapped weights-transposed
rows-shifted wrong-gate-weights term-dropped shape-n-by-n bias-omitted bias-subtracted
bias-twice bias-outside-activation wrong-gate-bias tanh-for-sigmoid sigmoid-for-tanh
not-squashed sigmoid-of-minus-z softmax-for-sigmoid hard-sigmoid exp-for-sigmoid
gate-rounded-to-integer derivative-for-function f-and-i-swapped gates-swapped forget-inverted
coupled-gate forget-term-missing forget-gate-skipped input-gate-skipped minus-for-plus
product-for-sum matrix-product-for-hadamard outer-product-for-hadamard tanh-on-C-omitted
C-prev-instead-of-C candidate-instead-of-C sigmoid-on-C tanh-of-product
output-gate-skipped"""
FORWARD = set(_NAMES.split())
BACKWARD = {
    *("recurrent-path-cut", "h-path-dropped", "path-left-out", "derivative-in-wrong-variable"),
    *("tanh-of-tanh", "derivative-forgotten", "outer-transposed", "square-forgotten"),
    *("concat-order", "wrong-gate-weights"),
}

APART = {"path-left-out", "outer-transposed", "square-forgotten"}  # in test_backward_slips.py


def test_the_table_has_every_code():
    assert {slip.code for slip in slips(lstm(), 5)} == FORWARD
    assert {slip.code for slip in backward_slips(backward_cell(lstm()))} == BACKWARD
    assert set(SLIPS) | {"digits-swapped", "truncated"} | APART == FORWARD | ARITHMETIC | BACKWARD
    assert set(WORDS) == set(WEIGHTS) > FORWARD | ARITHMETIC | BACKWARD


@pytest.mark.parametrize("places", [3, 4])
@pytest.mark.parametrize("code", SLIPS)
def test_the_mistake_is_named_alone_and_its_step_is_the_first_wrong(code, places):
    seen = [one for seed in range(4) if (one := outcome(seed, code, places))]
    assert all(one.found and code in one.codes for one in seen)
    assert sum(one.codes == {code} for one in seen) >= len(seen) - 1


@pytest.mark.parametrize("code", sorted(FORWARD))
def test_a_mistake_that_was_not_written_down_shows_later(code):
    seen = [outcome(seed, code, 4, short=True) for seed in range(4)]
    assert sum(code in one.codes for one in seen) >= 3


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_row_runs_as_a_cell_of_its_own(cell):
    exercise = some(cell, n=3, m=2, T=1)
    truth = exercise.trace()
    for slip in (*slips(cell, 2), *rarer_slips(cell)):
        changed = slip.changed(cell)
        frame = {**truth.frames[0]}
        for step in slip.changes:
            wrong = step.op.forward(*(frame[name] for name in step.inputs))
            assert wrong.shape == truth[0, step.name].shape
        wrong = run(changed, exercise.params, exercise.xs, exercise.start)
        assert wrong[0, slip.where].shape == truth[0, slip.where].shape


PECULIAR = [cell for cell in CELLS if cell.name.startswith(("gru", "peephole"))]


@pytest.mark.parametrize("cell", PECULIAR, ids=lambda cell: f"{cell.name}-{cell.order}")
def test_what_is_peculiar_to_a_cell_is_named_where_it_is_made(cell):
    exercise = some(cell, n=3, m=2, T=1)
    for slip in rarer_slips(cell):
        if slip.code not in RARE:
            trace = run(slip.changed(cell), exercise.params, exercise.xs, exercise.start)
            sheet = {(0, name): [text(x, 4) for x in trace[0, name]] for name in cell.names}
            found = check(exercise, sheet)
            assert first_wrong(found).step in slip.names
            assert slip.code in {m.code for v in found.values() for m in v.mistakes}, slip.phrase


def test_a_number_that_nothing_explains_accuses_nobody():
    found = entry(problem(1), "f", "0.123456")
    assert (found.state, found.mistakes) == ("wrong", ())


def test_several_that_cannot_be_told_apart_are_all_listed():
    exercise = problem(3)
    z = by_hand(exercise, 4, SLIPS["bias-omitted"])
    found = check(exercise, {(0, "f"): z[0, "f"]})
    assert all("bias-omitted" in codes(v) for v in found.values())
    x_omitted = by_hand(exercise, 4, SLIPS["x-omitted"])
    found = check(exercise, {(0, "f"): x_omitted[0, "f"]})
    assert all({"x-omitted", "shape-n-by-n"} <= codes(v) for v in found.values())
    assert all("told apart" in v.note for v in found.values())


def test_two_mistakes_at_once():
    exercise = problem(2)
    trace = exercise.trace()
    wrong = np.tanh(trace[0, "Wv_f"] - exercise.params["b_f"])
    found = entry(exercise, "f", text(wrong[0], 6))
    assert codes(found) == {"bias-subtracted", "tanh-for-sigmoid"}
    assert "at once" in found.note
    assert not entry(exercise, "f", text(wrong[0], 2)).mistakes  # too coarse to be sure


@pytest.mark.parametrize(
    ("code", "value"),
    [("sign-slip", "-22"), ("decimal-slip", "220"), ("decimal-slip", "2.2")],
)
def test_slips_of_arithmetic_on_whole_numbers(code, value):
    assert code in codes(entry(PRESETS["founding"], "z_i", value))


def test_swapped_digits():
    exercise = PRESETS["founding"]
    found = entry(exercise, "z_i", "34", 1)
    assert (found.mistakes[0].code, found.sure) == ("digits-swapped", "most likely")
    truth = float(problem(5).trace()[0, "C"][0])
    digits = f"{truth:.5f}"
    swapped = digits[:-3] + digits[-2] + digits[-3] + digits[-1]
    assert "digits-swapped" in codes(entry(problem(5), "C", swapped))
    assert entry(exercise, "z_i", "0,123").state == "wrong"


def test_numbers_cut_off_before_a_product():
    """σ(2.5) = 0.9241418…; cut off, 0.924141·50 = 46.20705, and rounded it would be 46.2071."""
    exercise = some(n=1, m=1, T=1)
    weights = {"W_f": [[1.0, 0.0]], "b_f": [0.0]}
    exercise = replace(
        exercise, params={**exercise.params, **weights}, start={"h_prev": [2.5], "C_prev": [50.0]}
    )
    found = entry(exercise, "kept", "46.207050")
    assert (found.state, codes(found)) == ("truncated", {"truncated"})


def test_first_wrong_is_in_the_later_time_step():
    exercise = problem(4, T=3)
    trace = exercise.trace()
    wrong = [text(x, 6) for x in trace[2, "squashed"]]
    found = check(exercise, {(2, "h"): wrong})
    assert first_wrong(found) == Address("h", 2, (0,))
    assert all("output-gate-skipped" in codes(v) for v in found.values())


def test_a_mistake_made_at_every_time_step():
    exercise = problem(4, T=2)
    h, C = exercise.start["h_prev"], exercise.start["C_prev"]
    cell = next(s for s in slips(exercise.cell, 5) if s.code == "minus-for-plus")
    trace = run(
        cell.changed(exercise.cell), exercise.params, exercise.xs, {"h_prev": h, "C_prev": C}
    )
    found = check(exercise, {(1, "h"): [text(x, 6) for x in trace[1, "h"]]})
    assert all("minus-for-plus" in codes(v) for v in found.values())
