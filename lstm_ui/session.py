"""One reader's work: the exercise, how it got here, and what was typed but not understood.

Plain Python: no Streamlit. Events come from the sheet as text; here they become numbers or, beside
the field, one plain sentence. Nothing that was typed is lost.
"""

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from lstm_core.exercise import Exercise
from lstm_core.ops import CONCAT, Array
from lstm_core.parsing import parse_matrix, parse_number
from lstm_core.shapes import ShapeError
from lstm_core.trace import Address
from lstm_ui.grids import Entry, entries, filled, pasted, read_cell, shape_of, value

KEPT_UNDOS = 100
Event = Mapping[str, Any]
# What each kind of event has to say beside its number.
KINDS: Mapping[str, Mapping[str, type]] = {
    "edit": {"cell": str, "text": str},
    "scrub": {"cell": str, "ticks": int, "gesture": str},
    "paste": {"cell": str, "text": str},
    "forget": {"cell": str},
    "open": {"cell": str},
    "walk": {"by": int},
    "go": {"step": str, "t": int},
    **{kind: {} for kind in ("accept", "undo", "redo", "reset", "keep")},
}


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
        self._become(new)

    def load(self, new: Exercise, notice: str = "") -> None:
        """Open another exercise: it is what Reset goes back to from now on."""
        self.change(new, notice)
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

    def _swap(self, source: list[Exercise], other: list[Exercise], notice: str) -> None:
        other.append(self.exercise)
        self.before, self.gesture, self.notice = self.exercise, "", notice
        self._become(source.pop())

    def reset(self) -> None:
        """Go back to the reader's own starting values; an edit like any other, it can be undone."""
        self.drafts, self.problems, self.offer = {}, {}, None
        self.change(self.base, "Back to your starting values.")

    def show(self, decimals: int | None) -> None:
        """Print numbers with so many decimals (None: all). No number changes: nothing to undo."""

        def shown(exercise: Exercise) -> Exercise:
            return replace(exercise, decimals=decimals)

        self.exercise, self.base = shown(self.exercise), shown(self.base)
        self.before = shown(self.before) if self.before else None
        self.past, self.future = [*map(shown, self.past)], [*map(shown, self.future)]
        self.problems, self.offer = {}, None  # an offer holds the exercise as it was printed

    def keep(self) -> None:
        """Make the numbers as they are now the starting values that Reset goes back to."""
        self.base = self.exercise
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

    def handle(self, events: Sequence[Event]) -> None:
        """Deal with the sheet's events, each once, in their order; what is none is dropped."""
        for event in filter(understood, events):
            if event["seq"] > self.seen:
                self.seen = event["seq"]
                with suppress(ValueError, OverflowError):  # no such cell, or no such number
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
        self.open(event["cell"])

    def _on_walk(self, event: Event) -> None:
        self.walk(event["by"])

    def _on_go(self, event: Event) -> None:
        self.go(event["step"], event["t"])

    def open(self, cell: str) -> None:
        """Open a result's arithmetic; an operand opens the result of the row that it is used in."""
        name, (row, *_) = read_cell(cell)
        step = self.exercise.cell[self.place.step]
        if step.op.name.startswith("matvec") and name == step.inputs[1]:
            return  # every row uses it
        if step.op is CONCAT and name == step.inputs[1]:
            row += shape_of(self.exercise, step.inputs[0])[0]
        self.place = valid_place(self.exercise, replace(self.place, index=(row,)))

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
        cell, text = event["cell"], event["text"]
        entry = self._entry(cell)
        self._clear(cell)
        try:
            self.change(filled(self.exercise, {entry: parse_number(text)}))
        except ValueError as error:
            t = None if entry[0] in self.exercise.params else self.place.t
            self.drafts[cell] = Draft(text, str(error), t)

    def _on_scrub(self, event: Event) -> None:
        cell, gesture = event["cell"], event["gesture"]
        begun = self.before if self.before and gesture == self.gesture else self.exercise
        entry = self._entry(cell)
        self._clear(cell)
        new = ticked(value(begun, entry), event["ticks"])
        self.change(filled(self.exercise, {entry: new}), gesture=gesture)

    def _on_paste(self, event: Event) -> None:
        cell, text = event["cell"], event["text"]
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


def understood(event: object) -> bool:
    """Tell whether this is an event of the sheet: of a known kind, with all that it needs."""
    kind = event.get("kind") if isinstance(event, Mapping) else None
    if not isinstance(kind, str) or kind not in KINDS:
        return False
    return all(isinstance(event.get(k), t) for k, t in {"seq": int, **KINDS[kind]}.items())


def ticked(start: float, ticks: int) -> float:
    """Return `start` changed by so many ticks, each a power of ten: a tenth of its leading digit.

    3 moves by 0.1 and 0.45 by 0.01, on the grid of those steps, so the result stays short.
    """
    if not ticks:
        return start
    power = math.floor(math.log10(abs(start))) - 1 if start else -1
    places = -max(-6, min(power, 6))
    return round(start + ticks * 10.0**-places, max(places, 0) + 6)


def valid_place(exercise: Exercise, place: Address) -> Address:
    """Return the place, moved as little as it takes to exist in this exercise."""
    names = [step.name for step in exercise.cell.steps]
    step = place.step if place.step in names else names[0]
    entry = min(place.index[0] if place.index else 0, shape_of(exercise, step)[0] - 1)
    return Address(step, max(0, min(place.t, exercise.T - 1)), (entry,))
