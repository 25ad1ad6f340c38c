"""What a student wrote, laid over what the cell makes: the numbers that a next step starts from."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np

from lstm_core.cell import Cell, Step
from lstm_core.exercise import Exercise
from lstm_core.ops import HADAMARD, ONE_MINUS, SIGMOID, TANH, Array
from lstm_core.parsing import Typed, read_number
from lstm_core.shapes import letters, numbers

Answers = Mapping[tuple[int, str], Sequence[str]]
Frame = dict[str, Array]
Rounding = Callable[[Array], Array]
EXACT = 1e-9  # what fractions and roots are compared at
COARSE = 0.05  # units above this are 0 or 1 decimals
_BOUNDS = {SIGMOID: (0.0, 1.0), TANH: (-1.0, 1.0)}


def near(value: float, target: float, unit: float, units: float = 0.5) -> bool:
    """Return whether `value` is within so many units of `target`, and a hair more."""
    hair = 1e-12 * abs(target) + 1e-6 * unit
    within = units * unit + hair if unit else EXACT * max(1.0, abs(target))
    return abs(value - target) <= within


def on_grid(target: float, unit: float) -> bool:
    """Return whether nothing is lost by writing the target with this unit."""
    return unit > 0 and near(target / unit, float(np.round(target / unit)), 0.0)


@lru_cache(maxsize=1024)
def _above(cell: Cell, name: str) -> frozenset[str]:
    found = {name}
    for step in reversed(cell.steps):
        if step.name in found:
            found.update(step.inputs)
    return frozenset(found - {name})


@lru_cache(maxsize=256)
def bounds(cell: Cell, name: str) -> tuple[float, float] | None:
    """Return what no value of this step can lie outside of, or None: gates, tanh and h."""
    step = next((step for step in cell.steps if step.name == name), None)
    if step is None or step.op in _BOUNDS:
        return _BOUNDS[step.op] if step else None
    inner = [bounds(cell, operand) for operand in step.inputs]
    if step.op is ONE_MINUS and inner == [(0.0, 1.0)]:
        return 0.0, 1.0
    return (-1.0, 1.0) if step.op is HADAMARD and name == "h" and all(inner) else None


def impossible(cell: Cell, name: str, typed: Typed) -> bool:
    """Return whether a number lies outside its bounds by more than rounding."""
    limits = bounds(cell, name)
    slack = max(typed.unit / 2, EXACT)
    return limits is not None and not limits[0] - slack <= typed.value <= limits[1] + slack


def _parsed(text: str) -> tuple[Typed | None, str]:
    if not text.strip():
        return None, ""
    try:
        return read_number(text), ""
    except ValueError as refused:
        return None, str(refused)


class Work:
    """One sheet of answers: what was typed, and the frames that follow from it."""

    def __init__(self, exercise: Exercise, answers: Answers):
        """Read every field; ValueError where a field stands for nothing in the exercise."""
        self.exercise, self.cell, self.texts = exercise, exercise.cell, dict(answers)
        self.fields = {at: self._row(at, row) for at, row in self.texts.items()}
        self.truth = exercise.trace().frames
        self._by_unit: dict[int, tuple[list[Frame], list[Frame]]] = {}

    def _row(self, at: tuple[int, str], row: Sequence[str]) -> list[tuple[Typed | None, str]]:
        size = self._size(*at)
        if isinstance(row, str) or len(row) > size:
            given = "one text" if isinstance(row, str) else f"{len(row)} entries"
            raise ValueError(f"{at[1]} takes a list of at most {size} entries; given {given}.")
        return [_parsed(text) for text in (*row, *[""] * (size - len(row)))]

    def _size(self, t: int, name: str) -> int:
        known = [step.name for step in self.cell.steps]
        if name not in known:
            raise ValueError(f"A step must be one of {', '.join(known)}; given {name}.")
        if not 0 <= t < self.exercise.T:
            last = self.exercise.T - 1
            raise ValueError(f"A time step t must be from 0 to {last}; given {t}.")
        return numbers(letters(name), self.exercise.sizes)[0]

    def above(self, name: str) -> frozenset[str]:
        """Return the names that a step rests on within its time step."""
        return _above(self.cell, name)

    def number(self, t: int, name: str, j: int) -> Typed | None:
        """Return what was typed for an entry; None where it is blank or cannot be read."""
        return self.fields[t, name][j][0] if (t, name) in self.fields else None

    @cached_property
    def units(self) -> dict[tuple[int, str], Array]:
        """The unit of the last decimal of every entry."""
        rows = self.fields.items()
        return {at: np.array([n.unit if n else 0.0 for n, _ in row]) for at, row in rows}

    @cached_property
    def all_values(self) -> dict[tuple[int, str], Array]:
        """The typed numbers, NaN where there is none."""
        rows = self.fields.items()
        return {at: np.array([n.value if n else np.nan for n, _ in row]) for at, row in rows}

    @cached_property
    def values(self) -> dict[tuple[int, str], Array]:
        """The typed numbers that can be carried on: impossible ones are NaN as well."""
        return {at: self._possible(at, row) for at, row in self.all_values.items()}

    def _possible(self, at: tuple[int, str], row: Array) -> Array:
        numbers = [number for number, _ in self.fields[at]]
        out = [n is not None and impossible(self.cell, at[1], n) for n in numbers]
        return np.where(out, np.nan, row)

    def put(self, t: int, name: str, made: Array, keep: bool = False, raw: bool = False) -> Array:
        """Lay the typed entries over `made`; `keep` prefers `made` where they are its rounding."""
        mine = (self.all_values if raw else self.values).get((t, name))
        if mine is None:
            return made
        use = ~np.isnan(mine)
        if keep:
            use &= ~(np.abs(mine - made) <= self.units[t, name] * 0.500001 + EXACT)
        return np.where(use, mine, made)

    def _walk(self, keep: bool = False, rounded: Rounding | None = None) -> list[Frame]:
        """Run the cell over the answers: what is blank is worked out from what is not."""
        frames: list[Frame] = []
        state: Frame = {}
        for t, x in enumerate(self.exercise.xs):
            frame: Frame = {**self.exercise.params, **self.exercise.start, **state, "x": x}
            for step in self.cell.steps:
                y = apply(step, frame)
                y = y if rounded is None else rounded(y)
                frame[step.name] = self.put(t, step.name, y, keep)
            state = {old: frame[new] for new, old in self.cell.carry.items()}
            frames.append(frame)
        return frames

    @cached_property
    def carried(self) -> list[Frame]:
        """The student's numbers, and what follows from them where nothing was typed."""
        return self._walk()

    @cached_property
    def remembered(self) -> list[Frame]:
        """The same for one who writes rounded numbers and goes on with all digits."""
        return self._walk(keep=True)

    def rounding(self, places: int) -> tuple[list[Frame], list[Frame]]:
        """Return the same for one who rounds at every step, also where nothing was typed.

        Twice: a number that lies halfway goes up by hand, and either way in a program.
        """
        if places not in self._by_unit:
            by_hand = self._walk(rounded=lambda y: np.round(y * (1 + 1e-12), places))
            printed = self._walk(rounded=lambda y: np.array([round(float(x), places) for x in y]))
            self._by_unit[places] = by_hand, printed
        return self._by_unit[places]

    @cached_property
    def literal(self) -> list[Frame]:
        """The student's numbers where there are any, the truth elsewhere."""
        return self._laid(raw=False)

    @cached_property
    def raw(self) -> list[Frame]:
        """The same with impossible numbers in it, to see whether someone went on with them."""
        return self._laid(raw=True)

    def _laid(self, raw: bool) -> list[Frame]:
        frames: list[Frame] = []
        for t, true in enumerate(self.truth):
            frame = {name: self.put(t, name, true[name], raw=raw) for name in true}
            if t:
                frame |= {old: frames[-1][new] for new, old in self.cell.carry.items()}
            frames.append(frame)
        return frames


def apply(step: Step, frame: Mapping[str, Array]) -> Array:
    """Return what a step makes of the values in a frame."""
    return step.op.forward(*[frame[name] for name in step.inputs])


def places_of(unit: float) -> int:
    """Return the number of decimals that a unit stands for."""
    return round(-float(np.log10(unit)))
