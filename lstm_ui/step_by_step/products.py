"""At a Hadamard product: the same operation on numbers that can be followed in the head."""

from urllib.parse import urlencode

from lstm_core.cell import Step
from lstm_core.exercise.presets import PRESETS, PUBLICATIONS
from lstm_core.ops import HADAMARD
from lstm_core.trace import Address
from lstm_ui.session.examples import WORDS
from lstm_ui.session.names import name_of
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block, Paragraph, Visit
from lstm_ui.sheet.desk import Desk

WALKS = ("gate-vector", "both-agree", "hadamard")


def products(desk: Desk, step: Step) -> list[Block]:
    """Return links to the products that are easy to follow, but not to the one on screen."""
    here = name_of(desk.exercise)
    if step.op is not HADAMARD:
        return []
    links: list[Paragraph] = [{"visit": _visit(name)} for name in WALKS if name != here]
    return [blocks.text("products", WORDS.text("products", "what"), *links)]


def _visit(name: str) -> Visit:
    """A link that opens the example at its product; Undo brings the reader's own back."""
    place = PUBLICATIONS[name].seen or Address(PRESETS[name].cell.names[0])
    return {
        "label": WORDS.text("products", name),
        "href": f"./?{urlencode({'x': name, 'step': place.step})}",
        "page": "",
        "step": place.step,
        "t": place.t,
        "entry": 0,
        "look_up": urlencode({"x": name}),
    }
