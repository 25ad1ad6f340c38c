import io

import numpy as np
import pytest
from openpyxl import Workbook

from lstm_core.frameworks.convert import find_layers, from_framework, named_arrays
from lstm_files.weights.tables import csv_file, read_csv_weights, read_xlsx_weights
from tests.core.frameworks.layers import random_params, same
from tests.files.archives import refused
from tests.files.tables.workbooks import saved, sheet
from tests.files.weights.weight_files import book

TABLE = """W_f
1,2,3
4,5,6

b_f
0.5,-1
"""
EXPECTED = {"W_f": [[1, 2, 3], [4, 5, 6]], "b_f": [0.5, -1]}


def csv(text, name="weights.csv"):
    return {k: a.tolist() for k, a in read_csv_weights(text.encode(), name).items()}


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        TABLE.replace("\n\n", "\n"),
        TABLE.replace("\n", "\r\n"),
        TABLE.replace(",", "\t"),
        TABLE.replace(",", ";").replace(".", ","),
        TABLE.replace(",", " "),
        "sep=;\n" + TABLE.replace(",", ";"),
        "\ufeff" + TABLE,
        "W_f,1,2,3\n,4,5,6\n,\nb_f,0.5,-1\n",
        "W_f,,\n1,2,3\n4,5,6\nb_f,0.5\n,-1\n",
        "W_f\n1,2,3\n4,10/2,6\nb_f\n1/2\n−1\n",
    ],
)
def test_matrices_under_their_names(text):
    assert csv(text) == EXPECTED


def test_one_matrix_goes_by_the_name_of_the_file():
    assert csv("1,2\n3,4\n", "W_f.csv") == {"W_f": [[1, 2], [3, 4]]}
    assert csv("1 2\n", "bias_ih_l0.txt") == {"bias_ih_l0": [1, 2]}
    assert csv("1,2\n3,4\nb_f\n5,6\n", "W_f.csv") == {"W_f": [[1, 2], [3, 4]], "b_f": [5, 6]}


@pytest.mark.parametrize(
    ("name", "is_vector"),
    [
        ("b_f", True),
        ("bias_hh_l0", True),
        ("lstm/bias", True),
        ("p_i", True),
        ("C_prev", True),
        ("b", True),
        ("W_f", False),
        ("weight_ih_l0", False),
        ("kernel", False),
        ("bf", False),
        ("xs", False),
    ],
)
def test_one_row_is_a_vector_where_the_name_says_so(name, is_vector):
    assert csv(f"{name}\n1,2\n")[name] == ([1, 2] if is_vector else [[1, 2]])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("W_f\n1,2\n3,x\n", "“W_f”: Row 2, column 2: “x” "),
        ("W_f\n1,2\n3\n", "“W_f”: Row 2 has 1 entry; expected 2, as in row 1."),
        ("W_f\n1,2\n3,nan\n", "“W_f”: Row 2, column 2: “nan” "),
        ("W_f\n1,2\nnan,3\n", "“W_f”: Row 2, column 1: “nan” "),
        ("W_f\n1,2\n3,\n", "“W_f”: Row 2 has 1 entry; expected 2, as in row 1."),
        (",h,x\nf,1,2\ni,3\n", "“W_i” has another number of columns than the row of words above"),
        ("W_f\n1\n\n2\n", "Row 4 of “weights” has numbers without a name above them."),
        ("W_f\n1\nW_f\n2\n", "“W_f” is there twice; expected each name once."),
        ("W_f\n" + "1," * 8192 + "1\n", "This table has 8,193 columns; expected at most 2,000."),
        ("W_f\n" + "1\n" * 6000, "This table has 6,001 rows; expected at most 5,000."),
        ("W_f\n" + "1,2,3\n" * 3000, "“W_f”: The matrix has 9000 entries; expected at most 8192."),
        ("", "This file is empty; expected something to read."),
        (" \n", "This table is empty; "),
        ('W_f\n"1,2\n', 'Row 2: a " is not closed'),
        ("\0" * 10, "This file is no text; expected a table as CSV or XLSX."),
    ],
)
def test_what_is_no_weight(text, sentence):
    told = refused(lambda: read_csv_weights(text.encode(), "weights.csv"), r".")
    assert told.startswith(sentence)


def test_names_without_numbers_are_no_arrays():
    assert csv("W_f\nb_f\n1,2\n") == {"b_f": [1, 2]}


def xlsx(**sheets):
    return {k: a.tolist() for k, a in read_xlsx_weights(saved(book(**sheets))).items()}


def test_a_sheet_for_each_matrix_or_many_in_one():
    assert xlsx(W_f=[[1, 2, 3], [4, 5, 6]], b_f=[[0.5, -1]]) == EXPECTED
    assert xlsx(All=[["W_f"], [1, 2, 3], [4, 5, 6], [], ["b_f", 0.5], [None, -1]]) == EXPECTED
    assert xlsx(W_f=[[1, 2, 3], [4, 5, 6]], Empty=[], More=[["b_f"], ["0.5", "−1"]]) == EXPECTED


def test_every_digit_is_read_whatever_is_shown():
    made = book(W_f=[[1 / 3, 2e-17]])
    made["W_f"]["A1"].number_format = "0.0"
    assert read_xlsx_weights(saved(made))["W_f"].tolist() == [[1 / 3, 2e-17]]


