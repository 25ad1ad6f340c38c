import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.exercise.presets import PRESETS
from lstm_core.trace import Address
from lstm_ui.check.answer_token import LONGEST, from_token, to_token
from lstm_ui.check.answers import answer_desk, verdicts_on
from tests.core.exercises import ONE_SENTENCE
from tests.ui.check.answered import answered, backward_answers
from tests.ui.sessions import UNSATURATED, do, session_at

Z_I = {Address("z_i", 0, (j,)): text for j, text in enumerate(("22", "42", "62"))}


def test_the_published_slip_is_named_entry_by_entry_and_nothing_that_follows_is_accused():
    session = answered()
    for j, text in enumerate(("1.0000", "1.0000", "1.0000")):
        do(session, "answer", cell=f"i:{j}", text=text)
    verdicts = verdicts_on(session)
    found = [(v.state, [m.code for m in v.mistakes]) for v in verdicts.values()]
    assert found[:3] == [
        ("right", []),
        ("wrong", ["bias-omitted"]),
        ("wrong", ["bias-subtracted"]),
    ]
    assert all(state in ("right", "follow") for state, _ in found[3:])


def test_an_answer_stays_as_it_was_typed():
    session = answered(("  22,50 ", "abc", ""))
    assert session.answers == {
        Address("z_i", 0, (0,)): "  22,50 ",
        Address("z_i", 0, (1,)): "abc",
    }


def test_an_empty_answer_takes_the_old_one_away():
    assert do(answered(("1",)), "answer", cell="z_i:0", text=" ").answers == {}


def test_answers_belong_to_the_time_step_on_screen():
    session = do(session_at(exercise=UNSATURATED, t=2), "answer", cell="C:1", text="0.5")
    assert list(session.answers) == [Address("C", 2, (1,))]


def test_undo_takes_back_an_answer_and_redo_gives_it_again():
    session = do(answered(), "undo")
    assert len(session.answers) == 2
    assert do(session, "redo").answers == Z_I


def test_clear_can_be_undone():
    session = do(answered(), "clear")
    assert session.answers == {}
    assert do(session, "undo").answers == Z_I


def test_answers_wait_while_the_exercise_has_another_size():
    session = answered()
    session.change(session.exercise.resized(n=1)[0])
    assert [at.index for at in verdicts_on(session)] == [(0,)]
    do(session, "undo")
    assert session.answers == Z_I
    assert len(verdicts_on(session)) == 3


@pytest.mark.parametrize(
    "text", ["22 42 62", "22\n42\n62", "[22, 42, 62]", "22;42;62", "22\t42\t62", "z_i = [22 42 62]"]
)
def test_a_whole_vector_is_pasted_as_it_was_typed(text):
    assert do(session_at(), "answers", cell="z_i:0", text=text).answers == Z_I


def test_pasted_numbers_keep_their_zeros_and_blanks_stay_blank():
    session = do(session_at(), "answers", cell="z_i:0", text="22.10\t\t62.00")
    assert list(session.answers.values()) == ["22.10", "62.00"]


@pytest.mark.parametrize(
    ("cell", "text"), [("z_i:1", "1 2 3"), ("z_i:0", "1 2\n3 4"), ("z_i:0", "[1 2")]
)
def test_what_does_not_fit_is_refused_with_a_sentence_and_nothing_is_lost(cell, text):
    session = do(answered(), "answers", cell=cell, text=text)
    assert session.answers == Z_I
    assert ONE_SENTENCE.match(session.problems["z_i"])


@pytest.mark.parametrize("cell", ["nowhere:0", "z_i:3", "W_f:0:0", "x:0", "z_i", ""])
def test_an_answer_for_no_entry_is_dropped(cell):
    assert do(session_at(), "answer", cell=cell, text="1").answers == {}


@given(st.text(max_size=300), st.sampled_from(("v", "Wv_f", "z_i", "f", "C_tilde", "C", "h")))
def test_any_text_in_any_field_is_kept_and_marked_in_under_50_ms(text, step):
    session = do(session_at(exercise=PRESETS["unsaturated"]), "answer", cell=f"{step}:0", text=text)
    begun = time.process_time()
    verdicts = verdicts_on(session)
    taken = time.process_time() - begun
    kept = session.answers.get(Address(step, 0, (0,)), "")
    assert kept == (text[:LONGEST] if text[:LONGEST].strip() else "")
    assert len(verdicts) == (len(session.exercise.trace()[0, step]) if kept else 0)
    assert taken < 0.05
    assert from_token(to_token(session.answers)) == session.answers


