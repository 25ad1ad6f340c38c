import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lstm_core.text.parsing import read_number
from lstm_files.tables.csv_text import write_csv
from lstm_files.tables.read import read_pasted, read_table
from lstm_files.tables.table import CELLS, CHARACTERS, ROWS
from tests.files.archives import refused

TABLE = [["Name", "z_i[1]", "z_i[2]"], ["Änn", "22", "0.620"], ["Bo, b", "", "-1/3"]]


def read(text, encoding="utf-8"):
    return read_table(text.encode(encoding), "class.csv")


def joined(delimiter, rows=TABLE, **options):
    held = io.StringIO()
    csv.writer(held, delimiter=delimiter, **options).writerows(rows)
    return held.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_encodings_delimiters_and_line_ends(encoding, delimiter, end):
    assert read(joined(delimiter, lineterminator=end), encoding) == TABLE


def test_bytes_that_no_encoding_forbids():
    assert read_table(b"Name,z\nJ\xf8rgen\x81,1", "a.csv")[1] == ["Jørgen\x81", "1"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Name;z_f[1];z_f[2]\nAnn;0,50;1,5\nBob;0,6;2",
            [["Ann", "0,50", "1,5"], ["Bob", "0,6", "2"]],
        ),
        ("Name, Vorname;z_f[1]\nAnn, B;0,5", [["Ann, B", "0,5"]]),
        ("Name\tz_f[1]\nAnn, B\t0,5;", [["Ann, B", "0,5;"]]),
        ("Name,z_f[1]\nAnn;B,0.5", [["Ann;B", "0.5"]]),
        ('Name,z_f[1]\n"Ann, ""B""","0,5"', [['Ann, "B"', "0,5"]]),
        ('Name,z_f[1]\n"Ann\nB",1', [["Ann\nB", "1"]]),
        ("sep=;\nName;z_f[1]\nAnn;0,5", [["Ann", "0,5"]]),
        ("sep=\t\nName\tz_f[1]\nAnn\t0,5", [["Ann", "0,5"]]),
        ("Name,z_f[1]\n Ann , 1 ", [["Ann", "1"]]),
        ("Name\n0.5\n0.6", [["0.5"], ["0.6"]]),
        ("z_f[1],z_f[2]\n0.5\n0.6,0.7,0.8", [["0.5", "", ""], ["0.6", "0.7", "0.8"]]),
        ("a,b\n\n1,2\n,\n\n", [["", ""], ["1", "2"]]),
        ("\ta\nAnn\t1", [["Ann", "1"]]),
    ],
)
def test_layouts(text, rows):
    assert read(text)[1:] == rows
    assert read_pasted(text)[1:] == rows


def test_delimiters_in_a_header_do_not_mislead():
    assert read("Name; first,z[1],z[2]\nAnn,1,2\nBob,3,4")[0] == ["Name; first", "z[1]", "z[2]"]
    assert read('"a\tb",c\n1,2')[0] == ["a\tb", "c"]


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"", "This file is empty"),
        (b",,\n,,\n", "This table is empty; expected a row of headers and rows below it"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "This file is no text; expected a table as CSV or XLSX"),
        (b"\xff\xfea", "This file is no text"),
        (b"\xd0\xcf\x11\xe0 old", "This is no XLSX file; save it as .xlsx or .csv"),
        (b'a,b\n1,2\n"x,3', 'Row 3: a " is not closed'),
        (b'a,b\n"x" y,3', 'Row 2: a " is not closed, or something follows it'),
        (b"a" * 200_000, "Row 1: a cell is longer than 1,000 characters"),
        (
            b"a,b\n1," + b"x" * 1001,
            f"Row 2, column 2 has 1,001 characters; expected at most {CHARACTERS:,}",
        ),
        (b"a\n" * 6000, f"6,000 rows; expected at most {ROWS:,}"),
        (b"a\n" * 400_000, f"over 10,000 rows; expected at most {ROWS:,}"),
        (b"a," * 499_999, f"over 100,000 cells; expected at most {CELLS:,}"),
        (b"a," * 3000, "3,000 columns; expected at most 2,000"),
        (b"a" + b"," * 1999 + b"c\n" * 30, "60,000 cells; expected at most"),
        (b"a," * 500_001, "1,000,002 bytes; expected at most 1,000,000"),
        (b"\n" * 999_999, "over 10,000 rows"),
        (b"\n" * 999, "This table is empty"),
    ],
)
def test_what_is_refused(data, match):
    refused(lambda: read_table(data, "class.csv"), match)


@pytest.mark.parametrize("name", ["a.xlsx", "a.XLS", "a.ods"])
def test_a_name_that_promises_something_else(name):
    refused(lambda: read_table(b"a,b", name), "This is no XLSX file; save it as .xlsx or .csv")


# What is written.

CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n\0\x1c\x1d\x1e\x85"), max_size=8
)
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "=cmd|'/c calc'!A1", "＝1", "'=1", "-1/3")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_can_be_taken_for_a_formula(text):
    written = write_csv([["Name", text]]).decode("utf-8-sig")
    assert next(csv.reader([written.rstrip("\r\n")]))[1] == f"'{text}"
    assert read_table(write_csv([["Name", text]]), "a.csv") == [["Name", text.strip()]]


@pytest.mark.parametrize("text", ["-1", "-0.620", "+.5", "-2.5e-3", "-1,5", "Ann", "'quoted'", "0"])
def test_numbers_and_other_texts_are_left_alone(text):
    written = write_csv([["Name", text]]).decode("utf-8-sig")
    assert next(csv.reader([written.rstrip("\r\n")]))[1] == text


def test_csv_begins_with_the_mark_that_spreadsheets_look_for():
    assert write_csv([["Änn", 1, 0.5]]) == '\ufeff"Änn",1,0.5\r\n'.encode()


@settings(deadline=None)
@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=5))
@example([["=", "'"], ["''=", "'a"]])
def test_what_was_written_is_what_is_read(rows):
    rows = [["Name", "z_i[1]"], *rows, ["last", "0.620"]]
    assert read_table(write_csv(rows), "a.csv") == [[cell.strip() for cell in row] for row in rows]


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_arbitrary_bytes(data):
    told = "."
    try:
        rows = read_table(data, "class.csv")
        assert len({len(row) for row in rows}) == 1
        assert all(isinstance(cell, str) for row in rows for cell in row)
    except ValueError as error:
        told = str(error)
    assert told.endswith(".")
    assert "\n" not in told


@given(st.floats(-1e6, 1e6), st.integers(0, 8))
def test_a_number_keeps_its_precision(value, places):
    text = f"{value:.{places}f}"
    for delimiter, decimal in ((",", "."), (";", ","), ("\t", ".")):
        got = read(f"Name{delimiter}z\nAnn{delimiter}{text.replace('.', decimal)}")[1][1]
        assert got.replace(",", ".") == text
    assert read_number(text).unit == pytest.approx(10.0**-places)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Name;h\nAnn;-1,427", ["-1.427"]),
        ("Name;h;f\nAnn;−1,427;0,5", ["−1.427", "0,5"]),
        ("Name\th\tf\nAnn\t1,427\t0,52", ["1.427", "0,52"]),
        ("Name\th\nAnn\t1,427", ["1,427"]),
        ("Name;h;f\nAnn;1,427;0.5", ["1,427", "0.5"]),
        ('Name,h\nAnn,"1,427"', ["1,427"]),
    ],
)
def test_a_table_says_itself_what_its_comma_means(text, numbers):
    assert read(text)[1][1:] == numbers
