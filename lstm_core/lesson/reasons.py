"""The words for a step: what it computes, why it is there, and what people ask there.

They stand in words/steps.txt, and the questions in words/questions.txt.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from lstm_core.cell import Cell
from lstm_core.cells import facts, lstm
from lstm_core.lesson.letters import plain
from lstm_core.lesson.questions import QUESTIONS, Question, question
from lstm_core.lesson.words import headings, of_kind, words
from lstm_core.looks.activations import bounded
from lstm_core.shapes import parameter_count, value_of
from lstm_core.trace import Trace
from lstm_core.variants.changes import changed_steps

STEPS = words("steps")
_PARAMETERS = partial(QUESTIONS.text, "parameters")
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
    joined = [STEPS.texts["join"].get(part, "") for part in (step.inputs[0], step.inputs[-1])]
    of = step.title.removeprefix("Gradient of ").partition(", ")[0]
    return {"a": a, "b": b, "of": of, "first": joined[0], "second": joined[1]}


def step_questions(trace: Trace, name: str) -> tuple[Question, ...]:
    """Return what people ask at a step, forward or back, answered with the sizes of this trace."""
    known = _sizes(trace) | {"cell": facts(trace.cell).title, "beside": _beside_maps(trace)}
    asked = (of_kind(trace.cell, topic) for topic in step_topics(trace, name))
    return tuple(question(topic, "steps", known) for topic in asked)


def step_topics(trace: Trace, name: str) -> list[str]:
    """Return the headings of these questions in questions.txt, without the kind of cell."""
    found = heading(trace.cell, name)
    topics = STEPS.texts[found].get("ask", "").split(", ")  # what "kept" asks, "gru kept" need not
    first = ["start beyond 1"] if name == "v" and beyond_one(trace) else []
    return [*first, *filter(None, topics)]


def beyond_one(trace: Trace) -> bool:
    """Return whether h starts where no cell of this kind can bring it: at −1 or 1, or beyond."""
    return bounded(trace.cell) and bool((np.abs(trace[0, "h_prev"]) >= 1.0).any())


def heading(cell: Cell, name: str) -> str:
    """Return the heading in steps.txt under which the words for a step stand."""
    step = cell[name]
    kind = "valve" if step.inputs[-1].startswith("slope_") else step.op.name
    shared = f"{name}_sum" in cell.names  # the share of one time step among several
    # The LSTM's words hold wherever the very same is computed, in either order.
    same = any(s.name == name and s.op is step.op and {*s.inputs} == {*step.inputs} for s in _LSTM)
    kinds = (f"share {kind}", kind) if shared else (kind,)
    back = (f"back {name}", *(f"back {one}" for one in kinds)) if value_of(name) != name else ()
    *own, common = headings(of_kind(cell, name))
    # What was changed in a variant is no longer what its cell's words say.
    own = own if name not in changed_steps(cell) else []
    keys: tuple[str, ...] = (*own, *([common] if same else ()), *back, f"op {step.op.name}")
    return next(key for key in keys if key in STEPS.texts)


def _beside_maps(trace: Trace) -> str:
    """Say which parameters are none of a map W·v + b: peepholes, an inner bias, the read-out."""
    maps = {f"{role}_{letter[2:]}" for letter in trace.params for role in "Wb" if letter[0] == "W"}
    known = {"n": trace[0, "h"].size}
    names = [plain(trace.cell, name) for name in trace.params if name not in maps]
    case = "entries" if len(names) > 1 else "entry"
    parts = [_PARAMETERS(case, known | {"names": ", ".join(names)})] if names else []
    parts += [_PARAMETERS("read-out")] if trace.cell.readout else []
    return _PARAMETERS("beside", {"names": " and ".join(parts)}) if parts else ""


def _sizes(trace: Trace) -> dict[str, int]:
    n, m = trace[0, facts(trace.cell).memory].size, trace[0, "x"].size
    width = trace[0, "v"].size
    gates = sum(name.startswith("W_") and name not in ("W_p", "W_y") for name in trace.params)
    sizes = {
        "n": n,
        "m": m,
        "r": trace[0, "h"].size,
        "width": width,
        "T": len(trace),
        "gates": gates,
        "count": parameter_count(trace.params),
    }
    p = {"p": trace.params["b_y"].size} if trace.cell.readout else {}
    return {**sizes, **p, "affine": gates * n * (width + 1), "doubled": gates * n * (width + 2)}
