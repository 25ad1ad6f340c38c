"""What the page of layers looks at: the stack, its time steps on screen, the unit of its figure."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from lstm_core.layers.around import Around, alone, first_of
from lstm_core.layers.stack import Place, Stack, time_of
from lstm_core.lesson.words import words
from lstm_ui.session.options import Option
from lstm_ui.session.session import Session
from lstm_ui.sheet.choices import chosen_unit, unit_choice
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.window import window

MOST_TIMES, MOST_DRAWN = 8, 200  # time steps in the drawing, and in the figure
WORDS = words("layers")


@dataclass(frozen=True, eq=False)
class View:
    """A stack on a desk; `problem` says why the layers above those of `stack` cannot be shown."""

    desk: Desk
    around: Around
    stack: Stack
    problem: str = ""

    @property
    def session(self) -> Session:
        """The reader's session, whose exercise is the first layer."""
        return self.desk.session

    @property
    def t(self) -> int:
        """The time step on screen, in the stack's order of time."""
        return time_of(self.around.at.direction, self.desk.t, self.stack.T)

    @property
    def times(self) -> range:
        """The time steps that are drawn as columns."""
        return window(self.t, self.stack.T, MOST_TIMES)

    @property
    def drawn(self) -> range:
        """The time steps over which the figure goes."""
        return window(self.t, self.stack.T, MOST_DRAWN)

    @cached_property
    def pinned(self) -> Stack | None:
        """The stack with the pinned exercise in place of this one; None where there is none."""
        pinned = self.session.pinned
        with suppress(ValueError):  # it may be too wide for the layer above
            return self.around.stack(pinned) if pinned else None
        return None

    @cached_property
    def units(self) -> int:
        """The most units that a lane has."""
        return max(self.stack[place].start["h_prev"].size for place in self.stack.places)

    @property
    def unit(self) -> int:
        """The unit of the figure, counted from 0."""
        return chosen_unit(self.session, self.units)

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen, for the address."""
        return (unit_choice(self.units),)

    def lane(self, place: Place, capital: bool = False) -> str:
        """Return what a lane is called: layer 2, backward."""
        both = len(self.around.layers[place.layer]) > 1
        known = {"layer": place.layer + 1, "direction": place.direction}
        text = WORDS.text("layer", "lane, both ways" if both else "lane", known)
        return text[0].upper() + text[1:] if capital else text


def around_of(session: Session) -> Around:
    """Return what is around the exercise: nothing, where it is no part of a stack."""
    return session.around or alone(session.exercise)


def view(session: Session) -> View:
    """Return what the page looks at: all layers, or those up to one that cannot be run."""
    around, problem = around_of(session), ""
    try:
        stack = around.stack(session.exercise)
    except ValueError as error:
        stack, problem = around.lowest(session.exercise), str(error)
    pinned = session.pinned.trace() if session.pinned else None
    # The exercise has been run within its stack, and is not run again.
    return View(Desk(session, stack.trace(around.at), pinned), around, stack, problem)


def begin(session: Session) -> None:
    """Make the first layer the exercise: here the sidebar and the inputs are about that one."""
    around = around_of(session)
    first, others = first_of(around, session.exercise)
    if others.at == around.at:
        return
    t = time_of(around.at.direction, session.place.t, session.exercise.T)
    session.enter_layer(first, others)
    session.go(session.place.step, time_of(others.at.direction, t, first.T))
