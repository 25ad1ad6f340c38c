"""How a matrix lies in a text: cutting a pasted block into cells, and writing it for other tools.

The cells are not read here: parsing.py makes numbers of them.
"""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lstm_core.ops import Array

MAX_TEXT = 200_000  # characters
MAX_ENTRIES = 64 * 128  # W of 64 hidden units and 64 inputs
MAX_SHOWN = 24  # characters of the typed text that a message repeats

Rows = list[list[str]]


def abbreviated(text: str) -> str:
    """Return the text in quotation marks, on one line, and with … for what is too long."""
    start = " ".join(text.strip()[: 10 * MAX_SHOWN].split())
    short = start if len(start) <= MAX_SHOWN else start[: MAX_SHOWN - 1] + "…"
    return "“" + "".join(c if c.isprintable() else "�" for c in short) + "”"


def cells(text: str) -> Rows:
    """Return the texts of the entries, row by row, every row as long as the first.

    Raises ValueError, in one sentence, for a text that is no matrix or too large to be one.
    """
    if len(text) > MAX_TEXT:
        raise ValueError(f"The text has {len(text)} characters; expected at most {MAX_TEXT}.")
    rows = _cut(text)
    if (count := sum(map(len, rows))) > MAX_ENTRIES:
        raise ValueError(f"The matrix has {count} entries; expected at most {MAX_ENTRIES}.")
    for i, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            counted = "1 entry" if len(row) == 1 else f"{len(row)} entries"
            raise ValueError(f"Row {i} has {counted}; expected {len(rows[0])}, as in row 1.")
    return rows


def _cut(text: str) -> Rows:
    # No strip() here: a tab at the start of a block stands for an empty first cell.
    text = "\n".join(text.lstrip("\ufeff").splitlines()).strip(" \n")
    text = _NAME.sub("", text, count=1)
    rows = next(cut(text) for recognised, cut in _LAYOUTS if recognised(text))
    if not any(rows):
        raise ValueError("No numbers were given; expected rows such as 1 2 3.")
    return rows


# One function for each way of laying out a matrix.


def _latex(text: str) -> Rows:
    rows = [_LATEX_FRAME.sub(" ", row) for row in _LATEX_ROW_END.split(text)]
    return [row.split("&") for row in rows if row.strip()]


def _brackets(text: str) -> Rows:
    """Cut NumPy and JSON (brackets round each row) and MATLAB (; or a line end after each)."""
    outside = re.sub(r"[\s,;]+", "", _INNERMOST.sub("", text))
    if dots := LEFT_OUT.search(outside):
        raise ValueError(f"“{dots[0]}” stands for rows left out; expected every row.")
    if outside not in ("", "[]"):
        raise ValueError(
            f"The brackets of {abbreviated(text)} do not fit; expected [1, 2] for each row."
        )
    rows = _INNERMOST.findall(text)
    if outside or len(rows) > 1:  # here a line end is no row end: NumPy wraps long rows
        return [_entries(row) for row in rows]
    return _matlab(rows[0])


def _matlab(text: str) -> Rows:
    lines = re.split("[;\n]", re.sub(r",\s*\n", ",", text))  # JSON goes on after , and line end
    return [_entries(line) for line in lines if line.strip()]


def _entries(row: str) -> list[str]:
    return re.split(r"\s*,\s*|\s+", row.strip().removesuffix(",").rstrip())


def _separated(separator: str) -> Callable[[str], Rows]:
    def cut(text: str) -> Rows:
        lines = text.split("\n")
        try:
            return list(csv.reader(lines, delimiter=separator, skipinitialspace=separator != "\t"))
        except csv.Error:
            raise ValueError('A " is not closed; expected cells such as "0,5".') from None

    return cut


def _spaces(text: str) -> Rows:
    return [line.split() for line in text.split("\n")]


_NAME = re.compile(r"\A(?:\$+|\\\[)?\s*[A-Za-z\\][^=\s\[(&]*\s*=\s*")  # W_f = …
LEFT_OUT = re.compile(r"\.{3,}|[…⋯⋮⋱]|\\[a-z]{0,2}dots")  # as NumPy prints a long matrix
_INNERMOST = re.compile(r"\[([^][]*+)\]")
_LATEX_FRAME = re.compile(
    r"\\(?:begin\{array\}\s*\{[^{}]*\}|(?:begin|end)\{\w+\*?\}|(?:left|right).|hline|[][])|\$"
)
_LATEX_ROW_END = re.compile(r"\\\\(?:\[[^][]*\])?")
_GAP = re.compile(r"[^\s,;][^\S\n]+[^\s,;]")  # entries with nothing but space between them


def _is_matlab(text: str) -> bool:
    """Tell 1 2; 3 4 and 1, 2; 3, 4 (two rows) from 0,5; 1,5 (one row with decimal commas)."""
    return ";" in text and re.search(r"[^\s;][^\S\n]+[^\s;]", text) is not None


def _is_csv(text: str) -> bool:
    """Tell 1,2,3 and 1, 2, 3 from 0,5 1,5, where the commas are decimal ones."""
    return "," in text and (_GAP.search(text) is None or re.search(r",\s|\s,", text) is not None)


# The first that recognises the text cuts it.
_LAYOUTS: tuple[tuple[Callable[[str], bool], Callable[[str], Rows]], ...] = (
    (lambda text: re.search(r"\\begin|\\\\|&", text) is not None, _latex),
    (lambda text: "[" in text or "]" in text, _brackets),
    (lambda text: "\t" in text, _separated("\t")),
    (_is_matlab, _matlab),
    (lambda text: ";" in text, _separated(";")),
    (lambda text: '"' in text or _is_csv(text), _separated(",")),
    (lambda text: True, _spaces),
)


# Writing.


@dataclass(frozen=True)
class PasteFormat:
    """What stands before, between and after the entries of a matrix."""

    start: str
    between_entries: str
    between_rows: str
    end: str


PASTE_FORMATS = {
    "tsv": PasteFormat("", "\t", "\n", ""),
    "csv": PasteFormat("", ",", "\n", ""),
    "numpy": PasteFormat("np.array([[", ", ", "],\n          [", "]])"),
    "matlab": PasteFormat("[", ", ", "; ", "]"),
    "latex": PasteFormat("\\begin{bmatrix}\n", " & ", " \\\\\n", "\n\\end{bmatrix}"),
}


def matrix_text(array: Array, style: str) -> str:
    """Return the matrix as text that parse_matrix reads back bit for bit.

    `style` is a key of PASTE_FORMATS; a vector is written as one row.
    """
    form = PASTE_FORMATS[style]
    written = _latex_number if style == "latex" else repr
    rows = [map(written, row) for row in np.atleast_2d(array).astype(float).tolist()]
    lines = form.between_rows.join(form.between_entries.join(row) for row in rows)
    return f"{form.start}{lines}{form.end}"


def _latex_number(x: float) -> str:
    mantissa, e, power = repr(x).partition("e")
    return rf"{mantissa} \cdot 10^{{{int(power)}}}" if e else mantissa
