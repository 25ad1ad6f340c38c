"""Workbooks, sound and hostile: one that openpyxl wrote, with parts replaced by hand."""

import io
import zipfile

from openpyxl import Workbook

from tests.files.archives import zipped

SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(rows, formats=None):
    """Return a workbook of these values; `formats` maps (row, column), from 1, to a format."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for at, number_format in (formats or {}).items():
        book.active.cell(*at).number_format = number_format
    return saved(book)


def saved(book):
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def parts(data):
    """Return what is in a workbook, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(name, content, data=None):
    """Return a workbook with one part replaced or added."""
    return zipped(parts(data or workbook([["a"]])) | {name: content})


def sheet(rows, before=""):
    """Return a workbook whose sheet has this XML for its rows."""
    xml = f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData></worksheet>"
    return with_part(SHEET, xml.encode())
