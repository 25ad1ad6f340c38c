"""A stack seen from a lane, as text for a link, and changed: nothing that follows is stored."""

import re

import numpy as np
import pytest

from lstm_core.cells import CELLS, cell_named
from lstm_core.exercise.exercise import Exercise
from lstm_core.layers.around import alone, first_of, fitted, seen_from, with_inputs_of
from lstm_core.layers.changes import (
    turned,
    way_of,
    with_cell,
    with_layer,
    with_units,
    without_layer,
)
from lstm_core.layers.examples import EXAMPLES
from lstm_core.layers.stack import Place, Stack, stacked
from lstm_core.layers.token import from_token, lane_of, short_token, to_token
from tests.core.exercises import ONE_SENTENCE, some


def deep():
    """Three layers of three cells, the second one both ways."""
    one, two = some(cell_named("lstm", "hx"), title="One"), some(cell_named("gru_after", "xh"), m=6)
    three = some(cell_named("rnn_tanh", "hx"), n=2, m=6)
    both = {"forward": two, "backward": two.redrawn()}
    return stacked(one.xs, {"forward": one, "backward": one.redrawn()}, both, three)


def same(one, other):
    assert one.places == other.places
    assert all(one[place] == other[place] for place in one.places)


@pytest.mark.parametrize("place", deep().places, ids=str)
def test_a_stack_comes_back_from_any_of_its_lanes_and_from_its_link(place):
    stack = deep()
    exercise, around = seen_from(stack, place)
    same(around.stack(exercise), stack)
    text = to_token(around)
    assert re.fullmatch(r"[\w.~-]+", text)
    again, read = from_token(text, exercise)
    assert again == exercise
    same(read.stack(again), stack)


# As they were given away: whoever has such a link can open it.
GIVEN = (
    "1.eNptjc0OgkAMhF9l03PdtLAuyNGznuRGOKxAIhEwQRI1xne3u_5x8DCTfO10WkB3nnpAOFwB79BDxggDZBFCDlny"
    "QIOwbut2bKqpPQ2uU5tdvkXVuVszKka1d9Xx4sZaKgAL0oysY1wEI21SJL0yga1sKIh0YsRigcj6gN-zDQeeKUiII-"
    "82ffWRXn4uUvOLsY9JrRELn94kX76hufjPbKayfAJ-nDvv"
)
GIVEN_AROUND = (
    "1b~1f1.eNptjc0KwjAQhF8l7HkbdtMQS4-e9WRvpYdgKxb6A7GgIr672VTFg4cZFuabnRqGyzICwvkG-IARSkaYoDQ"
    "IVbyfaBG2fduH7rj08-QHtTtUe1SDv3dBMarTHK4-tPEDYM2aMSPtLJI2mPHbLMZAjJIiYU0kNsXH8sSxkYilTEnZ2"
    "jAuWi6ckxrZBP9gJBOkC7PCaTcGTpLii_1R07wA2ws4Jw"
)


def test_a_link_that_was_given_away_can_be_opened():
    lane, around = from_token(GIVEN_AROUND, Exercise.from_token(GIVEN))
    same(around.stack(lane), EXAMPLES["both_ways"])
    assert around.at == Place(0, "backward")


def test_x_of_a_layer_is_not_in_the_link_and_follows_the_layer_below():
    stack = deep()
    _, around = seen_from(stack, Place(0))
    edited = stack[Place(0)].with_entry("W_f", (0, 0), 2.5)
    _, read = from_token(to_token(around), edited)
    new = read.stack(edited)
    first = {**stack.layers[0], "forward": edited}
    wanted = stacked(edited.xs, first, *stack.layers[1:])
    same(new, wanted)
    assert not np.allclose(new.output(), stack.output(), atol=1e-6)


def test_the_inputs_of_a_backward_first_layer_are_turned_round():
    one = some(cell_named("lstm", "hx"), T=4)
    stack = stacked(one.xs, {"forward": one, "backward": one.redrawn()})
    exercise, around = seen_from(stack, Place(0, "backward"))
    edited = exercise.with_entry("xs", (0, 0), 9.0)  # the last time step of the stack
    assert around.stack(edited).xs[-1, 0] == 9.0
    assert around.stack(edited)[Place(0)].xs[-1, 0] == 9.0


