"""Whatever the table, a run makes of each step what its operation makes of its operands.

Few time steps are worked out one by one, many in blocks: the same tables go through both.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.backpropagation.ops import ALL_OPS
from lstm_core.cell import Cell, Step
from lstm_core.cells import lstm
from lstm_core.ops import ADD, CONCAT, HADAMARD, MATVEC, ONE_MINUS, RELU, SIGMOID, TANH
from lstm_core.trace import MANY, run
from tests.core.samples import random_exercise, random_trace

SUM = ALL_OPS["sum"]
OF_ONE = (SIGMOID, TANH, RELU, ONE_MINUS, ALL_OPS["negative"], ALL_OPS["copy"])
OF_TWO = (ADD, HADAMARD)
CARRY = {"h": "h_prev", "C": "C_prev"}


def row(name, op, *inputs):
    return Step(name, op, inputs, name, name, "stage")


@st.composite
def rows(draw, k, vectors, joined):
    """One step on what is there: vectors of n numbers, and those joined with x."""
    pick = st.sampled_from(vectors)
    op = draw(st.sampled_from((*OF_ONE, *OF_TWO, *(MATVEC, MATVEC, ADD, SUM, SUM), CONCAT)))
    if op is CONCAT:
        return row(f"v_{k}", CONCAT, *draw(st.permutations(("x", draw(pick)))))
    if op is MATVEC:
        return row(f"s_{k}", MATVEC, f"W_{k}", draw(st.sampled_from(joined)))
    if op is ADD and draw(st.booleans()):
        return row(f"s_{k}", ADD, draw(pick), f"b_{k}")
    count = draw(st.integers(1, 4)) if op is SUM else 1 + (op in OF_TWO)
    return row(f"s_{k}", op, *(draw(pick) for _ in range(count)))


@st.composite
def cells(draw):
    """A cell of random steps, with weights, biases and two states."""
    steps, vectors, joined = [row("v", CONCAT, "h_prev", "x")], ["h_prev", "C_prev"], ["v"]
    for k in range(draw(st.integers(1, 12))):
        steps.append(draw(rows(k, vectors, joined)))
        (joined if steps[-1].op is CONCAT else vectors).append(steps[-1].name)
    ends = row("C", TANH, draw(st.sampled_from(vectors))), row("h", TANH, vectors[-1])
    return Cell("random", (*steps, *ends), CARRY)


@pytest.mark.no_cover  # the same lines very often: other tests cover them
@settings(deadline=None, max_examples=150)
@given(cell=cells(), T=st.sampled_from((1, 2, MANY - 1, MANY, MANY + 6)))
def test_each_row_follows_from_its_operands(cell, T):
    ex = random_exercise(cell, 3, 2, T)
    trace = run(cell, ex.params, ex.xs, ex.start)
    for t, frame in enumerate(trace.frames):
        for step in cell.steps:
            right = step.op.forward(*(frame[name] for name in step.inputs))
            np.testing.assert_allclose(frame[step.name], right, rtol=1e-12, atol=1e-12)
        for name, previous in CARRY.items() if t else ():
            np.testing.assert_array_equal(frame[previous], trace[t - 1, name])


@pytest.mark.parametrize("T", [1, MANY - 1, MANY])
def test_a_third_operand_counts(T):
    cell = lstm().with_step(row("C", SUM, "kept", "written", "i"))
    trace = random_trace(cell, 3, 2, T=T)
    wanted = trace[T - 1, "kept"] + trace[T - 1, "written"] + trace[T - 1, "i"]
    np.testing.assert_allclose(trace[T - 1, "C"], wanted, rtol=1e-15)


def test_an_operand_too_many_is_refused_and_not_left_out():
    cell = lstm().with_step(row("kept", HADAMARD, "f", "C_prev", "f"))
    with pytest.raises((TypeError, ValueError)):
        random_trace(cell, 3, 2)
