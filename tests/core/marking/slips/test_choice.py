from dataclasses import replace

import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.marking.check import ALIKE, check
from lstm_core.marking.slips.choice import Candidate, choose
from lstm_core.trace import Address
from tests.core.marking.marked import codes, entry
from tests.core.marking.outcomes import stray
from tests.core.marking.sheets import SLIPS, by_hand, problem, text


@pytest.mark.no_cover  # the same lines very often: other tests cover them
@pytest.mark.parametrize("places", [2, 3, 4])
def test_random_numbers_accuse_hardly_anybody(places):
    assert stray(range(150), places) <= 0.02


def test_what_would_have_made_right_entries_wrong_comes_second():
    """Without x, v ends in zeros; so does h + x, but there the entries of h are wrong as well."""
    exercise = problem(0)
    sheet = by_hand(exercise, 4, SLIPS["x-omitted"])
    found = check(exercise, {(0, "v"): sheet[0, "v"]})
    assert [codes(v) for v in found.values()] == [set(), set(), set(), {"x-omitted"}, {"x-omitted"}]


def test_one_slip_of_arithmetic_that_explains_all_comes_before_a_method_that_explains_a_part():
    """−f∘C is f∘h in the entry where h happens to be −C."""
    exercise = problem(0)
    start = {"h_prev": [0.5, 0.7, -0.3], "C_prev": [-0.5, 0.4, 0.8]}
    exercise = replace(exercise, start=start)
    sheet = by_hand(exercise, 7, SLIPS["sign-slip"])
    found = check(exercise, {at: row for at, row in sheet.items() if at[0] == 0})
    assert [codes(found[Address("kept", 0, (j,))]) for j in range(3)] == [{"sign-slip"}] * 3


def test_entries_that_differ_by_their_rounding_alone_speak_for_a_mistake():
    exercise = problem(90)
    found = check(exercise, by_hand(exercise, 3, SLIPS["tanh-of-product"]))
    row = [found[Address("h", 0, (j,))] for j in range(3)]
    assert [v.state for v in row] == ["wrong", "truncated", "right"]
    assert [codes(v) for v in row] == [{"tanh-of-product"}, set(), set()]


def test_nobody_is_accused_by_one_entry_among_others_that_nothing_explains():
    """For tanh(C) this is C; but beside two numbers from nowhere it may be one as well."""
    exercise = problem(1)
    C = exercise.trace()[0, "C"]
    texts = [text(C[0], 3), "0.111", "0.222"]
    alone = check(exercise, {(0, "squashed"): texts[:1]})
    assert codes(alone[Address("squashed", 0, (0,))]) >= {"tanh-on-C-omitted"}
    beside = check(exercise, {(0, "squashed"): texts})
    assert not any(codes(v) for v in beside.values())


def test_what_stands_written_a_line_above_is_recognised_at_any_precision():
    """42 is W_i·v, and so is 0.99 at two decimals; a number near the right one may be anything."""
    found = entry(PRESETS["founding"], "z_i", "42", 1)
    assert codes(found) == {"bias-omitted"}
    exercise = problem(0)
    z = exercise.trace()[0, "Wv_f"][0]
    assert codes(entry(exercise, "z_f", text(z, 2))) == {"bias-omitted"}
    right = exercise.trace()[0, "z_f"][0]
    assert not codes(entry(exercise, "z_f", text(right + 0.02, 2)))
    assert codes(entry(exercise, "z_f", text(z, 4))) == {"bias-omitted"}


def test_where_nothing_speaks_for_anything_nothing_is_said():
    """Beside a number as small as 1e-306 the chance of any other is 0 in double precision."""
    hits = np.array([True, False])
    one = Candidate("digits-swapped", "C", "the right number with two digits swapped", hits)
    found = choose([one], [0, 1], np.zeros(2), np.zeros(2, bool), frozenset())
    assert set(found) == {0}


def test_two_slips_that_give_the_very_same_number_are_both_named():
    """The weight below is −W[1,3], so taking it is no other number than the wrong sign is."""
    exercise = problem(4)
    W = exercise.params["W_f"].copy()
    W[1, 2] = -W[0, 2]
    exercise = replace(exercise, params={**exercise.params, "W_f": W})
    trace = exercise.trace()
    typed = text(trace[0, "Wv_f"][0] - 2 * W[0, 2] * trace[0, "v"][2], 6)
    found = check(exercise, {(0, "Wv_f"): [typed]})[Address("Wv_f", 0, (0,))]
    assert [one.code for one in found.mistakes] == ["term-sign", "term-neighbour"]
    assert (found.sure, found.note) == ("one of these", ALIKE)


def test_both_of_two_slips_on_one_sheet_are_named():
    """The bias is left out at first, and what follows from it is right; at the end tanh is."""
    exercise, sheet = problem(4), by_hand(problem(4), 4, SLIPS["bias-omitted"])
    o, C = (np.array(sheet[0, name], float) for name in "oC")
    sheet[0, "h"] = [text(x, 4) for x in o * C]
    found = check(exercise, sheet)
    for step, code in (("z_f", "bias-omitted"), ("h", "tanh-on-C-omitted")):
        verdicts = [v for at, v in found.items() if (at.step, at.t) == (step, 0)]
        assert [(v.state, codes(v)) for v in verdicts] == [("wrong", {code})] * 3
    assert {at.step for at, v in found.items() if v.state == "wrong" and at.t == 0} == {"z_f", "h"}
