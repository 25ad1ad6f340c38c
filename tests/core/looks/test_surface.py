import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lstm_core.cells import rnn
from lstm_core.exercise.presets import PRESETS
from lstm_core.looks.contributions import contributions, gates
from lstm_core.looks.surface import Surface, bends, surface, toggled
from lstm_core.ops import SIGMOID
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES

every_cell = pytest.mark.parametrize("cell", CELLS, ids=NAMES)
NUMBERS = st.floats(-50, 50).map(lambda x: round(x, 3))
UNSATURATED = PRESETS["unsaturated"]


def of(exercise, gate, unit=0, axes=(0, 1), t=0):
    trace = exercise.trace()
    return surface(trace, t, gate, unit, contributions(trace, t, gate), axes)


@every_cell
def test_at_the_reader_s_point_it_is_the_trace_s_own_gate(cell):
    exercise = some(cell)
    trace = exercise.trace()
    for t, gate, unit in [
        (t, g, j) for t in (0, 1) for g in gates(cell).values() for j in range(3)
    ]:
        for axes in [(0, 1), (4, 2), (3, 0)]:
            found = of(exercise, gate, unit, axes, t)
            assert found.gate(*found.point) == trace[t, gate][unit]
            assert found.z(*found.point) == trace[t, contributions(trace, t, gate).z][unit]


@pytest.mark.parametrize("gate", ["f", "i", "C_tilde", "o"])
@pytest.mark.parametrize(("a", "b"), [(0.0, 0.0), (1.5, -2.0), (-30.0, 4.0)])
def test_elsewhere_it_is_the_gate_of_the_exercise_with_these_numbers(gate, a, b):
    moved = UNSATURATED.with_entry("xs", (0, 1), a).with_entry("h_prev", (2,), b)
    for unit in range(3):
        found = of(UNSATURATED, gate, unit, axes=(4, 2)).gate(a, b)
        np.testing.assert_allclose(found, moved.trace()[0, gate][unit], rtol=1e-12)


def test_a_whole_grid_at_once():
    found = of(UNSATURATED, "f")
    a, b = np.linspace(-2, 2, 5), np.linspace(-1, 1, 3)
    grid = found.gate(a[None, :], b[:, None])
    assert grid.shape == (3, 5)
    assert grid[2, 1] == found.gate(a[1], b[2])


@every_cell
def test_toggling_is_moving_along_a_column(cell):
    exercise = some(cell)
    trace = exercise.trace()
    for gate in gates(cell).values():
        parts = contributions(trace, 0, gate)
        for k in range(5):
            z = toggled(trace, 0, parts, k, np.array([parts.values[k], parts.values[k] + 1.0]))
            np.testing.assert_array_equal(z[0], trace[0, parts.z])
            np.testing.assert_allclose(z[1] - z[0], parts.slopes[:, k], rtol=1e-9)


@pytest.mark.parametrize("value", [-3.0, 0.0, 2.5])
def test_toggling_gives_what_the_exercise_gives_with_that_entry(value):
    trace, moved = UNSATURATED.trace(), UNSATURATED.with_entry("xs", (0, 0), value).trace()
    z = toggled(trace, 0, contributions(trace, 0, "f"), 3, np.array([value]))
    np.testing.assert_allclose(z[0], moved[0, "z_f"], rtol=1e-12)


# ---- the line where the gate is half ---------------------------------------------------------


def plane(z_here, slopes, point=(0.0, 0.0)):
    return Surface(SIGMOID, point, z_here, slopes)


@settings(deadline=None)
@given(NUMBERS, st.tuples(NUMBERS, NUMBERS), st.tuples(NUMBERS, NUMBERS), st.floats(0.5, 50))
def test_the_line_ends_on_the_edge_and_the_gate_is_half_on_all_of_it(z, slopes, point, reach):
    found = plane(z, slopes, point)
    for share in np.linspace(0, 1, 5) if (ends := found.boundary(reach)) else ():
        a, b = (1 - share) * np.array(ends[0]) + share * np.array(ends[1])
        assert abs(found.z(a, b)) <= 1e-9 * (abs(z) + 50 * np.abs(slopes).sum() + 1)
    for end in ends:
        assert max(map(abs, end)) == pytest.approx(reach)


