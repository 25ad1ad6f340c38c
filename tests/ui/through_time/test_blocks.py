import base64
import re

import numpy as np
import pytest

from lstm_core.cells import coupled_lstm, gru, lstm, no_forget_lstm, peephole_lstm, rnn
from lstm_core.exercise.presets import PRESETS
from lstm_core.looks.signals import SIGNALS, signal
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address, run
from lstm_ui.session.names import as_own
from lstm_ui.sheet.desk import desk
from lstm_ui.through_time.blocks import through_time_blocks
from lstm_ui.through_time.choices import (
    MOST_STEPS,
    MOST_UNITS,
    lines,
    rows,
    span,
)
from lstm_ui.through_time.events import clicked
from lstm_ui.through_time.figure import figure
from lstm_ui.through_time.maps import WIDEST, place_of, places
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


def told(session):
    """What the page says below its figure, first."""
    blocks = of_kind(through_time_blocks(seen(session)), "text")
    return next(block for block in blocks if block["id"] == "said")["lines"][0]["text"]


def unpacked(z):
    shape = [int(size) for size in z["shape"].split(", ")]
    return np.frombuffer(base64.b64decode(z["bdata"]), "<f4").reshape(shape)


def heatmaps(figure):
    return [part for part in figure["data"] if part["type"] == "heatmap"]


def row_names(session):
    return drawn(session)["layout"]["yaxis"]["ticktext"]


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_the_heatmaps_are_the_inputs_and_the_trace_in_single_precision(cell):
    session = opened(exercise=some(cell, n=4, m=2, T=7))
    trace, parts = session.exercise.trace(), heatmaps(drawn(session))
    grid = np.concatenate([unpacked(part["z"]) for part in parts])
    names = rows(cell)
    assert len(grid) == len(row_names(session)) == 2 + 4 * len(names)
    np.testing.assert_array_equal(grid[:2], np.float32(session.exercise.xs.T))
    shown = [name for name, unit in places(seen(session))[2:] if unit == 0]
    assert sorted(shown) == sorted(names)
    for group, name in enumerate(shown):
        for t in range(7):
            found = grid[2 + 4 * group :][:4, t]
            np.testing.assert_array_equal(found, np.float32(trace[t, name]))
    assert [part["y0"] for part in parts] == [
        0,
        *np.cumsum([len(unpacked(part["z"])) for part in parts[:-1]]),
    ]


