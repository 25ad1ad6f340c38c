import io

import numpy as np
import pytest
from openpyxl import Workbook

from lstm_core.frameworks.convert import from_framework, named_arrays
from lstm_files.weights.tables import read_csv_weights, read_xlsx_weights
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
    assert refused(lambda: read_xlsx_weights(saved(book(W_f=[["x", "y"]]))), "y").startswith(
        "“x”: "
    )


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
