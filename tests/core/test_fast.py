"""Many time steps at once give what the plain interpreter gives, and behave like it."""

import numpy as np
import pytest

from lstm_core.backpropagation.rows import run_back
from lstm_core.cells import gru, lstm, peephole_lstm, rnn
from lstm_core.fast import groups, levels
from lstm_core.gradients import backward
from lstm_core.marking.slips.table import slips
from lstm_core.trace import MANY, Address, run
from tests.core.samples import CELLS, NAMES, random_exercise, random_trace

every_cell = pytest.mark.parametrize("cell", CELLS, ids=NAMES)


def in_both_ways(monkeypatch, cell, ex):
    """The trace in blocks, and the one of the plain interpreter."""
    fast = run(cell, ex.params, ex.xs, ex.start)
    with monkeypatch.context() as patch:
        patch.setattr("lstm_core.trace.MANY", 10**9)
        return fast, run(cell, ex.params, ex.xs, ex.start)


@every_cell
@pytest.mark.parametrize(("n", "m", "T"), [(1, 1, MANY), (3, 2, MANY + 1), (5, 9, 2 * MANY)])
def test_the_numbers_are_those_of_the_plain_interpreter(monkeypatch, cell, n, m, T):
    ex = random_exercise(cell, n, m, T)
    fast, plain = in_both_ways(monkeypatch, cell, ex)
    assert type(fast.frames[0]) is not type(plain.frames[0])
    assert len(fast) == len(plain) == T
    assert all(
        list(quick) == list(slow) for quick, slow in zip(fast.frames, plain.frames, strict=True)
    )
    for name in plain.frames[0]:
        quick, slow = (np.array([frame[name] for frame in way.frames]) for way in (fast, plain))
        size = np.abs(slow).reshape(T, -1).max(axis=1, initial=1e-3)
        hair = 1e-9 * size.reshape(T, *[1] * (slow.ndim - 1))  # last bits, after many time steps
        assert np.all(np.abs(quick - slow) <= hair + 1e-9 * np.abs(slow)), name


@every_cell
def test_every_row_follows_from_the_rows_that_it_reads(cell):
    trace = random_trace(cell, 4, 3, T=MANY)
    for frame in trace.frames:
        for step in cell.steps:
            right = step.op.forward(*(frame[name] for name in step.inputs))
            np.testing.assert_allclose(frame[step.name], right, rtol=1e-13, atol=1e-14)
    for t in range(1, MANY):
        for name, previous in cell.carry.items():
            np.testing.assert_array_equal(trace[t, previous], trace[t - 1, name])


def test_a_cell_with_a_mistake_in_it_runs_in_blocks_too(monkeypatch):
    cell = lstm("xh")
    ex = random_exercise(cell, 3, 2, MANY)
    for slip in slips(cell, 5):
        fast, plain = in_both_ways(monkeypatch, slip.changed(cell), ex)
        for name in ("C", "h"):
            np.testing.assert_allclose(fast[5, name], plain[5, name], rtol=1e-9, err_msg=slip.code)


def test_a_frame_is_a_mapping_like_any_other():
    trace = random_trace(lstm(), 3, 2, T=MANY)
    frame = trace.frames[7]
    assert list(frame) == [*lstm().given, "x", *(step.name for step in lstm().steps)]
    assert len(frame) == len(list(frame))
    assert dict(frame).keys() == frame.keys()
    assert all(value is not None for _, value in frame.items())
    assert "f" in frame
    assert "g" not in frame
    assert frame.get("g") is None
    np.testing.assert_array_equal(frame.get("f"), trace[7, "f"])
    np.testing.assert_array_equal(frame["W_f"], trace.params["W_f"])
    assert trace[Address("f", 7, (2,))] == frame["f"][2]
    with pytest.raises(KeyError):
        trace[7, "g"]
    with pytest.raises(IndexError):
        trace[MANY, "f"]


