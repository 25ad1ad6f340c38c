import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.trace import Address
from lstm_ui.session.session import valid_place
from tests.ui.sessions import UNSATURATED, do, session_at


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        (Address("y", 0, (3,)), Address("v", 0, (2,))),
        (Address("C", 2, (2,)), Address("C", 0, (0,))),
        (Address("v", 1, (4,)), Address("v", 0, (2,))),
        (Address("h", 0, (0,)), Address("h", 0, (0,))),
    ],
)
def test_a_change_keeps_the_place_valid(place, wanted):
    exercise = UNSATURATED.with_readout(4)
    session = session_at(exercise=exercise)
    session.place = place
    session.change(exercise.without_readout().resized(n=1, T=1)[0])
    assert session.place == wanted


@pytest.mark.parametrize(("t", "wanted"), [(-5, 0), (0, 0), (2, 2), (9, 2)])
def test_a_time_step_that_is_not_there_is_the_nearest(t, wanted):
    session = do(session_at("v", UNSATURATED), "go", step="C", t=t)
    assert session.place == Address("C", wanted, (0,))


@pytest.mark.parametrize(("by", "wanted"), [(1, ("Wv_f", 0)), (18, ("v", 1)), (10**9, ("h", 2))])
def test_steps_are_walked_as_the_sheet_asks(by, wanted):
    place = do(session_at("v", UNSATURATED), "walk", by=by).place
    assert (place.step, place.t) == wanted


def test_undo_keeps_the_place_valid_too():
    session = session_at("C", UNSATURATED)
    session.change(UNSATURATED.resized(n=5)[0])
    session.place = Address("C", 0, (4,))
    assert do(session, "undo").place == Address("C", 0, (2,))


@pytest.mark.parametrize("name", PRESETS)
def test_a_valid_place_stays(name):
    exercise = PRESETS[name]
    last = Address("h", exercise.T - 1, (exercise.r - 1,))
    assert valid_place(exercise, last) == last
    assert valid_place(exercise, Address("nowhere", 99, ())) == Address("v", exercise.T - 1, (0,))


def test_walking_leads_over_the_last_step_into_the_next_time_step():
    session = session_at("h", UNSATURATED)
    session.walk(1)
    assert (session.place.step, session.place.t) == ("v", 1)
    session.walk(-1)
    assert (session.place.step, session.place.t) == ("h", 0)


@pytest.mark.parametrize(("step", "t", "by"), [("v", 0, -1), ("h", 2, 1)])
def test_walking_ends_at_both_ends(step, t, by):
    session = session_at(step, UNSATURATED, t)
    session.walk(by)
    assert (session.place.step, session.place.t) == (step, t)


def test_going_elsewhere_takes_the_notice_away():
    session = do(do(session_at(), "edit", cell="b_f:0", text="5"), "undo")
    session.go("C")
    assert (session.notice, session.place) == ("", Address("C", 0, (0,)))


@pytest.mark.parametrize(
    ("step", "cell", "entry"),
    [
        ("Wv_f", "Wv_f:2", 2),
        ("Wv_f", "W_f:2:1", 2),
        ("Wv_f", "v:2", 1),  # every row uses it
        ("Wv_y", "h:2", 1),
        ("z_f", "b_f:2", 2),
        ("C", "written:2", 2),
        ("v", "v:4", 4),
        ("v", "h_prev:2", 2),
        ("v", "x:1", 4),
        ("h", "h:99", 2),
        ("h", "__class__:0", 0),
        ("h", "h", 1),
        ("h", "h:-1", 1),
        ("h", "", 1),
    ],
)
def test_a_click_opens_the_result_that_uses_the_number(step, cell, entry):
    session = session_at(step, UNSATURATED.with_readout(3), entry=1)
    assert do(session, "open", cell=cell).place == Address(step, 0, (entry,))


def test_in_the_other_order_the_state_stands_behind_the_input():
    session = session_at("v")
    assert do(session, "open", cell="h_prev:2").place.index == (5,)
    assert do(session, "open", cell="x:2").place.index == (2,)


EDITED = [
    ("Wv_f", "W_f:2:1", 2),
    ("z_f", "b_f:2", 2),
    ("v", "h_prev:2", 2),
    ("Wv_f", "v:2", 1),  # every row uses it
    ("Wv_f", "W_i:2:1", 1),  # another step's
    ("C", "b_f:2", 1),
]


@pytest.mark.parametrize(("step", "cell", "entry"), EDITED)
def test_an_edit_opens_what_the_number_is_used_in(step, cell, entry):
    session = session_at(step, UNSATURATED, entry=1)
    assert do(session, "edit", cell=cell, text="0.7").place == Address(step, 0, (entry,))


@pytest.mark.parametrize(("step", "cell", "entry"), EDITED)
def test_so_does_a_number_that_is_dragged(step, cell, entry):
    session = session_at(step, UNSATURATED, entry=1)
    do(session, "scrub", cell=cell, ticks=1, gesture="g")
    assert session.place == Address(step, 0, (entry,))


def test_what_is_no_number_opens_nothing():
    session = session_at("Wv_f", UNSATURATED, entry=1)
    assert do(session, "edit", cell="W_f:2:1", text="0.7.1").place.index == (1,)


@pytest.mark.parametrize(
    ("cell", "t", "place"),
    [
        ("C:2", 1, Address("C", 1, (2,))),
        ("f:99", 9, Address("f", 2, (2,))),
        ("W_i:2:1", 0, Address("Wv_i", 0, (2,))),
        ("b_o:1", 2, Address("z_o", 2, (1,))),
        ("x:1", 0, Address("v", 0, (4,))),
        ("h_prev:2", 0, Address("v", 0, (2,))),
        ("nothing:1", 1, Address("z_f", 0, (1,))),
        ("W_i", 1, Address("z_f", 0, (1,))),
    ],
)
def test_any_number_can_be_entered_where_it_is_made_or_first_used(cell, t, place):
    session = session_at("z_f", UNSATURATED, entry=1)
    assert do(session, "enter", cell=cell, t=t).place == place
