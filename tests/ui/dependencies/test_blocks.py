import json
from itertools import combinations, pairwise

import numpy as np
import pytest

from lstm_core.cells import gru, rnn
from lstm_core.fast import levels
from lstm_core.lesson.letters import plain
from lstm_core.looks.stacked import at_once
from lstm_ui.dependencies.blocks import dependency_blocks
from lstm_ui.dependencies.graph import GAP, NODE, at_hand, places, size
from lstm_ui.sheet.desk import desk
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.ui.blocks import of_kind
from tests.ui.sessions import UNSATURATED, do, session_at

every_cell = pytest.mark.parametrize("cell", CELLS, ids=NAMES)


def page(exercise=UNSATURATED, t=0, **options):
    session = session_at(exercise.cell.steps[0].name, exercise, t=t)
    session.options = options
    return dependency_blocks(desk(session))


def drawn(*args, **options):
    (graph,) = of_kind(page(*args, **options), "graph")
    return graph


def node(graph, name):
    return next(one for one in graph["nodes"] if one["name"] == name)


@every_cell
def test_the_graph_is_that_of_the_table(cell):
    graph = drawn(some(cell))
    names = {*cell.names}
    steps = {(part, step.name) for step in cell.steps for part in names & {*step.inputs}}
    found = {tuple(edge) for edge in graph["edges"]}
    assert steps <= found
    goes_on = {(state, f"next {prev}") for state, prev in cell.carry.items()}
    assert goes_on <= found
    assert {part for part, _ in found - steps - goes_on} <= set(at_hand(cell))
    assert {one["name"] for one in graph["nodes"]} == {
        *at_hand(cell),
        *(name for _, name in goes_on),
        *(s.name for s in cell.steps),
    }
    json.dumps(graph, allow_nan=False)


@every_cell
def test_columns_are_levels_and_every_line_leads_to_the_right(cell):
    where = places(cell)
    for names in levels(cell):
        assert len({where[name][0] for name in names}) == 1
    for part, name in drawn(some(cell))["edges"]:
        assert where[part][0] < where[name][0]


@every_cell
def test_no_two_nodes_overlap_and_all_are_inside(cell):
    where, (width, height) = places(cell), size(cell)
    for a, b in combinations(where.values(), 2):
        assert abs(a[0] - b[0]) > NODE[0] or abs(a[1] - b[1]) >= NODE[1] + GAP[1] - 0.01
    assert all(NODE[0] / 2 <= x <= width - NODE[0] / 2 for x, _ in where.values())
    assert all(NODE[1] / 2 <= y <= height - NODE[1] / 2 for _, y in where.values())


@every_cell
def test_a_node_says_its_numbers_and_opens_its_step(cell):
    exercise = some(cell, T=2)
    session = session_at(cell.steps[0].name, exercise, t=1)
    (graph,) = of_kind(dependency_blocks(desk(session)), "graph")
    trace = exercise.trace()
    for step in cell.steps:
        one = node(graph, step.name)
        numbers = ", ".join(desk(session).text(step.name, x) for x in trace[1, step.name])
        assert f"{step.title}: {plain(cell, step.name)} = [{numbers}]." in one["told"]
        assert (one["visit"]["step"], one["visit"]["t"]) == (step.name, 1)


def test_a_node_says_what_it_needs_and_what_needs_it():
    graph = drawn()
    assert node(graph, "C")["told"].endswith(
        "Needs fₜ∘Cₜ₋₁ and iₜ∘C̃ₜ. Needed by tanh(Cₜ), the next time step."
    )
    assert node(graph, "z_f")["told"].endswith("Needs W_f·v. Needed by fₜ.")


@every_cell
@pytest.mark.parametrize("t", [0, 1])
def test_each_state_goes_on_to_the_next_time_step_beside_all_that_reads_it_in_this_one(cell, t):
    exercise = some(cell, T=2)
    graph = drawn(exercise, t=t)
    for state, prev in cell.carry.items():
        one = node(graph, f"next {prev}")
        assert one["lines"] == [plain(cell, prev), "at t + 1"]
        assert plain(cell, state) in one["told"]
        assert ("this is the last one" in one["told"]) == (t == 1)
        assert (one["visit"]["step"], one["visit"]["t"]) == (
            (state, 1) if t == 1 else (cell.readers(prev)[0].name, 1)
        )
        assert places(cell)[f"next {prev}"][0] > places(cell)[state][0]
    if cell.readout:
        assert {b for a, b in graph["edges"] if a == "h"} == {"Wv_y", "next h_prev"}
    verb = "lead" if len(cell.carry) > 1 else "leads"
    assert f" {verb} on to the next time step" in graph["alt"]


