import datetime
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from lstm_files.tables import read_table, write_xlsx
from lstm_files.tables_limits import CELLS, COLUMNS, ROWS
from tests.files.archives import declaring, refused, zipped
from tests.files.workbooks import (
    MAIN,
    SHEET,
    STRINGS,
    STYLES,
    parts,
    saved,
    sheet,
    with_part,
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


# What is refused.


def whole(xml):
    return with_part(SHEET, xml.encode())


def part_of(name, root):
    """Return what puts XML into one part of a workbook."""
    return lambda xml: with_part(name, f"<{root} {MAIN}>{xml}</{root}>".encode())


def with_size(size):
    """Return what makes a workbook whose sheet has so many bytes."""
    return lambda _: with_part(SHEET, size)


def test_a_cell_in_the_last_corner():
    data = sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert refused(lambda: read(data), "rows") == (
        f"This table has 1,048,576 rows; expected at most {ROWS:,}."
    )


@pytest.mark.parametrize("value", ["<v>1</v>", "<is><t>a</t></is>"])
def test_a_cell_in_the_last_column(value):
    data = sheet(f'<row r="1"><c r="XFD1" t="inlineStr">{value}</c></row>')
    refused(lambda: read(data), f"16,384 columns; expected at most {COLUMNS:,}")


def test_a_wide_and_long_table_of_few_cells():
    data = sheet(
        '<row r="1"><c r="ALL1"><v>1</v></c></row><row r="900"><c r="A900"><v>1</v></c></row>'
    )
    refused(lambda: read(data), f"900,000 cells; expected at most {CELLS:,}")


def test_a_dimension_that_lies_is_not_believed():
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    assert read(sheet(row, '<dimension ref="A1:XFD1048576"/>')) == [["1"]]
    data = sheet('<row r="9999"><c r="A9999"><v>1</v></c></row>', '<dimension ref="A1"/>')
    refused(lambda: read(data), "9,999 rows")


def test_rows_that_jump_back_and_forth_give_no_more_rows():
    pair = '<row r="1"><c><v>1</v></c></row><row r="5000"><c><v>2</v></c></row>'
    assert len(read(sheet(pair * 50))) == ROWS


CELL, STYLE = "<c><v>1</v></c>", "<xf numFmtId='0'/>"
LAUGHS = "<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>"
FAR = "<row r='{}'><c><v>1</v></c></row>"
HOSTILE = {
    "cells that take 34 s": (sheet, f"<row>{CELL * 700_000}</row>", "50,000 cells"),
    "empty cells": (sheet, f"<row>{'<c/>' * 240_000}</row>", "50,000 cells"),
    "empty rows": (sheet, "<row/>" * 240_000, "50,000 cells"),
    "cells of another name": (sheet, f"<row>{CELL * 50_000}</row>".replace("c>", "x>"), "styles"),
    "strings": (part_of(STRINGS, "sst"), "<si><t/></si>" * 200_000, "50,000 cells"),
    "styles": (part_of(STYLES, "styleSheet"), f"<cellXfs>{STYLE * 100_000}</cellXfs>", "styles"),
    "depth": (part_of(STYLES, "styleSheet"), "<a>" * 30_000 + "</a>" * 30_000, "styles"),
    "declared 60 MB": (with_size(60_000_000), "", "unpacks to 60,0"),
    "declared 13 MB": (with_size(13_000_000), "", "The cells of this spreadsheet take 13,0"),
    "entities": (whole, LAUGHS + "<a>&b;</a>", "damaged"),
    "an outer entity": (whole, "<!DOCTYPE a SYSTEM 'file:///etc/hostname'><a/>", "damaged"),
    "cut off": (whole, "<worksheet>", "damaged"),
    "no XML": (whole, "\x00\x01", "damaged"),
    "a formula far out": (sheet, f"<row>{'<c/>' * 40_000}<c><f>1</f></c></row>", "40,001 columns"),
    "an endless row number": (sheet, FAR.format("9" * 10_000), "damaged"),
    "a row number that is none": (sheet, FAR.format("1e3"), "damaged"),
    "a string that is not there": (sheet, "<row><c t='s'><v>99</v></c></row>", "cannot be read"),
    "a date out of bounds": (sheet, "<row><c t='d'><v>1</v></c></row>", "cannot be read"),
}


@pytest.mark.parametrize(("make", "xml", "match"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_hostile_is_refused(make, xml, match):
    data = make(xml)
    assert len(data) < 5_000_000
    refused(lambda: read(data), match)


def test_a_size_that_lies_is_stopped_while_unpacking():
    honest = zipped({SHEET: 300_000_000, **parts(workbook([["a"]]))})
    refused(lambda: read(declaring(honest, 1000)), "does not unpack to what it declares")


def test_archives_that_are_no_workbook():
    refused(lambda: read(zipped({"a.npy": b"1"})), "This archive is no XLSX file")
    refused(lambda: read(zipped({"[Content_Types].xml": b"<Types/>"})), "cannot be read")
    refused(lambda: read(b"PK\x03\x04 and no more"), "no zip archive")


def test_pictures_and_the_like_are_not_even_unpacked():
    data = with_part("xl/media/image1.png", 30_000_000)
    assert read(data) == [["a"]]


SOUND = workbook([["Name", "z_i[1]"], ["Ann", 0.62], ["Bob", "0.620"]])


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(parts(SOUND))), st.data())
def test_arbitrary_damage_to_a_part(name, data):
    content = bytearray(parts(SOUND)[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(32, 126))
    one_sentence_or_a_table(with_part(name, bytes(content), SOUND))


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=60), st.integers(0, len(SOUND)))
def test_arbitrary_bytes_in_a_file(piece, at):
    one_sentence_or_a_table(SOUND[:at] + piece + SOUND[at + len(piece) :])


def one_sentence_or_a_table(data):
    told = "."
    try:
        assert all(isinstance(cell, str) for row in read(data) for cell in row)
    except ValueError as error:
        told = str(error)
    assert told.endswith(".")
    assert told.isprintable()
