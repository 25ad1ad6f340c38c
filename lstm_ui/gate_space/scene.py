"""What the page on gate space looks at: a gate, a unit, two entries of v, a range. No Streamlit."""

from dataclasses import dataclass
from functools import cached_property

from lstm_core.cell import Step
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.latex import plain
from lstm_core.looks.contributions import Contributions, contributions, gates
from lstm_core.looks.sampling import uniforms
from lstm_core.looks.surface import Point, Surface, surface
from lstm_core.ops import SIGMOID, Array
from lstm_ui.gate_space import choices
from lstm_ui.session.address import entry_name
from lstm_ui.session.grids import Entry, entries
from lstm_ui.session.options import Choice, Option
from lstm_ui.sheet import theme
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import marked, subscripted

MOST_COLUMNS = 12  # rows of the waterfall; what is beyond is added up in one


@dataclass(frozen=True, eq=False)
class Scene:
    """The exercise with what was chosen on the page. Gate, unit and entries are there: see scene().

    `axes` are the two entries of v that the map is drawn over, and `against` the units that gate
    space shows beside the chosen one: two at most.
    """

    desk: Desk
    gate: str
    unit: int
    parts: Contributions
    axes: tuple[int, int]
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
        fixed = (choices.REACH, choices.BENT, choices.LOG_DRAWS, choices.SEED)
        return (*self.choices.values(), *fixed)

    @property
    def step(self) -> Step:
        """The step that squashes z into the gate."""
        return self.exercise.cell[self.gate]

    @property
    def look(self) -> str:
        """Which figure is drawn."""
        return self.choices["look"].of(self.chosen)

    @property
    def is_soft(self) -> bool:
        """Whether the gate lies between 0 and 1."""
        return self.step.op is SIGMOID

    @property
    def is_bent(self) -> bool:
        """Whether gate space is shown, and not z before the squash."""
        return choices.BENT.of(self.chosen) == "after"

    @property
    def space_name(self) -> str:
        """The name of what gate space shows: the gate, or z."""
        return self.gate if self.is_bent else self.parts.z

    @property
    def count(self) -> int:
        """How many draws there are."""
        return round(10 ** choices.LOG_DRAWS.of(self.chosen))

    @property
    def seed(self) -> int:
        """Where the draws begin."""
        return choices.SEED.int_of(self.chosen)

    @cached_property
    def uniforms(self) -> Array:
        """What is drawn: a row for each draw, a number from 0 to 1 for each unit."""
        return uniforms(self.seed, self.count, self.exercise.n)

    @cached_property
    def surface(self) -> Surface:
        """The unit over the two entries."""
        where = (self.desk.trace, self.desk.t, self.gate, self.unit)
        return surface(*where, self.parts, self.axes)

    @cached_property
    def reach(self) -> float:
        """The end of the axes of v: by default so far that the line gate = 0.5 can be seen."""
        word = choices.REACH.of(self.chosen)
        if word != "auto":
            return float(word)
        least = max(2.0, theme.limit(self.surface.point))
        wide = (float(word) for word in choices.REACHES if float(word) >= least)
        return next((reach for reach in wide if self.surface.boundary(reach)), least)

    @cached_property
    def line(self) -> tuple[Point, ...]:
        """The ends of the line where the gate is half, in the range; nothing where it is beyond."""
        return self.surface.boundary(self.reach)

    @cached_property
    def labels(self) -> list[str]:
        """The entry that each column meets: h₁, h₂, x₁."""
        return [
            subscripted("(r∘h)" if part == "reset_h" else part[0], k)
            for part, k in choices.met(self.parts)
        ]

    @cached_property
    def words(self) -> list[str]:
        """The same as it is written in an address: h1, h2, x1."""
        return choices.words(self.parts)

    @property
    def shown(self) -> range:
        """The columns on screen: all, or as many as fit around the map's horizontal axis."""
        size = len(self.parts.values)
        start = max(0, min(self.axes[0] - MOST_COLUMNS // 2, size - MOST_COLUMNS))
        return range(start, min(size, start + MOST_COLUMNS))

    def is_given(self, k: int) -> bool:
        """Whether the entry of column k is the exercise's own, and so can be moved."""
        return self.behind(k) is not None

    def behind(self, k: int) -> Entry | None:
        """Return the exercise's number behind the entry of column k, if there is one."""
        entry = self.parts.entries[k]
        return entries(self.exercise, entry.step, entry.t).get(entry.index)

    def values(self, name: str) -> Array:
        """Return an array of the time step on screen."""
        return self.desk.values(name)

    def name(self, name: str, unit: int | None = None) -> str:
        """Return the name of an entry, of this unit unless another is given: f[1]."""
        return entry_name(self.exercise.cell, name, (self.unit if unit is None else unit,))

    def text(self, name: str, unit: int | None = None) -> str:
        """Return that entry, printed."""
        return self.desk.text(name, float(self.values(name)[self.unit if unit is None else unit]))

    def plain(self, name: str) -> str:
        """Return a name as sentences write it."""
        return plain(self.exercise.cell, name)

    def mark(self, name: str, unit: int) -> str:
        """Return an entry's name as figures write it."""
        return f"{marked(self.exercise.cell, name)}[{unit + 1}]"


def scene(desk: Desk) -> Scene:
    """Return the scene that the session's options choose; what they do not say has a default."""
    chosen, cell, n = desk.session.options, desk.exercise.cell, desk.exercise.n
    gate_choice, unit_choice = choices.gate_choice(cell), choices.unit_choice(n)
    gate, unit = gates(cell)[gate_choice.of(chosen)], int(unit_choice.of(chosen)) - 1
    parts = contributions(desk.trace, desk.t, gate)
    words = choices.words(parts)
    across = choices.across_choice(words)
    first, second = words.index(across.of(chosen)), parts.parts[-1].start
    up = choices.up_choice(words, across.of(chosen), second if first < second else 0)
    against = choices.against_choice(n, unit)
    look = choices.look_choice(cell[gate].op is SIGMOID)
    return Scene(
        desk=desk,
        gate=gate,
        unit=unit,
        parts=parts,
        axes=(first, words.index(up.of(chosen))),
        against=_against(against, chosen, unit),
        choices={c.name: c for c in (gate_choice, unit_choice, look, across, up, against)},
    )


def _against(choice: Choice, chosen: dict[str, str], unit: int) -> tuple[int, ...]:
    """The unit that was chosen, and the next one."""
    start, size = choice.words.index(choice.of(chosen)), len(choice.words)
    found = [int(choice.words[(start + k) % size]) - 1 for k in range(min(2, size))]
    return tuple(j for j in found if j != unit)