def test_numbers_stand_in_the_nodes_on_demand():
    assert node(drawn(), "f")["lines"] == ["fₜ"]
    f = UNSATURATED.trace()[0, "f"]
    lines = node(drawn(nodes="numbers"), "f")["lines"]
    assert lines == ["fₜ", f"{f[0]:.2f}, {f[1]:.2f} …"]


def test_a_band_lies_behind_each_of_the_four_maps_and_they_do_not_meet():
    bands, where = drawn()["bands"], places(UNSATURATED.cell)
    assert bands[0]["text"] == "4 affine maps: independent"
    for band, gate in zip(bands, "fiCo", strict=True):
        for name in (f"Wv_{gate}", f"z_{gate}"):
            x, y = where[name]
            assert band["x"] < x < band["x"] + band["w"]
            assert band["y"] < y < band["y"] + band["h"]
    for above, below in pairwise(bands):
        assert above["y"] + above["h"] <= below["y"]


@every_cell
def test_the_stacked_product_shows_both_ways_and_their_difference(cell):
    exercise = some(cell, n=3, m=2)
    blocks = page(exercise)
    found = at_once(exercise.trace(), 0)
    if len(found) == 1:  # nothing to stack
        assert not of_kind(blocks, "stack")
        return
    (stack,) = of_kind(blocks, "stack")
    by_name = {item["id"]: item for item in stack["items"] if "rows" in item}
    for key, at in ((r"stack-\text{at once}", 0), (r"stack-\text{one by one}", 1)):
        shown = [row[0]["full"] for row in by_name[key]["rows"]]
        wanted = np.concatenate([pair[at] for pair in found.values()])
        assert [float(text.replace("−", "-")) for text in shown] == wanted.tolist()
    W = [[float(c["full"].replace("−", "-")) for c in row] for row in by_name["stack-W"]["rows"]]
    weights = [exercise.params[cell[f"Wv_{name[2:]}"].inputs[0]] for name in found]
    np.testing.assert_array_equal(W, np.concatenate(weights))
    (line, *_) = next(b for b in of_kind(blocks, "text") if b["id"] == "same")["lines"]
    largest = max(np.abs(a - b).max() for a, b in found.values())
    assert "the largest difference is" in line["text"]
    assert ("difference is 0." in line["text"]) == (largest == 0.0)


def test_an_edit_in_the_stack_is_one_of_the_exercise():
    session = session_at("v", UNSATURATED)
    (stack,) = of_kind(dependency_blocks(desk(session)), "stack")
    cell = stack["items"][0]["rows"][4][1]
    assert (cell["at"], cell["edit"]) == ("W_i:1:1", True)
    do(session, "edit", cell=cell["at"], text="9")
    assert session.exercise.params["W_i"][1, 1] == 9.0


def test_the_candidate_of_a_gru_is_not_in_the_stack():
    for reset, why in (("before", "it needs the reset gate first."), ("after", "needs no gate")):
        blocks = of_kind(page(some(gru(reset=reset))), "text")
        (line,) = next(block for block in blocks if block["id"] == "left-out")["lines"]
        assert line["text"].startswith("The candidate is not among them")
        assert why in line["text"]


def test_a_cell_of_one_map_has_all_its_steps_in_a_row_and_nothing_to_stack():
    blocks = page(some(rnn()))
    assert drawn(some(rnn()))["hint"].startswith("4 steps, all in a row")
    (heading,) = (b for b in of_kind(blocks, "heading") if b["id"] == "stacked-head")
    assert "nothing to stack it with" in heading["what"]


def test_a_large_exercise_is_bounded_and_says_so():
    blocks = page(some(n=64, m=64, T=2))
    (stack,) = of_kind(blocks, "stack")
    assert stack["items"][0]["shape"] == "256 × 128, 16 × 8 shown"
    assert len(json.dumps(blocks)) < 100_000


def test_numbers_too_large_are_said_to_be():
    huge = some(n=2, m=2)
    huge = huge.with_array("W_f", huge.params["W_f"] * 1e308).with_array("xs", huge.xs * 1e10)
    texts = [line["text"] for b in of_kind(page(huge), "text") for line in b["lines"]]
    assert texts[0] == "Some of these numbers are too large for double precision."
