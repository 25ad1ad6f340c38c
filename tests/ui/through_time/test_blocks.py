import base64
import re

import numpy as np
import pytest

from lstm_core.cells import coupled_lstm, gru, lstm, no_forget_lstm, peephole_lstm, rnn
from lstm_core.looks.signals import SIGNALS, signal
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address, run
from lstm_ui.sheet.desk import desk
from lstm_ui.through_time.blocks import through_time_blocks
from lstm_ui.through_time.choices import (
    MOST_STEPS,
    MOST_UNITS,
    lines,
    rows,
    span,
)
from lstm_ui.through_time.events import clicked, place_of
from lstm_ui.through_time.figure import figure
from lstm_ui.through_time.words import figure_sentences, look_text, questions
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.ui.blocks import of_kind
from tests.ui.sessions import FOUNDING, UNSATURATED, do, session_at

LOOKS = ("maps", "unit", "cobweb", "memory")


def opened(look="maps", exercise=UNSATURATED, t=1, **options):
    session = session_at(exercise.cell.steps[0].name, exercise, t)
    session.options = {"over": look, **options}
    return session


def seen(session):
    return span(desk(session))


def drawn(session):
    return figure(seen(session))


def unpacked(z):
    shape = [int(size) for size in z["shape"].split(", ")]
    return np.frombuffer(base64.b64decode(z["bdata"]), "<f4").reshape(shape)


def test_the_heatmaps_are_the_trace_in_single_precision():
    session = opened(exercise=some(n=4, m=2, T=7))
    trace, names = session.exercise.trace(), rows(session.exercise.cell)
    bounded, unbounded = (unpacked(part["z"]) for part in drawn(session)["data"])
    for group, name in enumerate(names):
        grid, first = (unbounded, 0) if name == "C" else (bounded, 5 * group)
        for t in range(7):
            np.testing.assert_array_equal(grid[first : first + 4, t], np.float32(trace[t, name]))
    assert [part["y0"] for part in drawn(session)["data"]] == [0, 5 * names.index("C")]


def test_gates_candidate_and_states_are_shown_and_c_has_a_scale_of_its_own():
    assert rows(UNSATURATED.cell) == ["f", "i", "C_tilde", "o", "h", "C"]
    scales = drawn(opened())["scales"]
    assert [(s["label"], s["high"]) for s in scales] == [
        ("fₜ, iₜ, C̃ₜ, oₜ, hₜ", "1"),
        ("Cₜ", "2"),
    ]


def test_a_click_leads_to_that_number_on_the_step_by_step_page():
    session = opened()
    clicked(session, "3,9")  # the third group of four rows: C_tilde, unit 2
    assert (session.leaving, session.place) == ("", Address("C_tilde", 2, (1,)))


@pytest.mark.parametrize("place", ["3,3", "0,0", "9,0", "1,99", "1,-1"])
def test_a_click_between_the_rows_leads_nowhere(place):
    assert place_of(seen(opened()), place) is None


def test_a_click_on_a_line_goes_to_its_time_step():
    session = opened("unit", t=0)
    clicked(session, "3,0.71")
    assert (session.leaving, session.place.t) == (None, 2)


def test_the_lines_of_a_unit_are_the_trace():
    session = opened("unit", unit="2")
    trace = session.exercise.trace()
    for name, line in zip(lines(session.exercise.cell), drawn(session)["data"], strict=True):
        assert line["y"] == [trace[t, name][1] for t in range(3)]


def test_the_words_hold_the_numbers_on_screen():
    session = opened("unit", unit="3")
    value = numeral(float(session.exercise.trace()[1, "C"][2]), session.exercise.decimals)
    text = of_kind(through_time_blocks(seen(session)), "text")[0]["lines"][0]["text"]
    assert text.startswith(f"Unit 3 at t = 2: Cₜ = {value}, ")
    assert f"Cₜ = {value}" in drawn(session)["alt"]


def test_the_cobweb_says_where_the_unit_comes_to_rest():
    session = opened("cobweb", unit="1", t=0)
    f, i, C_tilde = (session.exercise.trace()[0, name][0] for name in ("f", "i", "C_tilde"))
    rest = numeral(i * C_tilde / (1 - f), 4)
    alt = drawn(session)["alt"]
    assert "Cₜ[1] goes from 1.3 to 0.6144 and rests there" in alt
    assert f"It would be at rest at {rest}, slope {numeral(f, 4)}." in alt


def test_a_unit_that_goes_on_and_on_is_said_to():
    assert "goes on and on: after 400 time steps" in drawn(opened("cobweb", FOUNDING, 0))["alt"]


def test_one_time_step_is_not_many():
    words = [
        block["title"]
        for block in of_kind(through_time_blocks(seen(opened(exercise=FOUNDING, t=0))), "fold")
    ]
    assert words == ["Inputs x: 1 time step of 3 numbers each"]


def test_a_slider_moves_the_bias_and_so_the_memory():
    session = opened("unit")
    (moves,) = [
        b for b in of_kind(through_time_blocks(seen(session)), "controls") if b["id"] == "moves"
    ]
    cells = [item["cell"] for item in moves["items"]]
    assert cells == ["b_f:0", "b_i:0", "b_C:0", "b_o:0"]
    before = session.exercise.trace()[2, "C"][0]
    for text in ("2", "3.5"):
        do(session, "slide", cell="b_f:0", text=text, gesture="g")
    assert session.exercise.trace()[2, "C"][0] != before
    assert do(session, "undo").exercise == UNSATURATED


