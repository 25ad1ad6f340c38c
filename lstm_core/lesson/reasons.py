"""The words for a step: what it computes, why it is there, and what people ask there.

They stand in words/steps.txt, and the questions in words/questions.txt.
"""

from dataclasses import dataclass

from lstm_core.cell import Cell
from lstm_core.cells import lstm
from lstm_core.lesson.letters import plain
from lstm_core.lesson.questions import Question, question
from lstm_core.lesson.words import headings, of_kind, words
from lstm_core.shapes import parameter_count, value_of
from lstm_core.trace import Trace

STEPS = words("steps")
_LSTM = lstm(readout=True).steps


@dataclass(frozen=True)
class Reason:
    """What a step computes, and why it is there."""

    what: str
    why: str


def reason(cell: Cell, name: str) -> Reason:
    """Return the words for a step of any cell; KeyError where the cell has no such step.

    The cell may be that of a backward pass: its rows have words too, with their letters filled in.
    """
    found, known = heading(cell, name), _letters(cell, name)
    return Reason(STEPS.text(found, "what", known), STEPS.text(found, "why", known))


def _letters(cell: Cell, name: str) -> dict[str, str]:
    """What the words for a row of the backward pass call its operands, and its value."""
    step = cell[name]
    a, b = (plain(cell, step.operands[k]) for k in (0, -1))
    return {"a": a, "b": b, "of": step.title.removeprefix("Gradient of ").partition(", through")[0]}


def step_questions(trace: Trace, name: str) -> tuple[Question, ...]:
    """Return what people ask at a step, forward or back, answered with the sizes of this trace."""
    found, known = heading(trace.cell, name), _sizes(trace)
    topics = STEPS.texts[found].get("ask", "")  # what "kept" asks, "gru kept" need not ask
    asked = (of_kind(trace.cell, topic) for topic in topics.split(", ") if topic)
    return tuple(question(topic, "steps", known) for topic in asked)


def heading(cell: Cell, name: str) -> str:
    """Return the heading in steps.txt under which the words for a step stand."""
    step = cell[name]
    kind = "valve" if step.inputs[-1].startswith("slope_") else step.op.name
    # The LSTM's words hold wherever the very same is computed, in either order.
    same = any(s.name == name and s.op is step.op and {*s.inputs} == {*step.inputs} for s in _LSTM)
    back = (f"back {name}", f"back {kind}") if value_of(name) != name else ()
    *own, common = headings(of_kind(cell, name))
    keys: tuple[str, ...] = (*own, *([common] if same else ()), *back, f"op {step.op.name}")
    return next(key for key in keys if key in STEPS.texts)


def _sizes(trace: Trace) -> dict[str, int]:
    n, m = trace[0, "h_prev"].size, trace[0, "x"].size
    gates = sum(name.startswith("W_") and name != "W_y" for name in trace.params)
    sizes = {"n": n, "m": m, "gates": gates, "count": parameter_count(trace.params)}
    p = {"p": trace.params["b_y"].size} if trace.cell.readout else {}
    return {**sizes, **p, "affine": gates * n * (n + m + 1), "doubled": gates * n * (n + m + 2)}
