"""What the blocks show after the reader has done something."""

import pytest

from tests.ui.blocks import blocks_of, matrix_of, of_kind, shown
from tests.ui.sessions import FOUNDING, do, session_at


def edited(step):
    return do(session_at(step), "edit", cell="W_f:0:1", text="0")


def test_after_an_edit_only_the_changed_numbers_show_what_they_were():
    session = edited("Wv_f")
    assert shown(session, "Wv_f") == ["87", "175", "133"]
    assert shown(session, "Wv_f", "was") == ["91", None, None]
    assert shown(session, "W_f", "was")[0] == [None, "2", None, None, None, None]
    assert shown(session, "v", "was") == [None] * 6
    session.go("z_f")
    assert shown(session, "z_f", "was") == ["92", None, None]
    session.go("z_i")
    assert shown(session, "z_i", "was") == [None] * 3


def test_a_change_too_small_to_print_shows_all_digits_of_what_it_was():
    session = do(session_at("z_f"), "edit", cell="b_f:0", text="1.000001")
    assert shown(session, "b_f")[0] == "1"
    session = do(session, "edit", cell="b_f:0", text="1.000002")
    assert (shown(session, "b_f")[0], shown(session, "b_f", "was")[0]) == ("1", "1.000001")


def test_undo_marks_what_it_brought_back():
    assert shown(do(edited("Wv_f"), "undo"), "Wv_f", "was") == ["87", None, None]


def test_no_marks_where_the_shape_is_another():
    session = session_at("Wv_f")
    session.change(FOUNDING.resized(n=4)[0])
    assert shown(session, "Wv_f", "was") == [None] * 4


def test_what_is_no_number_stays_in_its_cell_with_its_sentence():
    session = do(session_at(), "edit", cell="W_f:0:1", text="abc")
    cell = matrix_of(blocks_of(session), "W_f")["rows"][0][1]
    assert cell["text"] == "abc"
    assert cell["error"].startswith("“abc” is not a number")


def test_a_refused_block_is_told_at_its_matrix_with_an_offer():
    session = do(session_at(), "paste", cell="W_f:0:0", text="1 2 3\n4 5 6\n7 8 9")
    matrix = matrix_of(blocks_of(session), "W_f")
    assert matrix["problem"] == session.problems["W_f"]
    assert matrix["offer"]["label"] == "Fill in just these 3 × 3 entries"
    assert matrix_of(blocks_of(session), "v")["offer"] is None


@pytest.mark.parametrize(
    ("acts", "on"),
    [
        ([], []),
        (["edit"], ["undo", "reset", "keep"]),
        (["edit", "undo"], ["redo"]),
        (["edit", "keep"], ["undo"]),
    ],
)
def test_the_toolbar_offers_what_can_be_done(acts, on):
    session = session_at()
    for act in acts:
        do(session, act, cell="b_f:0", text="5")
    blocks = blocks_of(session)
    (bar,), (said,) = of_kind(blocks, "toolbar"), of_kind(blocks, "notice")
    assert [item["act"] for item in bar["items"] if item["on"]] == [*on, "share"]
    assert said["text"] == session.notice
