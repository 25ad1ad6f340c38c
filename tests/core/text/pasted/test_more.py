"""More ways in which numbers come: consoles, boxes, comments, other languages and their quirks."""

import numpy as np
import pytest

from lstm_core.text.parsing import parse_matrices, parse_matrix
from tests.core.text.test_parsing import refusal

TWO = [[0.1, -0.2], [0.3, 0.4]]
PASTES = (
    (
        "tensor([[ 1.0000e-01, -2.0000e-01],\n"
        "        [ 3.0000e-01,  4.0000e-01]], dtype=torch.float64)",
        TWO,
    ),
    (
        "tensor(0.5)",
        [[0.5]],
    ),
    (
        "tensor(0.5, grad_fn=<X>)",
        [[0.5]],
    ),
    (
        "tensor([[0.1, -0.2], [0.3, 0.4]], device='mps:0', grad_fn=<TransposeBackward0>)",
        TWO,
    ),
    (
        "torch.Size([2, 2])\ntensor([[0.1, -0.2], [0.3, 0.4]])",
        TWO,
    ),
    (
        "('weight_ih_l0', Parameter containing:\n"
        "tensor([[0.1, -0.2], [0.3, 0.4]], requires_grad=True))",
        TWO,
    ),
    (
        "weight_ih_l0: tensor([[0.1, -0.2], [0.3, 0.4]])",
        TWO,
    ),
    (
        "lstm.weight_ih_l0 torch.Size([2, 2]) tensor([[0.1, -0.2], [0.3, 0.4]])",
        TWO,
    ),
    (
        ">>> W\narray([[0.1, -0.2],\n       [0.3, 0.4]])",
        TWO,
    ),
    (
        "In [3]: W_f\nOut[3]: \narray([[0.1, -0.2],\n       [0.3, 0.4]])",
        TWO,
    ),
    (
        "Out[3]:\ntensor([[0.1, -0.2],\n       [0.3, 0.4]])",
        TWO,
    ),
    (
        "W = np.array([[0.1, -0.2],\n              [0.3, 0.4]])  # forget gate",
        TWO,
    ),
    (
        "W_f = [[0.1, -0.2], [0.3, 0.4]] # comment",
        TWO,
    ),
    (
        "% weights\nW = [0.1 -0.2; 0.3 0.4];",
        TWO,
    ),
    (
        "W <- rbind(c(0.1, -0.2), c(0.3, 0.4))",
        TWO,
    ),
    (
        "cbind(c(0.1,0.3), c(-0.2,0.4))",
        TWO,
    ),
    (
        "array([[0.1, -0.2],\n       [0.3, 0.4]], dtype=float32)",
        TWO,
    ),
    (
        "matrix([[0.1, -0.2],\n        [0.3, 0.4]])",
        TWO,
    ),
    (
        "[array([0.1, -0.2]), array([0.3, 0.4])]",
        TWO,
    ),
    (
        "Matrix([[0.1, -0.2], [0.3, 0.4]])",
        TWO,
    ),
    (
        "jnp.array([[0.1, -0.2], [0.3, 0.4]])",
        TWO,
    ),
    (
        "Array([[0.1, -0.2],\n       [0.3, 0.4]], dtype=float32, weak_type=True)",
        TWO,
    ),
    (
        "mx.array([[0.1, -0.2], [0.3, 0.4]], dtype=mx.float32)",
        TWO,
    ),
    (
        "<tf.Variable 'Variable:0' shape=(2, 2) dtype=float32, numpy=\n"
        "array([[ 0.1, -0.2],\n"
        "       [ 0.3,  0.4]], dtype=float32)>",
        TWO,
    ),
    (
        "<Variable path=lstm/kernel, shape=(2, 2), dtype=float32, value=array(["
        "[ 0.1, -0.2],\n"
        " [0.3, 0.4]], dtype=float32)>",
        TWO,
    ),
    (
        "<Variable path=lstm/kernel, shape=(2, 2), dtype=float32, value=tensor("
        "[[ 0.1, -0.2],\n"
        " [0.3, 0.4]], device='cpu')>",
        TWO,
    ),
    (
        "     V1   V2\n1   0.1 -0.2\n2   0.3  0.4",
        TWO,
    ),
    (
        "     [,1] [,2]\nf     0.1 -0.2\ni     0.3  0.4",
        TWO,
    ),
    (
        "      h1    x1\n[1,] 0.1  -0.2\n[2,] 0.3   0.4",
        TWO,
    ),
    (
        '[1] "W"\n     [,1] [,2]\n[1,]  0.1 -0.2\n[2,]  0.3  0.4',
        TWO,
    ),
    (
        "$W_f\n     [,1] [,2]\n[1,]  0.1 -0.2\n[2,]  0.3  0.4\n",
        TWO,
    ),
    (
        "   h1    x1 \n 0.1  -0.2 ",
        [[0.1, -0.2]],
    ),
    (
        " [1]  0.47  0.20  0.23\n [4] -0.24  0.02",
        [[0.47, 0.2, 0.23, -0.24, 0.02]],
    ),
    (
        "2×2 Array{Float64,2}:\n 0.1  -0.2\n 0.3   0.4",
        TWO,
    ),
    (
        "2x2 Matrix{Float32}:\n 0.1  -0.2\n 0.3   0.4",
        TWO,
    ),
    (
        "2-element Array{Float64,1}:\n 0.1\n 0.3",
        [[0.1], [0.3]],
    ),
    (
        "[0.1 -0.2; 0.3 0.4]",
        TWO,
    ),
    (
        "[0.1, 0.3]'",
        [[0.1], [0.3]],
    ),
    (
        "W =\n\n  0.1000  -0.2000\n  0.3000   0.4000\n\n>> ",
        TWO,
    ),
    (
        "W =\n\n  2×2 single matrix\n\n    0.1000   -0.2000\n    0.3000    0.4000\n",
        TWO,
    ),
    (
        "ans = 0.5",
        [[0.5]],
    ),
    (
        "W =\n\n   1.0e-03 *\n\n   100  -200\n   300   400",
        TWO,
    ),
    (
        "W = \n  1.0e+00  *\n   0.1  -0.2\n   0.3   0.4",
        TWO,
    ),
    (
        "\\[ W_f = \\begin{bmatrix} 0.1 & -0.2 \\\\ 0.3 & 0.4 \\\\ \\end{bmatrix} \\]",
        TWO,
    ),
    (
        "$\\begin{pmatrix}0.1 & -0.2\\\\0.3 & 0.4\\end{pmatrix}$",
        TWO,
    ),
    (
        "\\begin{equation}\n"
        "W=\\left[\\begin{array}{cc}\n"
        "0.1 & -0.2\\\\\n"
        "0.3 & 0.4\n"
        "\\end{array}\\right]\n"
        "\\end{equation}",
        TWO,
    ),
    (
        "\\begin{aligned}W &= \\begin{bmatrix} 0.1 & -0.2 \\\\ 0.3 & 0.4 \\end{bmatr"
        "ix}\\end{aligned}",
        TWO,
    ),
    (
        "\\begin{tabular}{rr}\\hline 0.1 & -0.2 \\\\ 0.3 & 0.4 \\\\ \\hline\\end{tabular}",
        TWO,
    ),
    (
        "\\begin{tabular}{rr}\\toprule h & x \\\\ \\midrule 0.1 & -0.2 \\\\ 0.3 & 0.4 "
        "\\\\ \\bottomrule\\end{tabular}",
        TWO,
    ),
    (
        "\\begin{bmatrix} {0.1} & {-0.2} \\\\ {0.3} & {0.4} \\end{bmatrix}",
        TWO,
    ),
    (
        "\\begin{bmatrix} \\bf{0.1} & -0.2 \\\\ 0.3 & 0.4 \\end{bmatrix}",
        TWO,
    ),
    (
        "\\begin{bmatrix} 0{,}1 & -0{,}2 \\\\ 0{,}3 & 0{,}4 \\end{bmatrix}",
        TWO,
    ),
    (
        "\\begin{bmatrix} 0,1 & -0,2 \\\\ 0,3 & 0,4 \\end{bmatrix}",
        TWO,
    ),
    (
        "\\begin{bmatrix} 0.1 & -0.2 \\cr 0.3 & 0.4 \\end{bmatrix}",
        TWO,
    ),
    (
        "\\pmatrix{0.1 & -0.2 \\cr 0.3 & 0.4}",
        TWO,
    ),
    (
        "\\begin{bmatrix}\n0.1&-0.2\\newline\n0.3&0.4\\end{bmatrix}",
        TWO,
    ),
    (
        "\\begin{vmatrix}0.1 & -0.2\\\\0.3 & 0.4\\end{vmatrix}",
        TWO,
    ),
    (
        "| | a | b |\n|---|---|---|\n| r1 | 0.1 | -0.2 |\n| r2 | 0.3 | 0.4 |",
        TWO,
    ),
    (
        "|0.1|-0.2|\n|:-:|:-:|\n|0.3|0.4|",
        TWO,
    ),
    (
        "+-----+------+\n| 0.1 | -0.2 |\n+-----+------+\n| 0.3 | 0.4 |\n+-----+------+",
        TWO,
    ),
    (
        "┌      ┐\n│ 0.1 -0.2 │\n│ 0.3 0.4 │\n└     ┘",
        TWO,
    ),
    (
        "⎡0.1 -0.2⎤\n⎣0.3  0.4⎦",
        TWO,
    ),
    (
        "<table><thead><tr><th>h</th><th>x</th></tr></thead><tbody><tr><td>0.1<"
        "/td><td>-0.2</td></tr><tr><td>0.3</td><td>0.4</td></tr></tbody></table"
        ">",
        TWO,
    ),
    (
        "<tr><td>0.1</td><td>-0.2</td></tr>\n<tr><td>0.3</td><td>0.4</td></tr>",
        TWO,
    ),
    (
        "<table><tr><td>0,1</td><td>-0,2</td></tr><tr><td>0,3</td><td>0,4</td></tr></table>",
        TWO,
    ),
    (
        "<math><mtable><mtr><mtd><mn>0.1</mn></mtd><mtd><mo>-</mo><mn>0.2</mn><"
        "/mtd></mtr><mtr><mtd><mn>0.3</mn></mtd><mtd><mn>0.4</mn></mtd></mtr></"
        "mtable></math>",
        TWO,
    ),
    (
        "          h         x\nf  0.1 -0.2\ni  0.3  0.4\n\n[2 rows x 2 columns]",
        TWO,
    ),
    (
        "   0    1\n0  0.1 -0.2\n1  0.3  0.4",
        TWO,
    ),
    (
        "a   0.1\nb  -0.2\nName: w, dtype: float64",
        [[0.1], [-0.2]],
    ),
    (
        "0,1;-0,2\n0,3;0,4",
        TWO,
    ),
    (
        "0,1\t-0,2\n0,3\t0,4",
        TWO,
    ),
    (
        "0,12\n-0,25",
        [[0.12], [-0.25]],
    ),
    (
        "0,1 -0,2\n0,3 0,4",
        TWO,
    ),
    (
        "10 %\t20 %\n30 %\t40 %",
        [[0.1, 0.2], [0.3, 0.4]],
    ),
    (
        "1/2 1/4\n3/4 1",
        [[0.5, 0.25], [0.75, 1]],
    ),
    (
        "1½",
        [[1.5]],
    ),
    (
        "−0.1 −0.2",
        [[-0.1, -0.2]],
    ),
    (
        "–0.1 0.2",
        [[-0.1, 0.2]],
    ),
    (
        "+0.1 +0.2",
        [[0.1, 0.2]],
    ),
    (
        "1.5×10⁻³ 2·10²",
        [[0.0015, 200]],
    ),
    (
        "1.5*10^-3, 2*10^2",
        [[0.0015, 200]],
    ),
    (
        "1.5E-3 2e+2",
        [[0.0015, 200]],
    ),
    (
        "1.5 x 10^-3",
        [[0.0015]],
    ),
    (
        "≈ 0.646",
        [[0.646]],
    ),
    (
        "~0.646, ~0.5",
        [[0.646, 0.5]],
    ),
    (
        "(0.1 -0.2)\n(0.3 0.4)",
        TWO,
    ),
    (
        "0.1 & -0.2 \\\\ 0.3 & 0.4",
        TWO,
    ),
    (
        "[0.1,-0.2],[0.3,0.4]",
        TWO,
    ),
    (
        "[0.1,-0.2]\n[0.3,0.4]",
        TWO,
    ),
    (
        "W_f:\n[[0.1,-0.2]\n [0.3,0.4]]",
        TWO,
    ),
    (
        "W_f (2x2):\n0.1 -0.2\n0.3 0.4",
        TWO,
    ),
    (
        "Forget gate:\n0.1 -0.2\n0.3 0.4",
        TWO,
    ),
    (
        "0.1 | -0.2\n0.3 | 0.4",
        TWO,
    ),
    (
        "[[0.1, -0.2],\n [0.3, 0.4],]",
        TWO,
    ),
    (
        "std::vector<std::vector<double>> W = {{0.1, -0.2}, {0.3, 0.4}};",
        TWO,
    ),
    (
        "const W = [[0.1, -0.2], [0.3, 0.4]];",
        TWO,
    ),
    (
        "var W = new double[,] {{0.1, -0.2}, {0.3, 0.4}};",
        TWO,
    ),
    (
        "{{0.1, -0.2}, {0.3, 0.4}} // MatrixForm",
        TWO,
    ),
    (
        "W = {{0.1`, -0.2`}, {0.3`, 0.4`}}",
        TWO,
    ),
    (
        "Float32[0.1 -0.2; 0.3 0.4]",
        TWO,
    ),
    (
        "[0.1f0 -0.2f0; 0.3f0 0.4f0]",
        TWO,
    ),
    (
        "WrappedArray([0.1,-0.2],[0.3,0.4])",
        TWO,
    ),
)


@pytest.mark.parametrize(("text", "expected"), PASTES)
def test_read(text, expected):
    matrix = parse_matrix(text)
    assert matrix.shape == np.shape(expected)
    np.testing.assert_allclose(matrix, expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("0,1, -0,2", "A comma without a space behind it was read as the decimal one."),
        ("0,65", "The comma in each line was read as the decimal one: one column."),
        ("[0.1, 0.3]'", "It is transposed, as the sign behind it says."),
        ("⎡0.1⎤\n⎣0.3⎦", "Left out: “the lines of a box”."),
        (">>> W\n[[0.1]]", "Left out: “>>> W”."),
        ("cbind(c(1, 2))", "Left out: “cbind”."),
        ("W = [1 2]  # so far", "Left out: “# so far”."),
    ],
)
def test_what_was_taken_out_is_said(text, sentence):
    assert parse_matrices(text)[0].sentence == sentence


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1.234,5", "“1.234,5” can be one number or two;"),
        ("[array([[1, 2]]), array([3, 4])]", "do not fit"),
        ("\\left[ 1 \\right", "do not fit"),
    ],
)
def test_refused_with_a_reason(text, says):
    assert says in refusal(parse_matrix, text)
