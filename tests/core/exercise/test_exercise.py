from dataclasses import replace

import numpy as np
import pytest

from lstm_core.cells import cell_named, coupled_lstm, lstm
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.parts import LIMITS
from tests.core.exercises import ONE_SENTENCE, some
from tests.core.samples import CELLS


def test_arrays_are_copies_that_nobody_can_change():
    xs, params = np.ones((1, 1)), {f"W_{gate}": [[1, 2]] for gate in "fiCo"}
    params |= {f"b_{gate}": np.zeros(1) for gate in "fiCo"}
    exercise = Exercise(lstm(), params, xs, {"h_prev": [0], "C_prev": [0]})
    xs[0], params["b_f"][0] = 7, 7
    assert exercise.xs.tolist() == [[1.0]]
    assert exercise.params["b_f"].tolist() == [0.0]
    assert not any(array.flags.writeable for array in exercise.arrays.values())
    with pytest.raises(TypeError):
        exercise.params["b_f"] = None


def test_names_that_the_cell_does_not_use_are_left_out():
    exercise = some()
    other = replace(exercise, cell=coupled_lstm())
    assert set(exercise.params) - set(other.params) == {"W_i", "b_i"}


def test_sizes_and_order():
    exercise = some(lstm("xh", readout=True), n=3, m=4, T=5)
    assert (exercise.m, exercise.n, exercise.T, exercise.p) == (4, 3, 5, 2)
    assert exercise.order == "xh"
    assert exercise.without_readout().p == 0


def test_running_it_is_running_the_cell():
    exercise = some()
    frame = exercise.trace().frames[1]
    np.testing.assert_array_equal(frame["x"], exercise.xs[1])
    assert frame["W_f"] is exercise.params["W_f"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"decimals": 0}, "decimals must be"),
        ({"decimals": 11}, "decimals must be"),
        ({"decimals": True}, "decimals must be"),
        ({"title": "t" * 201}, "title must be one line of at most 200"),
        ({"title": 5}, "title must be one line"),
        ({"title": "a\nb"}, "title must be one line"),
        ({"title": "\ud800"}, "title must be one line"),
        ({"source": "s" * 501}, "source must be one line of at most 500"),
        ({"params": {}}, "W_f is missing"),
        ({"start": {}}, "h_prev is missing"),
        ({"xs": [1, 2]}, "xs must be T × m"),
        ({"xs": [[1, 2], [3]]}, "xs must hold finite numbers, as many in each row"),
        ({"xs": [["1", "2"]]}, "xs must hold finite numbers"),
        ({"xs": [[True, False]]}, "xs must hold finite numbers"),
        ({"xs": [[1, np.nan]]}, "xs must hold finite numbers"),
        ({"xs": [[1, 1j]]}, "xs must hold finite numbers"),
        ({"xs": np.ones((LIMITS["T"] + 1, 2))}, "T must be a whole number from 1 to 1000"),
        ({"start": {"h_prev": np.zeros(3), "C_prev": np.zeros(2)}}, r"C_prev must be n = 3 "),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused_in_one_sentence(change, told):
    with pytest.raises(ValueError, match=told) as caught:
        replace(some(), **change)
    assert ONE_SENTENCE.fullmatch(str(caught.value))


@pytest.mark.parametrize("decimals", [1, 10, None])
def test_decimals_up_to_ten_or_all(decimals):
    assert some(decimals=decimals).decimals == decimals


def test_every_known_cell_is_found_by_its_name_and_no_other():
    for cell in CELLS:
        assert cell_named(cell.name, cell.order, cell.readout).steps == cell.steps
    with pytest.raises(ValueError, match="the cell must be one of lstm, "):
        cell_named("transformer", "hx")
