import json
import re

import numpy as np
import plotly.graph_objects as go
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.text.numerals import numeral
from lstm_ui.gate_space.figure import GRID, figure
from tests.ui.figures.figs import EXERCISES
from tests.ui.gate_space.scenes import LOOKS, scenes, seen, sentences
from tests.ui.sessions import FOUNDING, UNSATURATED

every_exercise = pytest.mark.parametrize("name", EXERCISES)


# ---- the gate over two entries of v ----------------------------------------------------------


@every_exercise
def test_the_reader_s_point_is_where_v_is_and_says_the_trace_s_gate(name):
    for one in scenes(name, look="map", reach=100):
        _, point = figure(one)["data"]
        v = one.parts.values[list(one.axes)]
        assert (*point["x"], *point["y"]) == tuple(np.clip(v, -100, 100))
        assert one.text(one.gate) in point["text"][0]
        assert point["customdata"] == [f"{one.gate}:{one.unit}"]


@every_exercise
def test_the_surface_at_the_reader_s_point_is_the_trace_s_gate(name):
    for one in scenes(name, look="map"):
        exact = one.desk.values(one.gate)[one.unit]
        assert one.surface.gate(*one.surface.point) == exact


@pytest.mark.parametrize("gate", ["f", "i", "C", "o"])
@pytest.mark.parametrize("unit", [1, 3])
def test_every_number_of_the_map_is_the_gate_of_the_exercise_with_these_entries(gate, unit):
    one = seen(UNSATURATED, gate=gate, unit=unit, across="x1", up="h2", look="map")
    heat = figure(one)["data"][0]
    assert len(heat["x"]) == len(heat["y"]) == GRID
    for j, k in [(0, 0), (3, 17), (20, 20), (40, 5)]:
        moved = UNSATURATED.with_entry("xs", (0, 0), heat["x"][k])
        moved = moved.with_entry("h_prev", (1,), heat["y"][j])
        right = moved.trace()[0, one.gate][unit - 1]
        assert heat["z"][j][k] == pytest.approx(right, abs=1e-6)


def test_ranges_are_fixed_and_labelled():
    drawn = figure(seen(UNSATURATED, look="map", reach=5))
    layout = drawn["layout"]
    assert layout["xaxis"]["range"] == layout["yaxis"]["range"] == [-5, 5]
    assert (layout["xaxis"]["title"]["text"], layout["yaxis"]["title"]["text"]) == ("h₁", "x₁")
    assert (layout["coloraxis"]["cmin"], layout["coloraxis"]["cmax"]) == (0, 1)
    assert drawn["scales"] == [{"label": "fₜ[1]", "low": "0", "high": "1"}]


def test_the_line_is_where_the_gate_is_half():
    one = seen(UNSATURATED, look="map")
    line, *_ = figure(one)["layout"]["shapes"]
    for end in ("0", "1"):
        x, y = line[f"x{end}"], line[f"y{end}"]
        moved = UNSATURATED.with_entry("h_prev", (0,), x).with_entry("xs", (0, 0), y)
        assert moved.trace()[0, "f"][0] == pytest.approx(0.5, abs=1e-12)
    (name,) = figure(one)["layout"]["annotations"]
    assert name["text"] == "fₜ[1] = 0.5"


def test_a_map_without_the_line_has_no_name_for_it():
    layout = figure(seen(FOUNDING, look="map", reach=1))["layout"]
    assert layout["annotations"] == []
    assert [shape["type"] for shape in layout["shapes"]] == ["line", "line", "path"]


def test_a_point_beyond_the_map_is_hollow_and_at_its_edge():
    _, point = figure(seen(FOUNDING, look="map", reach=2))["data"]
    assert (point["x"], point["y"]) == ([1.0], [2.0])
    assert point["marker"]["symbol"] == "circle-open"
    assert "beyond the map" in point["hovertemplate"]


