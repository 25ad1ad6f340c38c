"""The parts that figures are made of: each is sent as plotly.js reads it, and nothing more."""

import json
import re

import numpy as np
import plotly.graph_objects as go
import pytest
from plotly.offline import get_plotlyjs

from lstm_ui.figures import parts
from lstm_ui.sheet import theme
from lstm_ui.shell.static_files import ASSETS

LINE = parts.stroke(2, "#000000", "dash")


def test_what_is_not_given_is_not_sent():
    assert parts.stroke(2) == {"width": 2}
    assert parts.marker(5) == {"size": 5}
    assert parts.axis() == {"fixedrange": True}
    assert parts.axis("t", standoff=4)["title"] == {"text": "t", "standoff": 4}


def test_what_is_not_finite_is_not_drawn():
    assert parts.finite([1, np.nan, np.inf, -2.5]) == [1.0, None, None, -2.5]


def test_a_trace_says_on_hovering_what_it_is_told_to_and_else_nothing():
    silent, speaking = (parts.line_through([0, 1], [0, 1], LINE, hover) for hover in ("", "%{y}"))
    assert silent["hoverinfo"] == "skip"
    assert speaking["hovertemplate"] == "%{y}<extra></extra>"
    assert "hoverinfo" not in speaking


def test_joined_lines_have_gaps_between_them():
    line = np.array([0.0, 1.0]), np.array([2.0, 1 / 3])
    assert parts.joined([line, line]) == ([0, 1, None] * 2, [2, 0.333333, None] * 2)


@pytest.mark.parametrize(("steps", "mode"), [(39, "lines+markers"), (40, "lines")])
def test_of_few_time_steps_each_has_a_marker(steps, mode):
    drawn = parts.series(range(steps), [0.0] * steps, "f", 1, "%{y}")
    assert drawn["mode"] == mode
    assert drawn["line"] == parts.stroke(2.5, parts.COLOURS[1], parts.DASHES[1])


def test_a_cell_without_a_text_is_empty_and_one_without_a_value_has_the_colour_of_0():
    z = np.array([[1.0, 5.0], [np.nan, np.inf]])
    texts = [["1", ""], ["undefined", "∞"]]
    drawn = parts.cells(z, texts, texts, texts)
    assert drawn["z"] == [[1.0, None], [0.0, 0.0]]
    assert drawn["texttemplate"] == "%{text}"


def test_in_a_wide_heatmap_the_numbers_are_read_by_hovering():
    wide = np.zeros((1, theme.FULL_TEXT + 1))
    texts = [["0"] * wide.shape[1]]
    assert parts.cells(wide, texts, texts, texts)["texttemplate"] == ""


def test_scales_are_symmetric_unless_both_ends_are_given():
    assert parts.colour_axis(2.0) == {"cmin": -2.0, "cmax": 2.0, "showscale": False}
    assert parts.scale("f", 1.0, 0.0) == {"label": "f", "low": "0", "high": "1"}
    assert parts.scale("z", 2.0) == {"label": "z", "low": "−2", "high": "2"}


def test_a_frame_runs_around_its_cells():
    frame = parts.frame((1, 3), (0, 0))
    assert [frame[end] for end in ("x0", "x1", "y0", "y1")] == [0.5, 3.5, -0.5, 0.5]


def test_the_browser_draws_with_the_version_that_these_tests_know():
    given = (ASSETS / "vendor" / "plotly.min.js").read_text("utf-8")[:200]
    version = re.search(r"plotly\.js v[\d.]+", get_plotlyjs()[:200])[0]
    assert f"{version}: scatter, bar, heatmap." in given  # else: scripts/plotly


def test_plotly_takes_every_part():
    across, up = parts.named_axis(["a", "b"]), parts.bare_axis("up", range=[0, 1])
    shapes = [
        parts.box((0, 1), (0, 1), LINE),
        parts.segment((0, 1), (1, 0), LINE),
        parts.path("M0,0L1,1", LINE),
        parts.band(0, 1),
        parts.upright(0.5),
    ]
    layout = parts.layout(
        200,
        (1, 2, 3, 4),
        across,
        up,
        legend=parts.legend(),
        coloraxis=parts.colour_axis(1),
        shapes=shapes,
        annotations=[parts.note("here", 0.5, 0.5)],
    )
    data = [
        parts.line_through([0, 1], [0, None], LINE),
        parts.points([0], [1], parts.POINT),
        parts.bars({"x": [1, 2]}, "#000000", "%{x}"),
        parts.heatmap([[0.0, None]], "%{z}", coloraxis="coloraxis"),
    ]
    sent = json.loads(json.dumps({"data": data, "layout": layout}, allow_nan=False))
    assert len(go.Figure(sent["data"], {**sent["layout"], "template": "none"}).data) == 4
