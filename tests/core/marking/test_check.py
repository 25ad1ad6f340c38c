from dataclasses import replace

import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.marking.check import check, first_wrong
from lstm_core.marking.states import WRONG
from lstm_core.trace import Address
from tests.core.exercises import some
from tests.core.marking.marked import known, one, states
from tests.core.marking.sheets import Wrong, by_hand, problem
from tests.core.samples import CELLS, NAMES

FOUNDING = PRESETS["founding"]


def test_the_founding_example():
    verdicts = check(FOUNDING, {(0, "z_i"): ["22", "42", "62"], (0, "i"): ["1", "1", "1"]})
    z = [verdicts[Address("z_i", 0, (j,))] for j in range(3)]
    assert [v.state for v in z] == ["right", "wrong", "wrong"]
    assert [[m.code for m in v.mistakes] for v in z] == [[], ["bias-omitted"], ["bias-subtracted"]]
    assert z[1].mistakes[0].why == "42 is W_i·v before the bias; 42 + 1 = 43."
    assert z[1].accepted == (42.5, 43.5)
    i = [verdicts[Address("i", 0, (j,))] for j in range(3)]
    assert all(v.state in ("right", "follow") and not v.mistakes for v in i)
    assert first_wrong(verdicts) == Address("z_i", 0, (1,))


def test_nothing_later_is_accused_that_follows_from_the_founding_example():
    true = FOUNDING.trace().frames[0]
    i = 1 / (1 + np.exp([-22.0, -42.0, -62.0]))
    written = i * true["C_tilde"]
    C = written + true["kept"]
    later = {"i": i, "written": written, "C": C, "h": true["o"] * np.tanh(C)}
    for places in (2, 4, 14):
        answers = {(0, name): [f"{x:.{places}f}" for x in row] for name, row in later.items()}
        found = check(FOUNDING, answers | {(0, "z_i"): ["22", "42", "62"]})
        accused = [at for at, v in found.items() if v.state == "wrong" or v.mistakes]
        assert accused == [Address("z_i", 0, (1,)), Address("z_i", 0, (2,))]


@pytest.mark.parametrize("places", [2, 3, 4, 6])
def test_nothing_later_is_accused_that_follows_from_two_slips_in_one_step(places):
    slip = Wrong("z_i", lambda d: d["Wv_i"] + d["b_i"] * [1, 0, -1])
    for seed in range(20):
        exercise = problem(seed)
        found = check(exercise, by_hand(exercise, places, slip))
        accused = [at for at, v in found.items() if v.state in WRONG or v.mistakes]
        assert accused == [Address("z_i", 0, (1,)), Address("z_i", 0, (2,))]
        codes = [[m.code for m in found[at].mistakes] for at in accused]
        assert places < 4 or ("bias-omitted" in codes[0] and "bias-subtracted" in codes[1])


@pytest.mark.parametrize("places", [2, 3, 4, 6])
def test_right_rounding_is_never_wrong(places):
    for seed in range(100):
        exercise = problem(seed)
        assert first_wrong(check(exercise, by_hand(exercise, places))) is None


@pytest.mark.parametrize("written", [("h",), ("f", "C", "h"), ("Wv_f", "z_i", "squashed")])
def test_right_rounding_of_which_only_a_part_is_written_is_never_wrong(written):
    for seed in range(60):
        exercise, places = problem(seed), 2 + seed % 3
        sheet = by_hand(exercise, places)
        part = {at: row for at, row in sheet.items() if at[1] in written}
        assert first_wrong(check(exercise, part)) is None


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_the_truth_is_right_in_every_cell(cell):
    exercise = some(cell)
    trace = exercise.trace()
    names = [step.name for step in cell.steps]
    answers = {(t, name): [f"{x:.4f}" for x in trace[t, name]] for t in range(2) for name in names}
    assert {v.state for v in check(exercise, answers).values()} == {"right"}


def test_what_follows_from_an_earlier_slip_is_right():
    follow = one(known(), "f", ["0.99"], z_f=["5"])[0]
    assert follow.state == "follow"
    assert follow.follow == pytest.approx(1 / (1 + np.exp(-5)))
    assert follow.accepted == pytest.approx((follow.follow - 0.005, follow.follow + 0.005))
    assert one(known(), "f", ["0.92"], z_f=["5"])[0].state == "right"


def test_what_follows_through_blank_steps_is_right():
    f = 1 / (1 + np.exp(-5))
    assert states(known(), "kept", [f"{3 * f:.4f}"], z_f=["5"]) == ["follow"]


def test_a_calculator_that_keeps_all_digits_is_right():
    exercise = known(W_f=[[1.0, 1.0]])
    f = 1 / (1 + np.exp(-5))
    assert states(exercise, "kept", [f"{3 * f:.4f}"], z_f=["5"], f=["0.99"]) == ["follow"]


