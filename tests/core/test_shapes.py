import numpy as np
import pytest

from lstm_core.cells import gru, lstm, peephole_lstm, rnn
from lstm_core.shapes import (
    ShapeError,
    letters,
    numbers,
    parameter_count,
    sizes,
    written,
)
from lstm_core.trace import run
from tests.core.samples import CELLS, NAMES, random_exercise


def error_of(cell, ex):
    with pytest.raises(ValueError, match=r"^[a-zA-Z_]+ (must be|is missing)") as caught:
        run(cell, ex.params, ex.xs, ex.start)
    return caught.value


def test_the_founding_mistake_names_matrix_rule_expected_and_given():
    ex = random_exercise(lstm(), 3, 3)
    ex.params["W_f"] = np.ones((3, 3))
    error = error_of(lstm(), ex)
    assert str(error) == (
        "W_f must be n × (n+m) = 3 × 6 (one row for each hidden unit, one column for each entry "
        "of v); given 3 × 3."
    )
    assert isinstance(error, ShapeError)
    assert (error.name, error.expected, error.given) == ("W_f", (3, 6), (3, 3))


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_the_odd_one_out_is_blamed(cell):
    unsure = {"W_y", "b_y"} if cell.readout else set()  # two arrays alone say what p is
    if "C_prev" not in cell.states and len(cell.params) == 2:
        unsure = {"W_h"}  # the only matrix
    for name in (*cell.params, *cell.states):
        ex = random_exercise(cell, 3, 2)
        home = ex.params if name in ex.params else ex.start
        home[name] = np.ones((5,) if home[name].ndim == 1 else (5, 5))
        error = error_of(cell, ex)
        assert error.given == home[name].shape or name in unsure
        assert error.name == name or name in unsure
        assert str(error).startswith(f"{error.name} must be ")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("b_f", np.ones(4), "b_f must be n = 3 (one entry for each hidden unit); given 4."),
        (
            "b_f",
            np.ones((3, 1)),
            "b_f must be n = 3 (one entry for each hidden unit); given 3 × 1.",
        ),
        ("b_y", np.ones((2, 1)), "b_y must be p = 2 (one entry for each output); given 2 × 1."),
        (
            "W_y",
            np.ones((2, 2)),
            "W_y must be p × n = 2 × 3 (one row for each output, one column for each hidden unit)"
            "; given 2 × 2.",
        ),
        ("W_o", 1.0, "W_o must be n × (n+m) = 3 × 5 (one row"),
        ("b_o", 1.0, "b_o must be n = 3 (one entry for each hidden unit); given a single number."),
    ],
)
def test_sentences(name, value, sentence):
    cell = lstm(readout=True)
    ex = random_exercise(cell, 3, 2)
    ex.params[name] = value
    assert str(error_of(cell, ex)).startswith(sentence)


@pytest.mark.parametrize("value", [np.ones(4), np.ones((3, 3)), 0.0])
@pytest.mark.parametrize("name", ["h_prev", "C_prev"])
def test_a_wrong_state_is_blamed(name, value):
    ex = random_exercise(lstm(), 3, 2)
    ex.start[name] = value
    error = str(error_of(lstm(), ex))
    assert error.startswith(f"{name} must be n = 3 (one entry for each hidden unit: h and C")


def test_peepholes_are_vectors():
    ex = random_exercise(peephole_lstm(), 3, 2)
    ex.params["p_o"] = np.ones((3, 3))
    assert str(error_of(peephole_lstm(), ex)) == (
        "p_o must be n = 3 (one entry for each hidden unit); given 3 × 3."
    )


@pytest.mark.parametrize("xs", [np.ones(3), np.ones((0, 3)), np.ones((2, 0)), 1.0])
def test_xs_is_a_table(xs):
    ex = random_exercise(lstm(), 3, 3)
    ex.xs = xs
    assert str(error_of(lstm(), ex)).startswith("xs must be T × m (time steps × inputs); given ")


@pytest.mark.parametrize("name", ["W_C", "b_o", "h_prev", "C_prev"])
def test_what_is_missing_is_named(name):
    ex = random_exercise(lstm(), 3, 3)
    (ex.params if name in ex.params else ex.start).pop(name)
    needs = "W_f, b_f, W_i, b_i, W_C, b_C, W_o, b_o, h_prev, C_prev"
    assert str(error_of(lstm(), ex)) == f"{name} is missing: this cell needs {needs}."


def test_letters_and_numbers():
    assert letters("W_f") == letters("W_h") == ("n", "n+m")
    assert letters("W_y") == ("p", "n")
    assert letters("x") == ("m",)
    assert letters("f") == letters("p_f") == letters("C_prev") == letters("b_hh") == ("n",)
    assert numbers(("n", "n+m"), {"n": 3, "m": 4}) == (3, 7)
    assert (written(("n", "n+m")), written((3, 7)), written(("n+m",))) == (
        "n × (n+m)",
        "3 × 7",
        "n+m",
    )


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_the_letters_are_the_shapes_of_the_trace(cell):
    n, m, p = 3, 2, 4
    ex = random_exercise(cell, n, m, p=p)
    trace = run(cell, ex.params, ex.xs, ex.start)
    for name, value in trace.frames[0].items():
        known = {"n": n, "m": m, "p": p, "r": n}
        assert value.shape == numbers(letters(name, cell.projected), known), name


def test_sizes():
    ex = random_exercise(lstm(readout=True), 3, 2, T=4, p=5)
    known = sizes(lstm(readout=True), {**ex.params, **ex.start}, ex.xs)
    assert known == {"T": 4, "m": 2, "n": 3, "p": 5}


@pytest.mark.parametrize(("n", "m"), [(1, 1), (3, 3), (9, 1), (2, 5)])
def test_parameter_counts(n, m):
    assert parameter_count(random_exercise(lstm(), n, m).params) == 4 * (n * (n + m) + n)
    assert parameter_count(random_exercise(gru(), n, m).params) == 3 * (n * (n + m) + n)
    assert parameter_count(random_exercise(rnn(), n, m).params) == n * (n + m) + n


def test_the_396_parameters():
    assert parameter_count(random_exercise(lstm(), 9, 1).params) == 396