@settings(deadline=None)
@given(NUMBERS, st.tuples(NUMBERS, NUMBERS), st.floats(0.5, 50))
def test_there_is_a_line_where_the_corners_differ_in_sign_and_only_there(z, slopes, reach):
    found = plane(z, slopes)
    corners = found.z(*np.meshgrid([-reach, reach], [-reach, reach]))
    assume(np.abs(corners).min() > 1e-6)
    assert bool(found.boundary(reach)) == (corners.min() < 0 < corners.max())


@pytest.mark.parametrize(
    ("z", "slopes", "ends"),
    [
        (0.0, (1.0, 0.0), {(0.0, -2.0), (0.0, 2.0)}),
        (-1.0, (0.0, 2.0), {(-2.0, 0.5), (2.0, 0.5)}),
        (0.0, (1.0, 1.0), {(-2.0, 2.0), (2.0, -2.0)}),
        (5.0, (1.0, 0.0), set()),
        (-5.0, (0.0, 1.0), set()),
        (1.0, (0.0, 0.0), set()),
        (np.inf, (1.0, 1.0), set()),
        (0.0, (1e308, -1e308), {(-2.0, -2.0), (2.0, 2.0)}),
    ],
)
def test_the_line_by_hand(z, slopes, ends):
    found = plane(z, slopes).boundary(2.0)
    assert {tuple(np.round(end, 12) + 0.0) for end in found} == ends


# ---- lines of gate space ---------------------------------------------------------------------


def apart(points, line):
    """How far each of these points is from a line of straight pieces: the largest distance."""
    start, step = line[:-1], np.diff(line, axis=0)
    length = np.maximum((step**2).sum(axis=1), 1e-300)
    shares = ((points[:, None] - start) * step).sum(axis=2) / length
    nearest = start + np.clip(shares, 0, 1)[..., None] * step
    return np.sqrt(((points[:, None] - nearest) ** 2).sum(axis=2)).min(axis=1).max()


@pytest.mark.parametrize("gate", ["f", "C_tilde"])
@pytest.mark.parametrize("size", [0.1, 1.0, 10.0, 100.0])
@pytest.mark.parametrize("seed", range(5))
def test_straight_pieces_are_near_the_true_line(gate, size, seed):
    """Of two units, with the largest weights as well: beside 20,000 points that are even in z."""
    W = f"W_{gate[0]}"
    draws, reach = np.random.default_rng(seed), 20.0
    weights = draws.uniform(-size, size, UNSATURATED.params[W].shape)
    exercise = UNSATURATED.with_array(W, weights)
    trace, wide = exercise.trace(), 2.0 if gate == "C_tilde" else 1.0
    parts = contributions(trace, 0, gate)
    squash = trace.cell[gate].op.forward
    for k in range(5):
        along = bends(trace, 0, gate, parts, k, (-reach, reach), (0, 2))
        near = [np.linspace(-12, 12, 1000) / parts.slopes[j, k] for j in (0, 2)]
        near = [
            a + parts.values[k] - trace[0, parts.z][j] / parts.slopes[j, k]
            for a, j in zip(near, (0, 2), strict=True)
        ]
        dense = np.clip(np.concatenate((*near, np.linspace(-reach, reach, 1000))), -reach, reach)
        true, drawn = (
            squash(toggled(trace, 0, parts, k, values))[:, [0, 2]] for values in (dense, along)
        )
        assert apart(true, drawn) < 0.01 * wide
        assert (along[0], along[-1]) == (-reach, reach)
        back = bends(trace, 0, gate, parts, k, (reach, -reach), (0, 2))
        np.testing.assert_array_equal(back, along[::-1])


def test_a_weight_of_0_does_not_bend_its_line_and_relu_has_one_corner():
    exercise = UNSATURATED.with_array("W_f", 0 * UNSATURATED.params["W_f"])
    trace = exercise.trace()
    assert bends(trace, 0, "f", contributions(trace, 0, "f"), 0, (-2.0, 2.0), (0, 1)).tolist() == [
        -2,
        2,
    ]
    exercise = some(rnn(activation="relu"), n=1, m=1)
    trace = exercise.trace()
    parts = contributions(trace, 0, "h")
    _, corner, _ = bends(trace, 0, "h", parts, 0, (-1e3, 1e3), (0,))
    z = toggled(trace, 0, parts, 0, np.array([corner]))
    np.testing.assert_allclose(z, 0, atol=1e-12)
