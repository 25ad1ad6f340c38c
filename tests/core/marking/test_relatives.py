"""GRU, peepholes, coupled gates, the LSTM of 1997, the plain RNN: their own mistakes are named."""

import numpy as np
import pytest

from lstm_core.marking.check import check, first_wrong
from lstm_core.marking.slips.words import WORDS
from tests.core.marking.relatives import SHEETS, problem, worked
from tests.core.marking.relatives_slips import SLIPS

ROWS = [(cell, slip) for cell, slips in SLIPS.items() for slip in slips]


@pytest.mark.parametrize("cell", SHEETS)
def test_the_sheets_agree_with_the_cells_and_nothing_right_is_wrong(cell):
    exercise = problem(cell, 7)
    trace, sheet = exercise.trace(), worked(exercise, 12)
    assert {name for _, name in sheet} == set(exercise.cell.names)
    for (t, name), row in sheet.items():
        np.testing.assert_allclose([float(x) for x in row], trace[t, name], atol=1e-10)
    for seed in range(6):
        exercise = problem(cell, seed)
        assert first_wrong(check(exercise, worked(exercise, 2 + seed % 3))) is None


@pytest.mark.parametrize(("cell", "slip"), ROWS, ids=lambda x: getattr(x, "codes", x))
def test_a_cells_own_mistake_is_named_where_it_is_made(cell, slip):
    shown = 0
    for seed in (40, 41, 42):
        exercise = problem(cell, seed)
        wrong, right = worked(exercise, 4, slip), worked(exercise, 4)
        if wrong[0, slip.step] == right[0, slip.step]:
            continue
        found, shown = check(exercise, wrong), shown + 1
        assert (first_wrong(found).t, first_wrong(found).step) == (0, slip.step)
        here = (v for at, v in found.items() if (at.t, at.step) == (0, slip.step))
        named = {mistake.code for verdict in here for mistake in verdict.mistakes}
        assert not named.isdisjoint(slip.codes.split()), named
    assert shown


def test_every_code_that_is_wanted_has_words():
    assert {code for _, slip in ROWS for code in slip.codes.split()} <= {*WORDS}
