import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from lstm_core import lstm
from lstm_core.lesson.latex import entry_formula, equation, formula, substitution
from lstm_core.lesson.letters import letter
from lstm_files.exports.displays import step_displays
from lstm_files.markup.html import CSS, formula_html, matrix_html, page
from lstm_files.markup.mathml import mathml
from tests.core.samples import CELLS, NAMES, random_trace


def tree(latex):
    return ET.fromstring(mathml(latex))


def said(latex):
    """What is seen, sign by sign."""
    return "".join(tree(latex).itertext())


@pytest.mark.parametrize(
    ("latex", "inner"),
    [
        ("x", "<mi>x</mi>"),
        ("12.5", "<mn>12.5</mn>"),
        ("-3", "<mo>−</mo><mn>3</mn>"),
        ("W_f", "<msub><mi>W</mi><mi>f</mi></msub>"),
        ("10^{-4}", "<msup><mn>10</mn><mrow><mo>−</mo><mn>4</mn></mrow></msup>"),
        ("p^2_j", "<msubsup><mi>p</mi><mi>j</mi><mn>2</mn></msubsup>"),
        (r"\sigma", '<mi mathvariant="normal">σ</mi>'),
        (r"\tilde{C}_t", None),
        (r"\frac{a}{b}", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>"),
        (r"\mathrm{ReLU}", '<mi mathvariant="normal">ReLU</mi>'),
        (r"a\,b", '<mi>a</mi><mspace width="0.17em"/><mi>b</mi>'),
        (r"\sum_{k}^{n}", None),
    ],
)
def test_each_piece(latex, inner):
    found = mathml(latex)
    ET.fromstring(found)
    if inner is not None:
        assert found == f"<math><mrow>{inner}</mrow></math>"


def test_a_sum_has_its_limits_below_and_above():
    assert tree(r"\sum_{k=1}^{n} a_k").find(".//munderover") is not None
    assert tree(r"\sum_{k} a_k").find(".//munder") is not None


def test_a_matrix_has_a_row_for_each_row():
    found = tree(r"\begin{bmatrix} 1 & -2.5 \\ 3 & 4 \end{bmatrix}").find(".//mtable")
    cells = [["".join(cell.itertext()) for cell in row] for row in found]
    assert found.get("class") == "bmatrix"
    assert cells == [["1", "−2.5"], ["3", "4"]]


def test_brackets_that_grow_are_left_to_the_style_sheet():
    found = tree(r"\sigma\left(\begin{bmatrix} 1 \end{bmatrix}\right)")
    assert [row.get("class") for row in found.iter("mrow") if row.get("class")] == ["round"]
    for kind in ("round", "square"):
        assert f"mrow.{kind}" in CSS


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_line_of_every_cell_is_known(cell):
    trace = random_trace(cell, 2, 3, T=2)
    for step in cell.steps:
        lines = [view(cell, step.name) for view in (letter, formula, equation, entry_formula)]
        lines.append(substitution(trace, 1, step.name, 4))
        for display in step_displays(trace, 1, step.name, None):
            rows = r" \\ ".join(display.lines)
            lines.append(rf"\begin{{aligned}} {rows} \end{{aligned}}")
        for line in lines:
            digits = re.findall(r"\d", line)
            assert [sign for sign in said(line) if sign.isdigit()] == digits
            assert "\\" not in said(line)


@pytest.mark.parametrize(
    "latex",
    [
        r"\href{a}{b}",
        r"\unknown",
        r"\begin{pmatrix} 1 \end{pmatrix}",
        r"\begin{bmatrix} 1",
        r"\left( 1",
        "{a",
        "a_",
        r"\frac{a}",
        "é&",
        "}",
    ],
)
def test_what_is_not_known_is_refused(latex):
    with pytest.raises(ValueError, match=r"MathML|LaTeX"):
        mathml(latex)


def test_signs_are_escaped():
    assert "<script" not in mathml("<script>")
    assert "".join(tree("<script>").itertext()) == "<script>"


def test_words_are_escaped():
    assert "".join(tree(r"\text{a<b>&}").itertext()) == "a<b>&"


def test_a_page_stands_alone():
    html = page("a < b & c", "<p>x</p>", "p { color: red }")
    assert "<title>a &lt; b &amp; c</title>" in html
    assert "p { color: red }" in html
    assert not re.search(r"<script|<link|src=|href=|url\(|@import", html)


def test_a_matrix_of_numbers_is_printed_as_everywhere_else():
    values = np.array([[0.123456, -1.0], [1e-9, 2.0]])
    rows = ET.fromstring(matrix_html(values, 4)).find(".//mtable")
    cells = [["".join(cell.itertext()) for cell in row] for row in rows]
    assert cells == [["0.1235", "−1"], ["1·10−9", "2"]]


def test_a_formula_can_stand_on_a_line_of_its_own():
    latex = formula(lstm(), "C")
    assert formula_html(latex, display=True) == mathml(latex, display=True)
    assert mathml(latex, display=True).startswith('<math display="block">')
