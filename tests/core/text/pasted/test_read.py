"""What printing tools put round a matrix: read without it, and said."""

import numpy as np
import pytest

from lstm_core.text.parsing import parse_matrices, parse_matrix, typed_entries
from lstm_core.text.pasted.piece import MOST_PIECES
from tests.core.text.test_parsing import refusal

TWO = [[0.1, -0.2], [0.3, 0.4]]
ROW = [[0.1, -0.2, 0.3]]
PASTES = {
    # PyTorch
    "tensor([[0.1, -0.2],\n        [0.3, 0.4]], grad_fn=<AddmmBackward0>)": TWO,
    "tensor([0.1, -0.2, 0.3], device='cuda:0', dtype=torch.float64)": ROW,
    "Parameter containing:\ntensor([[0.1, -0.2],\n        [0.3, 0.4]], requires_grad=True)": TWO,
    "weight_hh_l0 tensor([[0.1, -0.2],\n[0.3, 0.4]])": TWO,
    "tensor([[[0.1, -0.2],\n         [0.3, 0.4]]])": TWO,
    "tensor([[[0.1, -0.2]],\n\n        [[0.3, 0.4]]])": TWO,
    "[[[[0.1, -0.2], [0.3, 0.4]]]]": TWO,
    # TensorFlow, Keras, JAX, NumPy
    "tf.Tensor(\n[[ 0.1 -0.2]\n [ 0.3  0.4]], shape=(2, 2), dtype=float32)": TWO,
    "<tf.Tensor: shape=(2, 2), dtype=float32, numpy=\narray([[0.1, -0.2],\n"
    "       [0.3, 0.4]], dtype=float32)>": TWO,
    "<tf.Variable 'rnn/kernel:0' shape=(2, 2) dtype=float32, numpy=\narray([[0.1, -0.2],\n"
    "       [0.3, 0.4]], dtype=float32)>": TWO,
    "<Variable path=lstm/kernel, shape=(2, 2), value=[[ 0.1 -0.2]\n [0.3 0.4]]>": TWO,
    "Array([[0.1, -0.2],\n       [0.3, 0.4]], dtype=float32)": TWO,
    "[[np.float64(0.1), np.float32(-0.2)], [np.float64(0.3), np.float64(0.4)]]": TWO,
    "np.float64(0.5)": [[0.5]],
    "tf.Tensor(0.5, shape=(), dtype=float32)": [[0.5]],
    "W_{f} = [[0.1, -0.2], [0.3, 0.4]]": TWO,
    "h_{t-1} = {0.1, -0.2, 0.3};": ROW,
    "* 0.1\n* -0.2\n* 0.3": [[0.1], [-0.2], [0.3]],
    "[ 0.1  -0.2\n  0.3]": ROW,
    "the weights: [[0.1, -0.2], [0.3, 0.4]].": TWO,
    # C, Java, Mathematica, Python
    "{{0.1, -0.2},\n {0.3, 0.4}}": TWO,
    "float W[2][2] = {{0.1f, -0.2f}, {0.3f, 0.4f}};": TWO,
    "double[][] W = new double[][] {{0.1, -0.2}, {0.3, 0.4}};": TWO,
    "((0.1, -0.2), (0.3, 0.4))": TWO,
    "[(0.1, -0.2), (0.3, 0.4)]": TWO,
    # R
    "     [,1] [,2]\n[1,]  0.1 -0.2\n[2,]  0.3  0.4": TWO,
    "     [,1]\n[1,]  0.1\n[2,]  0.3\n     [,2]\n[1,] -0.2\n[2,]  0.4": TWO,
    "     x1   x2\nh1  0.1 -0.2\nh2  0.3  0.4": TWO,
    "[1]  0.1 -0.2\n[3]  0.3": ROW,
    "c(0.1, -0.2, 0.3)": ROW,
    "W <- matrix(c(0.1, 0.3, -0.2, 0.4), nrow = 2)": TWO,
    "matrix(c(0.1, 0.3, -0.2, 0.4), ncol = 2)": TWO,
    "matrix(c(0.1, -0.2, 0.3, 0.4), nrow = 2, byrow = TRUE)": TWO,
    # Julia, MATLAB, Octave
    "2×2 Matrix{Float64}:\n 0.1  -0.2\n 0.3   0.4": TWO,
    "3-element Vector{Float64}:\n  0.1\n -0.2\n  0.3": [[0.1], [-0.2], [0.3]],
    "Float64[0.1 -0.2; 0.3 0.4]": TWO,
    "W =\n\n    0.1000   -0.2000\n    0.3000    0.4000\n": TWO,
    "W =\n\n   1.0e-01 *\n\n    1   -2\n    3    4\n": [[0.1, -0.2], [3 * 0.1, 0.4]],
    "ans =\n\n  Columns 1 through 2\n\n  0.1  -0.2\n\n  Column 3\n\n  0.3\n": ROW,
    # Markdown, HTML, pandas
    "| 0.1 | -0.2 |\n| 0.3 | 0.4 |": TWO,
    "| h1 | x1 |\n|----|:--:|\n| **0.1** | -0.2 |\n| 0.3 | `0.4` |": TWO,
    "h1 | x1\n---|---\n0.1 | -0.2\n0.3 | 0.4": TWO,
    "<table><tr><td>0.1</td><td>&minus;0.2</td></tr>\n<tr><td>0.3</td><td>0.4</td></tr>": TWO,
    "<table border='1'>\n <tr>\n  <th></th>\n  <th>0</th><th>1</th>\n </tr>\n <tr><th>0</th>"
    "<td>0.1</td><td>-0.2</td></tr><tr><th>1</th><td>0.3</td><td>0.4</td></tr></table>": TWO,
    "     0    1\n0  0.1 -0.2\n1  0.3  0.4": TWO,
    "    h1   x1\n0  0.1 -0.2\n1  0.3  0.4": TWO,
    "0    0.1\n1   -0.2\n2    0.3\ndtype: float64": [[0.1], [-0.2], [0.3]],
    "x1,x2\n0.1,-0.2\n0.3,0.4": TWO,
    "h1,0.1,-0.2\nh2,0.3,0.4": TWO,
    "h1;0,1;-0,2\nh2;0,3;0,4": TWO,
    "\tx1\tx2\nh1\t0.1\t-0.2\nh2\t0.3\t0.4": TWO,
    "The weights of our group\n0.1 -0.2\n0.3 0.4": TWO,
    "0 1\n0.1 -0.2": [[0, 1], [0.1, -0.2]],
    "0 1\n1 2": [[0, 1], [1, 2]],
    # LaTeX
    "\\left\\lbrack\\begin{matrix}0.1&-0.2\\\\0.3&0.4\\\\\\end{matrix}\\right\\rbrack": TWO,
    "\\begin{bmatrix} \\mathbf{0.1} & -0.2 \\\\ {\\bf 0.3} & \\text{0.4} \\end{bmatrix}": TWO,
    "\\mathbf{W} = \\begin{pmatrix}\\phantom{-}0.1 & -0.2\\\\ 0.3\\, & 0.4\\end{pmatrix}.": TWO,
    "\\begin{matrix}\\color{red}{0.1} & 0.3\\\\ \\textcolor{red}{-0.2} & 0.4\\end{matrix}^T": TWO,
    "\\begin{bmatrix}\\mathbf{\\frac{1}{2}} & \\frac{1}{4}\\end{bmatrix}": [[0.5, 0.25]],
    # Signs of people
    "0,658\n-0,600": [[0.658], [-0.6]],
    "1,05\n2,30": [[1.05], [2.3]],
    "-1,427\n0,512": [[-1.427], [0.512]],
    "1,2\n3,4": [[1, 2], [3, 4]],
    "12,50\n3,4": [[12, 50], [3, 4]],
    "50% 25 %": [[0.5, 0.25]],
    "½ ¼ -¾": [[0.5, 0.25, -0.75]],
    "1.5x10^-3 2 x 10^2": [[0.0015, 200]],
    "≈0.646 ≈ 0.5": [[0.646, 0.5]],
    "0.6\u200b46\u200b 0.5": [[0.646, 0.5]],
    "1\u202f234.5\t2": [[1234.5, 2]],
}


