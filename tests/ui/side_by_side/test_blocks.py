"""The page side by side: what stands beside each other, what is said, what can be chosen."""

import json
import re
from urllib.parse import parse_qs

import numpy as np
import pytest

from lstm_core.cells import CELLS, cell_named, facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS
from lstm_core.trace import Address
from lstm_core.variants.changes import Change, variant
from lstm_ui.sheet.desk import desk_now
from lstm_ui.shell import link
from lstm_ui.side_by_side.blocks import side_by_side_blocks
from lstm_ui.side_by_side.choices import CURVES, RIGHT, beside
from lstm_ui.side_by_side.events import clicked
from lstm_ui.side_by_side.figure import figure
from tests.core.exercises import some
from tests.ui.blocks import matrices, matrix_of
from tests.ui.sessions import do, session_at

MOVING = PRESETS["moving"]
LSTM = MOVING.cell


def page(exercise=MOVING, t=0, **options):
    session = session_at("h", exercise, t)
    session.options = options
    return beside(desk_now(session))


def block(here, name):
    return next(one for one in side_by_side_blocks(here) if one["id"] == name)


def rows(here):
    return {row["title"]: row for row in block(here, "beside")["rows"]}


def said(here, name="said"):
    return " ".join(line["text"] for line in block(here, name)["lines"])


@pytest.mark.parametrize("right", RIGHT.words)
@pytest.mark.parametrize("left", ["screen", "swapped", "gru_after"])
def test_any_two_cells_stand_side_by_side(left, right):
    for curves in CURVES.words:
        here = page(left=left, right=right, curves=curves, lines="steps")
        drawn = json.dumps([side_by_side_blocks(here), figure(here)], allow_nan=False)
        assert "nan" not in drawn
        assert not re.search(r"\{\w+\}\W", said(here) + said(here, "curved"))


def test_at_first_tanh_of_C_is_left_out_on_the_right():
    here = page()
    assert block(here, "beside")["heads"] == ["Left: LSTM", "Right: LSTM with tanh(Cₜ) left out"]
    assert {title: row["mark"] for title, row in rows(here).items() if row["mark"] != "same"} == {
        "New hidden state": "other"
    }
    left, right = rows(here)["New hidden state"]["cells"]
    assert left["latex"] == r"h_t = o_t \circ \tanh(C_t)"
    assert right["latex"] == r"h_t = o_t \circ C_t"
    h = here.right.trace[0, "o"] * here.right.trace[0, "C"]
    assert right["numbers"] == "[" + ", ".join(f"{x:.4f}".replace("-", "−") for x in h) + "]"


def test_two_cells_of_one_name_are_told_apart():
    heads = block(page(left="gru_before", right="gru_after"), "beside")["heads"]
    assert heads[0].startswith("Left: GRU, reset before")
    assert heads[1].startswith("Right: GRU, reset after")


def test_later_the_same_formulas_have_other_numbers():
    marks = {row["mark"] for title, row in rows(page(t=3)).items() if title != "New hidden state"}
    assert marks == {"numbers"}


def test_what_only_one_has_is_said_to_be_its_own():
    found = rows(page(right="gru_before"))
    assert found["Reset gate"]["mark"] == "right"
    assert found["Reset gate"]["cells"][0] is None
    assert found["Output gate"]["mark"] == "left"
    assert found["Forget gate | Update gate"]["mark"] == "other"


def test_the_sentences_are_true_of_the_numbers():
    here = page()
    left, right = here.left.trace, here.right.trace
    apart = np.abs(left[0, "h"] - right[0, "h"])
    j = int(apart.argmax())
    texts = [f"{trace[0, 'h'][j]:.4f}".replace("-", "−") for trace in (left, right)]
    assert said(here).startswith(
        f"They part at t = 1, where the formula is another one: hₜ[{j + 1}] = {texts[0]} "
        f"on the left and {texts[1]} on the right."
    )
    gaps = np.array([np.abs(left[t, "C"] - right[t, "C"]) for t in range(MOVING.T)])
    t = int(gaps.max(axis=1).argmax())
    assert f"Cₜ is furthest apart at t = {t + 1}, by {gaps.max():.4f}: " in said(here)
    assert "Both have the same 72 parameters." in said(here)


def test_the_parameters_are_counted_and_named():
    told = said(page(right="gru_before"))
    assert "The left one has 72 parameters, the right one 54." in told
    assert "Only the right one has W_z, b_z, W_r, b_r, W_h, b_h." in told
    assert "In the right one W_h, b_h have the numbers of W_C, b_C." in told
    assert "Only the left one has W_f, b_f." in said(page(right="no_forget_lstm"))


def test_inputs_and_weights_of_the_cell_on_screen_can_be_edited():
    assert matrix_of(side_by_side_blocks(page()), "C_prev")["rows"][0][0]["edit"]
    names = {one["id"] for one in matrices(side_by_side_blocks(page(edited="weights")))}
    assert names == {*MOVING.params}
    assert {one["id"] for one in matrices(side_by_side_blocks(page(t=2)))} == {"x"}


def test_two_that_are_alike_are_said_to_be():
    here = page(right="screen")
    assert said(here).startswith("Both are alike")
    assert {row["mark"] for row in rows(here).values()} == {"same"}
    assert block(here, "beside")["visits"] == [None, None]


