import numpy as np
import pytest

from lstm_core.cells import gru, lstm, rnn
from lstm_core.exercise.presets import PRESETS
from lstm_core.looks.stillness import still_gates
from tests.core.exercises import some


@pytest.mark.parametrize(
    ("name", "gates"),
    [
        ("founding", ("f", "i")),
        ("unsaturated", ()),
        ("moving", ()),
        ("remember", ("i",)),  # it is shut, or open; of f, unit 2 has another bias
        ("count", ("f", "i")),
    ],
)
def test_gates_that_cannot_move_are_named(name, gates):
    trace = PRESETS[name].trace()
    assert still_gates(trace) == gates
    for gate in "fio":
        slopes = [frame[gate] * (1 - frame[gate]) for frame in trace.frames]
        assert (np.max(slopes) < 0.01) == (gate in gates)


def test_any_cell_is_asked_for_its_own_gates():
    assert still_gates(some(gru()).with_array("b_z", [9, -9, 9]).trace()) == ("z",)
    assert still_gates(some(rnn()).with_array("b_h", [90, 90, 90]).trace()) == ()


def test_one_entry_at_one_time_step_is_enough_to_move():
    exercise = some(lstm(), T=2).with_array("b_f", [40, 40, 40])
    assert still_gates(exercise.trace()) == ("f",)
    z = exercise.trace()[1, "z_f"][2]
    moved = exercise.with_entry("b_f", (2,), 40 - z)
    assert still_gates(moved.trace()) == ()