@pytest.mark.parametrize(("text", "expected"), PASTES.items())
def test_read(text, expected):
    matrix = parse_matrix(text)
    assert matrix.shape == np.shape(expected)
    np.testing.assert_allclose(matrix, expected, rtol=1e-15)


def test_a_long_vector_of_numpy_is_one_row_whatever_its_length():
    for size in (12, 30, 48, 99):
        vector = np.random.default_rng(size).normal(size=size)
        with np.printoptions(precision=4):
            assert parse_matrix(str(vector)).shape == (1, size)


SENTENCES = {
    "tensor([[0.1, 0.2]], grad_fn=<Sq>)": "Left out: “, grad_fn=<Sq>”, “tensor(”.",
    "[1] 0.1 0.2": "Left out: “[1]”.",
    "h1 a b c d\n1 2 3 4 5": "Left out: “h1”, “a”, “b”, “c” and 1 more.",
    "  1.0e+03 *\n 1 2": "Left out: “1.0e+03 *”. Every number was multiplied by 1.0e+03, as "
    "printed above them.",
    "0,658\n0,600": "The comma in each line was read as the decimal one: one column.",
    "50%": "A percentage was read as hundredths: 50 % is 0.5.",
    "≈0.5": "A sign for “about” was left out.",
    "0.\u200b5": "Invisible signs between the numbers were left out.",
    "1\u202f234": "A thin space within a number was left out.",
    "matrix(c(1,2,3,4), nrow=2)": "Left out: “matrix”, “nrow=2”. It was filled column by "
    "column, as R does.",
    "\\begin{matrix}1&2\\end{matrix}^\\top": "It is transposed, as the T behind it says.",
    "[0.1 0.2\n 0.3]": "The lines are one row, as NumPy wraps a long vector.",
    "1 2\n3 4": "",
}


