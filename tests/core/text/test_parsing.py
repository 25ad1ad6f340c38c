import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from lstm_core.text.numerals import numeral
from lstm_core.text.parsing import (
    PASTE_FORMATS,
    Typed,
    matrix_text,
    parse_matrix,
    parse_number,
    read_number,
)
from tests.quickest import seconds_of

SECONDS = 0.05

ACCEPTED = {
    "0.62": 0.62,
    ".62": 0.62,
    "5.": 5.0,
    "-2.5e-3": -2.5e-3,
    "1E5": 1e5,
    "+3": 3.0,
    "  7\n": 7.0,
    "\u00a0− 0.5\u202f": -0.5,
    "0.1": 0.1,
    "1/3": 1 / 3,
    "-1/3": -1 / 3,
    "1 / -3": -1 / 3,
    "0/5": 0.0,
    "2^-1": 0.5,
    "-2^2": -4.0,
    "2^{-1}": 0.5,
    "2⁻¹": 0.5,
    "0.5²": 0.25,
    "0^0": 1.0,
    "10^-5": 1e-5,
    "-10^{3}": -1e3,
    "sqrt(2)": math.sqrt(2),
    "√2": math.sqrt(2),
    "√(2)": math.sqrt(2),
    "√ 0,5": math.sqrt(0.5),
    "-sqrt(2)": -math.sqrt(2),
    "sqrt(2)/2": math.sqrt(2) / 2,
    "1/sqrt(2)": 1 / math.sqrt(2),
    r"\frac{1}{3}": 1 / 3,
    r"-\dfrac{ 1 }{ 3 }": -1 / 3,
    r"\tfrac{\sqrt{2}}{2}": math.sqrt(2) / 2,
    r"\sqrt{2}": math.sqrt(2),
    r"1.5\cdot 10^{-3}": 1.5e-3,
    r"1.5 \times 10^3": 1.5e3,
    "1.5×10^-3": 1.5e-3,
    "-1.5·10⁻³": -1.5e-3,
    "1.5*10^3": 1.5e3,
    "$0.5$": 0.5,
    r"$$ \frac{1}{2} $$": 0.5,
    "0,62": 0.62,
    "1,5": 1.5,
    ",5": 0.5,
    "0,625": 0.625,
    "1234,567": 1234.567,
    "1,2345": 1.2345,
    "0{,}62": 0.62,
    "5e-324": 5e-324,
    "1.7976931348623157e308": 1.7976931348623157e308,
    "0e-999": 0.0,
    "50%": 0.5,
    "-12,5 %": -0.125,
    r"5\%": 0.05,
    "½": 0.5,
    "-1¾": -1.75,
    "≈0.646": 0.646,
    "≈ −0.5": -0.5,
    "1.5x10^-3": 1.5e-3,
    "2 X 10^2": 200.0,
}


