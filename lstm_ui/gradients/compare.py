"""The comparison of an LSTM with plain RNNs, as blocks: how much of a push arrives at the end."""

from lstm_core.looks.reach import MOST
from lstm_core.ops import Array
from lstm_ui.gradients.memory import moves, panes
from lstm_ui.gradients.questions import compare_questions
from lstm_ui.gradients.reach import Reach
from lstm_ui.sheet.matrices import Block
from lstm_ui.sheet.panels import toolbar

GONE, MUCH = 0.01, 100.0  # what is called vanished and exploded


def compare_blocks(found: Reach) -> list[Block]:
    """Return the sliders and the numbers, the place of the figure, and the questions."""
    left = [moves(found, unit=False), _table(found), *_said(found)]
    return [
        panes(left),
        toolbar(found.session),
        {"kind": "questions", "id": "questions", "items": compare_questions(found)},
    ]


def fate(y: Array, t: int) -> str:
    """Say what becomes of a push on the way from t to the end, beside one at the end itself."""
    part = y[t] / y[-1] if y[-1] else y[t]
    return "vanishes" if part < GONE else "explodes" if not part <= MUCH else "survives"


def _table(found: Reach) -> Block:
    """How much of a push at the time step looked back to arrives, and what that is called."""
    t = found.since
    rows = [[name, found.text(y[t]), fate(y, t)] for name, y in found.curves.items()]
    heads = ["push on", f"at t = {t + 1}", f"by T = {found.T}"]
    return {"kind": "coins", "id": "numbers", "heads": heads, "rows": rows, "here": 0}


def _said(found: Reach) -> list[Block]:
    measure = (
        f"More than {MOST} units: drawn is the length of the gradient of Σ h_T."
        if found.exercise.n > MOST
        else "Drawn is the most that a small push on the state at t can move h at T."
    )
    first, ends = next(iter(found.curves.items()))
    through = f"C reaches h through o∘tanh′(C): its line begins at {found.text(ends[-1])}."
    lines = [
        measure,
        through if "Cₜ" in first else "",
        f"Vanished: less than {GONE:g} of what a push at T itself does. Exploded: more than "
        f"{MUCH:g} times it. The RNNs have the candidate's weights.",
        "This is a plain RNN: choose an LSTM to see one beside it." * ("RNN" in first),
        found.cut,
    ]
    return [{"kind": "text", "id": "said", "lines": [{"text": s} for s in lines if s]}]
