"""No line crosses what is written or drawn, in the drawing of any cell: read back from the SVG."""

import re
from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest
from hypothesis import Phase, given, reject, settings
from hypothesis import strategies as st

from lstm_core.cells import CELLS, cell_named
from lstm_core.ops import ADD, HADAMARD, ONE_MINUS, RELU, SIGMOID, TANH
from lstm_core.variants.changes import (
    MOST,
    Change,
    changeable,
    operands,
    operations,
    variant,
    with_change,
)
from lstm_ui.diagram.svg import svg
from tests.ui.diagram.drawn import Drawn, around

ALL = {
    f"{name}-{order}{'-y' * readout}": cell_named(name, order, readout)
    for name in CELLS
    for order, readout in [("hx", False), ("xh", False), ("hx", True)]
}
MOST_CROSSINGS = {
    "peephole_lstm": 1,  # f on its way up, and C_{t-1} on its way to i
    "gru_before": 1,  # z on its way up, and h_{t-1} on its way to r∘h
    "gru_after": 1,  # v on its way to the gates, and h_{t-1} on its way to W_hh
    "mgu": 2,  # f on its two ways up, and h_{t-1} on its way to f∘h
}
UNARY, BINARY = (SIGMOID, TANH, RELU, ONE_MINUS), (ADD, HADAMARD)


@cache
def drawn(name):
    return Drawn(svg(ALL[name]))


def faults(picture):
    """Return what is wrong with a drawing, in words."""
    shapes = [shape.shrunk(1) for shape in picture.shapes.values()]
    texts = picture.texts
    pieces = [piece for line in picture.lines for piece in line.pieces]
    found = [
        f"{piece.name} runs through {thing.name}"
        for piece in pieces
        for thing in (*shapes, *texts)
        if piece.meets(thing)
    ]
    found += [
        f"{a.name} lies over {b.name}" for a, b in combinations([*shapes, *texts], 2) if a.meets(b)
    ]
    everything = (*shapes, *texts, *pieces)
    return found + [f"{thing.name} sticks out" for thing in everything if outside(picture, thing)]


def outside(picture, thing):
    page = picture.page
    within = page.x0 <= thing.x0 and thing.x1 <= page.x1
    return not (within and page.y0 <= thing.y0 and thing.y1 <= page.y1)


def run_together(picture):
    """Return the lines of different values that run along each other."""
    found = []
    for a, b in combinations(picture.lines, 2):
        for p in a.pieces if a.source != b.source else ():
            for q in b.pieces:
                level = p.y1 - p.y0 < 2 and q.y1 - q.y0 < 2
                upright = p.x1 - p.x0 < 2 and q.x1 - q.x0 < 2
                wide = around("", (p.x0, p.y0), (p.x1, p.y1), 1.5)
                if (level or upright) and wide.meets(q):
                    found.append((a.name, b.name))
    return found


@pytest.mark.parametrize("name", ALL)
def test_no_line_crosses_what_is_written_or_drawn_and_nothing_lies_over_anything(name):
    assert faults(drawn(name)) == []


@pytest.mark.parametrize("name", ALL)
def test_each_step_is_drawn_once_in_the_order_of_the_table(name):
    assert [node.get("data-step") for node in drawn(name).steps] == [*ALL[name].names]
    assert [node.get("data-stage") for node in drawn(name).steps] == [
        step.stage for step in ALL[name].steps
    ]


def wanted(cell):
    """Return which wires a cell needs: from each value to each step that reads it, and outwards."""
    inner = {(v, step.name) for step in cell.steps for v in step.inputs if v not in cell.params}
    return inner | {(name, None) for name in (*cell.carry, *["y"] * cell.readout)}


def begins(line, picture):
    """Return whether a line begins at the edge of its value, or at the letter at the left edge."""
    x, y = line.corners[0]
    shape = picture.shapes.get(line.source)
    near = around("", (x, y), (x, y), 0.1)
    return x < 50 if shape is None else near.meets(shape) and not near.meets(shape.shrunk(0.2))


def arrives(line, picture):
    """Return whether the tip of its arrow touches the edge of its reader, or its own letter."""
    near = around("", line.tip, line.tip, 0.2)
    if line.target:
        shape = picture.shapes[line.target]
        return near.meets(shape) and not near.meets(shape.shrunk(0.3))
    (end,) = [
        e for e in picture.ends if "out" in e.get("class") and e.get("data-name") == line.source
    ]
    texts = [t for t in end.iter() if t.get("x")]
    return min(abs(float(t.get("x")) - line.tip[0]) for t in texts) < 45


