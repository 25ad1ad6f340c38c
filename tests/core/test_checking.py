import sys
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.marking import by_hand, problem
from lstm_core.cell import lstm
from lstm_core.checking import check, first_wrong
from lstm_core.presets import PRESETS
from lstm_core.relatives import gru, rnn
from lstm_core.trace import Address
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES

FOUNDING = PRESETS["founding"]


def one(exercise, name, texts, t=0, **earlier):
    """The verdicts of one step, after answers to earlier ones."""
    answers = {(0, step): row for step, row in earlier.items()} | {(t, name): texts}
    verdicts = check(exercise, answers)
    return [verdict for at, verdict in verdicts.items() if (at.step, at.t) == (name, t)]


def states(*args, **kwargs):
    return [verdict.state for verdict in one(*args, **kwargs)]


def known(**arrays):
    """A cell of one unit with v = [0.5, 2], W = [1, 1] and b = 0, but for what is given."""
    params = {f"W_{g}": [[1.0, 1.0]] for g in "fiCo"} | {f"b_{g}": [0.0] for g in "fiCo"}
    ex = some(lstm(), n=1, m=1, T=2)
    start = {"h_prev": [0.5], "C_prev": [3.0]}
    return replace(ex, params=params | arrays, xs=[[2.0], [1.0]], start=start)


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


@pytest.mark.parametrize("places", [2, 3, 4, 6])
def test_right_rounding_is_never_wrong(places):
    for seed in range(300):
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


def test_cut_off_is_not_wrong():
    found = one(known(), "f", ["0.9241"])[0]  # σ(2.5) = 0.92414…
    assert found.state == "right"
    found = one(known(), "f", ["0.924141"])[0]  # 0.9241418…
    assert (found.state, found.mistakes[0].code) == ("truncated", "truncated")
    assert states(known(), "f", ["0.924143"]) == ["wrong"]


def test_drift_needs_numbers_that_were_rounded():
    f = 1 / (1 + np.exp(-2.5))
    typed = [f"{3 * f + 0.00015:.4f}"]
    assert states(known(), "kept", typed) == ["wrong"]
    assert states(known(), "kept", typed, f=["0.9241"]) == ["drift"]
    assert states(known(), "kept", typed, Wv_f=["2.50"]) == ["wrong"]  # exact, however written


def test_rounding_at_steps_that_were_not_written_is_drift():
    exercise = known(W_f=[[1.234, 0.777]])
    big = replace(exercise, start={"h_prev": [0.5], "C_prev": [50.0]})
    z = round(round(0.5 * 1.234 + 2 * 0.777, 2), 2)
    kept = round(1 / (1 + np.exp(-z)), 2) * 50
    assert states(big, "kept", [f"{kept:.2f}"]) == ["drift"]


@pytest.mark.parametrize(
    ("name", "text"), [("f", "1.2"), ("f", "-0.1"), ("C_tilde", "-1.5"), ("h", "1.02")]
)
def test_the_impossible(name, text):
    found = one(known(), name, [text])[0]
    assert found.state == "impossible"
    assert "from" in found.note


@pytest.mark.parametrize(("name", "text"), [("f", "1"), ("squashed", "1.00"), ("h", "1.0")])
def test_rounding_may_touch_the_bounds(name, text):
    assert states(known(), name, [text]) != ["impossible"]


def test_the_impossible_is_not_carried_on():
    found = one(known(), "kept", ["3.60"], f=["1.20"])[0]
    assert (found.state, found.mistakes) == ("wrong", ())
    assert "impossible" in found.note
    assert states(known(), "kept", ["2.77"], f=["1.20"]) == ["right"]


def test_bounds_of_other_cells():
    assert states(some(rnn(activation="relu")), "h", ["7.00"])[0] == "wrong"
    assert states(some(gru()), "one_minus_z", ["1.20"])[0] == "impossible"


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


@settings(max_examples=6, deadline=None)
@given(st.lists(st.text(max_size=12) | st.floats().map(str), min_size=100, max_size=100))
def test_any_text_anywhere(texts):
    exercise = some(T=2)
    fields = iter(texts)
    sizes = {step.name: len(exercise.trace()[0, step.name]) for step in exercise.cell.steps}
    answers = {(0, name): [next(fields) for _ in range(size)] for name, size in sizes.items()}
    assert len(check(exercise, answers)) == sum(sizes.values())
    assert quickest(lambda: check(exercise, answers)) < 0.05 * sum(sizes.values())


def quickest(work):
    """The better of two runs, without the tracer that measures coverage and slows everything."""
    tracer = sys.gettrace()
    sys.settrace(None)
    times = []
    for _ in range(2):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    sys.settrace(tracer)
    return min(times)
