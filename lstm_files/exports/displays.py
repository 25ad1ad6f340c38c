"""Steps with their numbers put in, as lines of LaTeX that fit on a page of paper.

A matrix that is too wide is multiplied block by block, W·v = W₁·v₁ + W₂·v₂; one that is too high
is shown in parts, a display each.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lstm_core.cell import Step
from lstm_core.lesson.latex import RULES, formula
from lstm_core.lesson.printing import rounded_names
from lstm_core.ops import Array, columns
from lstm_core.text.numerals import numeral
from lstm_core.trace import Trace
from lstm_core.variants.ops import VARIANT_OPS
from lstm_files.markup.html import matrix_latex

ROWS = 20  # of a matrix, at most
WIDTH = 86  # of a line, in digits

_LABEL = 12  # room for the letters and signs of a line, in digits
_Line = tuple[list[str], int]  # LaTeX, and how wide the last line is, in digits


@dataclass(frozen=True)
class Display:
    """Lines of LaTeX, aligned at the & in each; `words` say which part it is, where it is one."""

    lines: tuple[str, ...]
    words: str = ""


@dataclass(frozen=True, eq=False)
class _Look:
    """Numbers and how they are printed."""

    values: Array
    decimals: int | None
    rounded: bool = False

    def part(self, *index: slice) -> "_Look":
        return _Look(self.values[index], self.decimals, self.rounded)

    @property
    def widths(self) -> list[int]:
        """How many digits wide each column is, with the space beside it."""
        table = self.values.reshape(len(self.values), -1).T.tolist()
        return [2 + max(len(numeral(x, self.decimals, self.rounded)) for x in row) for row in table]

    @property
    def latex(self) -> str:
        return matrix_latex(self.values, self.decimals, self.rounded)


def step_displays(trace: Trace, t: int, name: str, decimals: int | None) -> Iterator[Display]:
    """Give a step at time t with its numbers put in: in letters, with operands, its result."""
    cell, step = trace.cell, trace.cell[name]
    rounded = rounded_names(cell, t)
    looks = [_Look(trace[t, part], decimals, part in rounded) for part in (*step.inputs, name)]
    own, _, right = formula(cell, name).partition(" = ")
    letters = [f"= {right}"] if right else []
    for rows, words in _parts(len(looks[-1].values), "Entries"):
        operands = OPERANDS[step.op.name](step, looks, rows)
        lines = [*letters, *_with_result(*operands, looks[-1].part(rows))]
        yield Display((f"{own} &{lines[0]}", *(f"&{line}" for line in lines[1:])), words)


def given_displays(named: Iterable[tuple[str, Array]]) -> Iterator[Display]:
    """Give arrays with every digit, each by its letter in LaTeX, as many to a line as fit."""
    waiting: list[str] = []
    used = 0
    for piece, width, words in (each for name, values in named for each in _pieces(name, values)):
        if waiting and (words or used + width > WIDTH):
            yield _side_by_side(waiting)
            waiting, used = [], 0
        if words:
            yield Display((f"&{piece}",), words)
        else:
            waiting, used = [*waiting, piece], used + width
    if waiting:
        yield _side_by_side(waiting)


def _side_by_side(pieces: Sequence[str]) -> Display:
    return Display(("&" + r", \quad ".join(pieces),))


def _pieces(name: str, values: Array) -> Iterator[tuple[str, int, str]]:
    """Cut an array into parts that fit: LaTeX, width, and which part, where it is not whole."""
    look = _Look(values, None)
    for rows, row_words in _parts(len(values), "rows" if values.ndim == 2 else "entries"):
        for some in _blocks(look.part(rows).widths, WIDTH - _LABEL):
            part = look.part(rows, some) if values.ndim == 2 else look.part(rows)
            whole = some == slice(0, values[0].size)
            words = "" if whole else f"columns {some.start + 1} to {some.stop}"
            if row_words or words:
                yield part.latex, WIDTH, ", ".join(filter(None, (name, row_words, words)))
            else:
                yield f"{name} = {part.latex}", _LABEL // 2 + sum(part.widths), ""


def _parts(size: int, unit: str) -> Iterator[tuple[slice, str]]:
    starts = range(0, size, ROWS)
    for start, stop in pairwise((*starts, size)):
        yield slice(start, stop), f"{unit} {start + 1} to {stop}" if len(starts) > 1 else ""


def _blocks(widths: Sequence[int], room: int) -> Iterator[slice]:
    """Cut columns into runs that fit into the room, and are no longer than a matrix is high."""
    start, used = 0, 0
    for column, width in enumerate(widths):
        if column > start and (used + width > room or column - start == ROWS):
            yield slice(start, column)
            start, used = column, 0
        used += width
    yield slice(start, len(widths))


def _entrywise(step: Step, looks: Sequence[_Look], rows: slice) -> _Line:
    parts = [look.part(rows) for look in looks[:-1]]
    text = RULES[step.op.name](*(part.latex for part in parts))
    return [f"= {text}"], sum(max(part.widths) for part in parts)


def _joined(step: Step, looks: Sequence[_Look], rows: slice) -> _Line:
    if len(looks[-1].values) > ROWS:  # a part of the result is a part of either operand
        return [], 0
    return _entrywise(step, looks, slice(None))


def _product(step: Step, looks: Sequence[_Look], rows: slice) -> _Line:
    W, v, _ = looks
    block = W.part(rows, columns(step.op, W.values, v.values))
    lines: list[str] = []
    used = 0
    for some in _blocks(block.widths, WIDTH - _LABEL - max(v.widths)):
        part, factor = block.part(slice(None), some), v.part(some)
        sign = r"\quad {} + " if lines else "= "
        lines.append(f"{sign}{RULES[step.op.name](part.latex, factor.latex)}")
        used = sum(part.widths) + max(factor.widths)
    return lines, used


OPERANDS: Mapping[str, Callable[[Step, Sequence[_Look], slice], _Line]] = {
    **dict.fromkeys(("add", "hadamard", "one_minus", "sigmoid", "tanh", "relu"), _entrywise),
    **dict.fromkeys(VARIANT_OPS, _entrywise),
    **dict.fromkeys(("matvec", "matvec_first", "matvec_last"), _product),
    "concat": _joined,
}


def _with_result(lines: list[str], used: int, result: _Look) -> list[str]:
    if lines and used + max(result.widths) <= WIDTH - _LABEL:
        return [*lines[:-1], f"{lines[-1]} = {result.latex}"]
    return [*lines, f"= {result.latex}"]
