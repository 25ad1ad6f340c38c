import pytest

from tests.core.exercises import ONE_SENTENCE
from tests.ui.sessions import FOUNDING, UNSATURATED, do, session_at

WEIGHTS = "W_f = [[1, 2, 3], [4, 5, 6]]\nW_i = [[1, 0, 1], [0, 1, 0]]\n"
REST = "Wc = [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]\nWo = [[-1, 0, 1], [0, 0, 2]]\n"


def taken(text, title="", exercise=UNSATURATED):
    return do(session_at(exercise=exercise), "own_numbers", title=title, text=text)


def test_all_matrices_come_in_one_act_and_bring_their_sizes():
    session = taken(WEIGHTS + REST + "b_f = [0.5, 1]\nh = [[0.1], [0.2]]\nx = [7]", " Sheet 3 ")
    exercise = session.exercise
    assert (exercise.title, exercise.m, exercise.n, exercise.T) == ("Sheet 3", 1, 2, 1)
    assert exercise.params["W_C"].tolist() == [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]
    assert exercise.params["b_f"].tolist() == [0.5, 1.0]
    assert exercise.start["h_prev"].tolist() == [0.1, 0.2]
    assert exercise.xs.tolist() == [[7.0]]
    assert session.notice.startswith("Taken: W_f, W_i, W_C, W_o, b_f, h_prev, xs.")
    assert "in the order [hₜ₋₁, xₜ] of v." in session.notice
    assert "Not given, and so 0: b_i, b_C, b_o, C_prev." in session.notice
    assert not session.problems


@pytest.mark.parametrize("inputs", ["x = [[1], [2]]", "x = [1, 2]"])
def test_one_input_may_be_written_as_a_column(inputs):
    wide = "\n".join(f"W_{g} = [[1, 2, 3]]" for g in "fiCo")
    assert taken(f"{wide}\n{inputs}").exercise.xs.tolist() == [[1.0, 2.0]]


def test_several_inputs_are_as_many_time_steps():
    assert taken(WEIGHTS + REST + "xs = [[1], [2], [3]]").exercise.T == 3


def test_a_read_out_comes_with_its_weights():
    assert not taken(WEIGHTS + REST).exercise.cell.readout
    assert taken(WEIGHTS + REST + "W_y = [[1, 2]]").exercise.p == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[1, 2], [3, 4]]", "needs its name"),
        (WEIGHTS, "These weights are not here: W_C, W_o."),
        (WEIGHTS + REST + "b_f = [1, 2, 3, 4]", "b_f"),
        ("\n".join(f"W_{g} = [[1, 2], [3, 4]]" for g in "fiCo"), "no input beside n = 2"),
        ("", "number"),
        ("x" * 300_000, "At most 200000 characters"),
        ("W_f = [[1, 2, 3], [4, 5]]\nW_i = [[1]]", ""),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence_and_changes_nothing(text, said):
    session = taken(text)
    assert session.exercise == UNSATURATED
    problem = session.problems["own numbers"]
    assert said in problem
    assert ONE_SENTENCE.match(problem)


def test_answers_to_the_exercise_before_are_set_aside_and_undo_brings_both_back():
    session = do(session_at(), "answer", cell="z_i:0", text="22")
    do(session, "own_numbers", title="", text=WEIGHTS + REST)
    assert not session.answers
    assert list(session.aside.values()) == ["22"]
    do(session, "undo")
    assert (session.exercise, list(session.answers.values())) == (FOUNDING, ["22"])
    assert not session.aside
