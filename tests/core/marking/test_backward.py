from dataclasses import replace

import numpy as np
import pytest

from lstm_core.backpropagation.rows import backward_steps
from lstm_core.gradients import backward
from lstm_core.lesson.backward_rows import backprop
from lstm_core.marking.check import check, first_wrong
from lstm_core.marking.slips.backward import backward_slips
from lstm_core.marking.summary import summary
from lstm_core.trace import Address
from tests.core.exercises import some
from tests.core.marking.outcomes import outcome
from tests.core.marking.sheets import SLIPS, by_hand, problem, text
from tests.core.samples import CELLS, NAMES

BACKWARD = [code for code, slip in SLIPS.items() if slip.backward]


def named(exercise, name, values, t=0, places=4, seeds=None):
    """The codes named for each entry of one step, of which nothing else was written."""
    answers = {(t, name): [text(x, places) for x in np.ravel(values)]}
    found = check(exercise, answers, seeds)
    return [{mistake.code for mistake in verdict.mistakes} for verdict in found.values()]


def gradients(exercise):
    last = exercise.T - 1
    return backprop(exercise.trace(), {(last, "h"): np.ones(exercise.n)})


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_true_gradients_are_right_in_every_cell(cell):
    exercise = some(cell)
    true = backward(exercise.trace(), {(1, "h"): np.ones(3)})
    names = {f"d{name}": name for name in (*cell.params, *(step.name for step in cell.steps))}
    known = {step.name for step in backward_steps(cell)}
    answers = {
        (t, d): [f"{x:.5f}" for x in true[t, name].ravel()]
        for t in range(2)
        for d, name in names.items()
        if d in known
    }
    found = check(exercise, answers)
    assert {verdict.state for verdict in found.values()} == {"right"}
    assert len(found) == sum(len(row) for row in answers.values())


@pytest.mark.no_cover  # the same lines very often: other tests cover them
@pytest.mark.parametrize("places", [2, 3, 4, 6])
def test_right_rounding_is_never_wrong(places):
    for seed in range(40):
        exercise = problem(seed, T=3)
        assert first_wrong(check(exercise, by_hand(exercise, places, backward=True))) is None


@pytest.mark.parametrize("written", [("dC",), ("dz_f", "dz_i", "dz_C", "dz_o"), ("h", "dh_prev")])
def test_right_rounding_of_which_only_a_part_is_written_is_never_wrong(written):
    for seed in range(40):
        exercise, places = problem(seed), 2 + seed % 3
        sheet = by_hand(exercise, places, backward=True)
        part = {at: row for at, row in sheet.items() if at[1] in written}
        assert first_wrong(check(exercise, part)) is None


def test_a_matrix_is_read_row_by_row():
    exercise = problem(1)
    dW = gradients(exercise)[0, "dW_f"]
    texts = [text(x, 4) for x in dW.ravel()]
    texts[6] = "9.9999"
    found = check(exercise, {(0, "dW_f"): texts})
    assert found[Address("dW_f", 0, (2, 4))].truth == dW[2, 4]
    assert [at.index for at, v in found.items() if v.state == "wrong"] == [(1, 1)]


def test_the_loss_can_be_told():
    exercise = problem(1)
    seeds = {(0, "h"): [1.0, 0.0, 0.0], (1, "C"): [0.0, 2.0, 0.0]}
    true = backward(exercise.trace(), seeds)[0, "z_f"]
    answers = {(0, "dz_f"): [text(x, 6) for x in true]}
    assert first_wrong(check(exercise, answers)) == Address("dz_f", 0, (0,))
    assert first_wrong(check(exercise, answers, seeds=seeds)) is None
    with pytest.raises(ValueError, match="Seed for h"):
        check(exercise, answers, seeds={(0, "h"): [1.0]})


