"""Every export: what it is called, what kind of file it makes, and how."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lstm_core.exercise import Exercise
from lstm_files.exports.csv_rows import csv_rows
from lstm_files.exports.json_text import exercise_json, trace_json
from lstm_files.exports.latex_document import latex_document
from lstm_files.exports.markdown import markdown_document
from lstm_files.exports.notebook import notebook
from lstm_files.exports.npz import npz
from lstm_files.exports.print_page import print_page
from lstm_files.exports.pytorch import pytorch
from lstm_files.exports.sizes import Write, at_most
from lstm_files.exports.spreadsheet import spreadsheet

# How many numbers people still read, a spreadsheet still shows, and a script still holds.
DOCUMENT, SPREADSHEET, SCRIPT = 5_000, 10_000, 50_000


@dataclass(frozen=True)
class Export:
    """One format: the words of its button, its file's suffix and MIME type, and its bytes.

    `write` gives the same bytes for the same exercise, and raises ValueError, in one plain
    sentence, for an exercise that is too large for this format.
    """

    label: str
    suffix: str
    mime: str
    write: Write


EXPORTS: Mapping[str, Export] = MappingProxyType(
    {
        "print": Export("Page to print", ".html", "text/html", at_most(DOCUMENT, print_page)),
        "latex": Export("LaTeX", ".tex", "application/x-tex", at_most(DOCUMENT, latex_document)),
        "markdown": Export(
            "Markdown", ".md", "text/markdown", at_most(DOCUMENT, markdown_document)
        ),
        "xlsx": Export(
            "Spreadsheet with live formulas",
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            at_most(SPREADSHEET, spreadsheet),
        ),
        "notebook": Export(
            "Jupyter notebook", ".ipynb", "application/x-ipynb+json", at_most(DOCUMENT, notebook)
        ),
        "pytorch": Export("PyTorch script", ".py", "text/x-python", at_most(SCRIPT, pytorch)),
        "csv": Export("CSV, a number a row", ".csv", "text/csv", csv_rows),
        "npz": Export("NumPy arrays", ".npz", "application/zip", npz),
        "trace": Export("JSON with every step", ".trace.json", "application/json", trace_json),
        "json": Export("JSON of the exercise", ".json", "application/json", exercise_json),
    }
)


def file_name(exercise: Exercise, export: Export) -> str:
    """Return a name for the file, in letters that every system takes: lstm-the-title.tex."""
    title = unicodedata.normalize("NFKD", exercise.title).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+", f"{exercise.cell.name} {title}".lower())
    return "-".join(words)[:60].rstrip("-") + export.suffix