def test_nothing_in_it_can_be_set():
    trace = random_trace(gru(), 3, 2, T=MANY)
    for frame in trace.frames:
        assert not any(array.flags.writeable for array in frame.values())
        assert {array.dtype for array in frame.values()} == {np.dtype(np.float64)}
    with pytest.raises(ValueError, match="read-only"):
        trace[5, "z"][0] = 1.0
    with pytest.raises(ValueError, match="WRITEABLE"):
        trace[5, "z"].setflags(write=True)
    with pytest.raises(TypeError):
        trace.frames[5]["z"] = np.ones(3)


def test_the_callers_arrays_stay_the_callers():
    ex = random_exercise(lstm(), 3, 2, T=MANY)
    trace = run(lstm(), ex.params, ex.xs, ex.start)
    before = {name: trace[1, name].copy() for name in trace.frames[1]}
    for array in (*ex.params.values(), ex.xs, *ex.start.values()):
        assert array.flags.writeable
        array[...] = 99.0
    assert all(np.array_equal(trace[1, name], value) for name, value in before.items())


@every_cell
def test_gradients_of_many_time_steps(monkeypatch, cell):
    ex = random_exercise(cell, 3, 2, MANY)
    fast, plain = in_both_ways(monkeypatch, cell, ex)
    seeds = {(MANY - 1, "h"): np.ones(3), (3, "h"): np.ones(3)}
    for work in (backward, run_back):
        a, b = work(fast, seeds), work(plain, seeds)
        for t in (0, 3, MANY - 1):
            for name in b.frames[t]:
                size = np.max(np.abs(b[t, name]), initial=1e-6)
                np.testing.assert_allclose(a[t, name], b[t, name], rtol=1e-7, atol=1e-7 * size)


def test_an_overflow_is_a_value_and_not_a_warning():
    big = {name: [[1e308, 1e308]] if name[0] == "W" else [0] for name in rnn().params}
    trace = run(rnn(activation="relu"), big, np.full((MANY, 1), 1e308), {"h_prev": [1]})
    assert trace[0, "h"][0] == np.inf


@pytest.mark.parametrize(
    ("cell", "together"),
    [
        (lstm(), ["Wv_o Wv_f Wv_i Wv_C", "z_o z_f z_i z_C", "o f i"]),
        (peephole_lstm(), ["Wv_o Wv_f Wv_i Wv_C", "a_o a_f a_i z_C", "z_f z_i", "f i"]),
        (gru("xh"), ["Wv_r Wv_z", "z_r z_z", "r z"]),
        (rnn(), []),
    ],
    ids=lambda x: getattr(x, "name", None),
)
def test_what_one_call_works_out(cell, together):
    names = [" ".join(step.name for step in group) for group in groups(cell)]
    assert [name for name in names if " " in name] == together


@every_cell
def test_groups_can_be_worked_out_in_their_order(cell):
    done = {"x", *cell.states, *cell.params}
    for group in groups(cell):
        assert all({*step.inputs} <= done for step in group)
        assert len({step.op for step in group}) == 1
        done.update(step.name for step in group)
    assert done >= {step.name for step in cell.steps}


@every_cell
def test_no_step_needs_one_of_its_own_level_or_of_a_later_one(cell):
    at = {name: k for k, level in enumerate(levels(cell)) for name in level}
    assert len(at) == len(cell.steps) == sum(map(len, levels(cell)))
    for step in cell.steps:
        read = {*step.inputs} & {*cell.names}
        assert at[step.name] == max((at[name] + 1 for name in read), default=0)


def test_the_levels_of_the_lstm():
    assert levels(lstm()) == (
        ("v",),
        ("Wv_f", "Wv_i", "Wv_C", "Wv_o"),
        ("z_f", "z_i", "z_C", "z_o"),
        ("f", "i", "C_tilde", "o"),
        ("kept", "written"),
        ("C",),
        ("squashed",),
        ("h",),
    )
    assert levels(gru())[1] == ("Wv_z", "Wv_r")
    assert levels(peephole_lstm())[0] == ("v", "pC_f", "pC_i")