@pytest.mark.parametrize(("text", "value"), ACCEPTED.items())
def test_accepted(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("minus", "-‐‑‒–—―−➖﹣－")
def test_any_minus_sign(minus: str) -> None:
    assert parse_number(f"{minus}2.5e{minus}3") == -2.5e-3


@pytest.mark.parametrize("text", ["-0", "-0.0", "-0/1", "-√0", "-0^1"])
def test_minus_zero_keeps_its_sign(text: str) -> None:
    assert math.copysign(1, parse_number(text)) == -1


UNITS = {
    "0.620": 0.001,
    "0,62": 0.01,
    "12": 1.0,
    "5.": 1.0,
    "-2.5e-3": 1e-4,
    "1e5": 1e5,
    "1.5·10⁻³": 1e-4,
    "10^-3": 0.0,
    "1/3": 0.0,
    "√2": 0.0,
    "2^-1": 0.0,
    r"\frac{1}{3}": 0.0,
    "12.5%": 0.001,
    "½": 0.0,
}


@pytest.mark.parametrize(("text", "unit"), UNITS.items())
def test_unit_of_the_last_decimal(text: str, unit: float) -> None:
    assert read_number(text) == Typed(parse_number(text), unit)


LARGE = "is too large; double precision ends at about 1.8e308."
SMALL = "is too small; below about 4.9e-324 double precision holds only 0."
FORM = "is not a number in a form known here; expected a number such as 0.62"
REFUSED = {
    "": "No number was given; expected a number such as 0.62",
    " \n": "No number was given",
    "abc": "“abc” " + FORM,
    "nan": "“nan” is not a finite number; expected",
    "-Inf": "not a finite number",
    "∞": "not a finite number",
    "−∞": "not a finite number",
    "1e999": "“1e999” " + LARGE,
    "1e10000000": LARGE,
    "0e999": LARGE,
    "2^99999": LARGE,
    "-2^-99999": SMALL,
    "9^9999999999999999999999": LARGE,
    "10^400": LARGE,
    "1e308/0.01": LARGE,
    "1e-999": "“1e-999” " + SMALL,
    "1e-300/1e300": SMALL,
    "1/1e-999": SMALL,
    "9**9**9": "“9**9**9” has a **, where ^ marks a power; expected",
    "1_0": "has a _ between its digits",
    "٣": "has digits other than 0 to 9",
    "1٣": "has digits other than 0 to 9",
    "１２": "has digits other than 0 to 9",
    "1/0": "“1/0” divides by zero; expected a denominator other than 0.",
    "1/√0": "divides by zero",
    "0^-1": "divides by zero",
    "sqrt(-2)": "“sqrt(-2)” is the root of a negative number; expected 0 or more",
    r"\sqrt{−2}": "root of a negative number",
    "9" * 10_000: "“99999999999999999999999…” has 10000 characters; expected at most 100.",
    "0x10": "is not written in base ten",
    "1,234": "“1,234” can be read as 1.234 or as 1234; type the one you mean.",
    "-12,345e1": "can be read as -12.345 or as -12345",
    "1/1,234": "can be read as 1.234 or as 1234",
    "a\n\x00\ud800b": "“a ��b” " + FORM,
    "1\n2": "“1 2” " + FORM,
}
NOT_ONE_NUMBER = (
    "1 2|1 234,5|1,2,3|1,234.5|5,|.|-|+-1|--1|1e|1e5.0|1.2.3|1 . 5|(1)|$|2√2|sqrt2|√|√()|5%%|"
    r"2^|2^0.5|2^(3|2⁻¹3|2^{1}3|2³4|²|1//2|1/2/3|2\frac{1}{3}|\frac{1}{2}3|\frac12|\frac{}{1/2}|"
    "1.5e2·10^3|1.5·9^3|{given}|1+1|True|0.5f|1j|__import__('os')|🤷"
)


def refusal(parse: Callable[[str], object], text: str) -> str:
    """Return why the text is refused, or nothing; no other exception than ValueError may pass."""
    try:
        parse(text)
    except ValueError as refused:
        return str(refused)
    return ""


def is_plain(message: str) -> bool:
    return message.isprintable() and len(message) <= 200 and message.endswith(".")


@pytest.mark.parametrize(
    ("text", "says"), [*REFUSED.items(), *((text, FORM) for text in NOT_ONE_NUMBER.split("|"))]
)
def test_refused(text: str, says: str) -> None:
    message = refusal(parse_number, text)
    assert says in message
    assert is_plain(message)


SQUARE = [[1.0, 2.0], [3.0, 4.0]]
MATRICES = {
    "1 2\n3 4": SQUARE,
    "\n 1   2 \r\n 3 4 \r\n": SQUARE,
    "1\t2\r\n3\t4\r\n": SQUARE,
    "0,5\t1,5\n-2\t1e-3\n": [[0.5, 1.5], [-2, 1e-3]],
    '"0,5"\t"1"': [[0.5, 1]],
    "array([[1., 2.],\n       [3., 4.]])": SQUARE,
    "np.array([[1, 2], [3, 4]], dtype=np.float64)": SQUARE,
    "torch.tensor([[1., 2.],\n [3., 4.]], device='cuda:0', requires_grad=True,)": SQUARE,
    "[[1 2]\n [3 4]]": SQUARE,
    "[[1. 2.\n  3. 4.]]": [[1, 2, 3, 4]],
    "array([1., 2.,\n       3.])": [[1, 2, 3]],
    "[1 2]\n[3 4]": SQUARE,
    "[1 2; 3 4]": SQUARE,
    "W_f = [1, 2; 3, 4];": SQUARE,
    "[1 2\n 3 4]": SQUARE,
    "[1, 2, 3]": [[1, 2, 3]],
    "[1; 2; 3]": [[1], [2], [3]],
    "[[1], [2]]": [[1], [2]],
    "[\n  1,\n  2\n]": [[1, 2]],
    "[\n  [1, 2,],\n  [\n3,\n4]\n]\n": SQUARE,
    "1 2; 3 4": SQUARE,
    "1, 2;\n3, 4;\n": SQUARE,
    "1,2\n3,4": SQUARE,
    "\ufeff1, 2\n3, 4\n": SQUARE,
    '"0,5","1,5"\n2,3': [[0.5, 1.5], [2, 3]],
    '"1"\n"2"': [[1], [2]],
    "0,5;1,5": [[0.5, 1.5]],
    "0,5; 1,5\n2;3": [[0.5, 1.5], [2, 3]],
    "0,5 1,5\n2,5 3": [[0.5, 1.5], [2.5, 3]],
    r"\begin{bmatrix} 1 & 2 \\ 3 & \frac{1}{3} \end{bmatrix}": [[1, 2], [3, 1 / 3]],
    r"$$W_f = \begin{pmatrix} 1 & 2 \\[2pt] 3 & 4 \\ \end{pmatrix}$$": SQUARE,
    r"\[\left[\begin{array}{c|c}1&2\\ \hline 3&4\end{array}\right]\]": SQUARE,
    r"\begin{matrix}1\\2\end{matrix}": [[1], [2]],
    "1 2 1/3 √2": [[1, 2, 1 / 3, math.sqrt(2)]],
    "1\n2\n": [[1], [2]],
    "0.5": [[0.5]],
}


@pytest.mark.parametrize(("text", "expected"), MATRICES.items())
def test_matrix_formats(text: str, expected: list[list[float]]) -> None:
    matrix = parse_matrix(text)
    assert matrix.dtype == np.float64
    assert matrix.tolist() == expected


BAD_MATRICES = {
    "": "No numbers were given; expected rows such as 1 2 3.",
    " \n\n": "No numbers were given",
    r"\begin{bmatrix}\end{bmatrix}": "No numbers were given",
    "\x1f": "No numbers were given",
    "[]": "No numbers were given",
    "1 2\n3 4 5": "Row 2 has 3 entries; expected 2, as in row 1.",
    "1 2 3\n4": "Row 2 has 1 entry; expected 3, as in row 1.",
    "1\n2\n\n3": "Row 3 has 0 entries; expected 1, as in row 1.",  # not between each two rows
    "1 2 3\n4 5 x": "Row 2, column 3: “x” is not a number",
    "1\t2\n3\t": "Row 2, column 2: No number was given",
    "\t2\n3\t4": "Row 1, column 1: No number was given",
    "1,,3": "Row 1, column 2: No number was given",
    "[1,,3]": "Row 1, column 2: No number was given",
    "[[1],[]]": "Row 2, column 1: No number was given",
    r"1 & \\ 3 & 4": "Row 1, column 2: No number was given",
    "1\t1,234": "Row 1, column 2: “1,234” can be read as 1.234 or as 1234",
    "[[1. nan]]": "Row 1, column 2: “nan” is not a finite number",
    "[1, 2": "The brackets of “[1, 2” do not fit; expected [1, 2] for each row.",
    "[[[1, 2]], [[3, 4], [5, 6]]]": "There are 2 matrices here; paste the one you mean.",
    "[[1, ..., 2]]": "Row 1, column 2: “...” stands for numbers left out; expected",
    "1 234,5": "“1 234,5” can be one number or two; write it without the space or point",
    "array([1, 2], __import__('os'))": "do not fit",
    "[1 2] 5": "do not fit",
    '1,"' + "2" * 150_000: 'A " is not closed; expected cells such as "0,5".',
    "1 " * 8193: "The matrix has 8193 entries; expected at most 8192.",
    "1" * 200_001: "The text has 200001 characters; expected at most 200000.",
}


@pytest.mark.parametrize(("text", "says"), BAD_MATRICES.items())
def test_matrix_refused(text: str, says: str) -> None:
    message = refusal(parse_matrix, text)
    assert says in message
    assert is_plain(message)


def test_the_largest_matrix_is_read() -> None:
    assert parse_matrix("\n".join(["0.5\t" * 127 + "1"] * 64)).shape == (64, 128)


FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize("style", PASTE_FORMATS)
@given(matrix=arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=7), elements=FINITE))
@example(matrix=np.array([[-0.0, 5e-324, 1.7976931348623157e308, 1e-5, 1e22, 0.1]]))
def test_written_and_read_back_bit_for_bit(style: str, matrix: np.ndarray) -> None:
    again = parse_matrix(matrix_text(matrix, style))
    assert again.shape == matrix.shape
    assert again.tobytes() == matrix.tobytes()