def test_a_backward_answer_is_marked_against_the_backward_pass():
    session = backward_answers("dz_f", [0, 0, 0], t=2)
    right = answer_desk(session).trace[2, "dz_f"]
    states = [v.state for v in verdicts_on(backward_answers("dz_f", right, t=2)).values()]
    assert states == ["right"] * 3


def test_a_recurrent_path_that_was_cut_is_named():
    session = backward_answers("dC", [0, 0, 0], t=1)
    trace = answer_desk(session).trace
    direct = trace[1, "dC"] - trace[1, "dC_next"]  # without what t = 3 hands back
    verdicts = verdicts_on(backward_answers("dC", direct, t=1)).values()
    assert {v.state for v in verdicts} == {"wrong"}
    assert all("recurrent-path-cut" in [m.code for m in v.mistakes] for v in verdicts)


def test_backward_answers_wait_where_the_backward_pass_is_not_asked_for():
    session = backward_answers("dz_f", [1, 2, 3])
    do(session, "choose", option="back", value="off")
    assert verdicts_on(session) == {}
    assert len(session.answers) == 3


def test_another_example_asks_before_it_marks_what_was_about_other_numbers():
    session = answered()
    session.load(UNSATURATED)
    assert not session.answers
    assert len(session.aside) == 3
    do(session, "bring_along")
    assert [text for _, text in sorted(session.answers.items())] == ["22", "42", "62"]
    assert not session.aside


def test_answers_kept_aside_can_be_left():
    session = answered()
    session.load(UNSATURATED)
    do(session, "put_away")
    assert not session.aside
    assert not session.answers


def test_the_same_example_in_other_decimals_keeps_its_answers():
    session = answered()
    session.load(replace(session.exercise, decimals=2))
    assert len(session.answers) == 3


def test_from_the_last_box_it_goes_on_to_the_next_time_step_and_no_further():
    session = session_at(exercise=UNSATURATED)
    seen = [do(session, "go_on").place.t for _ in range(UNSATURATED.T)]
    assert seen == [1, 2, 2]


def weights(**place):
    """A reader of whom ∂L/∂W is asked as well: 3 × 5 for each gate."""
    return do(session_at(exercise=UNSATURATED, **place), "choose", option="back", value="weights")


def test_a_gradient_of_weights_is_answered_entry_by_entry_and_kept_in_the_link():
    session = weights(t=2)
    right = answer_desk(session).trace[2, "dW_f"]
    do(session, "answer", cell="dW_f:1:4", text=f"{right[1, 4]:.4f}")
    do(session, "answer", cell="dW_f:2:0", text="0.777")
    states = {at.index: v.state for at, v in verdicts_on(session).items() if v.state != "blank"}
    assert states == {(1, 4): "right", (2, 0): "wrong"}
    assert from_token(to_token(session.answers)) == session.answers


def test_a_matrix_is_pasted_as_a_block_and_named_where_rows_and_columns_are_interchanged():
    session = weights(t=2)
    trace = answer_desk(session).trace
    wrong = np.outer(trace[2, "v"], trace[2, "dz_f"]).reshape(3, 5)
    text = "\n".join(" ".join(f"{x:.4f}" for x in row) for row in wrong)
    do(session, "answers", cell="dW_f:0:0", text=text)
    found = [v for v in verdicts_on(session).values() if v.state == "wrong"]
    assert len(found) >= 10
    assert {one.code for v in found for one in v.mistakes} == {"outer-transposed"}
    do(session, "answers", cell="dW_f:1:4", text="1\n2")
    assert session.answers[Address("dW_f", 2, (2, 4))] == "2"


def test_a_block_that_is_too_large_is_refused():
    session = do(weights(), "answers", cell="dW_f:1:3", text="1 2 3\n4 5 6")
    assert session.answers == {}
    assert session.problems["dW_f"] == (
        "A block of 2 × 3 numbers was given, and from here on there is room for 2 × 2. "
        "Nothing was changed."
    )


@pytest.mark.parametrize("cell", ["dW_f:3:0", "dW_f:0:5", "dW_f:0", "dz_f:0:0"])
def test_no_entry_of_a_matrix_is_no_place_for_an_answer(cell):
    assert do(weights(), "answer", cell=cell, text="1").answers == {}
