from lstm_core.worksheets.recipe import Recipe, from_code
from lstm_ui.check.choices import asked_rows, asked_steps
from tests.core.marking.sheets import problem
from tests.ui.sessions import UNSATURATED, do, session_at


def test_gates_and_states_are_asked_for_where_wished():
    session = do(session_at(), "choose", option="ask", value="states")
    names = ["f", "i", "C_tilde", "C", "o", "squashed", "h"]
    assert [step.name for step in asked_steps(session)] == names


def test_a_worksheet_asks_for_its_own_steps_first():
    exercise, _ = from_code(Recipe(steps="forget", T=2).code)
    session = session_at(exercise=exercise, t=1)
    assert [step.name for step in asked_steps(session)] == ["Wv_f", "z_f", "f"]
    assert len(asked_steps(do(session, "choose", option="ask", value="every"))) == 18


def test_the_backward_pass_is_asked_for_where_it_is_wished_and_only_its_vectors():
    assert asked_rows(session_at()) == []
    session = do(session_at(), "choose", option="back", value="on")
    names = [row.name for row in asked_rows(session)]
    assert {"dh", "dC", "dz_f", "dv", "dh_prev"} <= set(names)
    assert "dW_f" not in names


def test_the_weights_gradients_are_asked_for_as_matrices_where_it_is_wished():
    session = do(session_at(exercise=UNSATURATED), "choose", option="back", value="weights")
    names = [row.name for row in asked_rows(session)]
    assert {"dW_f", "db_f", "dW_f_sum", "db_f_sum"} <= set(names)
    do(session, "go", step="v", t=1)
    assert "dW_f_sum" not in [row.name for row in asked_rows(session)]


def test_matrices_that_nobody_types_are_not_asked_for():
    session = do(session_at(exercise=problem(1, 6, 6)), "choose", option="back", value="weights")
    names = [row.name for row in asked_rows(session)]
    assert "db_f" in names
    assert "dW_f" not in names