def test_the_arrow_runs_along_the_two_weights():
    one = seen(UNSATURATED, look="map")
    path = figure(one)["layout"]["shapes"][-1]["path"]
    (x0, y0), (x1, y1) = (
        tuple(map(float, p.split(","))) for p in re.findall(r"[ML]([-\d.,e]+)", path)[:2]
    )
    weights = UNSATURATED.params["W_f"][0, [0, 3]]
    assert (x0, y0) == one.surface.point
    np.testing.assert_allclose((y1 - y0) * weights[0], (x1 - x0) * weights[1], rtol=1e-4)
    assert (x1 - x0) * weights[0] > 0


# ---- gate space ------------------------------------------------------------------------------


def points(part):
    """The lines of one trace, each as x and y."""
    x, y = ([np.nan if n is None else n for n in part[axis]] for axis in "xy")
    ends = np.flatnonzero(np.isnan(x))
    starts = [0, *(end + 1 for end in ends[:-1])]
    return [
        (np.array(x[start:end]), np.array(y[start:end]))
        for start, end in zip(starts, ends, strict=True)
    ]


@pytest.mark.parametrize("bent", ["after", "before"])
def test_the_reader_s_point_is_the_trace_s_in_both_squares(bent):
    one = seen(UNSATURATED, look="space", unit=2, bent=bent)
    *_, left, right = figure(one)["data"]
    now = UNSATURATED.trace()[0, "f" if bent == "after" else "z_f"]
    low, high = (0, 1) if bent == "after" else figure(one)["layout"]["yaxis"]["tickvals"][::2]
    assert left["y"] == right["y"] == [now[1]]
    assert left["x"] == [pytest.approx((now[0] - low) / (high - low))]
    assert right["x"] == [pytest.approx(1.22 + (now[2] - low) / (high - low))]


def test_each_line_goes_where_the_point_would_go_if_that_entry_changed():
    exercise = PRESETS["click4ai-lstm"]
    one = seen(exercise, look="space", reach=2)
    h_lines, x_lines = (points(part) for part in figure(one)["data"][:2])
    for (x, y), array, index in [
        *((h_lines[k], "h_prev", (k,)) for k in (0, 1)),
        *((x_lines[k], "xs", (0, k)) for k in (0, 1)),
    ]:
        gates = [
            exercise.with_entry(array, index, value).trace()[0, "f"]
            for value in np.linspace(-2, 2, 9)
        ]
        assert (x[0], y[0]) == pytest.approx(gates[0][::-1], abs=1e-6)
        assert (x[-1], y[-1]) == pytest.approx(gates[-1][::-1], abs=1e-6)
        for f in gates:  # in between it is drawn with straight pieces
            assert np.hypot(x - f[1], y - f[0]).min() < 0.05
            order = np.argsort(x)
            assert np.interp(f[1], x[order], y[order]) == pytest.approx(f[0], abs=0.01)


def test_large_weights_bend_a_line_where_they_do():
    """Where z_f[2] = 177 + 9(h₂ − 5) is 0, z_f[1] = 92 + 5(h₂ − 5) is −6.3."""
    h_lines = points(figure(seen(FOUNDING, look="space", reach=20, against=2))["data"][1])
    x, y = h_lines[1]
    right = 1 / (1 + np.exp(-(92 - 5 * 177 / 9)))
    assert right == pytest.approx(0.0018, abs=5e-5)
    assert np.interp(0.5, x, y) == pytest.approx(right, abs=0.002)


def test_before_the_squash_every_line_is_straight_and_runs_along_its_column():
    one = seen(UNSATURATED, look="space", bent="before", against=3)
    W = UNSATURATED.params["W_f"]
    low, high = figure(one)["layout"]["yaxis"]["tickvals"][::2]
    x, y = points(figure(one)["data"][0])[1]
    np.testing.assert_allclose(np.diff(x) * (high - low), 4 * W[2, 1], atol=1e-5)
    np.testing.assert_allclose(np.diff(y), 4 * W[0, 1], atol=1e-5)


