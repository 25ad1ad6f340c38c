import json

import numpy as np
import plotly.graph_objects as go
import pytest

from lstm_core.looks.reach import Trial, reach, tried, tried_rnn, unit_paths
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.ui.gradients.opened import figure_of, on_page
from tests.ui.sessions import UNSATURATED


def lines(session):
    return {line["name"]: line["y"] for line in figure_of(session)["data"]}


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
@pytest.mark.parametrize("axis", ["log", "linear"])
@pytest.mark.parametrize("part", ["memory", "compare"])
def test_plotly_takes_every_figure(cell, part, axis):
    drawn = figure_of(on_page(some(cell), part=part, axis=axis))
    json.dumps(drawn, allow_nan=False)
    layout = {**drawn["layout"], "template": "none"}
    assert len(go.Figure(drawn["data"], layout).data) == len(drawn["data"])
    assert drawn["alt"].endswith(".")


def test_the_lines_of_a_unit_are_its_paths():
    found = lines(on_page(part="memory", axis="linear", unit=3, steps=12))
    paths = unit_paths(tried(UNSATURATED, Trial(12)), 2)
    assert found["product of the f"] == paths.direct.tolist()
    assert found["whole derivative"] == paths.whole.tolist()
    assert found["difference"] == (paths.whole - paths.direct).tolist()


def test_a_logarithmic_scale_shows_sizes_and_leaves_zeros_out():
    found = lines(on_page(part="memory", steps=12))
    paths = unit_paths(tried(UNSATURATED, Trial(12)), 0)
    assert found["|whole derivative|"] == np.abs(paths.whole).tolist()
    assert found["|difference|"][-1] is None


def test_the_lines_of_the_comparison_are_those_of_the_cells():
    found = lines(on_page(part="compare", recurrent=2, steps=9))
    trial = Trial(9, recurrent=2.0)
    wanted = [reach(tried(UNSATURATED, trial), state) for state in ("C", "h")]
    wanted += [reach(tried_rnn(UNSATURATED, trial, kind), "h") for kind in ("tanh", "relu")]
    assert [*found] == ["LSTM, Cₜ", "LSTM, hₜ", "tanh RNN, hₜ", "ReLU RNN, hₜ"]
    for y, right in zip(found.values(), wanted, strict=True):
        assert y == [float(x) if x > 0 else None for x in right / right[-1]]
        assert y[-1] == 1.0


def test_the_cursor_and_the_words_are_at_the_time_step_looked_back_to():
    drawn = figure_of(on_page(part="compare", since=4))
    assert drawn["layout"]["shapes"][0]["x0"] == 4
    assert "At t = 4:" in drawn["alt"]


@pytest.mark.parametrize("recurrent", [0, 0.2, 3])
def test_the_axis_holds_every_power_of_ten_up_to_its_bounds(recurrent):
    drawn = figure_of(on_page(some(T=100), part="compare", recurrent=recurrent))
    low, high = drawn["layout"]["yaxis"]["range"]
    values = [x for line in drawn["data"] for x in line["y"] if x]
    assert low < high
    assert 10**high >= min(max(values), 1e12)
    assert 10**low <= max(min(values), 1e-16) * 1.0001
