import json

import numpy as np
import plotly.graph_objects as go
import pytest

from lstm_core.ops import columns
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from lstm_ui.figures.step import figure
from tests.core.exercises import SHORT
from tests.ui.figures.figs import (
    EXERCISES,
    colour_axes,
    heatmaps,
    parts_of_a_product,
    printed,
    versions,
    view_of,
    views,
)
from tests.ui.sessions import FOUNDING, UNSATURATED

every_exercise = pytest.mark.parametrize("name", EXERCISES)
MATVECS = ("matvec", "matvec_first", "matvec_last")
CURVES = {"sigmoid": "σ", "tanh": "tanh", "relu": "ReLU"}


def of_ops(name, ops):
    return [view for view in views(name) if view.step.op.name in ops]


def view_at(step, exercise=FOUNDING, t=0, entry=0):
    return view_of(exercise, exercise.trace(), Address(step, t, (entry,)))


@every_exercise
def test_a_product_shows_the_trace_s_own_numbers(name):
    for view in of_ops(name, MATVECS):
        W, v = (view.desk.values(part) for part in view.step.inputs)
        W, sums = W[:, columns(view.step.op, W, v)], view.desk.values(view.step.name)
        wanted = [W, v[None, :], W * v, sums[:, None]]
        for version in versions(figure(view)):
            shown = parts_of_a_product(version, *W.shape, "z")
            for seen, right in zip(shown, wanted[-len(shown) :], strict=True):
                np.testing.assert_array_equal(np.array(seen, float), right)
            np.testing.assert_allclose(np.sum(shown[-2], 1), sums, rtol=1e-12, atol=1e-12)


@every_exercise
def test_a_product_prints_the_trace_s_own_numbers(name):
    for view in of_ops(name, MATVECS):
        (weights, vector), sums = view.step.inputs, view.step.name
        W, v = view.desk.values(weights), view.desk.values(vector)
        W = W[:, columns(view.step.op, W, v)]
        for version in versions(figure(view)):
            shown = parts_of_a_product(version, *W.shape, "text")
            wanted = [
                printed(view, weights, W),
                [printed(view, vector, v)],
                printed(view, vector, W * v),
                printed(view, sums, view.desk.values(sums)[:, None]),
            ]
            assert shown == wanted[-len(shown) :]
            assert len(shown) == (4 if "narrow" in version else 3)


@every_exercise
def test_rows_are_the_operands_and_the_result(name):
    for view in of_ops(name, ("add", "hadamard", "one_minus")):
        names = (*view.step.inputs, view.step.name)
        (shown,) = heatmaps(figure(view))
        np.testing.assert_array_equal(shown["z"], [view.desk.values(part) for part in names])
        assert shown["text"] == [printed(view, part, view.desk.values(part)) for part in names]


@every_exercise
def test_a_concatenation_shows_the_parts_above_the_whole(name):
    for view in of_ops(name, ("concat",)):
        parts, v = view.step.inputs, view.step.name
        (shown,) = heatmaps(figure(view))
        np.testing.assert_array_equal(shown["z"], [view.desk.values(v)] * 2)
        upper = [text for part in parts for text in printed(view, part, view.desk.values(part))]
        assert shown["text"] == [upper, printed(view, v, view.desk.values(v))]


@every_exercise
def test_every_unit_stands_on_the_curve_and_on_its_derivative(name):
    for view in of_ops(name, CURVES):
        z, y = view.desk.values(view.step.inputs[0]), view.desk.values(view.step.name)
        _, _, on_curve, on_slope = figure(view)["data"]
        np.testing.assert_array_equal(on_curve["y"], y)
        np.testing.assert_array_equal(on_curve["x"], np.clip(z, -8, 8))
        np.testing.assert_array_equal(on_slope["x"], on_curve["x"])
        slope = {"σ": y * (1 - y), "tanh": 1 - y * y, "ReLU": (z > 0) * 1.0}
        np.testing.assert_array_equal(on_slope["y"], slope[CURVES[view.step.op.name]])


@pytest.mark.parametrize("step", ["f", "C_tilde"])
def test_curves_are_the_functions_that_they_are_called(step):
    curve, slope, *_ = figure(view_at(step, UNSATURATED))["data"]
    x = np.array(curve["x"])
    y = 1 / (1 + np.exp(-x)) if step == "f" else np.tanh(x)
    np.testing.assert_allclose(curve["y"], y, atol=1e-6)
    np.testing.assert_allclose(slope["y"], np.gradient(y, x), atol=2e-2)
    assert slope["line"]["dash"] == "dash"


