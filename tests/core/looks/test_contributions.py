import numpy as np
import pytest

from lstm_core.cells import coupled_lstm, gru, lstm, no_forget_lstm, peephole_lstm, rnn
from lstm_core.exercise.presets import PRESETS
from lstm_core.looks.contributions import contributions, gates
from tests.core.samples import CELLS, NAMES, random_trace

every_cell = pytest.mark.parametrize("cell", CELLS, ids=NAMES)
FOUNDING = PRESETS["founding"].trace()


def taken_apart(cell, n=3, m=2, T=3):
    trace = random_trace(cell, n, m, T=T)
    for t in range(T):
        for gate in gates(cell).values():
            yield trace, t, gate, contributions(trace, t, gate)


@every_cell
@pytest.mark.parametrize(("n", "m"), [(1, 1), (3, 2), (2, 5)])
def test_pushes_and_what_stands_beside_them_make_z(cell, n, m):
    for trace, t, _, parts in taken_apart(cell, n, m):
        total = parts.pushes.sum(1) + sum(parts.others.values())
        np.testing.assert_allclose(total, trace[t, parts.z], rtol=1e-12, atol=1e-12)
        assert parts.pushes.shape == (n, n + m)


@every_cell
def test_each_push_is_its_entry_times_its_weight(cell):
    for trace, t, gate, parts in taken_apart(cell):
        scale = np.ones(3)
        for k, (entry, (W, column)) in enumerate(zip(parts.entries, parts.weights, strict=True)):
            assert trace[entry] == parts.values[k]
            if cell.name == "gru_after" and gate == "h_tilde":
                scale = trace[t, "r"] if entry.step == "h_prev" else np.ones(3)
            right = trace[entry] * trace[t, W][:, column] * scale
            np.testing.assert_allclose(parts.pushes[:, k], right, rtol=1e-15)


@every_cell
def test_the_parts_follow_the_order_of_v_and_leave_nothing_out(cell):
    for _, _, gate, parts in taken_apart(cell):
        gated = (cell.name, gate) in (("gru_before", "h_tilde"), ("mgu", "h_tilde"))
        hidden = "reset_h" if gated else "h_prev"
        named = {"hx": [(hidden, 0, 3), ("x", 3, 5)], "xh": [("x", 0, 2), (hidden, 2, 5)]}
        assert list(map(tuple, parts.parts)) == named[cell.order]
        assert [column for _, column in parts.weights] == [0, 1, 2, 3, 4]


def test_the_founding_example_by_hand():
    parts = contributions(FOUNDING, 0, "f")
    np.testing.assert_array_equal(parts.pushes[0], [1, 4, 9, 16, 25, 36])
    np.testing.assert_array_equal(parts.pushes.sum(1), [91, 175, 133])
    assert {name: list(values) for name, values in parts.others.items()} == {"b_f": [1, 2, 3]}
    assert parts.scales == {}
    assert (parts.z, parts.entries[3].step, parts.weights[3]) == ("z_f", "v", ("W_f", 3))


def test_a_peephole_is_added_beside_the_columns():
    trace = random_trace(peephole_lstm(), 3, 2)
    parts = contributions(trace, 0, "o")
    assert list(parts.others) == ["b_o", "pC_o"]
    np.testing.assert_array_equal(parts.others["pC_o"], trace[0, "p_o"] * trace[0, "C"])


def test_the_bias_inside_the_reset_is_scaled_by_it():
    trace = random_trace(gru(reset="after"), 3, 2)
    parts = contributions(trace, 0, "h_tilde")
    others = parts.others
    assert parts.scales == {"h_prev": "r", "b_hh": "r"}
    np.testing.assert_array_equal(others["b_h"], trace[0, "b_h"])
    np.testing.assert_array_equal(others["b_hh"], trace[0, "b_hh"] * trace[0, "r"])


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        (lstm(readout=True), {"f": "f", "i": "i", "C": "C_tilde", "o": "o"}),
        (peephole_lstm(), {"f": "f", "i": "i", "C": "C_tilde", "o": "o"}),
        (coupled_lstm(), {"f": "f", "C": "C_tilde", "o": "o"}),
        (no_forget_lstm(), {"i": "i", "C": "C_tilde", "o": "o"}),
        (gru(reset="before"), {"z": "z", "r": "r", "h": "h_tilde"}),
        (gru(reset="after"), {"z": "z", "r": "r", "h": "h_tilde"}),
        (rnn(activation="relu"), {"h": "h"}),
    ],
)
def test_every_squashed_sum_over_v_is_a_gate(cell, wanted):
    assert gates(cell) == wanted


def test_what_is_no_gate_is_not_found():
    with pytest.raises(KeyError):
        contributions(FOUNDING, 0, "nothing")