def test_any_row_can_be_swapped_for_what_fits_it():
    here = page(swap_row="kept", swap_op="add", swap_of="f,h_prev")
    assert here.right.cell is variant(LSTM, (Change("kept", "add", ("f", "h_prev")),))
    here = page(swap_row="f", swap_op="hard")
    assert facts(here.right.cell).title == "LSTM with fₜ = hard σ(z_f)"
    names = {option.name for option in here.options}
    assert {"left", "right", "swap_row", "swap_op", "swap_of", "curves", "lines"} <= names
    assert "swap_row" not in {option.name for option in page(right="gru_after").options}


def test_what_an_address_says_and_no_row_has_falls_back():
    for junk in ({"swap_row": "W_f"}, {"swap_op": "exp"}, {"swap_of": "h,h"}, {"right": "gpt"}):
        assert page(**junk).right.title == "LSTM with tanh(Cₜ) left out"


@pytest.mark.parametrize("name", CELLS)
def test_every_choice_of_a_swap_makes_a_cell_or_says_why_not(name):
    exercise = some(cell_named(name, "hx"), T=2)
    for row in page(exercise).swap.row_choice.words:
        for op in page(exercise, swap_row=row).swap.op_choice.words:
            here = page(exercise, swap_row=row, swap_op=op)
            swapped = here.right.cell is not exercise.cell
            assert swapped != bool(here.problem)
            assert len(block(here, "beside")["rows"]) > 1


def test_a_swap_that_makes_no_cell_is_refused_in_a_sentence():
    exercise = some(cell_named("rnn_tanh", "hx"), T=2)
    here = page(exercise, swap_row="h", swap_op="tanh", swap_of="h_prev")
    told = said(here, "problem")
    assert told == "That makes no cell: no gate and no candidate of it would see v any more."
    assert here.right.is_open


def test_a_variant_on_screen_can_be_swapped_further_and_back():
    exercise = MOVING.in_variant(variant(LSTM, (Change("squashed", "none", ("C",)),)))
    further = page(exercise, swap_row="f", swap_op="hard")
    assert further.right.title == "LSTM with fₜ = hard σ(z_f) and tanh(Cₜ) left out"
    back = page(exercise, swap_row="squashed", swap_op="tanh")
    assert back.right.cell is LSTM


def test_a_cell_is_opened_by_its_link_and_undo_closes_it():
    here = page()
    left, right = block(here, "beside")["visits"]
    assert left is None
    exercise = Exercise.from_token(parse_qs(right["look_up"].removeprefix("?"))["x"][0])
    assert exercise.cell is here.right.cell
    session = do(
        here.desk.session,
        "look_up",
        page="",
        step=right["step"],
        t=right["t"],
        entry=right["entry"],
        query=right["look_up"],
    )
    assert session.exercise.cell is here.right.cell
    assert "LSTM with tanh(Cₜ) left out" in session.notice
    assert do(session, "undo").exercise == MOVING
    assert link.read(MOVING, link.parse(right["look_up"])).exercise == exercise


def test_a_number_leads_to_its_step_where_the_cell_on_screen_has_it():
    here = page(right="gru_before")
    assert rows(here)["Forget gate | Update gate"]["opens"] == ["f", ""]
    session = do(here.desk.session, "open_beside", step="f")
    assert (session.leaving, session.place.step) == ("", "f")


def test_a_click_on_the_figure_goes_to_its_time_step():
    here = page()
    clicked(here.desk.session, "4.2,0.3")
    assert here.desk.session.place == Address("h", 3, (0,))


def test_the_lines_are_the_states_of_both():
    here = page(unit="2")
    lines = figure(here)["data"]
    assert [line["line"]["dash"] for line in lines] == ["solid", "solid", "dash", "dash"]
    for line, trace, name in zip(
        lines, [here.left.trace] * 2 + [here.right.trace] * 2, ["C", "h"] * 2, strict=True
    ):
        assert line["y"] == [float(frame[name][1]) for frame in trace.frames]
    assert "unit 2" in figure(here)["alt"]


def test_an_h_with_fewer_entries_than_units_is_not_drawn_in_the_place_of_another_unit():
    projected = PRESETS["projected"]  # n = 3, and h has 2 entries
    for unit, names in (("1", ["C", "h", "C", "h"]), ("3", ["C", "C", "h"])):
        here = page(projected, left="screen", right="lstm", unit=unit)
        sides = [here.left.trace] * (len(names) - 2) + [here.right.trace] * 2
        drawn = [line["y"] for line in figure(here)["data"]]
        j = int(unit) - 1
        assert drawn == [
            [float(frame[name][j]) for frame in side.frames]
            for side, name in zip(sides, names, strict=True)
        ]
    assert "hₜ has 2 entries" in said(here, "curved")
    assert "no entry 3" in said(here, "curved")


def test_without_inputs_there_is_nothing_to_remember():
    exercise = MOVING.with_array("xs", np.zeros_like(MOVING.xs))
    here = page(exercise, curves="memory")
    assert figure(here)["data"] == []
    assert said(here, "curved") == "No input differs from 0, so there is nothing to remember."
