"""Matrices cut to fit on paper: nothing is lost, and the products of the blocks add up."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import PRESETS, gru, lstm, peephole_lstm
from lstm_core.text.numerals import numeral
from lstm_files.exports.displays import ROWS, WIDTH, given_displays, step_displays
from tests.core.exercises import some
from tests.files.exports.exported import EVERY_CELL

SIZES = {
    "small": some(gru("hx", "after"), n=3, m=2, T=2),
    "wide": some(lstm("xh", True), n=5, m=40, T=1),
    "tall": some(peephole_lstm(), n=45, m=3, T=1),
    "large": some(gru(), n=64, m=64, T=1),
}


def matrices(line):
    """The matrices of numbers in a line of LaTeX."""
    texts = re.findall(r"\\begin\{bmatrix\} (.*?) \\end\{bmatrix\}", line)
    return [
        np.array([[_number(entry) for entry in row.split("&")] for row in text.split(r"\\")])
        for text in texts
    ]


def _number(text):
    return float(re.sub(r" \\cdot 10\^\{(-?\d+)\}", r"e\1", text.strip()))


def widest(line):
    """How many digits the numbers of a line take side by side."""
    return sum(
        max(len(numeral(x, None)) for x in column)
        for matrix in matrices(line)
        for column in matrix.T
    )


@pytest.mark.parametrize("exercise", SIZES.values(), ids=SIZES)
def test_the_blocks_of_a_product_are_the_matrix_and_the_vector(exercise):
    trace = exercise.trace()
    for step in exercise.cell.steps:
        if not step.op.name.startswith("matvec"):
            continue
        results = []
        for display in step_displays(trace, 0, step.name, None):
            *factors, result = [found for line in display.lines for found in matrices(line)]
            added = sum(W @ v for W, v in zip(factors[::2], factors[1::2], strict=True))
            np.testing.assert_allclose(added, result, rtol=1e-12, atol=1e-12)
            vector = np.concatenate(factors[1::2])[:, 0]
            assert np.array_equal(vector, trace[0, step.inputs[1]])
            results.append(result)
        assert np.array_equal(np.concatenate(results)[:, 0], trace[0, step.name])


@pytest.mark.parametrize("exercise", SIZES.values(), ids=SIZES)
def test_the_other_steps_show_their_operands_and_results(exercise):
    trace = exercise.trace()
    for step in exercise.cell.steps:
        displays = [*step_displays(trace, 0, step.name, None)]
        shown = [[found for line in d.lines for found in matrices(line)] for d in displays]
        result = np.concatenate([found[-1] for found in shown])[:, 0]
        assert np.array_equal(result, trace[0, step.name])
        if not step.op.name.startswith(("matvec", "concat")):
            for k, name in enumerate(step.inputs):
                operand = np.concatenate([found[k] for found in shown])[:, 0]
                assert np.array_equal(operand, trace[0, name])


@pytest.mark.parametrize("exercise", [*SIZES.values(), *EVERY_CELL.values()])
@pytest.mark.parametrize("decimals", [2, 4, 10, None])
def test_no_line_is_wider_or_higher_than_paper(exercise, decimals):
    trace = exercise.trace()
    displays = [
        *given_displays(exercise.params.items()),
        *(
            display
            for step in exercise.cell.steps
            for display in step_displays(trace, 0, step.name, decimals)
        ),
    ]
    for display in displays:
        for line in display.lines:
            assert widest(line) < WIDTH
            assert all(len(matrix) <= ROWS for matrix in matrices(line))
            assert line.count("&") - sum(m.size - len(m) for m in matrices(line)) == 1


@given(
    shape=st.tuples(st.integers(1, 45), st.integers(1, 45)) | st.tuples(st.integers(1, 45)),
    seed=st.integers(0, 99),
)
@settings(max_examples=60, deadline=None)
def test_what_is_given_is_shown_whole(shape, seed):
    values = np.random.default_rng(seed).normal(size=shape) * 10.0 ** (seed % 40 - 20)
    displays = [*given_displays([("W_f", values)])]
    parts = [(d.words, matrices(d.lines[0])[0]) for d in displays]
    rows = {}
    for words, part in parts:
        found = re.search(r"(?:rows|entries) (\d+)", words)
        rows.setdefault(int(found[1]) if found else 1, []).append(part)
    whole = np.concatenate([np.concatenate(part, axis=1) for part in rows.values()])
    assert np.array_equal(whole.reshape(shape), values)


def test_short_arrays_stand_side_by_side_and_parts_are_named():
    exercise = PRESETS["unsaturated"]
    lines = [d.lines[0] for d in given_displays(list(exercise.params.items())[:2])]
    assert len(lines) == 1
    assert lines[0].startswith(r"&W_f = \begin{bmatrix} -0.5 & 0.7")
    assert r"\end{bmatrix}, \quad b_f = \begin{bmatrix}" in lines[0]
    wide = [*given_displays([("W_f", np.full((2, 8), 0.12345678901234568))])]
    assert [d.words for d in wide] == [
        "W_f, columns 1 to 3",
        "W_f, columns 4 to 6",
        "W_f, columns 7 to 8",
    ]
    assert all(d.lines[0].startswith(r"&\begin{bmatrix}") for d in wide)
