"""What is chosen on the page on gate space, and what it looks at.

A gate, one of its units, two entries of v, a range. Most lists of choices depend on the cell and on
its sizes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_core.cell import Cell, Step
from lstm_core.exercise.exercise import Exercise
from lstm_core.looks.activations import Activation, activation, is_gate
from lstm_core.looks.contributions import Contributions, contributions, gates
from lstm_core.looks.sampling import uniforms
from lstm_core.looks.surface import Point, Surface, surface
from lstm_core.ops import HADAMARD, Array
from lstm_ui.session.grids import Entry, entries
from lstm_ui.session.options import Choice, Number, Option
from lstm_ui.sheet import theme
from lstm_ui.sheet.choices import chosen_unit, counted, unit_choice
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import subscripted
from lstm_ui.sheet.window import window

LOOKS = ("map", "toggle", "space", "coin")
REACHES = ("1", "2", "5", "10", "20", "50", "100")
REACH = Choice("reach", ("auto", *REACHES))  # where the axes of v end
BENT = Choice("bent", ("after", "before"))  # gate space, or z before the squash bends it
LOG_DRAWS = Number("log_draws", 0.0, 4.0, 2.0)  # to base 10: from 1 draw to 10,000
SEED = Number("seed", 0, 9999, 1, whole=True)
MOST_COLUMNS = 12  # rows of the waterfall; what is beyond is added up in one


def multiplied(parts: Contributions) -> Iterator[tuple[str, int]]:
    """Yield the vector and the entry, counted from 1, that each column of W multiplies."""
    for part in parts.parts:
        yield from ((part.name, k + 1) for k in range(part.stop - part.start))


def entry_words(parts: Contributions) -> list[str]:
    """Return these entries as an address writes them: h1, h2, x1."""
    return [f"{name[0]}{k}" for name, k in multiplied(parts)]


def gate_choice(cell: Cell) -> Choice:
    """Return the gates of a cell, by letter: f, i, C, o."""
    return Choice("gate", tuple(gates(cell)))


def look_choice(soft: bool) -> Choice:
    """Return the figures: only what lies between 0 and 1 can be read as a chance."""
    return Choice("look", tuple(look for look in LOOKS if soft or look != "coin"))


def across_choice(words: Sequence[str]) -> Choice:
    """Return the entries of v for the map's horizontal axis."""
    return Choice("across", tuple(words))


def up_choice(words: Sequence[str], across: str, part: int) -> Choice:
    """Return those for its vertical axis: any other, at first one of the part that begins there."""
    turned = (*words[part:], *words[:part])
    return Choice("up", tuple(word for word in turned if word != across))


def column_choice(words: Sequence[str], values: Array) -> Choice:
    """Return the columns of W: at first one whose entry of v is not 0, so that it is on."""
    start = int(np.argmax(values != 0.0))
    return Choice("column", (*words[start:], *words[:start]))


def against_choice(n: int, unit: int) -> Choice:
    """Return the other units, for the other axis of gate space; of a single unit, itself."""
    return Choice("against", tuple(word for word in counted(n) if word != str(unit + 1)) or ("1",))


