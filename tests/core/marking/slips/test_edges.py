"""What hardly ever happens while mistakes are looked for, each by itself."""

import numpy as np

from lstm_core.cells import cell_named
from lstm_core.marking.slips.choice import Candidate, _chosen
from lstm_core.marking.slips.relatives import _half_products
from lstm_core.marking.slips.trials import fitting
from lstm_core.ops import MATVEC
from lstm_core.variants.changes import Change, _steps, varied

GRU, LSTM = cell_named("gru_after", "hx"), cell_named("lstm", "hx")


def test_where_very_many_mistakes_would_do_none_is_named():
    hits = np.array([True])
    many = [Candidate(f"code-{k}", "z_f", "", hits) for k in range(20)]
    assert _chosen(many, np.ones(20), 0.0, 0) is None
    assert _chosen(many[:1], np.ones(1), 0.0, 0) is not None


def test_an_operand_of_another_size_makes_no_trial():
    right = np.zeros(2)
    assert np.isnan(fitting(MATVEC, [np.ones((2, 3)), np.ones(2)], right)).all()
    assert np.isnan(fitting(MATVEC, [np.ones((3, 2)), np.ones(2)], right)).all()
    assert np.array_equal(fitting(MATVEC, [np.ones((2, 3)), np.ones(3)], right), [3.0, 3.0])


def test_a_sum_without_a_bias_has_no_slip_of_its_bias():
    bare = varied(GRU, Change("a_h", "add", ("Wh_h", "h_prev")))
    assert not any("a_h" in one.names for one in _half_products(bare))
    assert any("a_h" in one.names for one in _half_products(GRU))


def test_changes_that_make_no_cell_have_no_steps():
    assert _steps(LSTM, (Change("f", "tanh", ("nowhere",)),)) is None
    assert _steps(LSTM, (Change("f", "tanh", ("z_f",)),)) is not None
