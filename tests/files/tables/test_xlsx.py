import datetime
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from lstm_files.tables.read import read_table
from lstm_files.tables.xlsx import write_xlsx
from tests.files.archives import refused
from tests.files.tables.workbooks import (
    saved,
    sheet,
    workbook,
)

FORMATS = {
    "General": "0.62",
    "0.00": "0.62",
    "0.000": "0.620",
    "0": "1",
    "0.0": "0.6",
    "#,##0.0000": "0.6200",
    "0.0##": "0.62",
    "0.####": "0.62",
    "0.00%": "0.6200",
    "0.00E+00": "6.20e-01",
    "[Red]0.000;[Blue]-0.000": "0.620",
    '0.000" V"': "0.620",
    "_(* #,##0.00_);_(* (#,##0.00)": "0.62",
    "# ?/?": "0.62",
    "@": "0.62",
}


def read(data):
    return read_table(data, "class.xlsx")


@pytest.mark.parametrize(("number_format", "text"), FORMATS.items())
def test_a_number_is_read_as_its_cell_shows_it(number_format, text):
    assert read(workbook([[0.62]], {(1, 1): number_format})) == [[text]]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (22, "General", "22"),
        (22, "0.00", "22.00"),
        (-0.5, "0.00", "-0.50"),
        (0.125, "0.00", "0.13"),
        (-0.125, "0.00", "-0.13"),
        (1234.5, "#,##0.00", "1234.50"),
        (1e-7, "0.0000", "0.0000"),
        (1e300, "0.0", "1" + "0" * 300 + ".0"),
        (1 / 3, "General", "0.3333333333333333"),
        (1e-7, "General", "1e-07"),
        (True, "General", "TRUE"),
        ("0.620", "General", "0.620"),
        (" z_i[1] ", "General", "z_i[1]"),
        (datetime.date(2026, 1, 2), "yyyy-mm-dd", "2026-01-02"),
        ("#DIV/0!", "General", "#DIV/0!"),
    ],
)
def test_values(value, number_format, text):
    assert read(workbook([[value]], {(1, 1): number_format})) == [[text]]


def test_rows_and_columns_are_where_they_were():
    rows = [["Name", "z_i[1]"], [], ["Ann", None, 42], [None, "1"]]
    assert read(workbook(rows)) == [
        ["Name", "z_i[1]", ""],
        ["", "", ""],
        ["Ann", "", "42"],
        ["", "1", ""],
    ]


def test_a_formula_gives_the_value_that_was_saved():
    rows = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c t="str"><f>""</f><v></v></c></row>'
    assert read(sheet(rows)) == [["2"]]


@pytest.mark.parametrize("value", ["", "<v/>", "<v></v>"])
def test_a_formula_without_a_value_is_said_to_be_one(value):
    for after in ("", "<c><v>1</v></c>", "</row><row><c><v>1</v></c>"):
        data = sheet(f'<row r="2"><c r="C2"><f>1+1</f>{value}</c>{after}</row>')
        assert refused(lambda data=data: read(data), "formula") == (
            "Cell C2 has a formula but no value; open the file, save it and try again."
        )


def test_only_the_first_sheet_is_read():
    book = Workbook()
    book.active["A1"] = "first"
    book.create_sheet("Second")["F9"] = "second"
    assert read(saved(book)) == [["first"]]


def test_inline_strings_and_cells_without_references():
    rows = '<row><c t="inlineStr"><is><t>Ann</t></is></c><c><v>0.5</v></c></row>'
    assert read(sheet(rows)) == [["Ann", "0.5"]]


def test_empty_cells_may_lie_anywhere():
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row><row r="1048576"/>'
    assert read(sheet(rows)) == [["1"]]


# What is written.

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_was_written_is_what_is_read(rows):
    rows = [["Header", "x"], *rows]
    width = max(map(len, rows))
    expected = [[cell.strip() for cell in row] + [""] * (width - len(row)) for row in rows]
    got = read(write_xlsx(rows))
    assert [[*row, *[""] * (width - len(row))] for row in got] == expected[: len(got)]
    assert not any(cell for row in expected[len(got) :] for cell in row)


def test_no_text_becomes_a_formula_and_numbers_stay_numbers():
    data = write_xlsx([["Name", "Right"], ['=HYPERLINK("x")', 12], ["0.620", 0.5], ["a\0b", 1]])
    cells = load_workbook(io.BytesIO(data)).active
    assert [cells[at].data_type for at in ("A2", "A3", "B2", "B3")] == ["s", "s", "n", "n"]
    assert (cells["A2"].value, cells["B2"].value) == ('=HYPERLINK("x")', 12)
    assert cells["A4"].value == "a�b"
    assert cells["A3"].number_format == "@"


def test_the_header_stands_out_and_stays():
    cells = load_workbook(
        io.BytesIO(write_xlsx([["Name", "x" * 99], ["Ann", "1"]], "Class"))
    ).active
    assert (cells.title, cells.freeze_panes, cells["A1"].font.bold) == ("Class", "B2", True)
    assert [cells.column_dimensions[c].width for c in "AB"] == [7, 60]
