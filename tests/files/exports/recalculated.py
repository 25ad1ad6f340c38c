"""A spreadsheet worked out by a program that is not ours: LibreOffice, else a formula engine."""

import io
import shutil
import subprocess
import warnings

import formulas
from openpyxl import load_workbook

from lstm_files.exports.spreadsheet import CALCULATION

OFFICE = shutil.which("soffice")


def recalculated(data, folder, changes=()):
    """Return the numbers of each row of the calculation, after (cell, number) changes of Given."""
    book = load_workbook(io.BytesIO(data))  # reads formulas, and none of the stored values
    for cell, number in changes:
        book["Given"][cell] = number
    path = folder / "book.xlsx"
    book.save(path)
    value = (_by_office if OFFICE else _by_engine)(path)
    return [
        [float(value(cell.coordinate)) for cell in row[4:] if cell.value is not None]
        for row in book[CALCULATION].iter_rows(min_row=2)
        if row[1].value is not None
    ]


def _by_office(path):
    target = path.parent / "out"
    home = f"-env:UserInstallation={(path.parent / 'home').as_uri()}"
    command = [OFFICE, home, "--headless", "--convert-to", "xlsx", "--outdir", target, path]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    sheet = load_workbook(target / path.name, data_only=True)[CALCULATION]
    return lambda cell: sheet[cell].value


def _by_engine(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = formulas.ExcelModel().loads(str(path)).finish().calculate()
    sheet = f"'[{path.name}]{CALCULATION.upper()}'"
    return lambda cell: found[f"{sheet}!{cell}"].value[0, 0]