@pytest.mark.parametrize("kind", SIGNALS)
def test_inputs_can_be_made_and_unmade(kind):
    session = do(opened(length="40"), "signal", mode=kind)
    np.testing.assert_array_equal(session.exercise.xs, signal(kind, 40, 2))
    assert do(session, "undo").exercise == UNSATURATED


@pytest.mark.parametrize("mode", ["", "noise", "__class__"])
def test_no_other_inputs_are_made(mode):
    assert do(opened(), "signal", mode=mode).exercise == UNSATURATED


def test_one_input_can_be_edited_and_a_whole_table_pasted():
    session = do(opened(), "edit", cell="xs:2:1", text="0.5")
    assert session.exercise.xs[2, 1] == 0.5
    do(session, "paste", cell="xs:0:0", text="1 2\n3 4\n5 6\n7 8")
    np.testing.assert_array_equal(session.exercise.xs, [[1, 2], [3, 4], [5, 6], [7, 8]])


def test_a_table_of_another_width_is_refused_with_a_sentence():
    session = do(opened(), "paste", cell="xs:0:0", text="1 2 3\n4 5 6")
    assert session.exercise == UNSATURATED
    assert "Nothing was changed." in session.problems["xs"]


def test_what_is_no_number_stays_in_its_cell():
    session = do(opened(), "edit", cell="xs:1:0", text="abc")
    (table,) = of_kind(through_time_blocks(seen(session)), "equation")
    cell = table["items"][0]["rows"][1][0]
    assert (cell["text"], bool(cell["error"])) == ("abc", True)


def test_of_a_large_exercise_a_part_is_drawn_and_that_is_said():
    session = opened(exercise=some(n=20, m=2, T=450), t=300)
    here = seen(session)
    assert len(here.steps) == MOST_STEPS
    assert 300 in here.steps
    words = " ".join(
        line["text"] for line in of_kind(through_time_blocks(here), "text")[0]["lines"]
    )
    assert f"Of 20 units the first {MOST_UNITS} are drawn." in words
    assert re.search(r"Of 450 time steps, \d+ to \d+ are drawn", words)


def test_the_memory_beside_an_rnn_names_both_time_steps():
    session = do(opened("memory", length="60"), "signal", mode="sine")
    words = of_kind(through_time_blocks(seen(session)), "text")[0]["lines"][0]["text"]
    assert re.search(r"in this cell until t = \d+.*weights until t = \d+", words)


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
@pytest.mark.parametrize("look", LOOKS)
def test_every_view_of_every_cell_opens(cell, look):
    session = opened(look, some(cell), unit="2")
    assert through_time_blocks(seen(session))
    found = drawn(session)
    assert found["data"]
    assert found["alt"]


def sentences(exercise, look):
    """Everything that the page says of the cell, as one text."""
    here = seen(opened(look, exercise))
    asked = (text for pair in questions(here) for text in pair.values())
    return " ".join([look_text(here, "what"), *figure_sentences(here), *asked])


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
@pytest.mark.parametrize("look", LOOKS)
def test_the_words_name_only_what_the_cell_has(cell, look):
    text = sentences(some(cell), look)
    steps = {step.name for step in cell.steps}
    about = {"f": r"forget gate|\bf\b", "i": r"\bi\b", "o": "output gate", "C": r"\bC\b"}
    about |= {"z": r"update gate|\bz\b", "kept": "what is kept"}
    assert not [
        name for name, words in about.items() if name not in steps and re.search(words, text)
    ]


def test_the_slope_of_the_cobweb_is_what_the_words_say():
    f, rest = ("slope is f", "the next value would be the same"), "with the slope 1"
    for cell, words in (
        (lstm(), f),
        (coupled_lstm(), ("the slope is f",)),
        (no_forget_lstm(), (rest,)),
    ):
        exercise = some(cell)
        trace = exercise.trace()
        web = seen(opened("cobweb", exercise, 0)).web
        gate = trace[0, "f"][0] if "f" in trace.frames[0] else 1.0
        np.testing.assert_allclose(np.diff(web.after) / np.diff(web.before), gate, atol=1e-9)
        assert all(word in sentences(exercise, "cobweb") for word in words)


@pytest.mark.parametrize("cell", [peephole_lstm(), gru(), rnn()], ids=lambda cell: cell.name)
def test_where_the_words_say_that_the_line_is_bent_it_is(cell):
    web = seen(opened("cobweb", some(cell), 0)).web
    slopes = np.diff(web.after) / np.diff(web.before)
    assert np.ptp(slopes) > 1e-3
    assert re.search("bent|the squash itself", sentences(some(cell), "cobweb"))


@pytest.mark.parametrize(
    ("cell", "grows"),
    [
        (lstm(), True),
        (peephole_lstm(), True),
        (no_forget_lstm(), True),
        (coupled_lstm(), False),
        (gru(), False),
        (rnn(), False),
        (rnn(activation="relu"), True),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_whether_the_memory_can_grow_is_as_it_is_answered(cell, grows):
    """With every weight and bias large, and one input again and again."""
    exercise = some(cell, n=1, m=1, T=1)
    params = {name: np.full(array.shape, 8.0) for name, array in exercise.params.items()}
    start = {name: np.zeros(1) for name in cell.states}
    last = run(cell, params, np.ones((60, 1)), start)[59, "C" if "C" in cell.carry else "h"]
    assert (last[0] > 1.0) == grows
    answer = sentences(exercise, "maps").partition("without end?")[2].split()[1]
    assert answer.startswith("cannot") != grows
