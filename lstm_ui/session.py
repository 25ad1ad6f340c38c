"""One reader's work: the exercise, how it got here, and what was typed but not understood.

Plain Python: no Streamlit. Events come from the sheet as text; here they become numbers or, beside
the field, one plain sentence. Nothing that was typed is lost.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lstm_core.exercise import Exercise
from lstm_core.ops import Array
from lstm_core.parsing import parse_matrix, parse_number
from lstm_core.shapes import ShapeError
from lstm_core.trace import Address
from lstm_ui.grids import Entry, entries, filled, pasted, read_cell, shape_of, value

KEPT_UNDOS = 100
Event = Mapping[str, Any]
KINDS = frozenset(
    {"edit", "scrub", "paste", "accept", "forget", "open", "undo", "redo", "reset", "keep"}
)


@dataclass(frozen=True)
class Draft:
    """What was typed into a cell and is not a number, with the sentence that says so."""

    text: str
    problem: str


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
    past: list[Exercise] = field(default_factory=list)
    future: list[Exercise] = field(default_factory=list)
    drafts: dict[str, Draft] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)  # by matrix: why a paste was refused
    offer: Offer | None = None
    notice: str = ""
    seen: int = 0  # the number of the last event dealt with
    gesture: str = ""

    def change(self, new: Exercise, notice: str = "", gesture: str = "") -> None:
        """Make `new` the exercise; changes of one gesture are one step of undo."""
        if new == self.exercise:
            return
        if not (gesture and gesture == self.gesture):
            self.past = [*self.past, self.exercise][-KEPT_UNDOS:]
            self.before = self.exercise
        self.future, self.gesture, self.notice = [], gesture, notice
        self.exercise = new
        self._keep_place()

    def load(self, new: Exercise, notice: str = "") -> None:
        """Open another exercise: it is what Reset goes back to from now on."""
        self.change(new, notice)
        self.base, self.before = new, None
        self.drafts, self.problems, self.offer = {}, {}, None

    def undo(self) -> None:
        """Go back to before the last edit."""
        if self.past:
            self._swap(self.past, self.future, "Undone.")

    def redo(self) -> None:
        """Do again what was undone."""
        if self.future:
            self._swap(self.future, self.past, "Done again.")

    def _swap(self, source: list[Exercise], other: list[Exercise], notice: str) -> None:
        other.append(self.exercise)
        self.before, self.exercise = self.exercise, source.pop()
        self.gesture, self.notice, self.problems, self.offer = "", notice, {}, None
        self._keep_place()

    def reset(self) -> None:
        """Go back to the reader's own starting values; an edit like any other, it can be undone."""
        self.drafts, self.problems, self.offer = {}, {}, None
        self.change(self.base, "Back to your starting values.")

    def show(self, decimals: int | None) -> None:
        """Print numbers with so many decimals (None: all). No number changes: nothing to undo."""
        self.exercise = replace(self.exercise, decimals=decimals)
        self.base = replace(self.base, decimals=decimals)
        if self.before:
            self.before = replace(self.before, decimals=decimals)

    def keep(self) -> None:
        """Make the numbers as they are now the starting values that Reset goes back to."""
        self.base = self.exercise
        self.notice = "Kept: Reset now comes back to these numbers."

    def _keep_place(self) -> None:
        """Stay at the same step and entry where the new exercise still has them."""
        self.place = valid_place(self.exercise, self.place)

    def handle(self, events: Sequence[Event]) -> None:
        """Deal with the sheet's events, each once, in their order."""
        for event in events:
            if event["seq"] > self.seen:
                self.seen = event["seq"]
                if event["kind"] in KINDS:
                    getattr(self, f"_on_{event['kind']}")(event)

    def _on_undo(self, event: Event) -> None:
        self.undo()

    def _on_redo(self, event: Event) -> None:
        self.redo()

    def _on_reset(self, event: Event) -> None:
        self.reset()

    def _on_keep(self, event: Event) -> None:
        self.keep()

    def _on_forget(self, event: Event) -> None:
        self._clear(event["cell"])

    def _on_open(self, event: Event) -> None:
        self.open(str(event["cell"]))

    def open(self, cell: str) -> None:
        """Open a result's arithmetic; an operand opens the result of the row that it is used in."""
        name, index = read_cell(cell)
        if name != "v" or self.place.step == "v":
            self.place = valid_place(self.exercise, replace(self.place, index=index[:1]))

    def go(self, step: str, t: int | None = None) -> None:
        """Go to a step, at this time step or at another."""
        self.notice = ""
        t = self.place.t if t is None else t
        self.place = valid_place(self.exercise, replace(self.place, step=step, t=t))

    def walk(self, by: int) -> None:
        """Go on by so many steps: after the last step comes the next time step's first."""
        steps = [step.name for step in self.exercise.cell.steps]
        at = self.place.t * len(steps) + steps.index(self.place.step) + by
        t, step = divmod(max(0, min(at, self.exercise.T * len(steps) - 1)), len(steps))
        self.go(steps[step], t)

    def _on_edit(self, event: Event) -> None:
        cell, text = event["cell"], str(event["text"])
        self._clear(cell)
        try:
            entry = self._entry(cell)
            self.change(filled(self.exercise, {entry: parse_number(text)}))
        except ValueError as error:
            self.drafts[cell] = Draft(text, str(error))

    def _on_scrub(self, event: Event) -> None:
        cell, gesture = event["cell"], str(event["gesture"])
        begun = self.before if self.before and gesture == self.gesture else self.exercise
        entry = self._entry(cell)
        self._clear(cell)
        new = ticked(value(begun, entry), int(event["ticks"]))
        self.change(filled(self.exercise, {entry: new}), gesture=gesture)

    def _on_paste(self, event: Event) -> None:
        cell, text = event["cell"], str(event["text"])
        self._clear(cell)
        try:
            block = parse_matrix(text)
            self.change(pasted(self.exercise, cell, self.place.t, block))
        except ValueError as error:
            self.problems = {cell.split(":")[0]: f"{error} Nothing was changed."}
            if isinstance(error, ShapeError):
                self._offer(cell, block)

    def _offer(self, cell: str, block: Array) -> None:
        """Offer to fill in the part of the matrix that a refused block would cover, if it can."""
        try:
            part = pasted(self.exercise, cell, self.place.t, block, part=True)
        except ValueError:
            return
        size = " × ".join(map(str, block.shape))
        self.offer = Offer(cell.split(":")[0], part, f"Fill in just these {size} entries")

    def _on_accept(self, event: Event) -> None:
        if offer := self.offer:
            self.offer, self.problems = None, {}
            self.change(offer.exercise)

    def _entry(self, cell: str) -> Entry:
        name, index = read_cell(cell)
        found = entries(self.exercise, name, self.place.t).get(index)
        if found is None:
            raise ValueError(f"This entry of {name} is computed, so it cannot be typed in.")
        return found

    def _clear(self, cell: str) -> None:
        self.drafts.pop(cell, None)
        self.problems, self.offer = {}, None


def ticked(start: float, ticks: int) -> float:
    """Return `start` changed by so many ticks, each a power of ten: a tenth of its leading digit.

    3 moves by 0.1 and 0.45 by 0.01, on the grid of those steps, so the result stays short.
    """
    power = math.floor(math.log10(abs(start))) - 1 if start else -1
    places = -max(-6, min(power, 6))
    return round(start + ticks * 10.0**-places, max(places, 0) + 6)


def valid_place(exercise: Exercise, place: Address) -> Address:
    """Return the place, moved as little as it takes to exist in this exercise."""
    names = [step.name for step in exercise.cell.steps]
    step = place.step if place.step in names else names[0]
    entry = min(place.index[0] if place.index else 0, shape_of(exercise, step)[0] - 1)
    return Address(step, min(place.t, exercise.T - 1), (entry,))
