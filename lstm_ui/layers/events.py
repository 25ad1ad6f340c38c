"""What can be done on the page of layers: open a cell, change the stack, open an example."""

from collections.abc import Callable
from dataclasses import replace

from lstm_core.cells import facts
from lstm_core.layers import changes
from lstm_core.layers.around import seen_from
from lstm_core.layers.examples import EXAMPLES
from lstm_core.layers.stack import Place, Stack, time_of
from lstm_core.trace import Address
from lstm_ui.layers.choices import WORDS, around_of
from lstm_ui.session.address import read_point
from lstm_ui.session.cells import cell_title
from lstm_ui.session.events import Kinds
from lstm_ui.session.session import Session


def stack_of(session: Session) -> Stack:
    """Return the whole stack; ValueError where a layer cannot be run."""
    return around_of(session).stack(session.exercise)


def open_cell(session: Session, layer: int, back: int, t: int) -> None:
    """Make a lane the exercise, and leave for its first step at a time step of the stack."""
    place = Place(layer, "backward" if back else "forward")
    around = around_of(session)
    if place != around.at:
        stack = stack_of(session)
        session.enter_layer(*seen_from(stack, place))
    exercise = session.exercise
    own = time_of(place.direction, t, exercise.T)
    session.visit("", Address(exercise.cell.names[0], own, (0,)))


def clicked(session: Session, place: str) -> None:
    """Go to the time step that was clicked in the figure."""
    t = round(read_point(place)[0]) - 1
    at = around_of(session).at
    session.go(session.place.step, time_of(at.direction, t, session.exercise.T))


def open_example(session: Session, name: str) -> None:
    """Open a stack of the examples, at its first time step: an edit, to be undone."""
    if name in EXAMPLES:
        notice = WORDS.text("done", "example", {"title": WORDS.text(name, "title")})
        load_stack(session, EXAMPLES[name], notice)


def load_stack(session: Session, stack: Stack, notice: str) -> None:
    """Open a stack, its first layer as the exercise; Reset goes back to that."""
    lane, around = seen_from(stack, stack.places[0])
    decimals = session.exercise.decimals
    session.load(replace(lane, decimals=decimals), notice, None if around.is_alone else around)


def restack(session: Session, stack: Stack, notice: str) -> None:
    """Make this the stack, and its first layer the exercise."""
    session.restack(*seen_from(stack, stack.places[0]), notice)


def add(session: Session) -> None:
    """Put a layer on top."""
    stack = changes.with_layer(stack_of(session))
    lane = stack[stack.places[-1]]
    known = {"layer": len(stack), "title": facts(lane.cell).title, "n": lane.n}
    restack(session, stack, WORDS.text("done", "layer_add", known))


def remove(session: Session, layer: str) -> None:
    """Take a layer away."""
    stack = changes.without_layer(stack_of(session), _layer(session, layer))
    restack(session, stack, WORDS.text("done", "layer_remove", {"layer": int(layer) + 1}))


def _changing(
    change: Callable[[Stack, int, str], Stack], say: Callable[[int, str], str]
) -> Callable[[Session, str], None]:
    """Return what changes one layer: `chosen` is its number, from 0, and a word."""

    def act(session: Session, chosen: str) -> None:
        layer, _, word = chosen.partition(" ")
        try:
            stack = change(stack_of(session), _layer(session, layer), word)
        except ValueError as error:
            session.problems = {"layers": str(error)}
        else:
            restack(session, stack, say(int(layer) + 1, word))

    return act


def _layer(session: Session, text: str) -> int:
    """Read the number of a layer; ValueError where there is none."""
    if text not in map(str, range(len(around_of(session).layers))):
        raise ValueError("There is no such layer.")
    return int(text)


def _say_cell(layer: int, name: str) -> str:
    return WORDS.text("done", "layer_cell", {"layer": layer, "title": cell_title(name)})


def _say_units(layer: int, n: str) -> str:
    return WORDS.text("done", "layer_units", {"layer": layer, "n": n})


def _say_way(layer: int, way: str) -> str:
    return WORDS.text("done", way, {"layer": layer})


def _units(stack: Stack, layer: int, n: str) -> Stack:
    return changes.with_units(stack, layer, int(n))


LAYERS: Kinds = {
    "open_lane": ({"layer": int, "back": int, "t": int}, open_cell),
    "stack_example": ({"mode": str}, open_example),
    "layer_add": ({}, add),
    "layer_remove": ({"mode": str}, remove),
    "layer_cell": ({"mode": str}, _changing(changes.with_cell, _say_cell)),
    "layer_units": ({"mode": str}, _changing(_units, _say_units)),
    "layer_way": ({"mode": str}, _changing(changes.turned, _say_way)),
}
