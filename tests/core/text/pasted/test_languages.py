"""Numbers, calls and types as programming languages spell them, and entries under names."""

import numpy as np
import pytest

from lstm_core.text.parsing import parse_matrices, parse_matrix
from tests.core.text.test_parsing import refusal

TWO = [[0.1, -0.2], [0.3, 0.4]]
ROW = [[0.1, -0.2]]
LANGUAGES = {
    "Python, float": ("[float(0.1), float(-0.2)]", ROW),
    "Python, Fraction": ("[Fraction(1, 10), Fraction(-1, 5)]", ROW),
    "Python, Decimal": ("[Decimal('0.1'), Decimal('-0.2')]", ROW),
    "Python, a remark in each row": ("[[0.1, -0.2],  # row 1\n [0.3, 0.4]]  # row 2", TWO),
    "R, dput": ("structure(c(0.1, 0.3, -0.2, 0.4), dim = c(2L, 2L))", TWO),
    "Julia, 32 bits": ("2×2 Matrix{Float32}:\n 0.1f0  -2f-1\n 0.3f0  0.4f0", TWO),
    "Fortran": ("1.0D-1 -2.0d-01", ROW),
    "Mathematica": ("{{1.*^-1, -2.*^-1}, {3.*^-1, 4.*^-1}}", TWO),
    "Wolfram, List": ("List[List[0.1, -0.2], List[0.3, 0.4]]", TWO),
    "MATLAB, live": ("W = 2×2\n    0.1000   -0.2000\n    0.3000    0.4000\n", TWO),
    "MATLAB, single": ("W = 2x2 single matrix\n    0.1000   -0.2000\n    0.3000    0.4000\n", TWO),
    "MATLAB, goes on": ("W = [0.1, -0.2; ...\n     0.3, 0.4];", TWO),
    "IDL": ("[[0.1, -0.2], $\n [0.3, 0.4]]", TWO),
    "Rust": ("let w = vec![vec![0.1, -0.2], vec![0.3, 0.4]];", TWO),
    "Rust, a type": ("let w: [[f64; 2]; 2] = [[0.1, -0.2], [0.3, 0.4]];", TWO),
    "Swift": ("let W: [[Double]] = [[0.1, -0.2], [0.3, 0.4]]", TWO),
    "TypeScript": ("const W: number[][] = [[0.1, -0.2], [0.3, 0.4]];", TWO),
    "Haskell": ("[[0.1,-0.2],[0.3,0.4]] :: [[Double]]", TWO),
    "Go": ("[][]float64{{0.1, -0.2}, {0.3, 0.4}}", TWO),
    "Kotlin": ("val W = arrayOf(doubleArrayOf(0.1, -0.2), doubleArrayOf(0.3, 0.4))", TWO),
    "Scala": ("Array(Array(0.1, -0.2), Array(0.3, 0.4))", TWO),
    "Maxima": ("matrix([0.1,-0.2],[0.3,0.4])", TWO),
    "Typst": ("mat(0.1, -0.2; 0.3, 0.4)", TWO),
    "Typst, a formula": ("$ mat(0.1, -0.2; 0.3, 0.4) $", TWO),
    "C, remarks": ("double W[2][2] = {\n {0.1, -0.2}, // 1\n {0.3, 0.4} /* 2 */\n};", TWO),
    "rows in one bracket, closed on a line of its own": ("[0.1 -0.2\n 0.3 0.4\n]", TWO),
    "per cent with decimal commas": ("65,8 %\n60,05 %", [[0.658], [0.6005]]),
    "decimal commas in round brackets": ("(0,658; 0,600)", [[0.658], [0.6]]),
    "Switzerland": ("1'234.5\n−0.2", [[1234.5], [-0.2]]),
    "give or take": ("0.658 ± 0.001\n0.600 ± 0.001", [[0.658], [0.6]]),
    "angle brackets": ("⟨0.658, 0.600⟩", [[0.658, 0.6]]),
    "bullets": ("• 0.658\n• 0.600", [[0.658], [0.6]]),
    "a numbered list": ("1) 0.658\n2) 0.600", [[0.658], [0.6]]),
    "an index below the line": ("f₁ = 0.658\nf₂ = 0.600", [[0.658], [0.6]]),
    "Typst, a column": ("vec(0.1, -0.2)", [[0.1], [-0.2]]),
    "MXNet": ("[[ 0.1 -0.2]\n [ 0.3  0.4]]\n<NDArray 2x2 @cpu(0)>", TWO),
    "Paddle": (
        "Tensor(shape=[2, 2], dtype=float32, place=Place(cpu), stop_gradient=True,\n"
        "       [[ 0.10000000, -0.20000000],\n        [ 0.30000000,  0.40000000]])",
        TWO,
    ),
    "a shape behind the name": ("W (2, 2)\n[[ 0.1 -0.2]\n [ 0.3  0.4]]", TWO),
    "Polars": (
        "shape: (2, 2)\n┌─────┬──────┐\n│ h1  ┆ x1   │\n│ --- ┆ ---  │\n│ f64 ┆ f64  │\n"
        "╞═════╪══════╡\n│ 0.1 ┆ -0.2 │\n│ 0.3 ┆ 0.4  │\n└─────┴──────┘",
        TWO,
    ),
    "reStructuredText": ("===  ====\n0.1  -0.2\n0.3   0.4\n===  ====", TWO),
    "YAML": ("W_f:\n  - [0.1, -0.2]\n  - [0.3, 0.4]", TWO),
    "YAML, a hyphen for each": ("W_f:\n- - 0.1\n  - -0.2\n- - 0.3\n  - 0.4", TWO),
    "LaTeX, short fractions": (r"\begin{bmatrix}\frac1{10}&-\frac15\end{bmatrix}", ROW),
    "LaTeX, siunitx": (r"\begin{bmatrix}\num{0.1}&\num{-0.2}\end{bmatrix}", ROW),
    "LaTeX, headings with digits": (
        "\\begin{tabular}{rr}\n\\toprule\nh1 & x1 \\\\\n"
        "\\midrule\n0.1 & -0.2 \\\\\n0.3 & 0.4 \\\\\n"
        "\\bottomrule\n\\end{tabular}",
        TWO,
    ),
    "LaTeX, about": (r"\approx 0.1", [[0.1]]),
    "a raised minus": ("0.1 ¯0.2", ROW),
    "entries under names": ("h_1 = 0.1, h_2 = -0.2", ROW),
    "entries under names, in lines": ("$h_{1} = 0.1$\n$h_{2} = -0.2$", [[0.1], [-0.2]]),
    "a list of variables": (
        "[<tf.Variable 'a/kernel:0' shape=(1, 2) dtype=float32, numpy=array([[ 0.1, -0.2]])>]",
        ROW,
    ),
    "turned after a call": ("np.array([[0.1, 0.3], [-0.2, 0.4]]).T", TWO),
    "turned as in LaTeX": (r"[0.1, -0.2]^\top", [[0.1], [-0.2]]),
    "R, sizes without names": ("matrix(c(0.1, -0.2, 0.3, 0.4), 2, 2, byrow = T)", TWO),
    "R, rows without a name": ("matrix(c(0.1, 0.3, -0.2, 0.4), 2)", TWO),
    "R, columns alone": ("matrix(c(0.1, 0.3, -0.2, 0.4), ncol = 2)", TWO),
    "a fence": ("```python\nW = np.array([[0.1, -0.2], [0.3, 0.4]])\n```", TWO),
    "HTML as it is": ("<pre>0.1 -0.2\n0.3 0.4</pre>", TWO),
    "LibTorch": (" 0.1 -0.2\n 0.3  0.4\n[ CPUFloatType{2,2} ]", TWO),
    "Candle": ("[[ 0.1, -0.2],\n [ 0.3,  0.4]]\nTensor[[2, 2], f32]", TWO),
    "Elixir": ("#Nx.Tensor<\n  f32[2][2]\n  [\n    [0.1, -0.2],\n    [0.3, 0.4]\n  ]\n>", TWO),
    "JSON of texts": ('[["0.1", "-0.2"], ["0.3", "0.4"]]', TWO),
    "Word": ("W_f=[■(0.1&-0.2@0.3&0.4)]", TWO),
    "LaTeX, a name before each row": (
        r"\begin{tabular}{lrr} f1 & 0.1 & -0.2 \\ f2 & 0.3 & 0.4 \\ \end{tabular}",
        TWO,
    ),
    "LaTeX, brackets alone": (r"\left[ 0.1, -0.2 \right]", ROW),
    "Markdown, names of two words": ("| W | h |\n|:-:|:-:|\n| row 1 | 0.1 |", [[0.1]]),
    "Mathematica, how precise": ("{{0.1`, -0.2`}, {0.3`20., 0.4`}}", TWO),
    "an empty line after each": ("0.1 -0.2\n\n0.3 0.4\n\n", TWO),
    "a separator behind each": ("0.1;-0.2;\n0.3;0.4;", TWO),
    "commas of other scripts": ("0.1，-0.2\n0.3，0.4", TWO),
    "a slash between": ("1⁄10 −1⁄5", ROW),
    "the end of an equation": ("= 0.1", [[0.1]]),
    "from right to left": ("\u202b0.1 -0.2\u202c", ROW),
    "a thin space and a decimal comma": ("1\u202f234,5", [[1234.5]]),
    "decimal commas in lines": ("1,5\n-0,25\n2,75", [[1.5], [-0.25], [2.75]]),
    "semicolons and decimal commas": ("[0,1; -0,2]", [[0.1], [-0.2]]),
    "whole numbers stay": ("[0,1; 2,3]", [[0, 1], [2, 3]]),
}


