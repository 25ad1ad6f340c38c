import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.exercise.presets import PRESETS
from lstm_core.trace import Address
from lstm_ui.lecture.blocks import lecture_data, slide_figure
from lstm_ui.lecture.choices import PREDICT, SEEN, is_hidden
from lstm_ui.lecture.title import pieces, slide_title
from lstm_ui.session.options import Bits
from lstm_ui.sheet.desk import desk
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.ui.blocks import matrix_of, of_kind, texts
from tests.ui.sessions import UNSATURATED, do, session_at


def blocks(session):
    return lecture_data(desk(session))["blocks"]


def bar_of(session):
    (bar,) = of_kind(blocks(session), "lecture")
    return bar


def result(session):
    return texts(matrix_of(blocks(session), session.place.step))


def predicting(mode="walk", **place):
    return do(session_at(**place), "predict", mode=mode)


def test_nothing_is_hidden_unless_it_is_wished():
    assert result(session_at()) == ["91", "175", "133"]


def test_a_press_reveals_and_the_next_one_goes_on():
    session = predicting()
    assert result(session) == ["?", "?", "?"]
    do(session, "present", by=1)
    assert (session.place.step, result(session)) == ("Wv_f", ["91", "175", "133"])
    do(session, "present", by=1)
    assert (session.place.step, result(session)) == ("z_f", ["?", "?", "?"])


def test_what_was_revealed_stays_revealed_after_a_step_back():
    session = predicting()
    for by in (1, 1, -1):
        do(session, "present", by=by)
    assert (session.place.step, is_hidden(session)) == ("Wv_f", False)
    assert is_hidden(do(session, "present", by=1))


def test_no_number_of_a_hidden_result_leaves_python():
    session = predicting(step="f", exercise=UNSATURATED)
    hidden = matrix_of(blocks(session), "f")
    told = [str(value) for row in hidden["rows"] for cell in row for value in cell.values()]
    numbers = desk(session).values("f")
    assert not any(f"{x:.3f}" in text for x in numbers for text in told)
    assert of_kind(blocks(session), "entry") == []


def test_one_step_alone_can_be_hidden():
    session = predicting("step")
    assert is_hidden(session)
    session.walk(1)
    assert not is_hidden(session)
    session.walk(-1)
    assert is_hidden(session)
    assert not is_hidden(do(session, "reveal"))


def test_each_time_step_has_its_own_results():
    session = predicting(step="h", exercise=UNSATURATED, t=0)
    do(session, "reveal")
    assert not is_hidden(session)
    session.go("h", 1)
    assert is_hidden(session)


@pytest.mark.parametrize("mode", ["off", "walk"])
def test_ten_presses_are_ten_steps(mode):
    session = predicting(mode, step="v")
    for _ in range(10):
        do(session, "present", by=1)
    steps = [step.name for step in session.exercise.cell.steps]
    assert session.place.step == (steps[10] if mode == "off" else steps[5])


def test_off_shows_all_and_a_new_beginning_hides_all():
    session = do(predicting(), "reveal")
    do(session, "predict", mode="off")
    assert not is_hidden(session)
    assert is_hidden(do(session, "predict", mode="walk"))


def test_the_count_is_said_and_so_is_that_something_is_hidden():
    (bar,) = of_kind(blocks(predicting(step="C", exercise=UNSATURATED, t=1)), "lecture")
    assert bar["count"] == "Step 13 of 18, t = 2 of 3"
    assert bar["spoken"] == "Step 13 of 18, t = 2 of 3: New cell state. Predict the result."
    assert bar["ends"]["End"] == {"step": "h", "t": 2}


def test_the_spotlight_shows_the_arithmetic_of_one_entry():
    session = do(session_at(entry=1), "choose", option="spot", value="on")
    (entry,) = of_kind(blocks(session), "entry")
    assert (entry["name"], entry["result"]) == ("(W_f·v)[2]", "175")


def test_a_note_is_kept_with_the_exercise_and_can_be_undone():
    session = do(session_at(), "note", step="Wv_f", text="Ask: why 6?")
    assert session.exercise.notes == {"Wv_f": "Ask: why 6?"}
    assert bar_of(session)["note"] == "Ask: why 6?"
    assert do(session, "undo").exercise == PRESETS["founding"]


def test_a_note_that_is_too_long_is_refused_with_a_sentence():
    session = do(showing_notes(), "note", step="Wv_f", text="x" * 501)
    (note,) = of_kind(blocks(session), "note")
    assert (note["text"], session.exercise.notes) == ("Ask: why 6?", {"Wv_f": "Ask: why 6?"})
    assert note["problem"].startswith("The note on Wv_f must be text")


def showing_notes():
    session = do(session_at(), "note", step="Wv_f", text="Ask: why 6?")
    return do(session, "choose", option="note", value="on")


