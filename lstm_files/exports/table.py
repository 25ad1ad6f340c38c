"""Every export: what it is called, what kind of file it makes, and how."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lstm_core.exercise.exercise import Exercise
from lstm_core.shapes import parameter_count, shape_in
from lstm_core.variants.changes import base_name
from lstm_files.exports.csv_rows import csv_rows
from lstm_files.exports.gradients_csv import gradients_csv
from lstm_files.exports.json_text import exercise_json, trace_json
from lstm_files.exports.latex_document import latex_document
from lstm_files.exports.markdown import markdown_document
from lstm_files.exports.names import title
from lstm_files.exports.notebook import notebook
from lstm_files.exports.npz import npz
from lstm_files.exports.print_page import print_page
from lstm_files.exports.pytorch import pytorch
from lstm_files.exports.spreadsheet import spreadsheet

Write = Callable[[Exercise], bytes]

# How many numbers people still read, a spreadsheet still shows, and a script still holds.
DOCUMENT, SPREADSHEET, SCRIPT = 5_000, 10_000, 50_000


@dataclass(frozen=True)
class Export:
    """One format: the words of its button, its file's suffix and MIME type, how it is made, and
    the most numbers that it is made for."""

    label: str
    suffix: str
    mime: str
    make: Write
    most: int | None = None

    def check(self, exercise: Exercise) -> None:
        """Raise ValueError, in one plain sentence, for an exercise too large for this format."""
        if self.most is not None and (given := count(exercise)) > self.most:
            raise ValueError(
                f"This calculation has {given:,} numbers and this format is made for at most "
                f"{self.most:,}; CSV, NumPy and JSON hold them all."
            )

    def write(self, exercise: Exercise) -> bytes:
        """Return the file: the same bytes for the same exercise. ValueError as for `check`."""
        self.check(exercise)
        return self.make(exercise)


def count(exercise: Exercise) -> int:
    """Return how many numbers there are: given and worked out, at every time step."""
    names = ("x", *exercise.cell.names)
    per_time_step = sum(shape_in(name, exercise.sizes)[0] for name in names)
    states = sum(array.size for array in exercise.start.values())
    return parameter_count(exercise.params) + states + exercise.T * per_time_step


EXPORTS: Mapping[str, Export] = MappingProxyType(
    {
        "print": Export("Page to print", ".html", "text/html", print_page, DOCUMENT),
        "latex": Export("LaTeX", ".tex", "application/x-tex", latex_document, DOCUMENT),
        "markdown": Export("Markdown", ".md", "text/markdown", markdown_document, DOCUMENT),
        "xlsx": Export(
            "Spreadsheet with live formulas",
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            spreadsheet,
            SPREADSHEET,
        ),
        "notebook": Export(
            "Jupyter notebook", ".ipynb", "application/x-ipynb+json", notebook, DOCUMENT
        ),
        "pytorch": Export("PyTorch script", ".py", "text/x-python", pytorch, SCRIPT),
        "csv": Export("CSV, a number a row", ".csv", "text/csv", csv_rows),
        "gradients": Export(
            "CSV of the gradients of L = Σ h_T",
            ".gradients.csv",
            "text/csv",
            gradients_csv,
            DOCUMENT,
        ),
        "npz": Export("NumPy arrays", ".npz", "application/zip", npz),
        "trace": Export("JSON with every step", ".trace.json", "application/json", trace_json),
        "json": Export("JSON of the exercise", ".json", "application/json", exercise_json),
    }
)


def file_name(exercise: Exercise, export: Export) -> str:
    """Return a name for the file, in letters that every system takes: lstm-the-title.tex."""
    letters_only = unicodedata.normalize("NFKD", title(exercise)).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+", f"{base_name(exercise.cell)} {letters_only}".lower())
    return "-".join(words)[:60].rstrip("-") + export.suffix