def test_a_damaged_or_too_large_spreadsheet():
    far = sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert refused(lambda: read_xlsx_weights(far), "rows") == (
        "This table has 1,048,576 rows; expected at most 5,000."
    )
    wrong = sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')
    assert refused(lambda: read_xlsx_weights(wrong), "spreadsheet").startswith("This spreadsheet")
    assert read_xlsx_weights(saved(book(W_f=[["x", "y"]]))) == {}  # labels, and nothing below


@pytest.mark.parametrize("framework", ["pytorch", "keras", "lstm_core", "flax"])
def test_a_layer_in_a_table_is_the_layer(framework):
    params = random_params("lstm", n=3, m=2)
    lines, sheets = [], Workbook()
    for name, array in named_arrays(framework, params).items():
        rows = np.atleast_2d(array).tolist()
        lines += [name, *(",".join(map(repr, row)) for row in rows), ""]
        sheets.active.append([name])
        for row in rows:
            sheets.active.append(row)
    read = read_csv_weights("\n".join(lines).encode(), "weights.csv")
    assert same(from_framework(framework, read), params)
    held = io.BytesIO()
    sheets.save(held)
    read = from_framework(framework, read_xlsx_weights(held.getvalue()))
    for name in params:  # but for the last digit, which openpyxl does not write
        np.testing.assert_allclose(read[name], params[name], rtol=0, atol=1e-15)


GATES = "fiCo"
LSTM = random_params("lstm", n=2, m=3)


def cells(array):
    return [list(map(repr, row)) for row in np.atleast_2d(array).tolist()]


def read(lines):
    """What a CSV of these rows gives: numbers as LSTM has them, and what was said."""
    file = csv_file("\n".join(",".join(line) for line in lines).encode(), "weights.csv")
    return file, {k: a for k, a in file.arrays.items() if k in LSTM}


@pytest.mark.parametrize("end", [" =", ":", "="])
def test_names_may_end_as_in_an_equation(end):
    lines = [line for k, a in LSTM.items() for line in ([f"{k}{end}"], *cells(a))]
    file, arrays = read(lines)
    assert same(arrays, LSTM)
    assert file.remarks == ()


def test_titles_and_headings_are_passed_over_and_said():
    lines = [["The weights of our group"], []]
    for gate, words in zip(
        GATES, ("Forget gate", "Input gate", "Candidate", "Output"), strict=True
    ):
        lines += [[words], [f"W_{gate}"], *cells(LSTM[f"W_{gate}"])]
        lines += [[f"b_{gate}"], *cells(LSTM[f"b_{gate}"]), []]
    file, arrays = read(lines)
    assert same(arrays, LSTM)
    assert file.remarks == (
        "Passed over: “The weights of our group”, “Forget gate”, “Input gate” and 2 more.",
    )


def test_a_heading_in_words_is_the_name_of_what_stands_below_it():
    lines = []
    for gate, words in zip(GATES, ("Forget", "Input", "Candidate", "Output"), strict=True):
        lines += [[f"{words} gate"], *cells(LSTM[f"W_{gate}"]), [f"b_{gate}"]]
        lines += cells(LSTM[f"b_{gate}"])
    file, _ = read(lines)
    (found,) = find_layers(file.arrays)
    assert same(from_framework(found.framework, file.arrays), LSTM)


def test_b_beside_w():
    lines = []
    for gate in GATES:
        lines.append([f"W_{gate}", "", "", "", "", "", f"b_{gate}"])
        for row, b in zip(cells(LSTM[f"W_{gate}"]), LSTM[f"b_{gate}"].tolist(), strict=True):
            lines.append([*row, "", repr(b)])
        lines.append([""])
    _, arrays = read([["Weights"], *lines])
    assert same(arrays, LSTM)


@pytest.mark.parametrize("order", ["hx", "xh"])
def test_labels_of_columns_say_the_order_and_which_one_is_the_bias(order):
    labels = {"hx": ["h1", "h2", "x1", "x2", "x3"], "xh": ["x1", "x2", "x3", "h1", "h2"]}[order]
    columns = slice(None) if order == "hx" else [2, 3, 4, 0, 1]
    lines = [["gate", *labels, "b"]]
    for gate in GATES:
        for row, b in zip(LSTM[f"W_{gate}"][:, columns], LSTM[f"b_{gate}"], strict=True):
            lines.append([gate, *map(repr, row.tolist()), repr(float(b))])
    file, arrays = read(lines)
    assert same(arrays, LSTM)
    assert file.order == "hx"
    assert "gate h1" in file.remarks[0] or "gate x1" in file.remarks[0]


def test_labels_over_and_beside_one_matrix():
    lines = [["W_f"], ["", "h1", "h2", "x1", "x2", "x3"]]
    lines += [[f"unit {k}", *row] for k, row in enumerate(cells(LSTM["W_f"]), 1)]
    _, arrays = read(lines)
    assert same(arrays, {"W_f": LSTM["W_f"]})
    _, arrays = read([["W_f"], ["a", "b", "c", "d", "e"], *cells(LSTM["W_f"])])
    assert arrays["W_f"].shape == (2, 4)  # b is the bias
    file, _ = read([["W_f = 1 2"], ["b_f = 3"]])
    assert {k: a.tolist() for k, a in file.arrays.items()} == {"W_f": [[1, 2]], "b_f": [3]}


def test_a_table_of_the_same_matrix_twice_is_refused():
    beside = [["W_f", "W_f"], ["1", "2"]]
    assert refused(lambda: read(beside), "twice").startswith("“W_f” is there twice")
