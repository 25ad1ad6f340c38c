"""How precise is enough, step by step."""

import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.lesson.backward_rows import backprop
from lstm_core.marking.check import check
from lstm_core.marking.precision import LEAST, MOST, decimals_enough
from lstm_core.trace import Address
from tests.core.exercises import some
from tests.core.marking.marked import known
from tests.core.marking.sheets import problem, text
from tests.core.samples import CELLS, NAMES


def enough(exercise, name):
    return decimals_enough(exercise.trace(), exercise.cell, 0, name)


def test_what_is_copied_or_whole_is_not_rounded():
    founding = PRESETS["founding"]
    assert [enough(founding, name) for name in ("v", "Wv_f", "z_f")] == [0, 0, 0]
    assert enough(founding, "f") == LEAST  # 1.0 in double precision, and yet no whole number
    assert enough(problem(1), "v") == 0


def test_a_small_z_needs_more_decimals_for_its_tanh():
    """tanh(0.1) = 0.0997, and 0.1 is what is left of it where nobody squashed."""
    small = known(b_C=[-2.4])
    assert enough(small, "z_C") == LEAST
    assert enough(small, "C_tilde") == 5
    z, C_tilde = (float(small.trace()[0, name][0]) for name in ("z_C", "C_tilde"))
    for places, codes in ((3, []), (5, ["not-squashed"])):
        typed = {(0, "z_C"): [text(z, places)], (0, "C_tilde"): [text(z, places)]}
        found = check(small, typed)[Address("C_tilde", 0, (0,))]
        assert [one.code for one in found.mistakes] == codes
    assert text(C_tilde, 5) != text(z, 5)


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_step_of_every_cell_says_how_many(cell):
    exercise, last = some(cell), some(cell).T - 1
    trace = exercise.trace()
    back = backprop(trace, {(last, "h"): np.ones_like(trace[last, "h"])})
    for step in back.cell.steps:
        found = decimals_enough(back, exercise.cell, 0, step.name)
        assert found == 0 or LEAST <= found <= MOST
