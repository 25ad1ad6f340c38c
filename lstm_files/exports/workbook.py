"""An .xlsx as it is kept: values beside the formulas, every digit, the same bytes each time.

A viewer that does not calculate, such as a phone or a protected view, shows what is stored with a
formula; openpyxl stores nothing there, and keeps 16 of the 17 digits of a number.
"""

import io
import math
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime

from openpyxl import Workbook

from lstm_files.archive import archive

Values = Mapping[str, float]  # by cell, E7, of one sheet

_EPOCH = datetime(2000, 1, 1)
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(r"(<dcterms:modified[^>]*>)[^<]*")
_FORMULA = re.compile(r'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v ?/>')


def xlsx_bytes(workbook: Workbook, formulas: Mapping[str, Values]) -> bytes:
    """Return the workbook as a file; `formulas` holds what the formulas of each sheet give.

    Excel and LibreOffice work all of them out again when they open it.
    """
    workbook.properties.created = _EPOCH
    written = io.BytesIO()
    workbook.save(written)
    with zipfile.ZipFile(written) as parts:
        files = {name: parts.read(name) for name in parts.namelist()}
    files[_CORE] = _MODIFIED.sub(rf"\g<1>{_EPOCH.isoformat()}Z", files[_CORE].decode()).encode()
    for number, sheet in enumerate(workbook.worksheets, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        files[name] = _filled(files[name].decode(), formulas.get(sheet.title, {})).encode()
    return archive(files)


def _filled(xml: str, values: Values) -> str:
    return _FORMULA.sub(lambda found: found[1] + _value(values[found[2]]), xml)


def _value(x: float) -> str:
    # An overflow has no number to store; a spreadsheet shows #NUM! when it has calculated.
    return f"<v>{x!r}</v>" if math.isfinite(x) else "<v/>"
