"""What people ask about gates and units, answered with the numbers on screen."""

from lstm_core.cells import facts
from lstm_core.lesson.explain import explain
from lstm_core.lesson.questions import QUESTIONS, Question, question
from lstm_core.lesson.words import of_kind
from lstm_core.trace import Address
from lstm_ui.gate_space.choices import Scene
from lstm_ui.gate_space.words import gate_numbers, use_sentence
from lstm_ui.sheet import blocks
from lstm_ui.sheet.letters import readable

PLACE = "gate space"
_MOST_WEIGHTS = 8  # of a column, in a sentence


def questions(scene: Scene) -> list[blocks.Question]:
    """Return the questions that arise at this gate. A candidate is asked whether it is one."""
    of_gate = (_zero_or_one, _near_one, _probability) if scene.is_soft else (_candidate,)
    asked = [ask(scene) for ask in (*of_gate, _unit)]
    return [{"question": readable(q), "answer": readable(a)} for q, a in asked]


def _zero_or_one(scene: Scene) -> Question:
    at = Address(scene.gate, scene.desk.t, (scene.unit,))
    note = explain(scene.desk.trace, at, scene.exercise.decimals).note
    return question("zero or one", PLACE, {**gate_numbers(scene), "note": note})


def _near_one(scene: Scene) -> Question:
    topic = "forget gate near 1" if _is_forget_gate(scene) else "near 1"
    return question(topic, PLACE, {**gate_numbers(scene), "use": use_sentence(scene)})


def _is_forget_gate(scene: Scene) -> bool:
    """Whether it is f, and keeps: in a minimal gated unit f writes."""
    return scene.gate == "f" == facts(scene.exercise.cell).keeps


def _probability(scene: Scene) -> Question:
    cell = scene.exercise.cell
    is_kept = facts(cell).keeps == scene.gate
    keeps = QUESTIONS.text(of_kind(cell, "probability"), "keeps") if is_kept else ""
    return question("probability", PLACE, {**gate_numbers(scene), "keeps": keeps})


def _candidate(scene: Scene) -> Question:
    what = "h" if scene.gate == "h" else "candidate"
    known = {
        **gate_numbers(scene),
        "range": QUESTIONS.text("is it a gate", f"range of {scene.step.op.name}"),
        "what": QUESTIONS.text("is it a gate", f"what {what} is"),
    }
    return question("is it a gate", PLACE, known)


def _unit(scene: Scene) -> Question:
    n, k = scene.exercise.n, scene.axes[0]
    W, column = scene.parts.weights[k]
    weights = [scene.desk.text(W, w) for w in scene.desk.values(W)[:_MOST_WEIGHTS, column]]
    known = {
        **gate_numbers(scene),
        "unit": scene.unit + 1,
        "W": scene.plain(W),
        "units": QUESTIONS.text("unit", "one unit" if n == 1 else "units", {"n": n}),
        "column": scene.labels[k],
        "weights": ", ".join([*weights, "…"] if n > _MOST_WEIGHTS else weights),
    }
    return question(of_kind(scene.exercise.cell, "unit"), PLACE, known)
