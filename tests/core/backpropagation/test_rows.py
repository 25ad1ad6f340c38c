import numpy as np
import pytest

from lstm_core.backpropagation.ops import ALL_OPS
from lstm_core.backpropagation.rows import (
    backward_steps,
    is_sum,
    operand_places,
    run_back,
    totals,
    with_backward_rows,
    without_sums,
)
from lstm_core.cell import Step
from lstm_core.cells import coupled_lstm, gru, lstm, no_forget_lstm, peephole_lstm, rnn
from lstm_core.exercise.presets import PRESETS
from lstm_core.gradients import backward
from lstm_core.lesson.printing import rounded_names
from lstm_core.ops import HADAMARD
from lstm_core.trace import run
from tests.core.autograd import autograd, grad_of
from tests.core.samples import CELLS, NAMES, random_exercise, random_trace

every_cell = pytest.mark.parametrize("cell", CELLS, ids=NAMES)
SIZES = [(1, 1, 1), (1, 4, 3), (3, 1, 2), (3, 3, 1), (4, 2, 7)]


def seeds_for(cell, n, T, p=2):
    """Seeds at several time steps, of h, of C where there is one, and of y."""
    rng = np.random.default_rng(7)
    where = [(t, name) for t in {0, T // 2, T - 1} for name in cell.carry]
    where += [(T - 1, "y")] if cell.readout else []
    return {(t, name): rng.normal(size=p if name == "y" else n) for t, name in where}


@every_cell
@pytest.mark.parametrize(("n", "m", "T"), SIZES)
def test_against_the_whole_gradient(cell, n, m, T):
    trace, seeds = random_trace(cell, n, m, T=T), seeds_for(cell, n, T)
    back, whole = run_back(trace, seeds), backward(trace, seeds)
    for t, frame in enumerate(whole.frames):
        for name, value in frame.items():
            found = back[t, f"d{name}"]
            np.testing.assert_allclose(found, value, rtol=1e-12, atol=1e-12, err_msg=f"{name} {t}")
    assert totals(back).keys() == whole.params.keys()
    for name, value in totals(back).items():
        np.testing.assert_allclose(value, whole.params[name], rtol=1e-12, atol=1e-12)


@every_cell
@pytest.mark.parametrize(("n", "m", "T"), SIZES)
def test_against_torch(cell, n, m, T):
    ex, seeds = random_exercise(cell, n, m, T), seeds_for(cell, n, T)
    back = run_back(run(cell, ex.params, ex.xs, ex.start), seeds)
    for t, frame in enumerate(autograd(cell, ex, seeds)):
        for name, value in frame.items():
            wanted = grad_of(value)
            np.testing.assert_allclose(back[t, f"d{name}"], wanted, rtol=1e-10, atol=1e-10)


@every_cell
def test_against_central_differences(cell):
    """The parameters and the starting states are moved, all at once, and L moves as it should."""
    ex, seeds, h = random_exercise(cell, 3, 2, 4), seeds_for(cell, 3, 4), 1e-5
    rng = np.random.default_rng(3)
    given = {**ex.params, **ex.start}
    moves = {name: rng.normal(size=array.shape) for name, array in given.items()}

    def loss(step):
        moved = {name: array + step * moves[name] for name, array in given.items()}
        trace = run(cell, moved, ex.xs, moved)
        return sum(np.sum(trace[at] * seed) for at, seed in seeds.items())

    back = run_back(run(cell, ex.params, ex.xs, ex.start), seeds)
    grads = {**totals(back), **{name: back[0, f"d{name}"] for name in cell.states}}
    found = sum(np.sum(grads[name] * moves[name]) for name in given)
    assert found == pytest.approx((loss(h) - loss(-h)) / (2 * h), rel=1e-7)


def test_against_the_textbook_written_out():
    """The LSTM's backward pass as books print it, without any table."""
    trace = random_trace(lstm("xh"), 3, 2, T=4)
    back = run_back(trace, {(3, "h"): np.ones(3)})
    dh_next = dC_next = np.zeros(3)
    for t in (3, 2, 1, 0):
        f, i, C_tilde, o, C, C_prev = (
            trace[t, name] for name in ("f", "i", "C_tilde", "o", "C", "C_prev")
        )
        dh = dh_next + (t == 3)
        dC = dC_next + dh * o * (1 - np.tanh(C) ** 2)
        dz = {
            "f": dC * C_prev * f * (1 - f),
            "i": dC * C_tilde * i * (1 - i),
            "C": dC * i * (1 - C_tilde**2),
            "o": dh * np.tanh(C) * o * (1 - o),
        }
        dv = sum(trace.params[f"W_{gate}"].T @ dz[gate] for gate in dz)
        wanted = {"dh": dh, "dh_next": dh_next, "dC": dC, "dC_next": dC_next, "dv": dv}
        wanted |= {f"dz_{gate}": dz[gate] for gate in dz}
        wanted |= {f"dW_{gate}": np.outer(dz[gate], trace[t, "v"]) for gate in dz}
        dh_next, dC_next = dv[2:], dC * f
        wanted |= {"dx": dv[:2], "dh_prev": dh_next, "dC_prev": dC_next, "slope_f": f * (1 - f)}
        for name, value in wanted.items():
            np.testing.assert_allclose(back[t, name], value, rtol=1e-12, atol=1e-15, err_msg=name)


def test_one_step_worked_by_hand():
    """f = i = o = σ(0) = 0.5, C̃ = tanh(0) = 0, C_prev = 2: so C = 1, and L = h."""
    zero = {f"W_{gate}": [[0.5, 0.25]] for gate in "fiCo"} | {f"b_{gate}": [0] for gate in "fiCo"}
    trace = run(lstm(), zero, [[0]], {"h_prev": [0], "C_prev": [2]})
    back = run_back(trace, {(0, "h"): [1]})
    by_hand = {"dh": 1, "dsquashed": 0.5, "slope_f": 0.25, "slope_C_tilde": 1, "di": 0}
    slope = 1 - np.tanh(1) ** 2
    by_hand |= {"do": np.tanh(1), "slope_squashed": slope, "dC": 0.5 * slope, "df": slope}
    by_hand |= {"dC_tilde": 0.25 * slope, "dz_f": 0.25 * slope, "dC_prev": 0.25 * slope}
    for name, value in by_hand.items():
        np.testing.assert_allclose(back[0, name], [value], rtol=1e-15, err_msg=name)


@pytest.mark.parametrize(
    ("name", "op", "inputs"),
    [
        ("dh", "add", "seed_h dh_next"),
        ("do", "hadamard", "dh squashed"),
        ("dsquashed", "hadamard", "dh o"),
        ("slope_squashed", "tanh_slope", "squashed"),
        ("dC_via_squashed", "hadamard", "dsquashed slope_squashed"),
        ("dC", "add", "dC_next dC_via_squashed"),
        ("df", "hadamard", "dC C_prev"),
        ("di", "hadamard", "dC C_tilde"),
        ("dC_tilde", "hadamard", "dC i"),
        ("dC_prev", "hadamard", "dC f"),
        ("slope_f", "sigmoid_slope", "f"),
        ("dz_f", "hadamard", "df slope_f"),
        ("dWv_f", "copy", "dz_f"),
        ("db_f", "copy", "dz_f"),
        ("dW_f", "outer", "dz_f v"),
        ("dv_via_f", "matvec_t", "W_f dz_f"),
        ("dv", "sum", "dv_via_o dv_via_C dv_via_i dv_via_f"),
        ("dh_prev", "part_first", "dv h_prev"),
        ("dx", "part_last", "dv x"),
    ],
)
def test_the_rows_of_the_lstm(name, op, inputs):
    row = with_backward_rows(lstm())[name]
    assert (row.op.name, " ".join(row.inputs)) == (op, inputs)


def test_the_parts_of_a_sum_have_rows_of_their_own():
    def inputs(cell, name):
        return " ".join(with_backward_rows(cell)[name].inputs)

    assert inputs(lstm("xh"), "dh_prev") == "dv h_prev"
    assert with_backward_rows(lstm("xh"))["dh_prev"].op.name == "part_last"
    assert inputs(peephole_lstm(), "dC") == "dC_next dC_via_squashed dC_via_o"
    assert inputs(peephole_lstm(), "dC_prev") == "dC_prev_via_kept dC_prev_via_i dC_prev_via_f"
    assert inputs(coupled_lstm(), "df") == "df_via_kept df_via_i"
    assert with_backward_rows(coupled_lstm())["df_via_i"].op.name == "negative"
    assert with_backward_rows(no_forget_lstm())["dC_prev"].op.name == "copy"
    assert inputs(gru(), "dh_prev") == "dh_prev_via_kept dh_prev_via_reset_h dh_prev_via_v"
    assert inputs(gru(), "dx") == "dx_via_v_r dx_via_v"
    assert inputs(gru(reset="after"), "dW_h") == "dW_hh dW_hx"
    assert inputs(gru("xh", "after"), "dW_h") == "dW_hx dW_hh"
    assert inputs(rnn(activation="relu"), "slope_h") == "z_h"


@every_cell
def test_every_row_is_named_and_in_a_stage(cell):
    table, rows = with_backward_rows(cell), backward_steps(cell)
    assert table.steps == cell.steps + rows
    assert len({row.name for row in table.steps}) == len(table.steps)
    assert all(ALL_OPS[row.op.name] is row.op for row in rows)
    names = {"x", *cell.states, *cell.params, *(step.name for step in cell.steps)}
    assert {f"d{name}" for name in names} <= {row.name for row in rows}
    stages = list(dict.fromkeys(row.stage for row in rows))
    assert stages == [*dict.fromkeys(step.stage for step in reversed(cell.steps)), "handed back"]


@every_cell
def test_a_frame_holds_values_gradients_and_what_arrives(cell):
    trace = random_trace(cell, 3, 2, T=3)
    back = run_back(trace, {(2, "h"): np.ones(3)})
    assert len(back) == 3
    assert back.params is trace.params
    for t, frame in enumerate(back.frames):
        assert all(frame[name] is value for name, value in trace.frames[t].items())
        assert not any(array.flags.writeable for array in frame.values())
        assert {row.name for row in back.cell.steps} <= set(frame)
        for row in back.cell.steps:
            values = [frame[name] for name in row.inputs]
            np.testing.assert_array_equal(row.op.forward(*values), frame[row.name])
    for name, previous in cell.carry.items():
        assert not np.any(back[2, f"d{name}_next"])
        assert back[0, f"d{name}_next"] is back[1, f"d{previous}"]
    assert back[2, "seed_h"].tolist() == [1, 1, 1]
    assert back[0, "seed_h"].tolist() == [0, 0, 0]


def test_the_table_knows_what_the_loss_depends_on():
    trace = random_trace(lstm(readout=True), 3, 2, T=2)
    on_y = run_back(trace, {(1, "y"): np.ones(2)})
    assert on_y.cell["dh"].inputs == ("dh_next", "dh_via_y")
    assert on_y.cell["dy"].inputs == ("seed_y",)
    both = run_back(trace, {(1, "y"): np.ones(2), (0, "h"): np.ones(3)})
    assert both.cell["dh"].inputs == ("seed_h", "dh_next", "dh_via_y")
    assert with_backward_rows(lstm(readout=True))["dy"].inputs == ("seed_y",)
    nothing = run_back(trace, {})
    assert not any(np.any(total) for total in totals(nothing).values())
    assert nothing.cell["dh"].inputs == ("dh_next", "dh_via_y")
    assert run_back(random_trace(lstm(), 3, 2), {}).cell["dh"].op.name == "copy"


def test_states_and_x_and_steps_in_between_may_be_seeded():
    trace, rng = random_trace(gru(reset="after"), 3, 2, T=3), np.random.default_rng(1)
    where = [(0, "h_prev"), (1, "x"), (1, "r"), (2, "z_h"), (0, "Wv_z"), (2, "v")]
    seeds = {at: rng.normal(size=trace[at].shape) for at in where}
    back, whole = run_back(trace, seeds), backward(trace, seeds)
    for t, frame in enumerate(whole.frames):
        for name, value in frame.items():
            np.testing.assert_allclose(back[t, f"d{name}"], value, rtol=1e-12, atol=1e-12)


def summed(trace, seeds):
    return run_back(trace, seeds, with_backward_rows(trace.cell, {name for _, name in seeds}, True))


@every_cell
def test_the_sums_over_time_are_the_whole_gradient_of_every_parameter(cell):
    trace, seeds = random_trace(cell, 3, 2, T=4), seeds_for(cell, 3, 4)
    back, whole = summed(trace, seeds), backward(trace, seeds)
    rows = [row for row in back.cell.steps if is_sum(row)]
    assert {row.name for row in rows} == {f"d{name}_sum" for name in cell.params}
    assert back.cell.steps[-len(rows) :] == tuple(rows)
    for name, value in whole.params.items():
        np.testing.assert_allclose(back[0, f"d{name}_sum"], value, rtol=1e-12, atol=1e-15)
        assert all(frame[f"d{name}_sum"] is back[0, f"d{name}_sum"] for frame in back.frames)
        assert not back[0, f"d{name}_sum"].flags.writeable


@every_cell
def test_the_sums_over_time_are_central_differences_of_every_parameter_entry(cell):
    ex, h = random_exercise(cell, 2, 1, 3), 1e-6
    seeds = {(2, "h"): np.ones(2)}
    back = summed(run(cell, ex.params, ex.xs, ex.start), seeds)
    for name, array in ex.params.items():
        for index in np.ndindex(array.shape):
            ends = []
            for way in (h, -h):
                moved = array.copy()
                moved[index] += way
                trace = run(cell, {**ex.params, name: moved}, ex.xs, ex.start)
                ends.append(trace[2, "h"].sum())
            found = back[0, f"d{name}_sum"][index]
            assert found == pytest.approx((ends[0] - ends[1]) / (2 * h), rel=1e-5, abs=1e-8)


def test_the_sum_that_the_issue_names():
    """∂L/∂b_f[1] of L = Σ h_T in the exercise without a saturated gate."""
    back = summed(PRESETS["unsaturated"].trace(), {(2, "h"): np.ones(3)})
    shares = [back[t, "db_f"][0] for t in (2, 1, 0)]
    assert [round(share, 4) for share in shares] == [0.0198, 0.0130, 0.0057]
    assert round(back[0, "db_f_sum"][0], 4) == 0.0385


def test_a_sum_reads_every_time_step_and_any_other_row_its_own():
    table = with_backward_rows(lstm(), summed=True)
    assert operand_places(table["db_f_sum"], 0, 3) == ((0, "db_f"), (1, "db_f"), (2, "db_f"))
    assert operand_places(table["dz_f"], 1, 3) == ((1, "df"), (1, "slope_f"))
    assert without_sums(table).steps == with_backward_rows(lstm()).steps


def test_a_table_with_a_changed_row_is_followed():
    """The slip `h-path-dropped`: dC takes what comes from the next time step alone."""
    trace = random_trace(lstm(), 3, 2, T=2)
    table = with_backward_rows(lstm())
    slip = Step("df", HADAMARD, ("dC_next", "C_prev"), "", "", "")
    back = run_back(trace, {(1, "h"): np.ones(3)}, table.with_step(slip))
    right = run_back(trace, {(1, "h"): np.ones(3)})
    assert not np.any(back[1, "dz_f"])
    assert np.all(right[1, "dz_f"])
    np.testing.assert_array_equal(back[1, "do"], right[1, "do"])


def test_the_table_is_derived_once():
    assert with_backward_rows(lstm()) is with_backward_rows(lstm())
    assert run_back(random_trace(lstm(), 2, 2), {(0, "h"): [1, 1]}).cell is with_backward_rows(
        lstm()
    )


def test_wrong_seeds_are_refused_in_one_sentence():
    trace = random_trace(lstm(), 3, 2, T=2)
    with pytest.raises(ValueError, match=r"^Seed for h: t must be 0 to 1, given 2\.$"):
        run_back(trace, {(2, "h"): np.ones(3)})
    with pytest.raises(ValueError, match=r"^Seed for h at t = 1 must be 3; given 4\.$"):
        run_back(trace, {(1, "h"): np.ones(4)})


def test_an_exploding_gradient_is_a_value_and_not_a_warning():
    big = {"W_h": [[1e200, 0.0]], "b_h": [1.0]}
    trace = run(rnn(activation="relu"), big, [[0], [0], [0]], {"h_prev": [1e-300]})
    assert run_back(trace, {(2, "h"): [1.0]})[0, "dh_prev"][0] == np.inf


def test_numbers_that_come_from_a_squash_keep_their_zeros():
    """What is handed back has been squashed at t + 1, so at t = 0 too it prints with its zeros."""
    table = with_backward_rows(lstm())
    assert {"dh_next", "dh", "slope_f", "dW_f"} <= rounded_names(table, 0)
    assert not {"seed_h", "x", "h_prev"} & rounded_names(table, 0)
    assert "h_prev" in rounded_names(table, 1)
    assert rounded_names(lstm(), 0) < rounded_names(table, 0)