def test_it_follows_from_forward_entries_and_from_the_later_time_step():
    exercise = problem(2)
    back = gradients(exercise)
    f = back[0, "f"] + 0.1
    dC_prev = [text(x, 5) for x in back[0, "dC"] * f]
    found = check(exercise, {(0, "f"): [text(x, 5) for x in f], (0, "dC_prev"): dC_prev})
    assert {found[Address("dC_prev", 0, (j,))].state for j in range(3)} == {"follow"}
    dC = back[0, "dC_via_squashed"] + 0.25
    answers = {(1, "dC_prev"): ["0.25"] * 3, (0, "dC"): [text(x, 5) for x in dC]}
    found = check(exercise, answers)
    assert {found[Address("dC", 0, (j,))].state for j in range(3)} == {"follow"}


def test_forward_comes_first_then_backward_from_the_last_time_step_on():
    answers = {(0, "dh"): ["9"], (1, "dC_prev"): ["9"], (1, "h"): ["0.9"], (0, "C"): ["9"]}
    found = check(problem(2), answers)
    order = [(at.t, at.step) for at in found if at.index == (0,)]
    assert order == [(0, "C"), (1, "h"), (1, "dC_prev"), (0, "dh")]
    assert list(summary(found).rows) == order
    assert first_wrong(found) == Address("C", 0, (0,))
    del answers[0, "C"], answers[1, "h"]
    assert first_wrong(check(problem(2), answers)) == Address("dC_prev", 1, (0,))


@pytest.mark.parametrize("code", BACKWARD)
def test_the_mistake_is_named_alone_and_found_where_it_is_made(code):
    seen = [one for seed in range(12) if (one := outcome(seed, code, 4))]
    assert len(seen) > 6
    assert all(one.found and one.codes == {code} for one in seen)


def test_mistakes_that_were_not_written_down_show_later():
    exercise = problem(3)
    back = gradients(exercise)
    f, z, df = back[0, "f"], back[0, "z_f"], back[0, "df"]
    assert named(exercise, "dz_f", df) == [{"derivative-forgotten"}] * 3
    assert named(exercise, "dz_f", df * z * (1 - z)) == [{"derivative-in-wrong-variable"}] * 3
    slope = np.exp(-f) / (1 + np.exp(-f)) ** 2
    assert named(exercise, "dz_f", df * slope, places=6) == [{"derivative-in-wrong-variable"}] * 3
    wrong = back[0, "dC_tilde"] * (1 - np.tanh(back[0, "C_tilde"]) ** 2)
    assert named(exercise, "dz_C", wrong, places=6)[::2] == [{"tanh-of-tanh"}] * 2
    assert named(exercise, "dh", 0 * f) == [{"recurrent-path-cut"}] * 3


def test_a_mistake_of_the_forward_pass_shows_in_the_gradients():
    exercise = problem(4)
    wrong = replace(exercise, params={**exercise.params, "b_f": [0.0] * 3})
    dz_f = gradients(wrong)[1, "dz_f"]
    assert all("bias-omitted" in codes for codes in named(exercise, "dz_f", dz_f, t=1, places=6))


def test_the_arithmetic_of_a_gradient_is_told():
    exercise = problem(3)
    df = gradients(exercise)[0, "df"]
    found = check(exercise, {(0, "dz_f"): [text(df[0], 4)]})[Address("dz_f", 0, (0,))]
    assert found.mistakes[0].why.startswith("-0.1104 is ∂L/∂fₜ without the derivative")
    assert "(−0.1104)·0.1670 = −0.0184." in found.mistakes[0].why


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_row_runs_as_a_table_of_its_own_and_gives_another_result(cell):
    trace = some(cell, T=2).trace()
    ends = ("h", "y") if cell.readout else ("h",)
    seeds = {(t, name): np.ones_like(trace[t, name]) for t in range(2) for name in ends}
    true = backprop(trace, seeds)
    slips = backward_slips(true.cell)
    assert "recurrent-path-cut" in {slip.code for slip in slips}
    for slip in slips:
        wrong = backprop(trace, seeds, slip.changed(true.cell))
        differ = np.abs(wrong[0, slip.where] - true[0, slip.where]).max()
        assert wrong[0, slip.where].shape == true[0, slip.where].shape
        assert differ > 1e-6 or cell.name == "rnn_relu"  # relu′ may be 1, or 0, everywhere
