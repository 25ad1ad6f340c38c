"""The size r of a projected LSTM's h: it can be set where there is one, and is at most n."""

import pytest

from lstm_core.cells import cell_named, lstm
from tests.core.exercises import some


def test_r_is_set_where_there_is_a_projection_and_nowhere_else():
    projected = some(cell_named("projected_lstm", "hx"))
    found, _ = projected.resized(r=1)
    assert (found.r, found.n) == (1, projected.n)
    assert found.start["h_prev"].shape == (1,)
    with pytest.raises(ValueError, match="no projection"):
        some(lstm()).resized(r=1)


def test_h_is_never_longer_than_what_it_is_made_of():
    projected = some(cell_named("projected_lstm", "hx"))
    with pytest.raises(ValueError, match="r must be at most n"):
        projected.resized(r=projected.n + 1)
    found, _ = projected.resized(n=1)
    assert (found.r, found.n) == (1, 1)