def test_only_what_fits_has_a_short_token():
    _, around = seen_from(deep(), Place(0))
    text = to_token(around)
    assert short_token(around, len(text)) == text
    assert short_token(around, len(text) - 1) is None


BROKEN = (
    *("", "~", "2f", "0f", "9f~1f1.x", "1f~2f", "1f~1f1.abc", "1f~3f{}", "1f~2f{}~2f{}", "3f~1f{}"),
    *("2f~1x{}", "1f~" + "~".join(["2f{}"] * 40), "1f1.abc~2f{}", "x" * 70_000),
)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda text: text[:20])
def test_a_broken_link_says_so_in_a_sentence(broken):
    one = some(cell_named("lstm", "hx"), n=2)
    text = broken.replace("{}", one.token())
    with pytest.raises(ValueError, match="other layers in this link cannot be read") as caught:
        from_token(text, one)
    assert ONE_SENTENCE.fullmatch(str(caught.value))


def test_an_exercise_alone_is_a_stack_of_one():
    one = some(cell_named("lstm", "hx"))
    assert alone(one).is_alone
    same(alone(one).stack(one), stacked(one.xs, one))
    assert not seen_from(turned(stacked(one.xs, one), 0, "backward"), Place(0, "backward"))[
        1
    ].is_alone


@pytest.mark.parametrize("name", CELLS)
def test_a_layer_more_has_the_cell_below_and_reads_its_h(name):
    one = some(cell_named(name, "hx"))
    first = stacked(one.xs, one)
    stack = with_layer(first)
    lane = stack[Place(1)]
    assert (len(stack), lane.cell.name, lane.n) == (2, name, one.n)
    assert not any(array.any() for array in lane.start.values())
    assert not np.array_equal(lane.params[lane.cell.params[0]][:, : one.n], 0)
    same(with_layer(first), stack)  # the same change always gives the same stack
    same(without_layer(stack, 1), first)


def test_a_layer_above_is_resized_to_what_there_is_to_read():
    stack = deep()
    wider = with_units(stack, 1, 4)
    assert wider[Place(2)].m == 8  # of both lanes
    kept = stack[Place(2)].resized(m=8)[0]
    assert wider[Place(2)].params["W_h"].tolist() == kept.params["W_h"].tolist()
    one_way = turned(stack, 1, "forward")
    assert way_of(one_way.layers[1]) == "forward"
    assert one_way[Place(2)].m == 3
    assert without_layer(stack, 0)[Place(0)].m == stack.xs.shape[1]


def test_a_lane_that_is_turned_round_keeps_its_numbers():
    stack = turned(deep(), 0, "forward")
    back = turned(stack, 0, "backward")
    assert (
        back[Place(0, "backward")].params["W_f"].tolist() == stack[Place(0)].params["W_f"].tolist()
    )
    both = turned(stack, 0, "both")
    assert both[Place(0)] == stack[Place(0)]
    assert way_of(both.layers[0]) == "both"
    with pytest.raises(ValueError, match="A layer runs"):
        turned(stack, 0, "sideways")


def test_another_cell_keeps_what_both_have():
    stack = with_cell(deep(), 0, "peephole_lstm")
    assert stack[Place(0)].params["W_f"].tolist() == deep()[Place(0)].params["W_f"].tolist()
    assert [lane.cell.name for lane in with_cell(deep(), 1, "gru_before").layers[1].values()] == [
        "gru_before"
    ] * 2


def test_the_only_layer_stays_and_what_is_too_wide_is_refused():
    one = some(cell_named("lstm", "hx"))
    with pytest.raises(ValueError, match="at least one layer"):
        without_layer(stacked(one.xs, one), 0)
    wide = Exercise(one.cell, one.params, one.xs, one.start).resized(n=40)[0]
    with pytest.raises(ValueError, match=r"Layer 2 would read 80 numbers: m must be .* 1 to 64\."):
        fitted(one.xs, [{"forward": wide, "backward": wide}, {"forward": one}])


@pytest.mark.parametrize("name", EXAMPLES)
def test_h_is_zero_where_nothing_of_the_pulse_can_be_known(name):
    stack = EXAMPLES[name]
    pulse = int(np.argmax(stack.xs[:, 0]))
    assert stack.xs.tolist() == [[float(t == pulse)] for t in range(stack.T)]
    for place in stack.places:
        h = np.abs(stack.h(place)).max(axis=1)
        blind = h[:pulse] if place.direction == "forward" else h[pulse + 1 :]
        seeing = h[pulse:] if place.direction == "forward" else h[: pulse + 1]
        assert len(blind) > 0
        assert not blind.any()
        assert seeing.all()