@every_exercise
@pytest.mark.parametrize("bent", ["after", "before"])
def test_the_lines_stay_in_the_square(name, bent):
    for one in scenes(name, look="space", bent=bent):
        drawn = figure(one)
        low, high = drawn["layout"]["yaxis"]["tickvals"][::2]
        squares = max(1, min(2, one.exercise.n - 1))
        for part in drawn["data"]:
            x, y = ([n for n in part[axis] if n is not None] for axis in "xy")
            hair = 1e-6 * (high - low)
            assert all(low - hair <= n <= high + hair for n in y)
            assert all(-1e-6 <= n <= 1.22 * (squares - 1) + 1 + 1e-6 for n in x)


def test_arrows_are_at_the_upper_end_and_lines_that_end_together_share_a_label():
    one = seen(PRESETS["sedemo-identity5"], look="space", bent="before")
    h_part, _, arrows, names, *_ = figure(one)["data"]
    x, y = points(h_part)[0]
    assert arrows["x"][:3] == [pytest.approx(x[-2]), pytest.approx(x[-1]), None]
    assert arrows["y"][1] == pytest.approx(y[-1])
    assert arrows["marker"]["size"][:3] == [0, 12, 0]
    assert "<b>h₁</b> <b>x₁</b>" in names["text"]


def test_a_single_unit_has_its_point_on_every_line():
    one = seen(PRESETS["notebook-x123"], look="space")
    *lines, _, _, here = figure(one)["data"]
    (h_line,), (x_line,) = map(points, lines)
    assert here["x"] == pytest.approx([h_line[0][0], x_line[0][0]], abs=1e-6)
    assert here["y"] == [one.desk.values("f")[0]] * 2


# ---- one column, off and on --------------------------------------------------------------------


def both_ends(part):
    """The first and the last point of each line of a trace, in the left and the right square."""
    return [((x[0], y[0]), (x[-1], y[-1])) for x, y in points(part)]


@every_exercise
def test_a_column_s_way_leads_from_the_point_without_it_to_the_reader_s_point(name):
    for one in scenes(name, look="toggle"):
        _, chosen, _, _, off, on = figure(one)["data"]
        for square, (start, end) in enumerate(both_ends(chosen)):
            assert start == pytest.approx((off["x"][square], off["y"][square]), abs=2e-6)
            assert end == pytest.approx((on["x"][square], on["y"][square]), abs=2e-6)
        assert on["customdata"] == [f"{one.parts.z}:{one.unit}", f"{one.gate}:{one.unit}"]


@pytest.mark.parametrize("column", ["h1", "h3", "x1"])
def test_without_a_column_the_gate_is_that_of_the_exercise_with_its_entry_at_0(column):
    array, index = ("xs", (0, 0)) if column == "x1" else ("h_prev", (int(column[1]) - 1,))
    without = UNSATURATED.with_entry(array, index, 0.0).trace()
    one = seen(UNSATURATED, look="toggle", column=column, unit=2, against=3)
    _, chosen, _, _, off, _ = figure(one)["data"]
    f, z = without[0, "f"], without[0, "z_f"]
    assert (off["x"][1] - 1.34, off["y"][1]) == pytest.approx((f[2], f[1]))
    texts = [numeral(float(value), 4) for value in z]
    (sentence, *_) = [text for text in sentences(one) if "its column of W_f" in text]
    assert f"moves z_f from [{', '.join(texts)}] to" in sentence
    # At the left the way is the column itself, straight, in the scale of each axis.
    W, v = UNSATURATED.params["W_f"], one.parts.values
    k = ["h1", "h2", "h3", "x1"].index(column)
    (line, _) = points(chosen)
    assert len(line[0]) == 2
    low, high = (
        float(text.replace("−", "-")) for text in figure(one)["layout"]["yaxis"]["ticktext"]
    )
    assert (line[1][1] - line[1][0]) * (high - low) == pytest.approx(W[1, k] * v[k], rel=0.02)


def test_all_other_columns_end_at_the_reader_s_point_too():
    others, *_, on = figure(seen(UNSATURATED, look="toggle"))["data"]
    ends = [end for _, end in both_ends(others)]
    assert len(ends) == 2 * 4
    for square in (0, 1):
        for end in ends[4 * square : 4 * square + 4]:
            assert end == pytest.approx((on["x"][square], on["y"][square]), abs=2e-6)


