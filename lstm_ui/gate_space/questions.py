"""What people ask about gates and units, answered with the numbers on screen."""

from lstm_core.lesson.explain import explain
from lstm_core.trace import Address
from lstm_ui.gate_space.choices import Scene
from lstm_ui.gate_space.words import used
from lstm_ui.sheet.blocks import Question
from lstm_ui.sheet.letters import readable

_RANGES = {"tanh": "from −1 to 1", "relu": "from 0 up"}


def questions(seen: Scene) -> list[Question]:
    """Return the questions that arise at this gate. A candidate is asked whether it is one."""
    soft = (_zero_or_one, _near_one, _chance) if seen.is_soft else (_candidate,)
    asked = [question(seen) for question in (*soft, _unit)]
    return [{"question": readable(q), "answer": readable(a)} for q, a in asked]


def _zero_or_one(seen: Scene) -> tuple[str, str]:
    name = seen.name(seen.gate)
    at = Address(seen.gate, seen.desk.t, (seen.unit,))
    note = explain(seen.desk.trace, at, seen.exercise.decimals).note
    answer = (
        f"Neither. σ gives numbers between 0 and 1 and reaches neither end: {name} = "
        f"{seen.text(seen.gate)}. {note}"
    )
    return f"Is {seen.plain(seen.gate)} 0 or 1?", answer.strip()


def _near_one(seen: Scene) -> tuple[str, str]:
    if seen.gate == "f":
        return "Does a forget gate near 1 forget?", f"No: f near 1 means keep. {used(seen)}"
    return f"What does {seen.plain(seen.gate)} near 1 mean?", used(seen)


def _chance(seen: Scene) -> tuple[str, str]:
    name, text = seen.name(seen.gate), seen.text(seen.gate)
    keeps = " And on means kept: f is the chance to keep, not to forget." * (seen.gate == "f")
    return "Is the gate a probability?", (
        f"It lies between 0 and 1, so it can be read as one. But nothing is drawn in the cell: it "
        f"multiplies by {name} = {text} itself, the same each time. A switch that is on with this "
        f"chance gives 0 or 1 in one draw, and {text} only on average.{keeps}"
    )


def _candidate(seen: Scene) -> tuple[str, str]:
    name, range_ = seen.plain(seen.gate), _RANGES[seen.step.op.name]
    what = "the new hidden state" if seen.gate == "h" else "what could be written"
    return f"Is {name} a gate?", (
        f"No. A gate runs from 0 to 1 and says how much. {name} runs {range_} and is {what}: "
        f"{seen.name(seen.gate)} = {seen.text(seen.gate)}. Its columns push it all the same."
    )


def _unit(seen: Scene) -> tuple[str, str]:
    n, k, first = seen.exercise.n, seen.axes[0], seen.unit + 1
    W, column = seen.parts.weights[k]
    weights = [seen.desk.text(W, float(w)) for w in seen.desk.values(W)[:8, column]]
    listed = ", ".join(weights) + ", …" * (n > 8)
    size = "1 unit: it sees" if n == 1 else f"{n} units: they all see"
    return "What is a unit?", (
        f"One entry of each vector of the cell, with its row in each W. Unit {first} has row "
        f"{first} of {seen.plain(W)}, and {seen.name(seen.gate)}. Here there are {size} the same "
        f"v, and column {seen.labels[k]} pushes with the weights [{listed}]. A unit is a number, "
        f"not a copy of the cell, and every time step uses the same units."
    )
