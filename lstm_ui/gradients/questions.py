"""What people ask about gradients through time, answered with the numbers on screen."""

from collections.abc import Callable

import numpy as np

from lstm_core.looks.reach import direct_product
from lstm_core.ops import Array
from lstm_ui.gradients.reach import GONE, Reach
from lstm_ui.sheet.blocks import Question
from lstm_ui.sheet.letters import readable, subscripted


def memory_questions(found: Reach) -> list[Question]:
    """Return the questions about one unit's memory; some arise only where a gate keeps it."""
    if found.paths.direct is None:
        return _asked(found, (_made_anew, _exploding))
    of_gate = (_exactly, _constant, _vanishing, _exploding, _bounded, _bias)
    return _asked(found, of_gate if found.paths.gate else (_carried, _exploding))


def compare_questions(found: Reach) -> list[Question]:
    """Return the questions about vanishing and exploding gradients."""
    of_gate = (_bounded, _bias) if found.paths.gate else ()
    return _asked(found, (_each_step, _exploding, *of_gate))


def _asked(found: Reach, ask: tuple[Callable[[Reach], tuple[str, str]], ...]) -> list[Question]:
    pairs = (one(found) for one in ask)
    return [{"question": readable(q), "answer": readable(a)} for q, a in pairs]


def _gate(found: Reach) -> Array:
    """The gate that keeps, of the unit, at every time step."""
    gate, unit = found.paths.gate or "f", found.unit
    return np.array([frame[gate][unit] for frame in found.trace.frames])


def _exactly(found: Reach) -> tuple[str, str]:
    of, gate, last = found.paths.memory, found.paths.gate, found.T
    j, factor = found.unit + 1, found.text(_gate(found)[-1])
    step = f"∂{subscripted(of, last)}/∂{subscripted(of, last - 1)}"
    whole = found.text(found.paths.whole[-2])
    return f"Is ∂{of}_t/∂{of}_{{t-1}} exactly {gate}_t?", (
        f"Only along the direct path. At t = {last} {gate}[{j}] is {factor}, and {step} of unit "
        f"{j} is {whole}: {of}_{{t-1}} also changes h_{{t-1}} or the gates, and these change "
        f"{of}_t. Set the h columns to 0 and see."
    )


def _constant(found: Reach) -> tuple[str, str]:
    gate, j = _gate(found)[1:], found.unit + 1
    name = found.paths.gate
    return "Is it the constant 1?", (
        f"It was in the LSTM of 1997, which has no forget gate. Here the factor is {name}[{j}], "
        f"and it runs from {found.text(gate.min())} to {found.text(gate.max())}. It comes near 1 "
        f"where z_{name} is large."
    )


def _vanishing(found: Reach) -> tuple[str, str]:
    direct = found.paths.direct
    assert direct is not None  # asked only where there is a direct path
    left = found.text(direct[0])
    gone = np.flatnonzero(np.abs(direct) < GONE)
    when = (
        f"{found.T - 1 - int(gone[-1])} steps back it is below {GONE:g}"
        if gone.size
        else f"over these {found.T - 1} steps it stays above {GONE:g}"
    )
    return "Can it still vanish?", (
        f"Yes. A product of numbers below 1 shrinks: here it is {left} over {found.T - 1} steps, "
        f"and {when}. That is forgetting, and it is learned: the cell can put its gate near 1."
    )


def _exploding(found: Reach) -> tuple[str, str]:
    whole = np.abs(found.paths.whole)
    at, largest = int(np.argmax(whole)), found.text(whole.max())
    bounded = found.paths.direct is not None
    direct = "The direct path cannot: none of its factors is above 1. The whole derivative can: "
    return "Can it explode?", (
        (direct if bounded else "Yes: ")
        + f"h comes back through the weights. Here the largest is {largest}, at t = {at + 1}, with "
        f"the h columns times {found.trial.recurrent:g}; move them to 3."
    )


def _bounded(found: Reach) -> tuple[str, str]:
    gate, name = float(_gate(found)[-1]), found.paths.gate
    return "Why does the gradient not vanish although σ′ ≤ 0.25?", (
        f"The direct path multiplies by {name} itself, not by σ′. Here {name}[{found.unit + 1}] = "
        f"{found.text(gate)} at t = {found.T}, while σ′(z_{name}) = {name}(1 − {name}) = "
        f"{found.text(gate * (1 - gate))}. σ′ stands on the paths through the gates only."
    )


def _bias(found: Reach) -> tuple[str, str]:
    t, name = found.since, found.keeps
    raised = found.other(forget=found.trial.forget + 1)
    now, more = (direct_product(one.trace, found.unit) for one in (found, raised))
    assert now is not None  # asked only where a gate keeps
    assert more is not None
    steps = found.T - 1 - t
    return "Why is the forget bias often started at 1?", (
        f"With small weights and {name} = 0 the gate is about 0.5, and after 20 steps 0.5²⁰ ≈ 1e−6 "
        f"is left; with {name} = 1 it is 0.73. Here, over {steps} steps, {found.text(now[t])} is "
        f"left of unit {found.unit + 1}; with 1 more on {name} it would be {found.text(more[t])}."
    )


def _carried(found: Reach) -> tuple[str, str]:
    whole = found.text(found.paths.whole[found.since])
    return "Is ∂C_t/∂C_{t-1} the constant 1?", (
        "Along the direct path, yes: this cell has no forget gate, so C_{t-1} is added as it is. "
        f"The whole derivative runs through h as well: here it is {whole}."
    )


def _made_anew(found: Reach) -> tuple[str, str]:
    whole = found.text(found.paths.whole[found.since])
    return "Why does a plain RNN forget?", (
        "Nothing is carried on: each step back multiplies by the weights and by the slope of the "
        f"squash. From t = {found.since + 1} to {found.T} that makes {whole} for this unit."
    )


def _each_step(found: Reach) -> tuple[str, str]:
    t, steps = found.since, found.T - 1 - found.since
    told = "Each step back multiplies by a matrix: the slopes of the squash times the weights. "
    rates = [
        f"{name.partition(',')[0]} {found.text((y[t] / y[-1]) ** (1 / steps))}"
        for name, y in found.curves.items()
        if steps and y[-1] > 0 and name.startswith(("tanh", "ReLU"))
    ]
    listed = (
        f"On average over these {steps} steps it is a factor of: {', '.join(rates)}. "
        if rates
        else ""
    )
    return "Why do gradients vanish or explode?", (
        f"{told}{listed}A factor below 1 vanishes, a factor above 1 explodes: 0.8²⁰ ≈ 0.01, "
        "1.26²⁰ ≈ 100. tanh′ ≤ 1 pulls it down; ReLU′ is 0 or 1, so there the weights alone decide."
    )