@pytest.mark.parametrize("name", ["two_layers", "three_grus"])
def test_the_higher_the_layer_the_later_h_is_largest(name):
    stack = EXAMPLES[name]
    peaks = [int(np.argmax(np.abs(stack.output(k)).sum(axis=1))) + 1 for k in range(len(stack))]
    assert peaks == {"two_layers": [2, 5], "three_grus": [2, 4, 6]}[name]
    assert isinstance(stack, Stack)


def test_the_lowest_layers_are_shown_where_the_whole_stack_cannot_be_run():
    stack = deep()
    exercise, around = seen_from(stack, Place())
    low = around.lowest(exercise)
    assert low.places[0] == Place()
    assert len(low) == len(stack) - 1
    with pytest.raises(ValueError, match="cannot be run"):
        alone(exercise).lowest(exercise)


def test_the_first_lane_of_a_stack_reads_the_inputs_themselves():
    stack = deep()
    for place in stack.places:
        exercise, around = seen_from(stack, place)
        first, seen = first_of(around, exercise)
        assert seen.at == Place()
        assert np.array_equal(first.xs, stack[Place()].xs)


def test_another_exercise_reads_the_same_inputs_whatever_it_was_given():
    one, wider = some(cell_named("lstm", "hx"), m=2), some(cell_named("gru_after", "hx"), m=4)
    found = with_inputs_of(one, wider)
    assert np.array_equal(found.xs, one.xs)
    assert found.cell == wider.cell
    assert np.array_equal(with_inputs_of(one, one).xs, one.xs)


def test_a_lane_that_is_not_there_is_refused_in_a_sentence():
    stack = deep()
    with pytest.raises(ValueError, match="There is no layer 9, forward, here"):
        stack[Place(8)]
    exercise, around = seen_from(stack, Place())
    assert lane_of("", exercise, around) == (exercise, around)
    assert lane_of("3f", exercise, around)[1].at == Place(2)
    for text in ("1fmore", "9f", "zz"):
        with pytest.raises(ValueError, match=r"cut short|no layer"):
            lane_of(text, exercise, around)


def test_a_stack_too_long_for_a_link_has_none_and_a_broken_one_is_refused():
    exercise, around = seen_from(deep(), Place())
    text = to_token(around)
    assert short_token(around, len(text)) == text
    assert short_token(around, len(text) - 1) is None
    assert short_token(around, 20) is None
    for broken in (
        "x" * 2_000_000,
        text + "~" * 40,
        text[:-9],
        "1f~1f" + text[2:],
        "2b" + text[2:],
    ):
        with pytest.raises(ValueError, match="other layers in this link cannot be read"):
            from_token(broken, exercise)
    wide = exercise.resized(m=exercise.m + 1)[0]
    _, upper = seen_from(deep(), Place(1))
    with pytest.raises(ValueError, match="does not fit the one below"):
        from_token(to_token(upper), wide)


@pytest.mark.parametrize("left_out", [1, 2, 3])
def test_a_link_without_one_of_its_layers_is_refused(left_out):
    exercise, around = seen_from(deep(), Place(2))
    lanes = to_token(around).split("~")
    with pytest.raises(ValueError, match="other layers in this link cannot be read"):
        from_token("~".join(lanes[:left_out]), exercise)


def test_a_link_with_a_gap_between_its_layers_is_refused():
    exercise, around = seen_from(deep(), Place())
    first, *lanes = to_token(around).split("~")
    above = [lane for lane in lanes if lane.startswith("3")]
    with pytest.raises(ValueError, match="other layers in this link cannot be read"):
        from_token("~".join([first, *above]), exercise)


def test_there_is_no_layer_before_the_first():
    exercise, around = seen_from(deep(), Place(1))
    _, lowest, *_ = to_token(around).split("~")
    for text in (f"0f~{lowest}", f"1f~0b{lowest[2:]}"):
        with pytest.raises(ValueError, match="other layers in this link cannot be read"):
            from_token(text, exercise)