def test_what_is_written() -> None:
    matrix = np.array([[1, 0.5], [1e-5, -2]])
    assert {style: matrix_text(matrix, style) for style in PASTE_FORMATS} == {
        "tsv": "1.0\t0.5\n1e-05\t-2.0",
        "csv": "1.0,0.5\n1e-05,-2.0",
        "numpy": "np.array([[1.0, 0.5],\n          [1e-05, -2.0]])",
        "matlab": "[1.0, 0.5; 1e-05, -2.0]",
        "latex": "\\begin{bmatrix}\n1.0 & 0.5 \\\\\n1 \\cdot 10^{-5} & -2.0\n\\end{bmatrix}",
    }
    assert matrix_text(np.arange(3), "matlab") == "[0.0, 1.0, 2.0]"


@given(matrix=arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=7), elements=FINITE))
def test_what_numpy_prints_is_read(matrix: np.ndarray) -> None:
    with np.printoptions(floatmode="unique"):
        assert np.array_equal(parse_matrix(repr(matrix)), matrix)
        assert np.array_equal(parse_matrix(str(matrix)), matrix)


@given(FINITE)
def test_numbers_on_the_page_are_read(x: float) -> None:
    assert parse_number(numeral(x, None)) == x
    assert parse_number(repr(x)) == x


