"""Slips of digits that were made in a number before the one that shows them."""

import numpy as np
import pytest

from lstm_core.cells import peephole_lstm
from lstm_core.marking.check import check, first_wrong
from lstm_core.trace import Address
from tests.core.exercises import some
from tests.core.marking.marked import codes, entry
from tests.core.marking.sheets import problem, sigma, text


def misread(seed):
    """z_f of the first unit, to three decimals, as it is right."""
    return round(float(problem(seed).trace()[0, "z_f"][0]), 3)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("sign-slip", lambda z: -z),
        ("decimal-slip", lambda z: 10 * z),
        ("decimal-slip", lambda z: z / 10),
        ("wrong-digit", lambda z: z + (0.2 if f"{abs(z):.3f}"[2] in "01234" else -0.2)),
    ],
)
def test_a_slip_in_a_number_that_was_not_written_shows_in_the_gate(seed, code, change):
    z = misread(seed)
    wrong = float(sigma(np.array(change(z))))
    found = entry(problem(seed), "f", text(wrong, 3))
    wanted = {code, "sigmoid-of-minus-z"} if code == "sign-slip" else {code}
    assert codes(found) & wanted


def test_a_given_number_may_be_read_wrong():
    """0.47 is read where the start of C is 0.74."""
    exercise = problem(0)
    C = [0.74, *exercise.start["C_prev"][1:]]
    exercise = type(exercise)(
        exercise.cell, exercise.params, exercise.xs, {**exercise.start, "C_prev": C}
    )
    f = exercise.trace()[0, "f"][0]
    found = entry(exercise, "kept", text(0.47 * f, 5))
    assert codes(found) == {"digits-swapped"}
    assert "with two digits of Cₜ₋₁ swapped" in found.mistakes[0].why


def test_a_written_number_may_be_taken_over_wrong():
    exercise = problem(3)
    trace = exercise.trace()
    f = [text(x, 4) for x in trace[0, "f"]]
    other = f"{f[0][:4]}{(int(f[0][4]) + 4) % 10}{f[0][5:]}"
    kept = [text(float(other) * trace[0, "C_prev"][0], 6)]
    found = check(exercise, {(0, "f"): f, (0, "kept"): kept})
    assert first_wrong(found) == Address("kept", 0, (0,))
    assert codes(found[Address("kept", 0, (0,))]) == {"wrong-digit"}


def test_a_slip_in_a_peepholes_sum_is_found_behind_its_gate():
    """W·v, then the bias, then the peephole, none of them written."""
    exercise = some(peephole_lstm(), n=3, m=2, T=1)
    frame, W = exercise.trace().frames[0], exercise.params["W_f"]
    z = frame["z_f"][1] - 2 * W[1, 2] * frame["v"][2]
    found = entry(exercise, "f", text(float(sigma(np.array(z))), 6), 1)
    assert "term-sign" in codes(found)
