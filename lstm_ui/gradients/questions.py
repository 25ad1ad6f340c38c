"""What people ask about gradients through time, answered with the numbers on screen."""

from collections.abc import Callable, Mapping

import numpy as np

from lstm_core.lesson.questions import Question, question
from lstm_core.lesson.words import of_kind
from lstm_core.looks.reach import GONE
from lstm_core.ops import Array
from lstm_core.text.numerals import how_many
from lstm_ui.gradients.reach import Reach
from lstm_ui.sheet import blocks
from lstm_ui.sheet.letters import readable, subscripted

Ask = Callable[[Reach], Question]
LARGE = 3.0  # what the h columns are multiplied by to see whether that explodes


def memory_questions(found: Reach) -> list[blocks.Question]:
    """Return the questions about one unit's memory; some arise only where a gate keeps it."""
    if found.paths.direct is None:
        return _asked(found, _forgetting, _exploding)
    if not found.paths.gate:
        return _asked(found, _constant, _exploding)
    asks = (_exactly, _constant, _vanishing, _exploding, _bounded)
    return _asked(found, *asks, *_of_bias(found))


def compare_questions(found: Reach) -> list[blocks.Question]:
    """Return the questions about vanishing and exploding gradients."""
    of_gate = (_bounded, *_of_bias(found)) if found.paths.gate else ()
    return _asked(found, _each_step, _exploding, *of_gate)


def _of_bias(found: Reach) -> tuple[Ask, ...]:
    """The question about the bias that decides what is kept, where there is one."""
    return (_bias,) if found.bias else ()


def _asked(found: Reach, *asks: Ask) -> list[blocks.Question]:
    pairs = (ask(found) for ask in asks)
    return [{"question": readable(q), "answer": readable(a)} for q, a in pairs]


def _question(found: Reach, topic: str, known: Mapping[str, object], case: str = "") -> Question:
    """Return a question with its answer, filled in with what all of them may want, too."""
    common = {
        "unit": found.unit + 1,
        "T": found.T,
        "t": found.since + 1,
        "memory": found.paths.memory,
        "gate": found.gate,
        "bias": found.bias and found.bias.name,
        "whole": found.text(found.paths.whole[found.since]),
    }
    return question(of_kind(found.exercise.cell, topic), "gradients", {**common, **known}, case)


def _gate(found: Reach) -> Array:
    """The gate that keeps, of the unit, at every time step (T,)."""
    gate, unit = found.paths.gate or "f", found.unit
    return np.array([frame[gate][unit] for frame in found.trace.frames])


def _exactly(found: Reach) -> Question:
    of, last = found.paths.memory, found.T
    known = {
        "factor": found.text(_gate(found)[-1]),
        "derivative": f"∂{subscripted(of, last)}/∂{subscripted(of, last - 1)}",
        "last whole": found.text(found.paths.whole[-2]),
    }
    return _question(found, "exactly f", known)


def _constant(found: Reach) -> Question:
    gate = _gate(found)[1:] if found.paths.gate else found.paths.whole
    known = {"least": found.text(gate.min()), "most": found.text(gate.max())}
    return _question(found, "the constant 1", known)


def _vanishing(found: Reach) -> Question:
    gone = np.flatnonzero(np.abs(found.direct) < GONE)
    known = {
        "left": found.text(found.direct[0]),
        "steps": how_many(found.T - 1, "step"),
        "gone": f"{GONE:g}",
        "back": how_many(found.T - 1 - int(gone[-1]) if gone.size else 0, "step"),
    }
    return _question(found, "vanish", known, "gone" if gone.size else "")


def _exploding(found: Reach) -> Question:
    whole = np.abs(found.paths.whole[:-1])  # at T itself it is 1
    at, factor = int(np.argmax(whole)) + 1, f"{found.trial.recurrent:g}"
    other = 1.0 if found.trial.recurrent == LARGE else LARGE
    there = np.abs(found.other(recurrent=other).paths.whole[:-1]).max()
    known = {"largest": found.text(whole.max()), "at": at, "factor": factor}
    known |= {"other": f"{other:g}", "largest there": found.text(there)}
    case = "no direct path" if found.paths.direct is None else ""
    return _question(found, "explode", known, case)


def _bounded(found: Reach) -> Question:
    gate = float(_gate(found)[-1])
    known = {"value": found.text(gate), "slope": found.text(gate * (1 - gate))}
    return _question(found, "not vanishing", known)


def _bias(found: Reach) -> Question:
    assert found.bias  # asked only where there is one
    moved = found.other(forget=found.trial.forget + found.bias.sign)
    now, better = found.direct, moved.direct
    t = found.since
    known = {
        "steps": how_many(found.T - 1 - t, "step"),
        "left": found.text(now[t]),
        "left of 1 better": found.text(better[t]),
    }
    return _question(found, "forget bias", known)


def _forgetting(found: Reach) -> Question:
    return _question(found, "plain RNN forgets", {})


def _each_step(found: Reach) -> Question:
    t, steps = found.since, found.T - 1 - found.since
    rates = [
        f"{name.partition(',')[0]} {found.text(y[t] ** (1 / steps))}"
        for name, y in found.curves.items()
        if steps and name.startswith(("tanh", "ReLU"))
    ]
    known = {"steps": how_many(steps, "step"), "rates": ", ".join(rates)}
    return _question(found, "why vanish or explode", known, "" if rates else "no rates")
