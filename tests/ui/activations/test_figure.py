import json

import numpy as np
import plotly.graph_objects as go
import pytest

from lstm_core.cells import rnn
from lstm_core.looks.activations import ACTIVATIONS, activation
from lstm_core.text.numerals import numeral
from lstm_ui.activations.choices import gates
from lstm_ui.activations.figure import BOUNDS, REACH
from tests.core.exercises import some
from tests.ui.activations.opened import figure, opened, seen
from tests.ui.figures.figs import EXERCISES
from tests.ui.sessions import FOUNDING, UNSATURATED

OTHERS, OTHER_SLOPES, LIMITS, OWN, SLOPE, NAMES, SLOPE_NAMES, TANGENT, ON_CURVE, ON_SLOPE = range(
    10
)


def part(session, number):
    return figure(session)["data"][number]


def pieces(trace):
    """The curves of one trace: they are separated by gaps."""
    found, start = [], 0
    x, y = trace["x"], trace["y"]
    for stop in [k for k, value in enumerate(x) if value is None]:
        found.append((np.array(x[start:stop]), np.array(y[start:stop])))
        start = stop + 1
    return found


@pytest.mark.parametrize("name", EXERCISES)
def test_every_unit_stands_on_the_curve_and_on_its_derivative(name):
    exercise = EXERCISES[name]
    for t in range(exercise.T):
        for word in gates(exercise.cell):
            session = opened(exercise, t, gate=word)
            here = seen(session)
            z, y = here.desk.values(here.step.inputs[0]), here.desk.values(here.step.name)
            on_curve, on_slope = figure(session)["data"][ON_CURVE:]
            np.testing.assert_array_equal(on_curve["x"], np.clip(z, -REACH, REACH))
            np.testing.assert_array_equal(on_slope["x"], on_curve["x"])
            np.testing.assert_array_equal(on_curve["y"], np.minimum(y, REACH))
            slope = here.step.op.vjp(np.ones_like(z), y, z)[0]
            np.testing.assert_allclose(on_slope["y"], slope, atol=1e-15)
            assert (on_curve["yaxis"], on_slope["yaxis"]) == ("y", "y2")


@pytest.mark.parametrize(
    ("gate", "swap", "shown"),
    [
        ("f", "hard_six", ["tanh", "relu", "hard", "hard_six"]),
        ("f", "tanh", ["tanh", "relu", "hard"]),
        ("C", "none", ["sigmoid", "relu", "hard", "none"]),
    ],
)
def test_the_curves_are_those_of_the_activations(gate, swap, shown):
    session = opened(UNSATURATED, gate=gate, swap=swap)
    own = activation(seen(session).step)
    for curves, slopes, drawn in (
        (OTHERS, OTHER_SLOPES, [ACTIVATIONS[code] for code in shown]),
        (OWN, SLOPE, [own]),
    ):
        values, steep = pieces(part(session, curves)), pieces(part(session, slopes))
        for one, (x, y), (_, dy) in zip(drawn, values, steep, strict=True):
            np.testing.assert_allclose(y, one.op.forward(x), atol=1e-6)
            np.testing.assert_allclose(dy, one.slope(x), atol=1e-6)
            assert (x[0], x[-1]) == (-REACH, REACH)


def test_derivatives_are_dashed_and_the_gate_s_own_stands_out():
    data = figure(opened(UNSATURATED))["data"]
    assert [data[k]["line"].get("dash") for k in (OTHERS, OTHER_SLOPES, OWN, SLOPE)] == [
        None,
        "dash",
        None,
        "dash",
    ]
    assert data[OWN]["line"]["width"] > 2 * data[OTHERS]["line"]["width"]
    assert data[OWN]["line"]["color"] != data[SLOPE]["line"]["color"]


def test_every_curve_is_named_where_it_is():
    session = opened(UNSATURATED)
    for number, names in (
        (NAMES, {"<b>σ</b>", "tanh", "ReLU", "hard σ", "no squash"}),
        (SLOPE_NAMES, {"<b>σ′</b>", "tanh′", "ReLU′", "hard σ′", "", *BOUNDS}),
    ):
        trace = part(session, number)
        assert {*trace["text"]} == names
        assert len(trace["x"]) == len(trace["y"]) == len(trace["text"])
    at = part(session, NAMES)["text"].index("tanh")
    assert part(session, NAMES)["y"][at] == np.tanh(part(session, NAMES)["x"][at])


def test_the_bounds_of_the_derivatives_are_drawn_and_labelled():
    assert BOUNDS == {"σ′ ≤ 0.25": 0.25, "tanh′ ≤ 1": 1.0}
    limits = pieces(part(opened(), LIMITS))
    assert [y.tolist() for _, y in limits] == [[0.25, 0.25], [1.0, 1.0]]