def test_a_unit_beyond_the_axis_points_onwards():
    units = figure(view_at("f"))["data"][2]
    assert units["marker"]["symbol"] == ["triangle-right"] * 3
    assert units["text"] == ["units 1, 2, 3", "", ""]
    assert units["hovertext"][0] == "unit 1: z = 92, beyond the axis<br>σ(z) = 1"


def test_saturation_is_marked_where_the_slope_is_below_a_hundredth():
    for band in figure(view_at("f"))["layout"]["shapes"]:
        assert min(abs(band["x0"]), abs(band["x1"])) == pytest.approx(4.6)


@every_exercise
def test_clicks_lead_to_cells_that_are_there(name):
    for view in views(name):
        known = {*view.step.inputs, view.step.name}
        for part in figure(view)["data"]:
            for cell in filter(None, np.ravel(part.get("customdata", []))):
                array, entry = cell.split(":")
                assert array in known
                assert int(entry) < len(view.desk.values(array))


# ---- scales, words, and what plotly takes --------------------------------------------------------


@every_exercise
def test_scales_are_symmetric_and_cover_what_they_colour(name):
    for view in views(name):
        drawn = figure(view)
        ends = {bar["high"] for bar in drawn.get("scales", [])}
        for version, key, axis in colour_axes(drawn):
            assert axis["cmin"] == -axis["cmax"]
            assert numeral(axis["cmax"], 2) in ends
            own = [trace["z"] for trace in heatmaps(version) if trace.get("coloraxis") == key]
            assert own
            largest = max(np.nanmax(np.abs(np.array(z, float))) for z in own)
            assert largest <= axis["cmax"]
        assert all(
            bar["low"] == "−" + bar["high"] and bar["label"] for bar in drawn.get("scales", [])
        )


@every_exercise
def test_the_text_alternative_says_the_result(name):
    for view in views(name):
        told = figure(view)["alt"]
        assert told.endswith(".")
        for text in printed(view, view.step.name, view.desk.values(view.step.name)):
            assert text in told


@pytest.mark.parametrize("name", [*SHORT, "gru_after-hx", "rnn_relu-hx"])
def test_plotly_takes_every_figure_in_both_layouts(name):
    for view in views(name):
        drawn = json.loads(json.dumps(figure(view), allow_nan=False))
        for version in versions(drawn):
            layout = {**version["layout"], "template": "none"}
            assert len(go.Figure(version["data"], layout).data) == len(version["data"])


@every_exercise
def test_a_figure_says_how_much_room_it_needs(name):
    for view in views(name):
        drawn = figure(view)
        assert ("narrow" in drawn) == (view.step.op.name in MATVECS)
        assert drawn.get("narrowest", 0) < drawn["least"]
        assert drawn["layout"]["height"] > 0


@pytest.mark.parametrize("step", [step.name for step in FOUNDING.cell.steps])
@pytest.mark.parametrize("huge", [1.7e308, -1.7e308])
def test_numbers_beyond_double_precision_do_not_break_it(step, huge):
    exercise = FOUNDING.with_entry("xs", (0, 0), 100.0)
    for name in ("W_f", "W_C"):
        exercise = exercise.with_entry(name, (0, 0), huge).with_entry(name, (1, 0), huge)
        exercise = exercise.with_entry(name, (1, 5), -huge).with_entry(name, (2, 5), -huge)
    exercise = exercise.with_entry("C_prev", (0,), huge)
    drawn = json.loads(json.dumps(figure(view_at(step, exercise)), allow_nan=False))
    assert go.Figure(drawn["data"], {**drawn["layout"], "template": "none"}).data


def test_undefined_is_what_the_figure_prints():
    exercise = FOUNDING.with_entry("xs", (0, 0), 100.0).with_entry("W_f", (0, 0), 1.7e308)
    drawn = figure(view_at("Wv_f", exercise.with_entry("W_f", (0, 5), -1.7e308)))
    assert "undefined" in np.ravel(drawn["data"][1]["text"])
    assert "undefined" in drawn["alt"]