@pytest.mark.parametrize("name", ALL)
def test_a_line_leads_from_each_value_to_each_step_that_reads_it(name):
    picture = drawn(name)
    assert {(line.source, line.target) for line in picture.lines} == wanted(ALL[name])
    assert len(picture.lines) == len(wanted(ALL[name]))
    assert [line.name for line in picture.lines if not begins(line, picture)] == []
    assert [line.name for line in picture.lines if not arrives(line, picture)] == []


@pytest.mark.parametrize("name", ALL)
def test_lines_of_different_values_cross_seldom_and_never_run_along_each_other(name):
    crossings = drawn(name).crossings()
    print(name, len(crossings), sorted(crossings))
    assert len(crossings) <= MOST_CROSSINGS.get(name.split("-")[0], 0)
    assert run_together(drawn(name)) == []


@pytest.mark.parametrize("name", ALL)
def test_each_number_and_each_gate_s_letter_has_its_place(name):
    cell, picture = ALL[name], drawn(name)
    written = {node.get("data-value") for node in picture.all} - {None}
    joined = {step.name for step in cell.steps if step.op.name == "concat"}
    assert written == {*cell.names, *cell.states, "unit"} - joined
    letters = {text.name for text in picture.texts}
    gates = {"f": "ft", "i": "it", "o": "ot", "z": "zt", "r": "rt", "C_tilde": "Ct"}
    assert {gates[gate] for gate in gates if gate in cell.names} <= letters
    assert {"h_tilde": {"ht"}}.get("h_tilde" if "h_tilde" in cell.names else "", set()) <= letters


def test_a_planted_fault_is_found():
    text = svg(ALL["lstm-hx"])
    moved = re.sub(r'(data-value="C_tilde" x=")[\d.]+', r"\g<1>420", text)
    assert faults(Drawn(moved)) == ["C_tilde lies over C_tilde"]
    wire = r'(data-from="o" data-to="h" d=")[^"]*'
    across = re.sub(wire, r"\g<1>M300 90L500 90", text)
    assert {"o to h runs through C_tilde", "o to h runs through i"} <= {*faults(Drawn(across))}


@st.composite
def variants(draw):
    """Return a cell with up to three rows changed in the ways that the app offers."""
    base = cell_named(draw(st.sampled_from([*CELLS])), "hx", draw(st.booleans()))
    changes = ()
    for _ in range(draw(st.integers(1, MOST))):
        step = draw(st.sampled_from(changeable(base)))
        op = draw(st.sampled_from(operations(step)))
        inputs = draw(st.sampled_from(operands(base, step, op)))
        changes = with_change(base, changes, Change(step.name, op, inputs))
    try:
        return variant(base, changes)
    except ValueError:
        reject()


@st.composite
def any_row_changed(draw):
    """Return a cell with one row changed in any way: steps may be left that nothing reads."""
    cell = draw(st.sampled_from([*ALL.values()]))
    rows = [s for s in cell.steps if s.op in (*UNARY, *BINARY)]
    step = draw(st.sampled_from(rows))
    before = cell.names[: cell.names.index(step.name)]
    known = [n for n in before if cell[n].op.name != "concat"] + [*cell.states]
    if draw(st.booleans()):
        alone = (draw(st.sampled_from(known)),)
        return cell.with_step(replace(step, op=draw(st.sampled_from(UNARY)), inputs=alone))
    inputs = [*step.inputs]
    inputs[draw(st.integers(0, len(inputs) - 1))] = draw(st.sampled_from(known))
    return cell.with_step(replace(step, inputs=tuple(inputs)))


@given(st.one_of(variants(), any_row_changed()))
@settings(max_examples=20, deadline=None, derandomize=True, phases=[Phase.generate])
def test_a_changed_cell_is_drawn_as_truly(cell):
    picture = Drawn(svg(cell))
    assert faults(picture) == []
    assert run_together(picture) == []
    assert {(line.source, line.target) for line in picture.lines} == wanted(cell)
    assert [line.name for line in picture.lines if not begins(line, picture)] == []
    assert [line.name for line in picture.lines if not arrives(line, picture)] == []
