"""What a cell of a spreadsheet computes: one rule for each operation, over cells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter


@dataclass(frozen=True)
class Place:
    """Where an array stands: its first cell, and how wide its rows are. A vector is one row."""

    row: int
    column: int
    width: int
    sheet: str = ""  # none where the formula is in the same sheet

    def cell(self, entry: int, row: int = 0) -> str:
        """Return the reference of an entry, counted from 0: Given!$B$7."""
        return self._sheet + self._cell(entry, row)

    def run(self, first: int, last: int, row: int = 0) -> str:
        """Return the reference of the entries from `first` to `last`: Given!$B$7:$D$7."""
        return f"{self.cell(first, row)}:{self._cell(last, row)}"

    @property
    def _sheet(self) -> str:
        return f"{self.sheet}!" if self.sheet else ""

    def _cell(self, entry: int, row: int) -> str:
        return f"${get_column_letter(self.column + entry)}${self.row + row}"


Rule = Callable[[Sequence[Place], int], str]


def _concat(parts: Sequence[Place], j: int) -> str:
    first, second = parts
    return first.cell(j) if j < first.width else second.cell(j - first.width)


def _first_columns(parts: Sequence[Place], j: int) -> str:
    W, v = parts
    return f"SUMPRODUCT({W.run(0, v.width - 1, j)},{v.run(0, v.width - 1)})"


def _last_columns(parts: Sequence[Place], j: int) -> str:
    W, v = parts
    return f"SUMPRODUCT({W.run(W.width - v.width, W.width - 1, j)},{v.run(0, v.width - 1)})"


def _entrywise(pattern: str) -> Rule:
    return lambda parts, j: pattern.format(*(part.cell(j) for part in parts))


EXCEL: Mapping[str, Rule] = {
    "concat": _concat,
    "matvec": _first_columns,
    "matvec_first": _first_columns,
    "matvec_last": _last_columns,
    "add": _entrywise("{0}+{1}"),
    "hadamard": _entrywise("{0}*{1}"),
    "one_minus": _entrywise("1-{0}"),
    # 1/(1+EXP(-z)) in a form that never raises e to a positive power, so that no z overflows.
    "sigmoid": _entrywise("EXP(MIN({0},0))/(1+EXP(-ABS({0})))"),
    "tanh": _entrywise("TANH({0})"),
    "relu": _entrywise("MAX({0},0)"),
    "hard": _entrywise("MAX(0,MIN(1,{0}/5+1/2))"),
    "hard_six": _entrywise("MAX(0,MIN(1,{0}/6+1/2))"),
    **dict.fromkeys(("none", "left_out"), _entrywise("{0}+0")),
}
WORDS: Mapping[str, str] = {
    "concat": "[{0}, {1}]",
    **dict.fromkeys(("matvec", "matvec_first", "matvec_last"), "{0} · {1}"),
    "add": "{0} + {1}",
    "hadamard": "{0} ∘ {1}",
    "one_minus": "1 − {0}",
    "sigmoid": "σ({0})",
    "tanh": "tanh({0})",
    "relu": "max({0}, 0)",
    "hard": "hard σ({0}) = 0.2·{0} + 0.5, cut off at 0 and 1",
    "hard_six": "hard σ({0}) = {0}/6 + 0.5, cut off at 0 and 1",
    **dict.fromkeys(("none", "left_out"), "{0}, as it is"),
}