@pytest.mark.parametrize(("text", "sentence"), SENTENCES.items())
def test_what_was_taken_out_is_said(text, sentence):
    assert parse_matrices(text)[0].sentence == sentence


SEVERAL = {
    "W_f = [1 2; 3 4]\nb_f = [1; 2]": {"W_f": (2, 2), "b_f": (2, 1)},
    "W_{f} = [[1, 2], [3, 4]]\nb_{f} = [5, 6]": {"W_{f}": (2, 2), "b_{f}": (1, 2)},
    "W_f\n1 2\n3 4\n\nb_f\n5\n6": {"W_f": (2, 2), "b_f": (2, 1)},
    "**W_f** =\n1 2\nb_f: 5 6\nb_i: 7 8": {"W_f": (1, 2), "b_f": (1, 2), "b_i": (1, 2)},
    "Weights\nW_f\n1 2\nb_f\n5": {"W_f": (1, 2), "b_f": (1, 1)},
    "OrderedDict([('w', tensor([[0.1],[0.2]])), ('b', tensor([0.3]))])": {"w": (2, 1), "b": (1, 1)},
    "{'W': array([[0.1, 0.2]]), 'b': array([0.3])}": {"W": (1, 2), "b": (1, 1)},
    "W = \\begin{bmatrix}1&2\\end{bmatrix}, b = \\begin{bmatrix}3\\\\4\\end{bmatrix}^T": {
        "W": (1, 2),
        "b": (1, 2),
    },
    "W = \\begin{bmatrix}1\\end{bmatrix} and \\begin{bmatrix}2": {"W": (1, 1), "": (1, 1)},
}


@pytest.mark.parametrize(("text", "shapes"), SEVERAL.items())
def test_several_matrices_under_their_names(text, shapes):
    assert {one.name: one.array.shape for one in parse_matrices(text)} == shapes
    assert "paste the one you mean" in refusal(parse_matrix, text)


@pytest.mark.parametrize("sign", ["^T", ".T", "'", "ᵀ", "^{T}"])
@pytest.mark.parametrize("text", ["W = [[1, 2], [3, 4]]{}", "V = [5, 6]\nW = [[1, 2], [3, 4]]{}"])
def test_a_matrix_is_turned_by_the_sign_behind_it_and_no_other_is(text, sign):
    *others, turned = parse_matrices(text.replace("{}", sign))
    np.testing.assert_array_equal(turned.array, [[1, 3], [2, 4]])
    assert turned.sentence == "It is transposed, as the sign behind it says."
    assert [one.sentence for one in others] == [""] * len(others)


def test_a_matrix_of_a_dict_is_turned_too():
    found = parse_matrices("{'W': [[1, 2], [3, 4]].T, 'b': [5, 6]}")
    assert [one.array.tolist() for one in found] == [[[1, 3], [2, 4]], [[5, 6]]]


def test_entries_as_they_were_typed():
    assert typed_entries("| 0.620 |\n| 1.5 |") == [["0.620"], ["1.5"]]
    assert "as they are meant" in refusal(typed_entries, "1.0e3 *\n1 2")


REFUSED = {
    "\\begin{bmatrix}1\\end{bmatrix} \\begin{bmatrix}2\\end{bmatrix}": "There are 2 matrices here;",
    "tensor([[[1,2],[3,4]],[[5,6],[7,8]]])": "There are 2 matrices here; paste the one you mean.",
    "[[[1, 2], [3, 4]": "do not fit",
    "[[[1, 2]]]]": "do not fit",
    "[[[1], 2]]": "do not fit",
    "'a': 1, [": "No numbers were given",
    "tensor([[1, ..., 2]])": "stands for numbers left out",
    "[[0.1, -0.2],\n ...\n [0.3, 0.4]]": "“...” stands for rows left out; expected every row.",
    "array([[1, 2],\n ...,\n [3, 4]])": "“...” stands for rows left out",
    "0.1\n...\n0.2": "stands for numbers left out",
    "1 234,5": "“1 234,5” can be one number or two; write it without the space or point",
    "1" * 200_001: "The text has 200001 characters",
    "a: 1\n" * (MOST_PIECES + 2): f"There are over {MOST_PIECES} matrices here; paste one of them.",
    "Columns 1\n1 2\n3 4\nColumns 2\n1": "Row 3 has 0 entries",
    "     [,1]\n[1,] 1\n     [,2]\n[1,] 2\n[2,] 3": "",
    "W_f": "No numbers were given",
    "[1 2] 5": "do not fit",
    "5 [1 2]": "do not fit",
    "O.1 0.2": "“O.1” is not a number",  # a letter that a scan put for a digit is no label
    "l.5 0.3\nl.6 0.4": "“l.5” is not a number",
}


@pytest.mark.parametrize(("text", "says"), REFUSED.items())
def test_refused_with_a_reason(text, says):
    message = refusal(parse_matrix, text)
    assert message.endswith(".")
    assert says in message
