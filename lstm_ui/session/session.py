"""One reader's work: the exercise, how it got here, and what was typed but not understood.

The acts of the sheet stand in events.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.parts import same_arrays
from lstm_core.layers.around import Around, with_inputs_of
from lstm_core.lesson.words import paragraph, words
from lstm_core.ops import CONCAT
from lstm_core.trace import Address
from lstm_ui.session.address import read_cell
from lstm_ui.session.grids import shape_of
from lstm_ui.session.names import as_own
from lstm_ui.session.walk import walk_on

KEPT_UNDOS = 100
LAYERS = words("layers")
TypedAnswers = Mapping[Address, str]  # what was typed on the check page, as it was typed


class Moment(NamedTuple):
    """What undo goes back to: the exercise, what Reset went back to, and what stood beside them."""

    exercise: Exercise
    base: Exercise
    answers: TypedAnswers
    pinned: Exercise | None = None
    around: Around | None = None


@dataclass(frozen=True)
class Draft:
    """What was typed into a cell and is not a number, with the sentence that says so.

    `t` is the time step that it was typed at; None in a parameter, which is the same at each.
    """

    text: str
    problem: str
    t: int | None = None


@dataclass(frozen=True, eq=False)
class Offer:
    """A block refused as a whole matrix that could be filled in as a part of it."""

    matrix: str
    exercise: Exercise  # as it would be
    label: str


@dataclass
class Session:
    """What one reader sees and has done; `place` is the step, time step and entry on screen."""

    exercise: Exercise
    base: Exercise  # what Reset goes back to
    place: Address
    before: Exercise | None = None  # the exercise before the last edit
    pinned: Exercise | None = None  # what the exercise is compared with instead: see pin.py
    around: Around | None = None  # the other layers of the stack that it is a part of
    past: list[Moment] = field(default_factory=list)
    future: list[Moment] = field(default_factory=list)
    drafts: dict[str, Draft] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)  # by matrix: why a paste was refused
    offer: Offer | None = None
    notice: str = ""
    last_event: int = 0  # the number of the last event dealt with
    gesture: str = ""
    in_address_bar: tuple[bool, str, int] | None = None  # see shell/link.py
    answers: TypedAnswers = field(default_factory=dict)
    aside: TypedAnswers = field(default_factory=dict)  # answers to the exercise before this one
    options: dict[str, str] = field(default_factory=dict)  # what was chosen on each page, as text
    shown_code: str = ""  # the link that was last asked for as a code
    room: str = ""  # the address that links for others begin with: see shell/room.py
    leaving: str | None = None  # the page to go to next
    untouched: bool = False  # nobody has chosen or changed the exercise: see shell/opening.py

    @property
    def against(self) -> Exercise | None:
        """What the numbers on screen are compared with."""
        return self.pinned or self.before

    @property
    def reads(self) -> str:
        """Why x cannot be set here: it is h of the layer below; nothing where it can be."""
        layer = self.around.at.layer if self.around else 0
        return LAYERS.text("inner", "x", {"layer": layer + 1, "below": layer}) if layer else ""

    def change(self, new: Exercise, notice: str = "", gesture: str = "") -> None:
        """Make `new` the exercise; changes of one gesture are one step of undo.

        Above the first layer of a stack x stays what it is, which is then said. Numbers that are
        no longer those of an example do not keep its title and source.
        """
        if self.reads and not same_arrays({"xs": new.xs}, {"xs": self.exercise.xs}):
            new, notice = with_inputs_of(self.exercise, new), paragraph(notice, self.reads)
            self.notice = self.reads
        new = as_own(new, self.base)
        if new != self.exercise:
            self._record(gesture, notice)
            self._become(new)

    def entitle(self, title: str, source: str) -> None:
        """Give the exercise a title and a source: like an edit, it can be undone."""
        new = as_own(replace(self.exercise, title=title, source=source))
        if new != self.exercise:
            self._record("", "")
            self._become(new)

    def answer(self, answers: TypedAnswers, notice: str = "") -> None:
        """Make these the answers: like an edit, it can be undone."""
        if answers != self.answers:
            self._record("", notice)
            self.answers, self.aside = answers, {}

    def compare(self, pinned: Exercise | None, shown: Exercise, notice: str) -> None:
        """Pin an exercise, or none, and show one: like an edit, it can be undone."""
        if pinned is self.pinned and shown == self.exercise:
            self.notice = notice
            return
        self._record("", notice)
        self.pinned = pinned
        self._become(with_inputs_of(self.exercise, shown) if self.reads else shown)

    def suit(self, example: Exercise, around: Around | None = None) -> None:
        """Show the example that suits a page, while the reader has not made one their own."""
        shown = replace(example, decimals=self.exercise.decimals)
        if self.untouched and (shown != self.exercise or around is not self.around):
            self._become(shown)
            self.base, self.around = shown, around

    def restack(self, exercise: Exercise, around: Around, notice: str = "") -> None:
        """Make these the exercise and the layers around it: an edit, to be undone."""
        self._record("", notice)
        self.around = None if around.is_alone else around
        self._become(exercise)

    def enter_layer(self, exercise: Exercise, around: Around) -> None:
        """Make another lane of the same stack the exercise: no number changes, nothing to undo.

        But answers to the one before are set aside, and that can be undone.
        """
        if self.answers:
            self._record("", "")
            self.aside, self.answers = self.answers, {}
        self.around, self.untouched = None if around.is_alone else around, False
        self.drafts, self.before, self.gesture = {}, None, ""
        self._become(exercise)
        self.base = exercise

    def _record(self, gesture: str, notice: str) -> None:
        self.untouched = False
        if not (gesture and gesture == self.gesture):
            self.past = [*self.past, self._now()][-KEPT_UNDOS:]
            self.before = self.exercise
        self.future, self.gesture, self.notice = [], gesture, notice

    def _now(self) -> Moment:
        return Moment(self.exercise, self.base, self.answers, self.pinned, self.around)

    def load(self, new: Exercise, notice: str = "", around: Around | None = None) -> None:
        """Open another exercise: it is what Reset goes back to from now on, with what is around it.

        Answers to the one before are set aside: they are marked against these numbers only if the
        reader says so. Undo brings both back.
        """
        other = replace(new, decimals=self.exercise.decimals) != self.exercise
        if self.around or around or new != self.exercise:
            self._record("", notice)
            self.around = around
            self._become(new)
        if other and self.answers:
            self.aside, self.answers = self.answers, {}
        self.untouched = False
        self.base, self.before, self.gesture = new, None, ""
        self.drafts, self.problems, self.offer = {}, {}, None

    def undo(self) -> None:
        """Go back to before the last edit."""
        if self.past:
            self._swap(self.past, self.future, "Undone.")

    def redo(self) -> None:
        """Do again what was undone."""
        if self.future:
            self._swap(self.future, self.past, "Done again.")

    def _swap(self, source: list[Moment], other: list[Moment], notice: str) -> None:
        other.append(self._now())
        self.before, self.gesture, self.notice = self.exercise, "", notice
        exercise, self.base, self.answers, self.pinned, self.around = source.pop()
        self.aside = {}
        self._become(exercise)

    def reset(self) -> None:
        """Go back to the reader's own starting values; an edit like any other, it can be undone."""
        self.drafts, self.problems, self.offer = {}, {}, None
        self.change(self.base, "Back to your starting values.")

    def show(self, decimals: int | None) -> None:
        """Print numbers with so many decimals (None: all). No number changes: nothing to undo."""

        def printed(exercise: Exercise) -> Exercise:
            return replace(exercise, decimals=decimals)

        def where_any(exercise: Exercise | None) -> Exercise | None:
            return printed(exercise) if exercise else None

        self.exercise, self.base = printed(self.exercise), printed(self.base)
        self.before, self.pinned = where_any(self.before), where_any(self.pinned)
        for moments in (self.past, self.future):
            moments[:] = [
                m._replace(
                    exercise=printed(m.exercise), base=printed(m.base), pinned=where_any(m.pinned)
                )
                for m in moments
            ]
        self.problems, self.offer = {}, None  # an offer holds the exercise as it was printed

    def keep(self) -> None:
        """Make the numbers as they are now the starting values that Reset goes back to."""
        self.base, self.untouched = self.exercise, False
        self.notice = "Kept: Reset now comes back to these numbers."

    def _become(self, new: Exercise) -> None:
        """Stay at the same step and entry, and keep the drafts, where `new` still has them."""
        old, self.exercise = self.exercise, new
        self.place = valid_place(new, self.place)
        self.problems, self.offer = {}, None
        if (new.cell, new.sizes) != (old.cell, old.sizes):
            self.drafts = {}  # the same cell is another number now

    def draft(self, cell: str) -> Draft | None:
        """Return what stands in a cell at this time step and is not a number."""
        found = self.drafts.get(cell)
        return found if found and found.t in (None, self.place.t) else None

    def open(self, cell: str) -> None:
        """Open a result's arithmetic; an operand opens the result of the row that it is used in."""
        name, (row, *_) = read_cell(cell)
        step = self.exercise.cell[self.place.step]
        if step.op.name.startswith("matvec") and name == step.inputs[1]:
            return  # every row uses it
        if step.op is CONCAT and name == step.inputs[1]:
            row += shape_of(self.exercise, step.inputs[0])[0]
        self.place = valid_place(self.exercise, replace(self.place, index=(row,)))

    def follow(self, cell: str) -> None:
        """Open what an operand that was just edited is used in; of another step's, nothing."""
        if read_cell(cell)[0] in self.exercise.cell[self.place.step].inputs:
            self.open(cell)

    def go(self, step: str, t: int | None = None) -> None:
        """Go to a step, at this time step or at another."""
        self.notice = ""
        t = self.place.t if t is None else t
        self.place = valid_place(self.exercise, replace(self.place, step=step, t=t))

    def enter(self, cell: str, t: int) -> None:
        """Go to a value's step and open its entry; of what is given, to where it is used first."""
        name, (row, *_) = read_cell(cell)
        if self.exercise.cell.get(name):
            self.go(name, t)
            self.place = valid_place(self.exercise, replace(self.place, index=(row,)))
        elif readers := self.exercise.cell.readers(name):
            self.go(readers[0].name, t)
            self.open(cell)

    def visit(self, page: str, place: Address) -> None:
        """Leave for another page, to see this place there, in this exercise."""
        self.untouched = False
        self.notice, self.place, self.leaving = "", valid_place(self.exercise, place), page

    def arrive(self, place: Address) -> None:
        """Go to where the browser already is: Back and Forward make no new place to go back to."""
        self.notice, self.place = "", valid_place(self.exercise, place)
        if self.in_address_bar:
            walks = self.in_address_bar[0]
            self.in_address_bar = (walks, self.place.step if walks else "", self.place.t)

    def walk(self, by: int) -> None:
        """Go on by so many steps, through all time steps."""
        place = walk_on(self.exercise).moved(self.place.step, self.place.t, by)
        self.go(place.step, place.t)


def valid_place(exercise: Exercise, place: Address) -> Address:
    """Return the place, moved as little as it takes to exist in this exercise."""
    names = exercise.cell.names
    step = place.step if place.step in names else names[0]
    entry = min(place.index[0] if place.index else 0, shape_of(exercise, step)[0] - 1)
    return Address(step, max(0, min(place.t, exercise.T - 1)), (entry,))
