import numpy as np
import pytest

from lstm_core.frameworks.convert import named_arrays
from tests.ui.sessions import FOUNDING, do, session_at

n, m = FOUNDING.n, FOUNDING.m
W, B = np.arange(n * (n + m)).reshape(n, -1) / 10, np.arange(n) - 0.5


def paste(text, cell="W_f:0:0"):
    return do(session_at(), "paste", cell=cell, text=text)


def test_what_was_taken_out_of_a_paste_is_said():
    session = paste(f"tensor({W.tolist()}, dtype=torch.float64)")
    np.testing.assert_array_equal(session.exercise.params["W_f"], W)
    assert session.notice == "Left out: “, dtype=torch.float64”, “tensor(”."


def test_a_plain_paste_needs_no_words():
    assert paste("1 2").notice == ""


@pytest.mark.parametrize("names", [("W_i", "b_i"), ("Wi", "bi"), ("W_input", "bias_i")])
def test_several_matrices_go_where_their_names_say(names):
    session = paste(f"{names[0]} = {W.tolist()}\n{names[1]} = {B.tolist()}\nC_prev = [[1, 2, 3]]")
    np.testing.assert_array_equal(session.exercise.params["W_i"], W)
    np.testing.assert_array_equal(session.exercise.params["b_i"], B)
    assert session.exercise.start["C_prev"].tolist() == [1, 2, 3]
    assert session.notice == "Filled in: W_i, b_i, C_prev."
    assert len(session.past) == 1


def test_the_candidate_has_many_names():
    for name in ("W_c", "Wg", "W_candidate"):
        session = paste(f"{name} = {W.tolist()}\nb_f = {B.tolist()}")
        np.testing.assert_array_equal(session.exercise.params["W_C"], W)


def test_what_has_no_place_is_said_and_the_rest_goes_in():
    session = paste(f"b_f = {B.tolist()}\nfoo = [1 2]")
    assert session.notice == ("Filled in: b_f. Not used, as nothing here has such a name: foo.")


def test_a_framework_s_layer_is_converted():
    arrays = named_arrays("pytorch", FOUNDING.params, order=FOUNDING.order)
    parts = ", ".join(f"('{k}', tensor({(2 * a).tolist()}))" for k, a in arrays.items())
    session = paste(f"OrderedDict([{parts}])")
    for name, array in FOUNDING.params.items():
        np.testing.assert_allclose(session.exercise.params[name], 2 * array)
    assert session.notice.startswith("Filled in: ")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("foo = [1 2]\nbar = [3 4]", "Nothing here has the name “foo”, “bar”."),
        (
            "\\begin{matrix}1\\end{matrix}\\begin{matrix}2\\end{matrix}",
            "There are 2 matrices here;",
        ),
        ("W_f = [1 2]\nW_f = [3 4]", "There are 2 matrices here, W_f; paste the one you mean."),
        ("W_f = [1 2]\nb_f = [3 4]", "W_f must be n × (n+m) = 3 × 6"),
    ],
)
def test_what_fits_nowhere_changes_nothing(text, says):
    session = paste(text)
    assert says in session.problems["W_f"]
    assert session.problems["W_f"].endswith(" Nothing was changed.")
    assert (session.exercise, session.offer) == (FOUNDING, None)
