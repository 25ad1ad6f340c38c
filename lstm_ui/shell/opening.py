"""What stands above a page about the example on it: why it is this one, its story, a better one.

While nobody has made an exercise their own (`Session.untouched`), each page shows the example that
suits it: the pages that explore show one that moves, all others the first. The address then names
no exercise, so a reload, and whoever is sent it, begin the same way. An address that does name one
always shows it. Whatever the reader does to the exercise, and a link to one of its numbers, makes
it theirs: from then on it stays the same on every page, and stands in the address. So does a link
that is shared.
"""

from collections.abc import Sequence

from lstm_core.cells import facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS
from lstm_core.layers.around import Around, seen_from
from lstm_core.layers.examples import EXAMPLES
from lstm_core.layers.stack import Place
from lstm_core.looks.stillness import still_gates
from lstm_core.trace import Trace
from lstm_core.variants.changes import base_of, is_variant
from lstm_ui.layers.banner import where_in_stack
from lstm_ui.learned.models import trained
from lstm_ui.session.examples import (
    FIRST,
    MOVING,
    WORDS,
    example_for,
    opened_sentence,
    page_of,
    story_of,
)
from lstm_ui.session.names import name_of, title_of
from lstm_ui.session.session import Session
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block, Group, Tool
from lstm_ui.shell import link

EXPLORING = frozenset({"activations", "gate_space", "through_time", "gradients", "side_by_side"})
_TWO_LAYERS = seen_from(EXAMPLES["two_layers"], Place())
_WITHOUT = ("lecture", "side_by_side")  # what says itself which cell it is, or has no room
# With one time step these show next to nothing.
OVER_TIME = frozenset({"through_time", "gradients", "side_by_side"})


def with_opening(shown: Sequence[Block], session: Session, page: str) -> list[Block]:
    """Return a page's blocks with what there is to say about the example.

    It stands below the first block, which stays where it is; a link below the notice it belongs to.
    """
    notices = [k for k, block in enumerate(shown, 1) if block["id"] == "notice"]
    at = notices[0] if page == "" and notices else 1
    more = [*where_in_stack(session, page), *_variant(session, page), *opening(session, page)]
    return [*shown[:at], *more, *shown[at:]]


def _variant(session: Session, page: str) -> list[Block]:
    """What was swapped in the cell on screen, and a way back; not where a step fills the screen."""
    base = base_of(session.exercise.cell)
    if base is None or not is_variant(session.exercise.cell) or page in _WITHOUT:
        return []
    known = {"title": facts(session.exercise.cell).title, "cell": facts(base).title}
    button = WORDS.text("variant", "button", known)
    return [_with_button(WORDS.text("variant", "what", known), "open_base", button, "variant")]


def example_on(page: str) -> tuple[Exercise, Around | None]:
    """Return the example that a page shows while nobody has chosen one, and what is around it."""
    if page == "layers":
        return _TWO_LAYERS
    if page == "learned":
        return trained()["agreement"].exercise, None
    return example_for(page in EXPLORING), None


def opening(session: Session, page: str) -> list[Block]:
    """Return what there is to say above a page, mostly nothing."""
    if page == "":
        return _where_it_is_seen(session)
    story = story_of(session.exercise) if page == page_of(session.exercise) else ""
    if story and session.exercise.T > 1:
        return [] if _was_just_opened(session) else [blocks.text("opening", story)]
    if page in EXPLORING:
        return _untouched(page) if session.untouched else _offer(session, page)
    return []


def _where_it_is_seen(session: Session) -> list[Block]:
    """A link, when an example was opened whose story goes through time."""
    exercise = session.exercise
    if exercise.T == 1 or not _was_just_opened(session):
        return []
    page = page_of(exercise)
    label = WORDS.text("opened", page)
    return [blocks.text("opening", {"visit": link.visit(session, label, page, session.place)})]


def _was_just_opened(session: Session) -> bool:
    """Whether the notice tells the story of the example on screen."""
    name = name_of(session.exercise)
    return story_of(session.exercise) != "" and session.notice == opened_sentence(name)


def _untouched(page: str) -> list[Block]:
    titles = {"first": title_of(PRESETS[FIRST]), "moving": title_of(PRESETS[MOVING])}
    known = titles | {"reason": _reason(PRESETS[FIRST].trace(), page)}
    button = WORDS.text("untouched", "button", titles)
    return [_with_button(WORDS.text("untouched", "why", known), "open_first", button)]


def _offer(session: Session, page: str) -> list[Block]:
    reason = _reason(session.exercise.trace(), page)
    if not reason:
        return []
    text = WORDS.text("still", "offer", {"reason": reason})
    return [_with_button(text, "open_moving", WORDS.text("still", "button"))]


def _reason(trace: Trace, page: str) -> str:
    """Why next to nothing moves on this page; nothing where something does."""
    found, gates = [], still_gates(trace)
    if gates:
        case = "gates" if len(gates) > 1 else "one gate"
        found.append(WORDS.text("still", case, {"gates": " and ".join(gates)}))
    if page in OVER_TIME and len(trace) == 1:
        found.append(WORDS.text("still", "one time step"))
    return ", and ".join(found)


def _with_button(text: str, event: str, label: str, key: str = "opening") -> Group:
    button: Tool = blocks.tool(event, label, True, label)
    return blocks.group(key, [blocks.text("why", text), blocks.toolbar(button)], "opening")
