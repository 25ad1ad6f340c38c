"""A parameter's gradient of several time steps: its shares, and their sum, are told apart."""

import numpy as np
import pytest

from lstm_core.backpropagation.rows import backward_steps
from lstm_core.exercise.presets import PRESETS
from lstm_core.gradients import backward
from lstm_core.lesson.backward_rows import backprop
from lstm_core.marking.check import check, first_wrong
from lstm_core.marking.states import WRONG
from lstm_core.marking.summary import step_line, summary
from lstm_core.trace import Address
from tests.core.exercises import some
from tests.core.marking.sheets import by_hand, problem, text
from tests.core.samples import CELLS, NAMES

UNSATURATED = PRESETS["unsaturated"]


def whole_of(exercise):
    last = exercise.T - 1
    return backward(exercise.trace(), {(last, "h"): np.ones(exercise.n)})


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_the_sum_is_right_where_it_is_asked_of_every_parameter_of_every_cell(cell):
    exercise = some(cell, T=3)
    sheet = {
        (0, f"d{name}_sum"): [text(x, 5) for x in total.ravel()]
        for name, total in whole_of(exercise).params.items()
    }
    assert {verdict.state for verdict in check(exercise, sheet).values()} == {"right"}


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_a_right_total_is_never_wrong_where_a_share_is_asked(cell):
    exercise = some(cell, T=2)
    sheet = {
        (t, f"d{name}"): [text(x, 5) for x in total.ravel()]
        for name, total in whole_of(exercise).params.items()
        for t in range(2)
    }
    found = [verdict.state for verdict in check(exercise, sheet).values()]
    assert set(found) <= {"sum", "right", "drift"}  # right, where it is the share as well
    assert cell.name == "rnn_relu" or found.count("sum") > 0.7 * len(found)


@pytest.mark.parametrize("t", range(3))
def test_it_is_said_what_was_given_and_what_the_share_is(t):
    share = whole_of(UNSATURATED)[t, "b_f"][0]
    found = check(UNSATURATED, {(t, "db_f"): ["0.0385"]})
    verdict = found[Address("db_f", t, (0,))]
    told = f"This is the sum over all time steps; the share of t = {t + 1} is {share:.4f}."
    assert (verdict.state, verdict.note) == ("sum", told)
    assert verdict.accepted[0] < share < verdict.accepted[1]
    assert first_wrong(found) is None
    assert summary(found).counts["sum"] == 1
    line = "1 of 3 right. Entries 2 and 3 are not answered."
    assert step_line(found, t, "db_f").startswith(line.split(" Entries")[0])
    assert "Entry 1 is the sum over all time steps" in step_line(found, t, "db_f")


@pytest.mark.parametrize("texts", [("0.123", "-7", "0.5"), ("1", "9.9", "-0.35"), ("0.0488",) * 3])
def test_any_other_number_in_the_place_of_a_share_is_wrong(texts):
    for t in range(3):
        for name in ("db_f", "db_o", "dW_C"):
            found = check(UNSATURATED, {(t, name): list(texts)}).values()
            assert {v.state for v in found if v.typed} <= {"wrong", "too coarse"}


def test_a_share_alone_is_no_sum_and_the_mistake_is_named():
    shares = [frame["b_f"] for frame in whole_of(UNSATURATED).frames]
    for t, share in enumerate(shares):
        found = check(UNSATURATED, {(0, "db_f_sum"): [text(x, 5) for x in share]})
        for verdict in found.values():
            assert verdict.state == "wrong"
            assert [mistake.code for mistake in verdict.mistakes] == ["share-for-sum"]
            assert f"is the share of time step {t + 1} alone; " in verdict.mistakes[0].why
    found = check(UNSATURATED, {(0, "db_f_sum"): ["0.0198"]})[Address("db_f_sum", 0, (0,))]
    assert found.mistakes[0].why.endswith("; 0.0057 + 0.0130 + 0.0198 = 0.0385.")


def test_a_sum_follows_from_the_student_s_own_shares():
    back = backprop(UNSATURATED.trace(), {(2, "h"): np.ones(3)})
    wrong = np.round(back[1, "db_f"] + 0.1, 4)
    answers = {
        (1, "db_f"): [text(x, 4) for x in wrong],
        (0, "db_f_sum"): [text(x, 4) for x in back[0, "db_f"] + wrong + back[2, "db_f"]],
    }
    found = check(UNSATURATED, answers)
    assert {found[Address("db_f_sum", 0, (j,))].state for j in range(3)} == {"follow"}


def test_a_total_in_the_place_of_a_share_is_not_added_up_again():
    total = [text(x, 4) for x in whole_of(UNSATURATED).params["b_i"]]
    found = check(UNSATURATED, {(2, "db_i"): total, (0, "db_i_sum"): total})
    assert {(at.step, verdict.state) for at, verdict in found.items()} == {
        ("db_i", "sum"),
        ("db_i_sum", "right"),
    }


@pytest.mark.parametrize("places", [2, 3, 4])
def test_a_sum_of_rounded_shares_is_never_wrong(places):
    for seed in range(6):
        exercise = problem(seed, T=3)
        sheet = by_hand(exercise, places, backward=True)
        for gate in "fiCo":
            added = np.sum([np.array(sheet[t, f"dz_{gate}"], float) for t in range(3)], axis=0)
            written = [text(x, places) for x in added]
            assert first_wrong(check(exercise, {**sheet, (0, f"db_{gate}_sum"): written})) is None
            alone = check(exercise, {(1, f"db_{gate}"): written})
            assert not WRONG & {verdict.state for verdict in alone.values()}


def test_one_time_step_has_no_sum_to_answer():
    with pytest.raises(ValueError, match="A step must be one of"):
        check(problem(1, T=1), {(0, "db_f_sum"): ["1"]})
    assert "db_f_sum" not in {step.name for step in backward_steps(problem(1).cell)}


def test_a_sum_stands_at_the_first_time_step_where_the_way_back_ends():
    with pytest.raises(ValueError, match="time step t of db_f_sum must be from 0 to 0; given 2"):
        check(UNSATURATED, {(2, "db_f_sum"): ["1"]})
    found = check(UNSATURATED, {(0, "db_f_sum"): ["9"], (0, "dx"): ["9"], (2, "dh"): ["9"]})
    assert [at.step for at in found if at.index == (0,)] == ["dh", "dx", "db_f_sum"]