def test_a_slip_is_carried_into_the_next_time_step():
    exercise = known()
    answers = {(0, "h"): ["0.1"], (1, "v"): ["0.1", "1"], (1, "Wv_f"): ["1.1"]}
    found = check(exercise, answers)
    assert [v.state for v in found.values()] == ["wrong", "follow", "right", "follow"]


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ((1, "C_prev"), "with Cₜ₋₁ as it was at the time step before;"),
        ((0, "C_prev"), "with the starting C₀ in the place of Cₜ₋₁;"),
        ((1, "f"), "with fₜ of the time step before in the place of Cₜ₋₁;"),
    ],
)
def test_a_vector_of_an_earlier_time_step_is_named_so_that_it_differs_from_what_it_stands_for(
    of, said
):
    exercise = PRESETS["unsaturated"]
    trace = exercise.trace()
    written = [f"{x:.6f}" for x in trace[2, "f"] * trace[of]]
    verdict = check(exercise, {(2, "kept"): written})[Address("kept", 2, (0,))]
    assert said in verdict.mistakes[0].why


def test_cut_off_is_not_wrong():
    found = one(known(), "f", ["0.9241"])[0]  # σ(2.5) = 0.92414…
    assert found.state == "right"
    found = one(known(), "f", ["0.924141"])[0]  # 0.9241418…
    assert (found.state, found.mistakes[0].code) == ("truncated", "truncated")
    assert states(known(), "f", ["0.924143"]) == ["wrong"]


def test_rounding_that_explains_nothing_is_wrong():
    f = 1 / (1 + np.exp(-2.5))
    typed = [f"{3 * f + 0.00015:.4f}"]
    assert states(known(), "kept", typed) == ["wrong"]
    assert states(known(), "kept", typed, f=["0.9241"]) == ["wrong"]  # 3·0.9241 = 2.7723
    assert states(known(), "kept", ["2.7723"], f=["0.9241"]) == ["right"]
    assert states(known(), "kept", typed, Wv_f=["2.50"]) == ["wrong"]  # exact, however written


def test_rounding_at_steps_that_were_not_written_is_right():
    exercise = known(W_f=[[1.234, 0.777]])
    big = replace(exercise, start={"h_prev": [0.5], "C_prev": [50.0]})
    z = round(round(0.5 * 1.234 + 2 * 0.777, 2), 2)
    kept = round(1 / (1 + np.exp(-z)), 2) * 50
    assert states(big, "kept", [f"{kept:.2f}"]) == ["right"]


def test_blank_is_not_answered():
    found = one(FOUNDING, "z_i", [" ", "", "x1"])
    assert [v.state for v in found] == ["blank"] * 3
    assert [bool(v.problem) for v in found] == [False, False, True]
    assert found[2].typed == "x1"
    assert states(FOUNDING, "z_i", ["22"]) == ["right", "blank", "blank"]
    every_digit = replace(FOUNDING, decimals=None)
    assert one(every_digit, "z_i", [""])[0].accepted == pytest.approx((22, 22), abs=1e-6)
    assert first_wrong(check(FOUNDING, {})) is None


def test_exact_forms():
    exercise = known(W_f=[[1 / 3, 0.0]])
    assert states(exercise, "Wv_f", ["1/6"]) == ["right"]
    assert states(exercise, "Wv_f", ["1/7"]) == ["wrong"]
    assert states(exercise, "z_f", ["1/7"], Wv_f=["1/7"]) == ["follow"]
    assert states(exercise, "z_f", ["1/8"], Wv_f=["1/7"]) == ["wrong"]


def test_a_slip_in_an_exact_form_is_named():
    found = check(FOUNDING, {(0, "z_i"): ["22", "84/2"]})[Address("z_i", 0, (1,))]
    assert [m.code for m in found.mistakes] == ["bias-omitted"]
    assert found.mistakes[0].why == "84/2 is W_i·v before the bias; 42 + 1 = 43."


def test_few_decimals_are_said_to_be_few():
    assert "decimals" in one(known(), "f", ["0.9"])[0].note
    assert one(known(), "f", ["0.92"])[0].note == ""
    assert one(known(), "Wv_f", ["2.5"])[0].note == ""  # nothing was lost


@pytest.mark.parametrize(
    "answers",
    [
        {(0, "q"): ["1"]},
        {(2, "f"): ["1"]},
        {(-1, "f"): ["1"]},
        {(0, "f"): ["1"] * 9},
        {(0, "f"): "1"},
    ],
)
def test_answers_to_nothing(answers):
    with pytest.raises(ValueError, match=r"^[^\n]+; given [^\n]+\.$"):
        check(some(), answers)


def test_order_of_answers_does_not_matter():
    answers = {(1, "f"): ["9"], (0, "h"): ["9"], (0, "f"): ["9"]}
    assert first_wrong(check(some(), answers)) == Address("f", 0, (0,))


def test_nothing_for_a_gate_that_is_one_is_wrong_and_not_cut_off():
    verdicts = check(PRESETS["founding"], {(0, "f"): ["1.0", "0", "0.99"]})
    assert [verdict.state for verdict in verdicts.values()] == ["right", "wrong", "truncated"]