@every_exercise
def test_both_squares_hold_all_lines_and_every_name(name):
    for one in scenes(name, look="toggle"):
        drawn = figure(one)
        for part in drawn["data"]:
            for x, y in zip(part["x"], part["y"], strict=True):
                assert x is None or -1e-6 <= x - 1.34 * (x > 1.1) <= 1 + 1e-6
                assert y is None or -1e-6 <= y <= 1 + 1e-6


def test_a_column_that_is_off_says_what_it_would_do_and_a_saturated_gate_that_nothing_is_seen():
    off = seen(UNSATURATED.with_entry("xs", (0, 0), 0.0), look="toggle", column="x1")
    (text,) = [text for text in sentences(off) if "switched off" in text]
    assert text.startswith("x₁ is 0: its column is switched off. Each 1 of it would move z_f = [")
    (text,) = [text for text in sentences(seen(FOUNDING, look="toggle")) if "its column of" in text]
    assert "After the squash nothing of it is seen: fₜ = [1.0000, 1.0000, 1.0000]" in text
    assert seen(UNSATURATED.with_array("h_prev", np.zeros(3)), look="toggle").column == 3


# ---- the coin --------------------------------------------------------------------------------


def test_the_curve_is_the_running_mean_of_hard_masks():
    one = seen(UNSATURATED, look="coin", log_draws=3, seed=5, unit=2)
    band, gate, singles, mean, last = figure(one)["data"]
    soft = UNSATURATED.trace()[0, "f"][1]
    on = np.random.default_rng(5).random((1000, 3))[:, 1] < soft
    counts = np.array(mean["x"], int)
    right = [on[:count].mean() for count in counts]
    np.testing.assert_allclose(mean["y"], right, rtol=1e-12)
    assert singles["y"] == on[counts - 1].astype(int).tolist()
    assert gate["y"] == [soft, soft]
    assert (last["x"], last["y"]) == ([1000], [mean["y"][-1]])
    half = len(band["x"]) // 2
    error = 4 * np.sqrt(soft * (1 - soft) / counts)
    np.testing.assert_allclose(band["y"][:half], np.minimum(1, soft + error))
    np.testing.assert_allclose(band["y"][half:][::-1], np.maximum(0, soft - error))


@pytest.mark.parametrize(
    ("log_draws", "count"), [(0, "1 draw"), (1, "10 draws"), (4, "10,000 draws")]
)
def test_there_are_as_many_draws_as_the_slider_says(log_draws, count):
    one = seen(UNSATURATED, look="coin", log_draws=log_draws)
    mean = figure(one)["data"][3]
    assert (mean["x"][0], mean["x"][-1]) == (1, 10**log_draws)
    assert f"The mean of {count} is" in figure(one)["alt"]


# ---- what holds for all ----------------------------------------------------------------------


@every_exercise
@pytest.mark.parametrize("look", LOOKS)
def test_plotly_takes_every_figure_and_its_words_say_the_result(name, look):
    for one in scenes(name, look=look):
        drawn = json.loads(json.dumps(figure(one), allow_nan=False))
        layout = {**drawn["layout"], "template": "none"}
        assert len(go.Figure(drawn["data"], layout).data) == len(drawn["data"])
        word = one.text(one.space_name if one.look == "space" else one.gate)
        assert word in drawn["alt"]
        assert drawn["alt"].endswith(".")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("bent", ["after", "before"])
@pytest.mark.parametrize("huge", [1.7e308, -1.7e308])
def test_numbers_beyond_double_precision_do_not_break_it(look, bent, huge):
    exercise = FOUNDING.with_entry("xs", (0, 0), 100.0).with_entry("W_f", (0, 0), huge)
    exercise = exercise.with_entry("W_f", (0, 5), -huge).with_entry("W_f", (1, 0), huge)
    for unit in (1, 2, 3):
        one = seen(exercise, look=look, bent=bent, unit=unit)
        drawn = json.loads(json.dumps(figure(one), allow_nan=False))
        assert go.Figure(drawn["data"], {**drawn["layout"], "template": "none"}).data
