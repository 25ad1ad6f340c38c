"""The figures of the backward pass show what its trace holds."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest

from lstm_core.backpropagation.ops import ALL_OPS
from lstm_core.cells import gru, lstm
from lstm_core.lesson.backward_rows import backprop
from lstm_core.ops import columns
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from lstm_ui.figures.step import FIGURES, figure
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.ui.figures.figs import (
    colour_axes,
    heatmaps,
    parts_of_a_product,
    printed,
    versions,
    view_of,
)

EXERCISES = {
    **{name: some(cell) for name, cell in zip(NAMES, CELLS, strict=True)},
    "one unit": some(lstm(), n=1, m=1),
    "large": some(gru("xh", "after"), n=14, m=20),
}
every_exercise = pytest.mark.parametrize("name", EXERCISES)


def back_views(name):
    """Every backward row at every time step, with its last entry open."""
    exercise = EXERCISES[name]
    back = backprop(exercise.trace(), {(exercise.T - 1, "h"): np.ones(exercise.n)})
    for t in range(exercise.T):
        for row in back.cell.steps[len(exercise.cell.steps) :]:
            last = tuple(size - 1 for size in back[t, row.name].shape)
            yield view_of(exercise, back, Address(row.name, t, last))


def of_ops(name, *ops):
    return [view for view in back_views(name) if view.step.op.name in ops]


def test_the_table_covers_every_operation():
    assert set(FIGURES) == set(ALL_OPS)


@every_exercise
def test_every_row_has_a_figure_that_plotly_takes(name):
    for view in back_views(name):
        drawn = json.loads(json.dumps(figure(view), allow_nan=False))
        for version in versions(drawn):
            layout = {**version["layout"], "template": "none"}
            assert len(go.Figure(version["data"], layout).data) == len(version["data"])
        assert drawn["alt"].endswith(".")
        assert drawn["least"] <= drawn["most"]


@every_exercise
def test_rows_are_the_operands_and_the_result(name):
    for view in of_ops(name, "add", "sum", "hadamard", "copy", "negative"):
        names = (*view.step.operands, view.step.name)
        (shown,) = heatmaps(figure(view))
        np.testing.assert_array_equal(shown["z"], [view.desk.values(part) for part in names])
        assert shown["text"] == [printed_here(view, part) for part in names]


def printed_here(view, name):
    return [view.desk.text(name, x) for x in view.desk.values(name)]


@every_exercise
def test_slopes_stand_under_what_they_are_made_from(name):
    for view in of_ops(name, "sigmoid_slope", "tanh_slope", "relu_slope"):
        (of,) = view.step.operands
        (shown,) = heatmaps(figure(view))
        np.testing.assert_array_equal(
            shown["z"], [view.desk.values(of), view.desk.values(view.step.name)]
        )


@every_exercise
def test_a_part_stands_under_its_place_in_the_whole(name):
    for view in of_ops(name, "part_first", "part_last"):
        (whole,), y = view.step.operands, view.desk.values(view.step.name)
        (shown,) = heatmaps(figure(view))
        above, below = shown["z"]
        np.testing.assert_array_equal(above, view.desk.values(whole))
        at = [k for k, value in enumerate(below) if value is not None]
        assert at == list(range(at[0], at[0] + len(y)))
        assert at[0] in (0, len(above) - len(y))
        assert [above[k] for k in at] == [below[k] for k in at] == y.tolist()
        (box,) = figure(view)["layout"]["shapes"]
        assert box["x1"] == at[-1] + 0.5
        assert shown["customdata"][0][at[-1]] == f"{view.step.name}:{len(y) - 1}"


@every_exercise
def test_a_transposed_product_adds_up_the_columns_of_the_weights(name):
    for view in of_ops(name, "matvec_t", "matvec_t_first", "matvec_t_last"):
        (weights, dz), dv = view.step.operands, view.desk.values(view.step.name)
        block = view.desk.values(weights)
        block = block[:, columns(view.step.op, block, dv)].T
        for version in versions(figure(view)):
            shown = parts_of_a_product(version, *block.shape, "z")
            dz_values = view.desk.values(dz)
            wanted = [block, dz_values[None, :], block * dz_values, dv[:, None]]
            for seen, right in zip(shown, wanted[-len(shown) :], strict=True):
                np.testing.assert_array_equal(np.array(seen, float), right)
            np.testing.assert_allclose(np.sum(shown[-2], 1), dv, rtol=1e-12, atol=1e-15)


def test_the_cells_of_a_transposed_product_are_named_as_in_the_weights():
    name = "gru_after-hx"
    (view,) = [v for v in of_ops(name, "matvec_t_last") if v.desk.t == 0]
    hover = np.ravel(figure(view)["data"][0]["hovertext"])
    # Here n = 3 and m = 2: x meets columns 4 and 5, and row 2 of the figure is column 5.
    weights = view.desk.trace.params["W_h"]
    assert f"W_h[3,5] = {numeral(weights[2, 4], None)}" in hover
    assert not any(text.startswith("W_h[1,1]") for text in hover)


@every_exercise
def test_an_outer_product_shows_both_sides_and_every_product(name):
    for view in of_ops(name, "outer"):
        a, b = (view.desk.values(part) for part in view.step.operands)
        sides, products = heatmaps(figure(view))
        assert [row[0] for row in sides["z"]] == [None, None, *a]
        assert sides["z"][0] == [None, None, *b]
        inside = [row[2:] for row in products["z"][2:]]
        np.testing.assert_array_equal(inside, np.outer(a, b))
        texts = [row[2:] for row in products["text"][2:]]
        assert texts == [[view.desk.text(view.step.name, x) for x in row] for row in inside]
        assert products["customdata"][-1][-1] == f"{view.step.name}:{len(a) - 1}:{len(b) - 1}"
        (box,) = figure(view)["layout"]["shapes"]
        assert (box["x1"], box["y1"]) == (len(b) + 1.5, len(a) + 1.5)


def test_two_blocks_stand_side_by_side_with_a_gap():
    for view in of_ops("gru_after-xh", "beside"):
        left, right = (view.desk.values(part) for part in view.step.operands)
        (shown,) = heatmaps(figure(view))
        for row, a, b in zip(shown["z"], left, right, strict=True):
            assert row == [*a, None, *b]
        assert figure(view)["layout"]["xaxis"]["ticktext"] == ["x₁", "x₂", "", "h₁", "h₂", "h₃"]
        (box,) = figure(view)["layout"]["shapes"]
        assert box["x1"] == 5.5


@every_exercise
def test_a_sum_over_time_is_drawn_as_its_shares_and_their_sum(name):
    for view in of_ops(name, "over_time"):
        (share,), trace = view.step.operands, view.desk.trace
        (bars,) = figure(view)["data"]
        shares = [frame[share][view.index] for frame in trace.frames]
        assert bars["y"] == [*shares, view.result[view.index]]
        assert bars["y"][-1] == pytest.approx(sum(shares), rel=1e-12, abs=1e-15)
        assert len(set(bars["marker"]["color"][:-1])) == 1 != bars["marker"]["color"][-1]
        index = ":".join(map(str, view.index))
        assert bars["customdata"][1:] == [f"{share}@2:{index}", f"{view.step.name}:{index}"]


def test_of_many_time_steps_only_some_bars_are_labelled():
    exercise = some(T=100)
    back = backprop(exercise.trace(), {(99, "h"): np.ones(exercise.n)})
    drawn = figure(view_of(exercise, back, Address("db_f_sum", 0, (0,))))
    labels = drawn["layout"]["xaxis"]["ticktext"]
    assert (labels[0], labels[-1], len(labels)) == ("t = 1", "sum", 26)
    assert "and 92 more" in drawn["alt"]


@every_exercise
def test_clicks_lead_to_cells_that_are_there(name):
    for view in back_views(name):
        known = {*view.step.inputs, view.step.name}
        for trace in figure(view)["data"]:
            for cell in filter(None, np.ravel(trace.get("customdata", []))):
                array, *index = cell.split(":")
                array, _, when = array.partition("@")
                assert array in known
                assert not when or 1 <= int(when) <= len(view.desk.trace)
                assert np.isfinite(view.desk.values(array)[tuple(map(int, index))])


@every_exercise
def test_scales_are_symmetric_and_cover_what_they_colour(name):
    for view in back_views(name):
        drawn = figure(view)
        for version, key, axis in colour_axes(drawn):
            own = [trace["z"] for trace in heatmaps(version) if trace.get("coloraxis") == key]
            assert own
            largest = max(np.nanmax(np.abs(np.array(z, float))) for z in own)
            assert axis["cmin"] == -axis["cmax"] <= -largest


@every_exercise
def test_the_text_alternative_says_the_result(name):
    for view in back_views(name):
        y, alt = view.result, figure(view)["alt"]
        for x in y if y.ndim == 1 else y[-1]:
            assert view.desk.text(view.step.name, x) in alt


def test_the_columns_of_a_block_carry_the_letters_that_they_meet():
    exercise = EXERCISES["gru_after-hx"]
    view = view_of(exercise, exercise.trace(), Address("Wx_h", 0, (0,)))
    labels = figure(view)["layout"]["xaxis"]["ticktext"]
    assert [label for label in labels if label] == ["x₁", "x₂"] * 2
    hover = np.ravel(figure(view)["data"][0]["hovertext"])
    assert any(text.startswith("W_h[1,4]") for text in hover)
    assert printed(view, "Wx_h", view.desk.values("Wx_h")) == view.desk.texts("Wx_h")
