import numpy as np
import pytest

from lstm_ui.session.session import Moment
from tests.ui.sessions import FOUNDING, UNSATURATED, do, number, send, session_at

BLOCK_3x3 = "1 2 3\n4 5 6\n7 8 9"


def scrub(session, ticks, gesture="g", cell="b_f:2", **fields):
    return do(session, "scrub", cell=cell, ticks=ticks, gesture=gesture, **fields)


def paste(session, cell, text):
    return do(session, "paste", cell=cell, text=text)


# ---- scrubbing -----------------------------------------------------------------------------------


def test_ticks_are_counted_from_where_the_gesture_began():
    session = session_at()
    assert [number(scrub(session, ticks), "b_f", 2) for ticks in (1, 2, -5)] == [3.1, 3.2, 2.5]


def test_a_gesture_is_one_step_of_undo():
    session = scrub(scrub(scrub(session_at(), 1), 2), 3)
    assert session.past == [Moment(FOUNDING, FOUNDING, {})]
    assert do(session, "undo").exercise == FOUNDING


def test_the_next_gesture_is_another_step_and_begins_where_the_last_ended():
    session = scrub(scrub(session_at(), 1), 1, gesture="next")
    assert number(session, "b_f", 2) == 3.2
    assert number(do(session, "undo"), "b_f", 2) == 3.1


def test_back_to_where_it_began_is_the_very_number():
    session = do(session_at(), "edit", cell="b_f:2", text="0.123456789012345")
    assert number(scrub(scrub(session, 4), 0), "b_f", 2) == 0.123456789012345


def test_a_gesture_that_was_undone_begins_anew():
    session = scrub(do(scrub(session_at(), 5), "undo"), 1)
    assert number(session, "b_f", 2) == 3.1


def test_the_marks_of_a_gesture_compare_with_its_beginning():
    assert scrub(scrub(session_at(), 1), 2).before == FOUNDING


@pytest.mark.parametrize("cell", ["f:0", "W_f:9:9", "", "v"])
@pytest.mark.parametrize("ticks", [1, 10**400])
def test_a_scrub_of_what_cannot_be_set_does_nothing(cell, ticks):
    assert scrub(session_at(), ticks, cell=cell).exercise == FOUNDING


@pytest.mark.parametrize("ticks", [10**400, -(10**400), 10**320])
def test_a_scrub_out_of_all_numbers_does_nothing(ticks):
    assert scrub(session_at(), ticks).exercise == FOUNDING


# ---- the order of events -------------------------------------------------------------------------


def typed(seq, text, cell="b_f:0"):
    return {"kind": "edit", "seq": seq, "cell": cell, "text": text}


def test_the_last_value_wins():
    session = session_at()
    send(session, typed(1, "5"), typed(2, "6"), typed(3, "7"))
    assert (number(session, "b_f", 0), session.last_event) == (7, 3)


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_what_was_already_dealt_with_is_not_dealt_with_again(seq):
    session = session_at()
    send(session, typed(3, "5"))
    send(session, typed(seq, "9"))
    assert (number(session, "b_f", 0), session.last_event) == (5, 3)


def test_a_resent_queue_adds_only_what_is_new():
    session = session_at()
    send(session, typed(1, "5"))
    send(session, typed(1, "5"), typed(2, "6", "b_f:1"))
    assert session.exercise.params["b_f"].tolist() == [5, 6, 3]
    assert len(session.past) == 2


# ---- pasting -------------------------------------------------------------------------------------


def test_a_pasted_block_goes_in_and_is_one_step_of_undo():
    session = paste(session_at(), "W_f:1:1", "[[0.1, 0.2], [0.3, 0.4]]")
    np.testing.assert_array_equal(session.exercise.params["W_f"][1:, 1:3], [[0.1, 0.2], [0.3, 0.4]])
    assert session.past == [Moment(FOUNDING, FOUNDING, {})]


def test_a_wrong_shape_is_refused_with_the_rule_and_an_offer():
    session = paste(session_at(), "W_f:0:0", BLOCK_3x3)
    assert session.exercise == FOUNDING
    assert "n × (n+m) = 3 × 6" in session.problems["W_f"]
    assert session.problems["W_f"].endswith("given 3 × 3. Nothing was changed.")
    assert (session.offer.matrix, session.offer.label) == (
        "W_f",
        "Fill in just these 3 × 3 entries",
    )


def test_the_offer_can_be_accepted_once():
    session = do(paste(session_at(), "W_f:0:0", BLOCK_3x3), "accept")
    assert session.exercise.params["W_f"][1].tolist() == [4, 5, 6, 8, 9, 10]
    assert (session.offer, session.problems) == (None, {})
    assert do(do(session, "undo"), "accept").exercise == FOUNDING


@pytest.mark.parametrize(
    "change",
    [
        lambda session: do(session, "edit", cell="b_f:0", text="5"),
        lambda session: do(session, "forget", cell="b_f:0"),
        lambda session: session.change(FOUNDING.resized(n=4)[0]),
        lambda session: session.show(2),
        lambda session: session.load(UNSATURATED),
    ],
)
def test_an_offer_ends_with_the_next_act(change):
    session = paste(session_at(), "W_f:0:0", BLOCK_3x3)
    change(session)
    assert (session.offer, session.problems) == (None, {})


@pytest.mark.parametrize(
    ("cell", "text", "told"),
    [
        ("W_f:0:0", "1 2\n3", "Row 2 has 1 entry; expected 2"),
        ("W_f:0:0", "1 2\n3 x", "Row 2, column 2: “x”"),
        ("W_f:2:5", "1 2 3", "given 1 × 3. Nothing"),
        ("b_f:0", "1 2\n3 4", "b_f must be n = 3"),
        ("f:0", "1 2", "This entry of f is computed"),
        ("W_f:9:9", "1 2", "computed"),
        ("W_f:0:0", "", "No numbers were given"),
    ],
)
def test_what_cannot_be_pasted_is_told_at_the_matrix(cell, text, told):
    session = paste(session_at(), cell, text)
    assert told in session.problems[cell.split(":")[0]]
    assert (session.exercise, session.offer) == (FOUNDING, None)
