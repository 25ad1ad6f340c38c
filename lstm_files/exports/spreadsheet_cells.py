"""Cells of a spreadsheet: texts that stay texts, numbers with every digit, formulas, colours."""

import re
from collections.abc import Iterable

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from lstm_core.lesson.stages import STAGES
from lstm_core.ops import Array
from lstm_files.exports.spreadsheet_formulas import Place

STAGE_FILLS = {
    key: PatternFill("solid", fgColor=f"FF{stage.tint[1:].upper()}")
    for key, stage in STAGES.items()
}
EDITABLE = PatternFill("solid", fgColor="FFFFFBE0")
_NAME = "Calibri"
TITLE = Font(name=_NAME, size=14, bold=True)
HEADING = Font(name=_NAME, size=12, bold=True)
LABEL = Font(name=_NAME, size=11, italic=True, color="FF555555")
INPUT = Font(name=_NAME, size=11, color="FF1F4E9E")
_RIGHT, WRAPPED = Alignment(horizontal="right"), Alignment(wrap_text=True, vertical="top")
_NOT_IN_XML = re.compile("[\ufffe\uffff]")


def put_text(sheet: Worksheet, row: int, column: int, text: str, font: Font | None = None) -> None:
    """Write text that stays text, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell.value = _NOT_IN_XML.sub("�", text)
    cell.data_type = "s"
    if font:
        cell.font = font


def put_labels(sheet: Worksheet, row: int, column: int, labels: Iterable[str]) -> None:
    """Write labels above numbers."""
    for k, label in enumerate(labels):
        put_text(sheet, row, column + k, label, LABEL)
        sheet.cell(row, column + k).alignment = _RIGHT


def put_numbers(sheet: Worksheet, place: Place, values: Array) -> None:
    """Write numbers to be edited, row by row."""
    for j, row in enumerate(values.reshape(-1, place.width).tolist()):
        for k, value in enumerate(row):
            cell = sheet.cell(place.row + j, place.column + k)
            cell.value, cell.data_type = repr(value), "n"  # openpyxl would round a float
            cell.font, cell.fill = INPUT, EDITABLE


def put_formulas(sheet: Worksheet, place: Place, formulas: Iterable[str], form: str) -> None:
    """Write a row of formulas."""
    for k, formula in enumerate(formulas):
        cell = sheet.cell(place.row, place.column + k)
        cell.value = f"={formula}"
        cell.number_format = form


def set_widths(sheet: Worksheet, first: tuple[int, ...], others: int) -> None:
    """Set the width of the first columns, and of all others."""
    for column in range(1, sheet.max_column + 1):
        width = first[column - 1] if column <= len(first) else others
        sheet.column_dimensions[get_column_letter(column)].width = width


def set_page(sheet: Worksheet, title_rows: str | None = None) -> None:
    """Print on one page in width, across."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = title_rows
