"""The words of the lesson: what each step computes, why it is there, and what people ask there.

The sentences stand in reasons.txt, a paragraph each: the names of the steps, what they do, WHY, and
questions (Q) with answers (A). A bare name is a step of the LSTM; "gru h" is the GRU's own h; "op
add" is said of any addition that has no words of its own, and "back add" of one on the way back.
There {a} and {b} are the operands' letters, and {of} is what the gradient is that of.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lstm_core.cell import Cell
from lstm_core.cells import lstm
from lstm_core.lesson.letters import plain
from lstm_core.shapes import parameter_count, value_of
from lstm_core.trace import Trace


@dataclass(frozen=True)
class Reason:
    """What a step computes, why it is there, and pairs of question and answer that arise there."""

    what: str
    why: str
    questions: tuple[tuple[str, str], ...]

    def with_numbers(self, trace: Trace) -> "Reason":
        """Put the sizes of this trace where an answer says {n}, {m}, {count}, …"""
        known = _sizes(trace)
        filled = ((question, _fill(answer, known)) for question, answer in self.questions)
        return replace(self, questions=tuple(filled))


GATE_NOTES: Mapping[str, str] = {
    "f": "1 keeps the old entry of C, 0 erases it: a forget gate of 1 forgets nothing.",
    "i": "1 writes the whole candidate, 0 writes nothing.",
    "o": "1 shows the whole of tanh(C), 0 hides it: the memory itself stays.",
    "z": "1 keeps the old entry of h, 0 puts the candidate in its place.",
    "r": "1 lets the candidate see the old entry of h, 0 hides it.",
}


def reason(cell: Cell, name: str) -> Reason:
    """Return the words for a step of any cell; KeyError where the cell has no such step.

    The cell may be that of a backward pass: its rows have words too, with their letters filled in.
    """
    step, words = cell[name], REASONS[heading(cell, name)]
    if value_of(name) == name:
        return words
    letters = [plain(cell, operand) for operand in step.operands]
    of = step.title.removeprefix("Gradient of ").partition(", through")[0]
    known = {"a": letters[0], "b": letters[-1], "of": of}
    return replace(words, what=_fill(words.what, known), why=_fill(words.why, known))


def heading(cell: Cell, name: str) -> str:
    """Return the heading in reasons.txt under which the words for a step stand."""
    step, family = cell[name], cell.name.partition("_")[0]
    kind = "valve" if step.inputs[-1].startswith("slope_") else step.op.name
    # The LSTM's words hold wherever the very same is computed, in either order.
    same = any(s.name == name and s.op is step.op and {*s.inputs} == {*step.inputs} for s in _LSTM)
    back = (f"back {name}", f"back {kind}") if value_of(name) != name else ()
    own = (f"{family} {name}", name) if same else (f"{family} {name}",)
    keys: tuple[str, ...] = (*own, *back, f"op {step.op.name}")
    return next(key for key in keys if key in REASONS)


def _read(text: str) -> dict[str, Reason]:
    found = {}
    for paragraph in text.strip().split("\n\n"):
        names, body = paragraph.split("\n", 1)
        what, why, *asked = (" ".join(part.split()) for part in re.split(r"\n(?:WHY|Q|A) ", body))
        words = Reason(what, why, tuple(zip(asked[::2], asked[1::2], strict=True)))
        found.update(dict.fromkeys(names.split(", "), words))
    return found


_LSTM = lstm(readout=True).steps
REASONS: Mapping[str, Reason] = _read(Path(__file__).with_name("reasons.txt").read_text("utf-8"))


def _sizes(trace: Trace) -> dict[str, int]:
    n, m = trace[0, "h_prev"].size, trace[0, "x"].size
    gates = sum(name.startswith("W_") and name != "W_y" for name in trace.params)
    sizes = {"n": n, "m": m, "gates": gates, "count": parameter_count(trace.params)}
    p = {"p": trace.params["b_y"].size} if trace.cell.readout else {}
    return {**sizes, **p, "affine": gates * n * (n + m + 1), "doubled": gates * n * (n + m + 2)}


def _fill(answer: str, known: Mapping[str, object]) -> str:
    """Fill in by name; braces of any other kind, as in h_{t-1}, stay."""
    return re.sub(r"\{(\w+)\}", lambda found: str(known[found[1]]), answer)