CHARACTERS = "019.,;e/^-−(){}[]√&$²⁻_x'=٣| " + '\n\t"\x00\u2028'
LATEX = [r"\frac", r"\cdot", r"\\", r"\begin{array}", r"\end{", r"\left"]
WORDS = ["**", "sqrt", "nan", "array(", "dtype", *LATEX]
PIECES = st.sampled_from([*CHARACTERS, *WORDS])
TEXTS = st.text(max_size=200) | st.lists(PIECES, max_size=120).map("".join)


@pytest.mark.parametrize("parse", [parse_number, parse_matrix])
@settings(max_examples=400, deadline=None)
@given(text=TEXTS)
def test_any_text_is_a_finite_number_or_a_plain_refusal(
    parse: Callable[[str], object], text: str
) -> None:
    message = refusal(parse, text)
    assert is_plain(message) if message else np.isfinite(parse(text)).all()


def seconds(parse: Callable[[str], object], text: str, runs: int = 5) -> float:
    return seconds_of(lambda: refusal(parse, text), runs, SECONDS)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=6).map("".join), st.sampled_from(["", "x", "]", ")"]))
@example(" ", "x")
@example("np.array([1]", " ")
@example(",a=b", "]")
@example("1 ", "")
@example("\\\\" * 3 + "\\begin{array}", "")
def test_repeating_any_pattern_stays_fast(piece: str, end: str) -> None:
    text = piece * (19_999 // len(piece)) + end
    assert seconds(parse_number, text) < SECONDS
    assert seconds(parse_matrix, text) < SECONDS
    assert seconds(parse_number, text[:100]) < SECONDS


@pytest.mark.parametrize("text", ["9" * 10**7, " " * 10**6, "9**" * 10**6, "√" * 10**6])
def test_length_alone_is_never_slow(text: str) -> None:
    assert seconds(parse_number, text) < SECONDS


@pytest.mark.parametrize("cell", ["{}", "−{}", "1/{}", "√{}", "{}²", r"\frac{{1}}{{{}}}"])
def test_a_matrix_of_different_cells_is_fast(cell: str) -> None:
    texts = [" ".join(cell.format(run * 1000 + i) for i in range(3000)) for run in range(10, 60, 9)]
    assert min(seconds(parse_matrix, text[:20_000], 1) for text in texts) < SECONDS