@pytest.mark.parametrize(
    ("cell", "names", "scales"),
    [
        (lstm(), "x₁ fₜ iₜ oₜ C̃ₜ hₜ Cₜ", ["xₜ", "fₜ, iₜ, oₜ", "C̃ₜ, hₜ", "Cₜ"]),
        (coupled_lstm(), "x₁ fₜ iₜ oₜ C̃ₜ hₜ Cₜ", ["xₜ", "fₜ, iₜ, oₜ", "C̃ₜ, hₜ", "Cₜ"]),
        (gru(), "x₁ zₜ rₜ h̃ₜ hₜ", ["xₜ", "zₜ, rₜ", "h̃ₜ", "hₜ"]),
        (rnn(), "x₁ hₜ", ["xₜ", "hₜ"]),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_inputs_stand_above_gates_run_from_0_to_1_and_all_else_is_symmetric(cell, names, scales):
    session = opened(exercise=some(cell, n=2, m=1))
    found = [name for name in row_names(session) if not name.endswith("[2]")]
    assert [name.removesuffix("[1]") for name in found] == names.split()
    assert [one["label"] for one in drawn(session)["scales"]] == scales
    layout = drawn(session)["layout"]
    ends = [axis for name, axis in layout.items() if name.startswith("coloraxis")]
    for label, one in zip(scales, ends, strict=True):
        is_gate = label[0] in "fz"
        assert one["cmin"] == (0 if is_gate else -one["cmax"])
        assert one["cmax"] == 1 or not is_gate


def test_numbers_stand_in_their_cells_where_they_fit():
    few = drawn(opened())
    *_, beside, inside = few["data"]
    (labels,), columns = (
        [text.split("<br>") for text in part["text"]] for part in (beside, inside)
    )
    assert labels == row_names(opened())
    assert inside["x"] == [1, 2, 3]
    for row, number in (("x₁", "1.5"), ("fₜ[1]", "0.79"), ("C̃ₜ[1]", "−0.36"), ("Cₜ[3]", "−1.00")):
        assert columns[1][labels.index(row)] == number
    assert few["least"] <= WIDEST
    assert few["narrow"]["data"][-1] == beside
    many = drawn(opened(exercise=some(T=60)))
    assert "narrow" not in many
    long = UNSATURATED.with_array("xs", UNSATURATED.xs * 1e200)
    assert np.isfinite(drawn(opened(exercise=long))["least"])


@pytest.mark.parametrize("decimals", [2, None])
def test_hovering_says_row_time_step_and_number_with_the_exercise_s_decimals(decimals):
    session = opened(exercise=some(decimals=decimals))
    says = drawn(session)["data"][0]["hovertemplate"]
    assert says.startswith("%{y} at t = %{x}: %{z")
    assert (":.2f" in says) == (decimals == 2)


def test_the_words_to_the_heatmaps_hold_the_numbers_of_the_time_step_on_screen():
    alt, trace = drawn(opened(t=2))["alt"], UNSATURATED.trace()
    for name, letter in (("f", "fₜ"), ("C", "Cₜ")):
        numbers = ", ".join(numeral(float(x), 4, rounded=True) for x in trace[2, name])
        assert f"{letter} = [{numbers}]" in alt


@pytest.mark.parametrize("order", ["hx", "xh"])
def test_a_click_leads_to_that_number_on_the_step_by_step_page(order):
    exercise = some(lstm(order), T=3)
    session = opened(exercise=exercise)
    names = row_names(session)
    clicked(session, f"3,{names.index('C̃ₜ[2]')}")
    assert (session.leaving, session.place) == ("", Address("C_tilde", 2, (1,)))
    session = opened(exercise=exercise)
    clicked(session, f"2,{names.index('x₂')}")
    assert session.place == Address("v", 1, (4 if order == "hx" else 1,))
    assert exercise.trace()[session.place] == exercise.xs[1, 1]


@pytest.mark.parametrize("place", ["0,0", "9,0", "1,99", "1,-1"])
def test_a_click_beside_the_numbers_leads_nowhere(place):
    assert place_of(seen(opened()), place) is None


def test_a_click_on_a_line_goes_to_its_time_step():
    session = opened("unit", t=0)
    clicked(session, "3,0.71")
    assert (session.leaving, session.place.t) == (None, 2)


def test_the_lines_of_a_unit_are_the_trace():
    session = opened("unit", unit="2")
    trace = session.exercise.trace()
    for name, line in zip(lines(session.exercise.cell), drawn(session)["data"], strict=True):
        start = [trace[0, f"{name}_prev"][1]] if name in "Ch" else []
        assert line["y"] == [*start, *(trace[t, name][1] for t in range(3))]
        assert line["x"] == [0, 1, 2, 3][-len(line["y"]) :]
    assert drawn(session)["layout"]["xaxis"]["range"] == [-0.5, 3.5]


def test_the_words_hold_the_numbers_on_screen():
    session = opened("unit", unit="3")
    value = numeral(float(session.exercise.trace()[1, "C"][2]), session.exercise.decimals)
    assert told(session).startswith(f"Unit 3 at t = 2: Cₜ = {value}, ")
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
        b for b in of_kind(through_time_blocks(seen(session)), "controls") if b["id"] == "biases"
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
    words = told(session)
    assert f"Of 20 units the first {MOST_UNITS} are drawn." in words
    assert "inputs the first" not in words
    assert re.search(r"Of 450 time steps, \d+ to \d+ are drawn", words)


def test_many_inputs_are_cut_and_that_is_said():
    session = opened(exercise=some(m=20))
    assert "Of 20 inputs the first 16 are drawn." in " ".join(figure_sentences(seen(session)))
    assert len(unpacked(drawn(session)["data"][0]["z"])) == MOST_UNITS


def test_the_memory_beside_an_rnn_names_both_time_steps():
    session = do(opened("memory", length="60"), "signal", mode="sine")
    assert re.search(r"in this cell until t = \d+.*weights until t = \d+", told(session))


def test_the_reader_chooses_which_input_is_left_out():
    session = opened("memory", exercise=some(T=9), t=0)
    (look,) = [
        b for b in of_kind(through_time_blocks(seen(session)), "controls") if b["id"] == "look"
    ]
    slider = look["items"][-1]
    assert (slider["option"], slider["low"], slider["high"], slider["shown"]) == (
        "without",
        1,
        9,
        "t = 1",
    )
    do(session, "choose", option="without", value="4")
    assert "1 % or more of the input at t = 4 is left in this cell" in told(session)
    mine, _ = seen(session).memories
    np.testing.assert_array_equal(mine.left[:3], 0)
    assert mine.left[3] == 1


@pytest.mark.parametrize("name", PRESETS)
def test_an_input_of_zeros_that_is_left_out_is_said_to_change_nothing(name):
    exercise = PRESETS[name].with_array("xs", np.zeros((3, PRESETS[name].m)))
    assert told(opened("memory", exercise, 0)).startswith("Every input is 0")
    one = PRESETS[name].with_array("xs", np.ones((1, PRESETS[name].m)))
    assert told(opened("memory", one, 0)).startswith("There is one time step only")
    late = exercise.with_entry("xs", (2, 0), 1.0)
    assert seen(opened("memory", late, 0)).left_out == 2
    session = opened("memory", late, 0, without="2")
    assert told(session) == (
        "The input at t = 2 is 0 anyway: to leave it out changes nothing. Choose another one."
    )


def without_x(exercise, *names):
    """The exercise whose matrices of these names do not listen to x."""
    for name in names:
        W = exercise.params[name].copy()
        W[:, exercise.n :] = 0
        exercise = exercise.with_array(name, W)
    return exercise


def test_an_input_that_is_not_heard_is_said_to_make_no_difference():
    deaf = without_x(UNSATURATED, "W_f", "W_i", "W_C", "W_o")
    assert told(opened("memory", deaf)).startswith("The input at t = 1 makes no difference here")
    only_rnn = without_x(UNSATURATED, "W_C")
    assert told(opened("memory", only_rnn)).endswith("weights at no time.")


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
    text = re.sub(r"The gates of the LSTM.*?σ\(0\) = 0\.5\.", "", sentences(some(cell), look))
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


def test_all_inputs_can_be_drawn_at_random():
    session = opened(t=2)
    fold = next(b for b in through_time_blocks(seen(session)) if b["id"] == "inputs")
    (table,) = (item for b in fold["blocks"] if b["id"] == "xs" for item in b["items"])
    assert table["random"] == "Randomise all inputs x"
    do(session, "randomise", matrix=table["id"])
    assert not np.isclose(session.exercise.xs, UNSATURATED.xs).any()
    again = session.exercise.with_array("xs", UNSATURATED.xs)
    assert as_own(again, UNSATURATED) == UNSATURATED