@dataclass(frozen=True, eq=False)
class Scene:
    """The desk with what was chosen on the page; `scene` sees to it that all of it is there.

    Units and entries are counted from 0: `axes` are the two entries of v that the map is drawn
    over, `column` is the column of W that is switched off and on, and `against` are the units that
    gate space shows beside the chosen one, two at most.
    """

    desk: Desk
    gate: str
    unit: int
    parts: Contributions
    axes: tuple[int, int]
    column: int
    against: tuple[int, ...]
    choices: dict[str, Choice]

    @property
    def exercise(self) -> Exercise:
        """The exercise on screen."""
        return self.desk.exercise

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, as text."""
        return self.desk.session.options

    @property
    def options(self) -> tuple[Option, ...]:
        """Everything that can be chosen, for the address."""
        fixed = (REACH, BENT, LOG_DRAWS, SEED)
        return (*self.choices.values(), *fixed)

    @property
    def step(self) -> Step:
        """The step that squashes z into the gate."""
        return self.exercise.cell[self.gate]

    @property
    def squash(self) -> Activation:
        """The activation that this step applies."""
        return activation(self.step)

    @property
    def look(self) -> str:
        """Which figure is drawn."""
        return self.choices["look"].of(self.chosen)

    @property
    def is_soft(self) -> bool:
        """Whether the gate lies between 0 and 1."""
        return is_gate(self.step)

    @property
    def is_bent(self) -> bool:
        """Whether gate space is shown, and not z before the squash."""
        return BENT.of(self.chosen) == "after"

    @property
    def space_name(self) -> str:
        """The name of what gate space shows: the gate, or z."""
        return self.gate if self.is_bent else self.parts.z

    @property
    def count(self) -> int:
        """How many draws there are."""
        return round(10 ** LOG_DRAWS.of(self.chosen))

    @property
    def seed(self) -> int:
        """Where the draws begin."""
        return SEED.int_of(self.chosen)

    @cached_property
    def uniforms(self) -> Array:
        """What is drawn, (count, n): in each draw, a number from 0 to 1 for each unit."""
        return uniforms(self.seed, self.count, self.exercise.n)

    @cached_property
    def surface(self) -> Surface:
        """The unit over the two entries."""
        where = (self.desk.trace, self.desk.t, self.gate, self.unit)
        return surface(*where, self.parts, self.axes)

    @cached_property
    def reach(self) -> float:
        """The end of the axes of v: by default so far that the line gate = 0.5 can be seen."""
        word = REACH.of(self.chosen)
        if word != "auto":
            return float(word)
        least = max(2.0, theme.limit(self.surface.point))
        wide = (float(word) for word in REACHES if float(word) >= least)
        return next((reach for reach in wide if self.surface.boundary(reach)), least)

    @cached_property
    def line(self) -> tuple[Point, ...]:
        """The ends of the line where the gate is half, in the range; nothing where it is beyond."""
        return self.surface.boundary(self.reach)

    @cached_property
    def labels(self) -> list[str]:
        """The entry that each column multiplies: h₁, h₂, x₁."""
        return [subscripted(self.part_letter(part), k) for part, k in multiplied(self.parts)]

    def part_letter(self, part: str) -> str:
        """What a part of v is called: h, x, or where a gate has been at it, (r∘h)."""
        step = self.exercise.cell.get(part)
        return f"({step.inputs[0]}∘h)" if step and step.op is HADAMARD else part[0]

    @property
    def columns(self) -> range:
        """The columns on screen: all, or as many as fit around the one that the figure shows."""
        shown = self.column if self.look == "toggle" else self.axes[0]
        return window(shown, len(self.parts.values), MOST_COLUMNS)

    def is_given(self, k: int) -> bool:
        """Whether the entry of column k is the exercise's own, and so can be moved."""
        return self.behind(k) is not None

    def behind(self, k: int) -> Entry | None:
        """Return the exercise's number behind the entry of column k, if there is one."""
        entry = self.parts.entries[k]
        return entries(self.exercise, entry.step, entry.t).get(entry.index)

    @property
    def here(self) -> float:
        """The gate of this unit."""
        return float(self.desk.values(self.gate)[self.unit])

    def name(self, name: str, unit: int | None = None) -> str:
        """Return the name of an entry, of this unit unless another is given: f[1]."""
        return self.desk.entry(name, self.unit if unit is None else unit)

    def text(self, name: str, unit: int | None = None) -> str:
        """Return that entry, printed."""
        at = self.unit if unit is None else unit
        return self.desk.text(name, self.desk.values(name)[at])

    def plain(self, name: str) -> str:
        """Return a name as sentences write it."""
        return self.desk.plain(name)

    def mark(self, name: str, unit: int | None = None) -> str:
        """Return an entry's name as figures write it, of this unit unless another is given."""
        return f"{self.desk.mark(name)}[{(self.unit if unit is None else unit) + 1}]"


def scene(desk: Desk) -> Scene:
    """Return the scene that the session's options choose; what they do not say has a default."""
    chosen, cell, n = desk.session.options, desk.exercise.cell, desk.exercise.n
    gate_option, unit = gate_choice(cell), chosen_unit(desk.session, n)
    gate = gates(cell)[gate_option.of(chosen)]
    parts = contributions(desk.trace, desk.t, gate)
    names = entry_words(parts)
    across = across_choice(names)
    first, second = names.index(across.of(chosen)), parts.parts[-1].start
    up = up_choice(names, across.of(chosen), second if first < second else 0)
    look, against = look_choice(is_gate(cell[gate])), against_choice(n, unit)
    column = column_choice(names, parts.values)
    found = (gate_option, unit_choice(n), look, across, up, column, against)
    return Scene(
        desk=desk,
        gate=gate,
        unit=unit,
        parts=parts,
        axes=(first, names.index(up.of(chosen))),
        column=names.index(column.of(chosen)),
        against=_against(against, chosen, unit),
        choices={choice.name: choice for choice in found},
    )


def _against(choice: Choice, chosen: dict[str, str], unit: int) -> tuple[int, ...]:
    """The unit that was chosen, and the next one."""
    start, size = choice.words.index(choice.of(chosen)), len(choice.words)
    found = [int(choice.words[(start + k) % size]) - 1 for k in range(min(2, size))]
    return tuple(j for j in found if j != unit)