def test_a_note_is_on_the_slide_only_where_it_is_wanted_and_there_is_one():
    session = showing_notes()
    (note,) = of_kind(blocks(session), "note")
    assert (note["step"], note["text"]) == ("Wv_f", "Ask: why 6?")
    session.walk(1)
    assert of_kind(blocks(session), "note") == []
    session.walk(-1)
    do(session, "choose", option="note", value="off")
    assert of_kind(blocks(session), "note") == []


def test_the_teachers_window_is_told_what_comes_next_and_where_it_ends():
    bar = bar_of(session_at(step="f", exercise=UNSATURATED, t=0))
    assert (bar["now"]["count"], bar["next"]["count"]) == (
        "Step 4 of 18, t = 1 of 3",
        "Step 5 of 18, t = 1 of 3",
    )
    assert bar["next"]["title"][-1] == {"latex": r"W_i \cdot v"}
    after = bar_of(session_at(step="h", exercise=UNSATURATED, t=0))["next"]
    assert after["count"] == "Step 1 of 18, t = 2 of 3"
    assert bar_of(session_at(step="h", exercise=UNSATURATED, t=2))["next"] is None


def test_undo_reset_and_play_are_at_hand():
    session = do(session_at(), "edit", cell="W_f:0:0", text="2")
    (tools,) = of_kind(blocks(session), "toolbar")
    assert [(tool["act"], tool["on"]) for tool in tools["items"]] == [
        ("undo", True),
        ("reset", True),
        ("play", True),
    ]


@pytest.mark.parametrize(("show", "kinds"), [("both", 2), ("numbers", 1), ("figure", 1)])
def test_numbers_and_figure_can_each_have_the_slide(show, kinds):
    found = blocks(do(session_at(), "choose", option="show", value=show))
    (operation,) = [block for block in found if block["id"] == "operation"]
    assert len(operation["blocks"]) == kinds
    assert bool(of_kind(found, "equation")) == (show != "figure")
    assert bool(of_kind(found, "figure")) == (show != "numbers")


def test_a_figure_shows_nothing_of_a_result_that_is_to_be_predicted():
    session = predicting(step="f", exercise=UNSATURATED)
    hidden = slide_figure(desk(session))
    assert (hidden["data"], hidden["alt"]) == ([], "The figure comes with the result.")
    shown = slide_figure(desk(do(session, "reveal")))
    assert shown["data"]
    assert shown["layout"]["height"] == hidden["layout"]["height"]


@pytest.mark.parametrize(("n", "m", "said"), [(8, 8, ""), (9, 3, "A part"), (8, 9, "A part")])
def test_what_is_too_large_for_a_slide_says_that_it_is_folded_and_can_be_unfolded(n, m, said):
    session = session_at(exercise=some(n=n, m=m, T=1))
    (fold,) = [b for b in of_kind(blocks(session), "text") if b["id"] == "fold"] or [None]
    assert (fold["lines"][0]["text"] if fold else "").startswith(said)
    assert bool(fold) == bool(said)
    do(session, "choose", option="fold", value="off")
    unfolded = matrix_of(blocks(session), "W_f")
    assert (len(unfolded["rows"]), len(unfolded["rows"][0])) == (n, n + m)


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_no_heading_shows_letters_as_they_are_typed(cell):
    for step in cell.steps:
        shown = slide_title(cell, step)
        prose = "".join(piece.get("text", "") for piece in (*shown["title"], *shown["what"]))
        assert not re.search(r"[_{}\\]", prose), prose


def test_letters_in_a_heading_are_typeset_and_words_are_not():
    assert pieces("Multiplies the gate's weights W_f by v: h_{t-1} and C\u0303_t.") == [
        {"text": "Multiplies the gate's weights "},
        {"latex": "W_f"},
        {"text": " by "},
        {"latex": "v"},
        {"text": ": "},
        {"latex": "h_{t-1}"},
        {"text": " and "},
        {"latex": r"\tilde{C}_t"},
        {"text": "."},
    ]


@given(st.text())
def test_any_text_is_a_set_of_bits(text):
    assert Bits("seen").int_of({"seen": text}) >= 0
    assert PREDICT.of({"predict": text}) in PREDICT.words


def test_a_long_walk_remembers_every_step():
    session = predicting(step="h", exercise=some(n=1, m=1, T=200), t=199)
    do(session, "reveal")
    assert SEEN.int_of(session.options) == 1 << (200 * 18 - 1)
    assert not is_hidden(session)


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_step_of_every_cell_can_be_shown(cell):
    session = do(session_at(cell.steps[0].name, some(cell)), "predict", mode="walk")
    for step in cell.steps:
        session.place = Address(step.name, 0, (0,))
        assert set(result(session)) == {"?"}
        do(session, "present", by=1)
        assert set(result(session)) != {"?"}
