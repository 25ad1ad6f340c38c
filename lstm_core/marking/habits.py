"""The ways to round that people use, all of them followed through a sheet at once.

Each is right: whoever goes one of these ways makes no mistake. A number that only cutting off
explains is told apart from one that rounding explains.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from lstm_core.backpropagation.ops import COPY, PART_FIRST, PART_LAST
from lstm_core.cell import Step
from lstm_core.marking.batch import for_many, products
from lstm_core.marking.typed import Field
from lstm_core.ops import ADD, CONCAT, SIGMOID, TANH, Array, Op

Flags = NDArray[np.bool_]
Rows = NDArray[np.int_] | slice
COPIES = (CONCAT, COPY, PART_FIRST, PART_LAST)  # given numbers stay as they are
_MEMORY = ("C", "h")  # sums of their own, which no activation follows at once
_HALFWAY = 1e-7  # so near to a half, in units, a number is one that the decimals mean
_UNREACHED = 5e-14  # farther than this from 1, what is left of a tanh that is cut off is 0.999
_UNREACHED_BY_TEN = 5e-11  # the same on a pocket calculator
_SMALLEST = 1e-300  # what is below this is 0, which has no first digit
_ALL_DIGITS = 15  # decimals from which on nothing is rounded
_EVERY = slice(None)
_UP, _EVEN, _NUMPY, _PYTHON, _CUT = range(5)


@dataclass(frozen=True)
class Habit:
    """One way to round: `how` a number halfway goes, and what is rounded inside a step.

    `guard` digits are carried on beyond those that are written; None stands for all of them.
    `products` rounds each product before the sum, `exponentials` e^±z inside σ, or inside both
    squashes, in one of two forms; inside a step, `inner` digits more are kept, and with `chopped`
    they are cut off. `sums` more are carried on from W·v and z alone. Without `unwritten`, only
    what was written is rounded. With `cut`, the digits that are carried on are cut off where they
    are written. With `ten_digits` a squash that a pocket calculator shows as 1 is 1.
    """

    how: int = _UP
    guard: int | None = 0
    products: bool = False
    exponentials: int = 0
    inner: int = 0
    chopped: bool = False
    sums: int = 0
    unwritten: bool = True
    cut: bool = False
    ten_digits: bool = False

    @property
    def plain(self) -> bool:
        """Whether each step is rounded as it is written, and no more: nothing to say of that."""
        inside = self.products or self.exponentials or self.how == _CUT
        return self.guard == 0 and not (inside or self.sums)


_WAYS = (_UP, _EVEN, _NUMPY, _PYTHON)
_BY_HAND = (_UP, _EVEN)
BY_DIGITS = (
    *(Habit(guard=guard) for guard in (0, 1, 2)),
    Habit(unwritten=False),
)  # of those who round to significant digits
HABITS = (
    *(Habit(how, guard) for guard, how in product((0, 1, 2), _WAYS)),
    *(Habit(how, guard, products=True) for guard, how in product((0, 1), _WAYS)),
    *(Habit(how, g, exponentials=e) for g, how, e in product((0, 1), _BY_HAND, (1, 2, 3))),
    *(Habit(how, products=True, exponentials=e) for how, e in product(_BY_HAND, (1, 2, 3))),
    Habit(products=True, inner=1),
    *(Habit(exponentials=e, inner=1) for e in (1, 2, 3)),
    Habit(products=True, chopped=True),
    Habit(sums=1),
    *(Habit(how, guard, unwritten=False) for guard, how in product((1, 2), _BY_HAND)),
    *(Habit(how, g, products=True, unwritten=False) for g, how in product((0, 1), _BY_HAND)),
    *(Habit(how, exponentials=e, unwritten=False) for how, e in product(_BY_HAND, (1, 2, 3))),
    *(Habit(_CUT, guard, unwritten=u) for guard, u in product((0, 1), (True, False))),
    *(Habit(_CUT, products=True, unwritten=u) for u in (True, False)),
    Habit(_CUT, ten_digits=True),
    *(Habit(guard=g, unwritten=u, cut=True) for g, u in product((1, 2, None), (True, False))),
)


def _is_sum(step: Step) -> bool:
    """Whether a step is W·v, or adds to it."""
    adds = step.op is ADD and step.name not in _MEMORY
    return adds or step.op.name.startswith("matvec")


class Rounding:
    """Every habit at once: arrays have a row for each habit, (habits, …)."""

    def __init__(self, places: int, habits: Sequence[Habit] = HABITS):
        self.places, self.habits = places, habits
        self.how = np.array([habit.how for habit in habits])
        guards = [np.inf if habit.guard is None else habit.guard for habit in habits]
        self.scale = 10.0 ** np.minimum(np.array(guards) + places, _ALL_DIGITS)
        self._sums = self.scale * 10.0 ** np.array([habit.sums for habit in habits])
        self._inner = self.scale * 10.0 ** np.array([habit.inner for habit in habits])
        chopped = np.array([habit.chopped for habit in habits])
        self._below = np.where(self.how == _CUT, _HALFWAY, 0.5 - _HALFWAY)
        self._below_inner = np.where(chopped, _HALFWAY, self._below)
        ten = np.array([habit.ten_digits for habit in habits])
        unreached = np.where(ten, _UNREACHED_BY_TEN, _UNREACHED) * self.scale
        self._below_1 = np.where(self.how == _CUT, unreached, self._below)
        self.unwritten = np.array([habit.unwritten for habit in habits])
        self.cut = np.array([habit.cut or habit.how == _CUT for habit in habits])
        self.plain = np.array([habit.plain for habit in habits])
        self._products = np.flatnonzero([habit.products for habit in habits])
        forms = np.array([habit.exponentials for habit in habits])
        self._squashed = {
            SIGMOID: ((np.flatnonzero(forms % 3 > 0), -1.0), (np.flatnonzero(forms == 3), 1.0)),
            TANH: ((np.flatnonzero(forms == 2), 1.0), (np.flatnonzero(forms == 3), 2.0)),
        }

    def kept(self, step: Step, made: Array) -> Array:
        """Return what is kept of the results of a step, (habits, …): what is copied stays."""
        if step.op in COPIES:
            return made
        scale = self._sums if _is_sum(step) else self.scale
        below = self._below_1 if step.op in self._squashed else self._below
        return self._rounded(made, scale, below)

    def _inside(self, values: Array, rows: Rows) -> Array:
        """Round what is kept inside a step, (habits of `rows`, …)."""
        return self._rounded(values, self._inner, self._below_inner, rows)

    def _rounded(self, values: Array, scale: Array, below: Array, rows: Rows = _EVERY) -> Array:
        """Round (habits, …) as each habit does; numbers carried with all digits stay."""
        shape = (-1, *[1] * (values.ndim - 1))
        scale, below = scale[rows].reshape(shape), below[rows].reshape(shape)
        size = np.abs(values) * scale
        whole = np.floor(size + below)
        half = size - whole >= 1.0 - below - 2 * _HALFWAY  # and never where digits are cut off
        if half.any():
            how = self.how[rows].reshape(shape)
            up = (how == _UP) | ((how == _EVEN) & (whole % 2 == 1))
            whole += half & (up | ((how == _NUMPY) & (np.rint(size) > whole)))
        result = np.copysign(whole / scale, values)
        for index in np.argwhere(half & (how == _PYTHON)) if half.any() else ():
            at, k = tuple(index), int(index[0])
            result[at] = round(float(values[at]), round(np.log10(scale.ravel()[k])))
        return np.asarray(result)

    def made(self, step: Step, operands: Sequence[Array], shape: tuple[int, ...]) -> Array:
        """Return what a step makes, (habits, *shape), of operands with or without that axis."""
        made = np.broadcast_to(for_many(step.op, operands), (len(self.habits), *shape)).copy()
        vector = operands[1] if len(operands) > 1 else None
        if vector is not None and vector.ndim == 2:
            vector = vector[self._products]
        terms = None if vector is None else products(step.op, [operands[0], vector, *operands[2:]])
        if terms is not None:
            many = np.broadcast_to(terms, (len(self._products), *terms.shape[-2:]))
            made[self._products] = self._inside(many, self._products).sum(axis=-1)
        elif step.op in self._squashed:
            self._through_exponentials(step.op, np.broadcast_to(operands[0], made.shape), made)
        return made

    def _through_exponentials(self, op: Op, z: Array, made: Array) -> None:
        """Put 1/(1 + e^−z) or e^z/(e^z + 1), and tanh in two ways, in the place of the squash."""
        (few, slope), (more, steeper) = self._squashed[op]
        e, E = (self._inside(np.exp(s * z[k]), k) for k, s in ((few, slope), (more, steeper)))
        if op is SIGMOID:
            made[few], made[more] = 1 / (1 + e), E / (E + 1)
        else:
            down = self._inside(np.exp(-z[few]), few)
            made[few], made[more] = (e - down) / (e + down), (E - 1) / (E + 1)

    def carried(self, step: Step, field: Field | None, made: Array, slips: bool) -> Array:
        """Return what goes on from a step: what was typed, with the digits that each habit kept.

        `made` is (habits, …). A typed number that a habit would have written stands for what it
        kept; any other stands for itself, or with no `slips` for what should have been written.
        """
        if step.op in COPIES and field is None:
            return made
        typed = np.full(made.shape[1:], np.nan) if field is None else field.values
        written, rounds = ~np.isnan(typed), self.unwritten.reshape(-1, *[1] * typed.ndim)
        kept = np.where(written | rounds, self.kept(step, made), made)
        if field is None or not slips:
            return kept
        return np.where(written & ~self.writes(typed, field.units, kept), typed, kept)

    def writes(self, typed: Array | float, units: Array | float, kept: Array) -> Flags:
        """Return, (habits, …), whether each habit writes what was typed for what it kept."""
        cut = self.cut.reshape(-1, *[1] * (kept.ndim - 1))
        rounded = np.abs(typed - kept) <= np.multiply(units, 0.5 + 1e-6) + 1e-12
        lost = np.abs(kept) - np.abs(typed)
        cut_off = (lost >= -1e-6 * np.asarray(units)) & (lost < np.multiply(units, 1 - 1e-9))
        return np.where(cut, cut_off & (typed * kept >= 0), rounded)


class RoundingToDigits(Rounding):
    """The same for those who round to so many significant digits, whatever the decimals."""

    def __init__(self, digits: int):
        super().__init__(digits - 1, BY_DIGITS)  # decimals, with one digit before the point

    def _rounded(self, values: Array, scale: Array, below: Array, rows: Rows = _EVERY) -> Array:
        first = np.floor(np.log10(np.maximum(np.abs(values), _SMALLEST)) + _HALFWAY)
        power = 10.0**first
        return np.asarray(super()._rounded(values / power, scale, below, rows) * power)
