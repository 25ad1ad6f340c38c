"""The page of layers: what it draws are the numbers of the traces, and a layer opens elsewhere."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from lstm_core.cells import CELLS, cell_named
from lstm_core.layers.around import seen_from
from lstm_core.layers.examples import EXAMPLES
from lstm_core.layers.stack import Place, stacked
from lstm_core.trace import Address
from lstm_ui.layers.banner import where_in_stack
from lstm_ui.layers.blocks import layer_blocks
from lstm_ui.layers.choices import begin, view
from lstm_ui.layers.drawing import plan
from lstm_ui.layers.events import clicked, stack_of
from lstm_ui.layers.figure import figure
from lstm_ui.layers.grid import grid
from lstm_ui.session.session import Session
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.matrices import matrix
from lstm_ui.shell import link
from tests.core.exercises import some
from tests.ui.sessions import FOUNDING, do


def opened(name="two_layers", stack=None):
    stack = stack or EXAMPLES[name]
    exercise, around = seen_from(stack, stack.places[0])
    place = Address(exercise.cell.names[0], 0, (0,))
    return Session(exercise, exercise, place, around=None if around.is_alone else around)


def drawn(session):
    return {node["name"]: node for node in grid(view(session))["nodes"]}


def again(session):
    """The same session, read from its own address: another tab, or a restarted server."""
    query, problem = link.query(session)
    assert not problem
    found = link.read(EXAMPLES["three_grus"][Place(0)], link.parse(query))
    assert not found.problem
    return Session(found.exercise, found.base, found.place, around=found.around)


def block(session, key):
    return next(b for b in layer_blocks(view(session)) if b["id"] == key)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_number_drawn_is_h_of_its_lane_at_its_time_step(name):
    session, stack = opened(name), EXAMPLES[name]
    nodes = drawn(session)
    assert len(nodes) == (len(stack.places) + 1) * stack.T
    for place in stack.places:
        h = stack.h(place)
        for t in range(stack.T):
            node = nodes[f"{place.layer + 1}{place.direction[0]}:{t + 1}"]
            wanted = [view(session).desk.short("h", x) for x in h[t]]
            assert [entry["text"] for entry in node["entries"]] == wanted
            assert [entry["share"] for entry in node["entries"]] == [round(x, 3) for x in h[t]]


def test_a_cell_is_joined_to_what_it_reads_and_to_who_reads_it():
    nodes = drawn(opened(stack=two_way_below()))
    assert nodes["2f:2"]["reads"] == ["1f:2", "1b:2"]
    assert (nodes["1f:2"]["before"], nodes["1b:2"]["before"]) == ("1f:1", "1b:3")
    assert nodes["1b:2"]["on"] == ["2f:2"]
    assert nodes["x:1"]["on"] == ["1f:1", "1b:1"]
    paths = {(edge["start"], edge["end"]) for edge in grid(view(opened()))["edges"]}
    assert {("x:1", "1f:1"), ("1f:1", "2f:1"), ("1f:1", "1f:2"), ("2f:7", "out:7")} <= paths


def two_way_below():
    one = some(cell_named("lstm", "hx"), T=3)
    two = some(cell_named("gru_after", "hx"), m=6, n=2)
    return stacked(one.xs, {"forward": one, "backward": one.redrawn()}, two)


def test_what_is_said_of_a_cell_has_its_numbers():
    session = opened(stack=two_way_below())
    stack, here = two_way_below(), view(session)
    told = drawn(session)["2f:2"]["told"]
    x = ", ".join(here.desk.printed("h", stack.output(0)[1]))
    h = ", ".join(here.desk.printed("h", stack.h(Place(1))[1]))
    assert told.startswith("Layer 2 at t = 2: GRU.")
    assert f"It reads x = [{x}], which is h of both directions of layer 1 at t = 2" in told
    assert f"It makes h = [{h}]. That is what the stack hands on." in told
    back = drawn(session)["1b:3"]["told"]
    assert "Layer 1, backward at t = 3" in back
    assert "from the start" in back


def test_the_scale_is_symmetric_and_ends_at_one_for_h_within_it():
    hint = grid(view(opened()))["hint"]
    assert "darkest at ±1 for h, ±1 for x" in hint


def test_no_row_of_the_drawing_lies_on_another_and_arrows_end_at_their_cells():
    here = plan(view(opened(stack=two_way_below())))
    rows = sorted((here.tops[row], here.tops[row] + here.heights[row]) for row in here.tops)
    assert all(a[1] + 20 < b[0] for a, b in pairwise(rows))
    assert rows[-1][1] <= here.size[1]


def test_a_click_opens_that_layer_at_that_time_step():
    session = do(opened("both_ways"), "open_lane", layer=0, back=1, t=2)
    stack = EXAMPLES["both_ways"]
    assert session.leaving == ""
    assert session.exercise == stack[Place(0, "backward")]
    assert session.place == Address("v", 4, (0,))  # read from the end, it is the fifth of seven
    (line,) = where_in_stack(session, "")
    assert line["lines"][0]["text"] == (
        "Layer 1 of 1, backward: it reads the input from the last time step to the first, "
        "so t = 5 here is t = 3 of the stack."
    )
    begin(session)
    assert session.exercise == stack[Place(0)]
    assert session.place.t == 2


def test_no_such_cell_opens_nothing():
    for wrong in ({"layer": 7, "back": 0}, {"layer": -1, "back": 0}, {"layer": 0, "back": 1}):
        session = do(opened(), "open_lane", t=0, **wrong)
        assert session.exercise == EXAMPLES["two_layers"][Place(0)]


def test_an_edit_of_one_layer_anywhere_is_followed_by_those_above():
    session = opened()
    before = view(session).stack
    do(session, "edit", cell="W_C:0:2", text="-2")
    after = view(session).stack
    wanted = stacked(before.xs, session.exercise, before.layers[1])
    np.testing.assert_array_equal(after.output(), wanted.output())
    assert not np.allclose(after.output(), before.output(), atol=1e-3)
    do(session, "open_lane", layer=1, back=0, t=3)
    np.testing.assert_array_equal(session.exercise.xs, wanted.output(0))
    do(session, "edit", cell="b_f:0", text="3")
    begin(session)
    assert view(session).stack[Place(1)].params["b_f"][0] == 3
    do(do(session, "undo"), "undo")
    assert view(session).stack.output().tolist() == before.output().tolist()


def test_x_of_a_higher_layer_cannot_be_set_and_why_is_said_beside_it():
    session = do(opened(), "open_lane", layer=1, back=0, t=1)
    x = session.exercise.xs
    reason = "x of layer 2 is h of layer 1: change it there."
    assert not any(cell.get("edit") for row in matrix(desk(session), "x")["rows"] for cell in row)
    assert "random" not in matrix(desk(session), "x")
    do(session, "edit", cell="x:0", text="3")
    assert session.drafts["x:0"].problem == reason
    for kind, fields in [
        ("scrub", {"cell": "x:0", "ticks": 3, "gesture": "g"}),
        ("randomise", {"matrix": "x"}),
        ("paste", {"cell": "x:0", "text": "5\n6"}),
    ]:
        do(session, kind, **fields)
        assert session.notice == reason
        np.testing.assert_array_equal(session.exercise.xs, x)
    do(session, "randomise", matrix="")
    assert reason in session.notice
    np.testing.assert_array_equal(session.exercise.xs, x)
    assert (
        session.exercise.params["W_f"].tolist()
        != EXAMPLES["two_layers"][Place(1)].params["W_f"].tolist()
    )
    session.change(*session.exercise.resized(m=4, T=3))
    np.testing.assert_array_equal(session.exercise.xs, x)
    view(session)


@pytest.mark.parametrize("place", two_way_below().places, ids=str)
def test_the_address_holds_the_stack_whichever_layer_is_open(place):
    session = opened(stack=two_way_below())
    do(session, "open_lane", layer=place.layer, back=int(place.direction == "backward"), t=1)
    other = again(session)
    assert other.exercise == session.exercise
    assert other.place == session.place
    ours, theirs = (stack_of(s) for s in (session, other))
    assert all(ours[lane] == theirs[lane] for lane in ours.places)
    assert link.search(session, session.place).count("stack=") == 1


def test_a_cell_of_the_drawing_is_a_link_to_that_layer():
    session = opened(stack=two_way_below())
    block = grid(view(session))
    (node,) = (node for node in block["nodes"] if node["name"] == "2f:2")
    found = link.read(FOUNDING, link.parse(block["search"] + node["lane"]))
    assert found.exercise == two_way_below()[Place(1)]
    assert found.place.t == 1
    assert found.around.at == Place(1)


def test_a_link_to_a_lane_that_is_none_shows_the_exercise_alone():
    search = link.whole_search(opened(stack=two_way_below()))
    for lane in ("2b", "9f", "2f2", "x"):
        found = link.read(FOUNDING, link.parse(f"{search}&lane={lane}"))
        assert found.exercise == two_way_below()[Place(0)]
        assert found.problem
    assert not link.read(FOUNDING, link.parse(f"{search}&lane=1b")).problem


def test_a_stack_too_large_for_a_link_is_said_to_be():
    one, large = some(cell_named("lstm", "hx")), some(cell_named("lstm", "hx"), n=24, m=3)
    session = opened(stack=stacked(one.xs, one, large))
    query, problem = link.query(session)
    assert "other layers are too large for the link" in problem
    assert "stack=" not in query
    assert link.whole_search(session) == ""
    assert "stack=" not in link.search(session, session.place)


def test_a_link_whose_layers_are_broken_shows_the_one_that_is_not():
    found = link.read(EXAMPLES["two_layers"][Place(0)], {"x": "unsaturated", "stack": "1f~2f1.x"})
    assert found.around is None
    assert found.problem.startswith("The other layers in this link cannot be read:")


def test_a_layer_can_be_added_changed_and_removed_and_all_of_it_undone():
    session = opened()
    do(session, "layer_add")
    assert "Layer 3 is new: LSTM, n = 2" in session.notice
    do(session, "layer_cell", mode="2 gru_after")
    do(session, "layer_units", mode="1 4")
    do(session, "layer_way", mode="1 both")
    stack = view(session).stack
    assert [stack[place].cell.name for place in stack.places] == ["lstm"] * 3 + ["gru_after"]
    assert stack[Place(2)].m == 8
    do(session, "layer_remove", mode="0")
    assert [place.direction for place in view(session).stack.places] == [
        "forward",
        "backward",
        "forward",
    ]
    assert view(session).stack.xs.tolist() == EXAMPLES["two_layers"].xs.tolist()
    for _ in range(5):
        do(session, "undo")
    assert view(session).stack.output().tolist() == EXAMPLES["two_layers"].output().tolist()


@pytest.mark.parametrize("event", ["layer_cell", "layer_units", "layer_way", "layer_remove"])
@pytest.mark.parametrize("junk", ["", "x", "9 lstm", "0 nonsense", "-1 2", "0 " + "9" * 5000])
def test_what_no_page_of_ours_sends_changes_nothing(event, junk):
    if (event, junk[0:1]) == ("layer_remove", "0"):
        junk = "0 0"
    session = do(opened(), event, mode=junk)
    assert view(session).stack.output().tolist() == EXAMPLES["two_layers"].output().tolist()


def test_what_cannot_be_is_refused_in_a_sentence_beside_the_layers():
    wide = some(cell_named("rnn_tanh", "hx"), n=40, m=2)
    session = opened(stack=stacked(wide.xs, wide, wide.resized(m=40)[0]))
    do(session, "layer_way", mode="0 both")
    assert block(session, "refused")["text"].startswith("Layer 2 would read 80 numbers: m must")


def test_where_h_is_no_number_the_layers_below_are_drawn_and_why_is_said():
    relu = some(cell_named("rnn_relu", "hx"), T=3)
    large = relu.with_array("W_h", np.full((3, 5), 1e300)).with_array("xs", np.full((3, 2), 1e300))
    session = opened(stack=stacked(relu.xs, relu, relu.resized(m=3)[0]))
    session.change(large)
    assert (
        "h of layer 1 is too large to be a number" in block(session, "too far")["lines"][0]["text"]
    )
    assert len(view(session).stack) == 1
    assert len(drawn(session)) == 6
    figure(view(session))
    do(session, "layer_add")
    assert len(view(session).around.layers) == 2


def test_another_example_leaves_the_stack_and_undo_brings_it_back():
    session = opened()
    session.load(some(cell_named("lstm", "hx")))
    assert session.around is None
    assert len(view(session).stack) == 1
    do(session, "undo")
    assert len(view(session).stack) == 2


def test_an_example_is_opened_pressed_and_told_with_its_own_numbers():
    session = do(opened(), "stack_example", mode="three_grus")
    controls = block(session, "examples")["items"][0]
    assert controls["value"] == "three_grus"
    assert "t = 2, 4, 6" in block(session, "story")["lines"][0]["text"]
    do(session, "edit", cell="b_z:0", text="0")
    assert block(session, "examples")["items"][0]["value"] == ""
    assert not any(b["id"] == "story" for b in layer_blocks(view(session)))


@pytest.mark.parametrize("name", CELLS)
def test_a_stack_of_any_cell_is_drawn_and_told(name):
    one = some(cell_named(name, "hx"), T=2)
    session = opened(stack=stacked(one.xs, {"forward": one, "backward": one.redrawn()}))
    do(session, "layer_add")
    here = view(session)
    told = [node["told"] for node in grid(here)["nodes"]]
    assert all("{" not in text for text in told)
    assert " C" not in " ".join(told)


def test_the_figure_has_one_line_for_each_lane_that_has_the_unit():
    stack = two_way_below()
    session = opened(stack=stack)
    session.options = {"unit": "3"}
    plot = figure(view(session))
    assert [line["name"] for line in plot["data"]] == ["Layer 1, forward", "Layer 1, backward"]
    for line, place in zip(plot["data"], stack.places, strict=False):
        assert line["y"] == stack.h(place)[:, 2].tolist()
    clicked(session, "2.2,0.4")
    assert session.place.t == 1


def test_inputs_are_edited_in_the_order_of_time_even_if_read_backward():
    one = some(cell_named("lstm", "hx"), T=3)
    session = opened(stack=stacked(one.xs, {"backward": one}))
    rows = block(session, "inputs")["blocks"][0]["items"][0]["rows"]
    desk_now = view(session).desk
    assert [row[0]["text"] for row in rows] == [desk_now.text("", x) for x in one.xs[:, 0]]
    do(session, "edit", cell=rows[0][0]["at"], text="7")
    assert view(session).stack.xs[0, 0] == 7


def test_answers_to_one_layer_are_set_aside_when_another_is_opened():
    session = opened()
    session.answers = {Address("f", 0, (0,)): "0.5"}
    do(session, "open_lane", layer=1, back=0, t=0)
    assert not session.answers
    assert session.aside
    do(session, "undo")
    assert session.answers


def test_while_nothing_was_chosen_the_address_names_no_stack():
    session = replace(opened(), untouched=True)
    assert link.query(session)[0] == "step=v&t=1"
