"""Controls as data: what a slider moves, and what it is put back to."""

from lstm_ui.session.options import Number
from lstm_ui.sheet.controls import cell_slider, slider, start_of
from tests.ui.sessions import UNSATURATED, do, session_at

SCALE = Number("scale", 0.0, 2.0, 1.0)


def rest(control):
    """Return what the button beside a slider puts it back to, and whether it can be pressed."""
    return control["rest"], control["on"]


def bias(session):
    """Return a slider over b_f[1] of a session."""
    value = float(session.exercise.params["b_f"][0])
    start = start_of(session, "b_f", (0,))
    return cell_slider("b_f:0", "b_f[1]", value, -8, 8, 0.05, "", start)


def test_a_slider_that_tries_a_value_can_be_put_back_to_where_it_was_without_a_reader():
    session = session_at("f", UNSATURATED)
    assert rest(slider(session, SCALE, "Scale", 0.1)) == ("1", False)
    do(session, "choose", option="scale", value="0.4")
    assert rest(slider(session, SCALE, "Scale", 0.1)) == ("1", True)
    do(session, "choose", option="scale", value="1")
    assert rest(slider(session, SCALE, "Scale", 0.1)) == ("1", False)


def test_a_slider_that_moves_a_number_is_put_back_to_the_readers_own_start():
    session = session_at("f", UNSATURATED)
    start = float(UNSATURATED.params["b_f"][0])
    assert bias(session)["on"] is False
    do(session, "slide", cell="b_f:0", text="2.5", gesture="1")
    text, is_elsewhere = rest(bias(session))
    assert (float(text), is_elsewhere) == (start, True)
    do(session, "slide", cell="b_f:0", text=text, gesture="2")
    assert session.exercise == UNSATURATED
    do(session, "undo")
    assert session.exercise.params["b_f"][0] == 2.5


def test_where_the_start_had_another_shape_there_is_nothing_to_go_back_to():
    session = session_at("f", UNSATURATED)
    session.change(UNSATURATED.resized(n=4)[0])
    assert start_of(session, "b_f", (0,)) is None
    assert "rest" not in bias(session)
