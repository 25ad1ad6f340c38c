"""The names of a class: one a line, or a table with columns of names; as text, CSV or XLSX."""

import re

from lstm_files.tables.read import read_pasted, read_table
from lstm_files.tables.table import TextTable

LONGEST = 80  # characters of a name on paper
_HEADER = re.compile(
    r"(?:first|last|full|sur|given|family|user|nach|vor)?[ -]?names?|students?|schüler(?:in)?", re.I
)
_NO_NAME = re.compile(r"[\d\W]*|.*@.*")  # a number, a sign, an e-mail address
_NOBODY = "No name is here; expected one a line, or a column below a header such as Name."


def names_in_file(data: bytes, name: str) -> list[str]:
    """Return the names in a file; ValueError, in one plain sentence, where there are none."""
    return _names(read_table(data, name))


def names_in_text(text: str) -> list[str]:
    """Return the names in a text that was typed or pasted; errors as of a file."""
    return _names(read_pasted(text))


def _names(rows: TextTable) -> list[str]:
    headed = [k for k, cell in enumerate(rows[0]) if _HEADER.fullmatch(cell.strip())]
    columns = headed or range(len(rows[0]))
    lines = (
        " ".join(row[k].strip() for k in columns if not _NO_NAME.fullmatch(row[k].strip()))
        for row in rows[bool(headed) :]
    )
    names = [line[:LONGEST] for line in lines if line]
    if not names:
        raise ValueError(_NOBODY)
    return names
