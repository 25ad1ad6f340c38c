"""Spreadsheets that are too large, damaged or hostile: refused soon, and in a plain sentence."""

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_files.tables.read import read_table
from lstm_files.tables.table import CELLS, COLUMNS, ROWS
from tests.files.archives import declaring, refused, zipped
from tests.files.tables.workbooks import (
    MAIN,
    SHEET,
    STRINGS,
    STYLES,
    parts,
    sheet,
    with_part,
    workbook,
)


def read(data):
    return read_table(data, "class.xlsx")


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
LONG = f"<c t='inlineStr'><is><t>{'x' * 40_000}</t></is></c>"
FAR = "<row r='{}'><c><v>1</v></c></row>"
HOSTILE = {
    "cells that take 34 s": (sheet, f"<row>{CELL * 350_000}</row>", "50,000 cells"),
    "empty cells": (sheet, f"<row>{'<c/>' * 240_000}</row>", "50,000 cells"),
    "empty rows": (sheet, "<row/>" * 240_000, "20,000 rows"),
    "cells of another name": (sheet, f"<row>{CELL * 50_000}</row>".replace("c>", "x>"), "styles"),
    "strings": (part_of(STRINGS, "sst"), "<si><t/></si>" * 200_000, "50,000 cells"),
    "styles": (part_of(STYLES, "styleSheet"), f"<cellXfs>{STYLE * 100_000}</cellXfs>", "styles"),
    "depth": (part_of(STYLES, "styleSheet"), "<a>" * 30_000 + "</a>" * 30_000, "styles"),
    "declared 60 MB": (with_size(60_000_000), "", "unpacks to 60,0"),
    "declared 7 MB": (with_size(7_000_000), "", "The cells of this spreadsheet take 7,0"),
    "a long text": (sheet, f"<row><c><v>{'x' * 4_000_000}</v></c></row>", "over 1,000 characters"),
    "a text too long": (sheet, f"<row>{LONG * 2}</row>", "column 1 has 40,000 characters"),
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


def test_the_library_reads_xml_by_way_of_defusedxml():
    assert openpyxl.DEFUSEDXML