@pytest.mark.parametrize("unit", [1, 2, 3])
def test_the_tangent_touches_the_curve_and_is_as_steep(unit):
    session = opened(UNSATURATED, gate="C", unit=str(unit))
    (x0, x1), (y0, y1) = (part(session, TANGENT)[axis] for axis in "xy")
    z = seen(session).desk.values("z_C")[unit - 1]
    assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx((z, np.tanh(z)))
    assert (y1 - y0) / (x1 - x0) == pytest.approx(1 - np.tanh(z) ** 2)


def test_the_open_unit_is_larger_and_has_a_line_through_both_plots():
    session = opened(UNSATURATED, unit="2")
    sizes = part(session, ON_CURVE)["marker"]["size"]
    assert sizes[1] > sizes[0] == sizes[2]
    (line,) = (one for one in figure(session)["layout"]["shapes"] if one["type"] == "line")
    assert line["x0"] == line["x1"] == UNSATURATED.trace()[0, "z_f"][1]


def test_units_beyond_the_axis_point_onwards_and_share_a_label():
    drawn = part(opened(), ON_CURVE)
    assert drawn["marker"]["symbol"] == ["triangle-right"] * 3
    assert drawn["text"] == ["units 1, 2, 3", "", ""]
    assert drawn["hovertext"][0] == "unit 1: z = 92, beyond the axis<br>σ(z) = 1"
    low = FOUNDING.with_entry("b_f", (1,), -1000.0)
    drawn = part(opened(low), ON_SLOPE)
    assert drawn["marker"]["symbol"][1] == "triangle-left-open"
    assert drawn["text"] == ["units 1, 3", "unit 2", ""]
    assert part(opened(), TANGENT)["x"] == []


@pytest.mark.parametrize(("gate", "edge"), [("f", 4.585), ("C", 2.993)])
def test_the_flat_parts_are_shaded(gate, edge):
    shapes = figure(opened(UNSATURATED, gate=gate))["layout"]["shapes"]
    left, right = (shape for shape in shapes if shape["type"] == "rect")
    assert (left["x1"], right["x0"]) == pytest.approx((-edge, edge), abs=1e-3)


def test_of_many_units_only_the_open_one_is_numbered():
    session = opened(some(n=64, m=3, T=1), unit="7")
    drawn = part(session, ON_CURVE)
    assert len(drawn["x"]) == 64
    assert [text for text in drawn["text"] if not text.startswith("unit")].count("7") == 1
    assert sum(bool(text) for text in drawn["text"]) <= 3
    assert "; and 52 more." in figure(session)["alt"]


def test_a_relu_reaches_higher():
    exercise = some(rnn(activation="relu")).with_entry("b_h", (0,), 40.0)
    session = opened(exercise)
    assert (
        figure(session)["layout"]["yaxis"]["range"][1] == REACH == part(session, ON_CURVE)["y"][0]
    )


@pytest.mark.parametrize("name", EXERCISES)
def test_a_click_on_a_marker_says_which_unit(name):
    exercise = EXERCISES[name]
    for word, step in gates(exercise.cell).items():
        session = opened(exercise, gate=word)
        size = len(seen(session).desk.values(step.name))
        for number in (ON_CURVE, ON_SLOPE):
            assert part(session, number)["customdata"] == [f"{step.name}:{j}" for j in range(size)]


def test_the_alternative_says_every_number():
    session, trace = opened(UNSATURATED), UNSATURATED.trace()
    alt = figure(session)["alt"]
    for j in range(3):
        z, f = (numeral(float(trace[0, name][j]), 4, name == "f") for name in ("z_f", "f"))
        assert f"unit {j + 1}: z = {z}, σ = {f}, σ′ = " in alt


@pytest.mark.parametrize("name", EXERCISES)
def test_plotly_accepts_every_figure(name):
    exercise = EXERCISES[name]
    for word in gates(exercise.cell):
        drawn = json.loads(json.dumps(figure(opened(exercise, gate=word)), allow_nan=False))
        assert go.Figure(drawn["data"], {**drawn["layout"], "template": "none"}).data


def test_what_is_undefined_is_not_drawn():
    exercise = FOUNDING.with_entry("xs", (0, 0), 100.0).with_entry("W_f", (0, 0), 1.7e308)
    session = opened(exercise.with_entry("W_f", (0, 5), -1.7e308))
    json.dumps(figure(session), allow_nan=False)
    assert part(session, ON_CURVE)["y"][0] is None
    assert "unit 1: z = undefined" in figure(session)["alt"]
