"""Randomise: what is drawn, that it can be undone, and what is said of it."""

import re

import numpy as np
import pytest

from lstm_core.cells import gru
from lstm_ui.session.names import as_own
from tests.core.exercises import some
from tests.ui.sessions import FOUNDING, UNSATURATED, do, session_at


def changed(session, base):
    arrays = session.exercise.arrays
    return [name for name in arrays if not np.array_equal(arrays[name], base.arrays[name])]


def choose(session, **options):
    session.options = {**session.options, **options}
    return session


@pytest.mark.parametrize("name", ["W_f", "b_o", "C_prev", "h_prev"])
def test_one_array_is_drawn_and_each_press_draws_another(name):
    session = do(session_at(), "randomise", matrix=name)
    first = session.exercise
    assert changed(session, FOUNDING) == [name]
    do(session, "randomise", matrix=name)
    assert changed(session, first) == [name]
    assert do(do(session, "undo"), "undo").exercise == FOUNDING


def test_the_input_on_screen_is_drawn_and_no_other():
    session = do(session_at("v", UNSATURATED, t=1), "randomise", matrix="x")
    same = (session.exercise.xs == UNSATURATED.xs).all(axis=1)
    assert same.tolist() == [True, False, True]
    assert changed(do(session_at(), "randomise", matrix="xs"), FOUNDING) == ["xs"]


def test_the_whole_exercise_is_drawn_in_one_step_of_undo():
    session = do(session_at(), "randomise", matrix="")
    assert changed(session, FOUNDING) == [*FOUNDING.arrays]
    assert do(session, "undo").exercise == FOUNDING


@pytest.mark.parametrize("matrix", ["W_q", "v", "f", "__class__"])
def test_what_cannot_be_set_is_not_drawn(matrix):
    session = do(session_at(), "randomise", matrix=matrix)
    assert (session.exercise, session.past) == (FOUNDING, [])


def test_the_rule_and_the_forget_bias_are_chosen_in_the_address():
    session = choose(session_at(), init="orthogonal", forget_bias="one")
    do(session, "randomise", matrix="")
    assert session.exercise == as_own(FOUNDING.redrawn((), "orthogonal", True))
    assert session.exercise.params["b_f"].tolist() == [1, 1, 1]
    assert session.notice.endswith("b_f is 1, as chosen.")


@pytest.mark.parametrize("rule", ["uniform", "glorot", "orthogonal"])
@pytest.mark.parametrize("matrix", ["W_f", "b_f", "x", "C_prev"])
def test_what_is_said_of_the_range_is_so(matrix, rule):
    session = do(choose(session_at(), init=rule), "randomise", matrix=matrix)
    (name,) = changed(session, FOUNDING)
    low, high = re.search(r"between −(\d(?:\.\d+)?) and (\d(?:\.\d+)?)", session.notice).groups()
    values = session.exercise.arrays[name]
    of_x = values[:, :3] if name == "W_f" and rule == "orthogonal" else values  # order [x, h]
    assert low == high
    assert np.abs(of_x).max() <= float(high)
    assert np.abs(of_x).max() > 0.5 * float(high)


@pytest.mark.parametrize("rule", ["uniform", "glorot", "orthogonal"])
def test_what_is_said_of_all_ranges_is_so(rule):
    exercise = some(gru(), n=5, m=4, T=9)
    session = do(choose(session_at(exercise=exercise), init=rule), "randomise", matrix="")
    ends = [float(x) for x in re.findall(r"and ([\d.]+\d|\d)", session.notice)]
    found = session.exercise.arrays
    x_columns = np.abs(found["W_z"][:, 5:]).max()
    largest = {"W": x_columns, "b": np.abs(found["b_z"]).max(), "x": np.abs(found["xs"]).max()}
    said = dict(zip("bx" if rule == "uniform" else "Wbx", ends, strict=True))
    assert all(largest[key] <= end for key, end in said.items())
    assert said["x"] == 1
    assert said["b"] == pytest.approx(5**-0.5, abs=0.01)


def test_a_forget_bias_alone_is_set_to_one():
    session = do(choose(session_at(), forget_bias="one"), "randomise", matrix="b_f")
    assert session.exercise.params["b_f"].tolist() == [1, 1, 1]
    assert session.notice == "b_f is 1, as chosen."