@pytest.mark.parametrize(("text", "value"), LANGUAGES.values(), ids=LANGUAGES)
def test_the_numbers_are_read(text, value):
    np.testing.assert_allclose(parse_matrix(text), value, rtol=1e-12)


@pytest.mark.parametrize(
    ("factor", "times"),
    [
        (r"\frac{1}{10}", 0.1),
        ("W = 0.1", 0.1),
        (r"10^{-1} \cdot", 0.1),
        (r"W_f = 2\cdot 10^{-1}", 0.2),
        (r"1/10 \left", 0.1),
    ],
)
def test_a_number_before_a_matrix_of_latex_multiplies_it_and_is_said(factor, times):
    fence = ("(", r"\right)") if "left" in factor else ("", "")
    text = rf"{factor}{fence[0]}\begin{{matrix}}1 & -2\\3 & 4\end{{matrix}}{fence[1]}"
    (found,) = parse_matrices(text)
    np.testing.assert_allclose(found.array, np.multiply([[1, -2], [3, 4]], times), rtol=1e-12)
    assert "Every number was multiplied by" in found.sentence


SEVERAL = {
    "R, a list": ("$W\n     [,1] [,2]\n[1,]  0.1 -0.2\n\n$b\n[1] 0.3 0.4\n", ["W", "b"]),
    "Flax": (
        "{'hf': {'kernel': Array([[0.1, -0.2]]), 'bias': Array([0.3, 0.4])}}",
        ["hf/kernel", "hf/bias"],
    ),
    "YAML": ("W:\n  - [0.1, -0.2]\nb:\n  - [0.3, 0.4]", ["W", "b"]),
}


@pytest.mark.parametrize(("text", "names"), SEVERAL.values(), ids=SEVERAL)
def test_several_under_their_names(text, names):
    found = parse_matrices(text)
    assert [one.name for one in found] == names
    assert [one.array.tolist() for one in found] == [ROW, [[0.3, 0.4]]]


def test_entries_whose_names_do_not_count_up_are_not_one_vector():
    found = parse_matrices("f1 = 0.1\ng2 = 0.2")
    assert [one.name for one in found] == ["f1", "g2"]
    assert parse_matrices("h_2 = 0.1\nh_1 = 0.2")[0].name == "h_2"


def test_too_many_calls_are_no_matrix():
    calls = "Array(" + ", ".join("Array(1)" for _ in range(400)) + ")"
    assert "is not a number" in refusal(parse_matrix, calls)


def test_a_fence_of_latex_without_a_matrix_is_read_as_it_stands():
    assert "is not a number" in refusal(parse_matrix, r"\left. 0.5 & 0.25 \right.")
