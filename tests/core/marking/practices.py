"""Right work, rounded in every way that people round: sheets on which nothing may be wrong.

Written out once more, with Python's decimal numbers: the checker's own rounding is not asked.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import numpy as np

from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from tests.core.marking.sheets import FORWARD, SHORT, Made, Sheet, Values

Rounding = Callable[[float, int], float]


def _decimal(mode: str) -> Rounding:
    """Round the decimal number that is meant: 0.285 is 0.285, whatever double precision holds."""

    def rounded(x: float, places: int) -> float:
        meant = Decimal(repr(round(x, 13)))
        return float(meant.quantize(Decimal(1).scaleb(-places), rounding=mode))

    return rounded


UP, EVEN, CUT = map(_decimal, (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN))


def _numpy(x: float, places: int) -> float:
    return float(np.round(x, places))


@dataclass(frozen=True)
class Practice:
    """A way to work: how numbers are rounded, with how many guard digits, and what inside a step.

    `guard` digits are carried beyond those that are written, None stands for all of them;
    `products` rounds each product before the sum, `exponentials` e^−z inside σ; by `inside`, if it
    is done otherwise there, and to `inner` digits more. W·v and z have `sums` digits more.
    """

    carry: Rounding = UP
    write: Rounding = UP
    guard: int | None = 0
    products: bool = False
    exponentials: bool = False
    inside: Rounding | None = None
    inner: int = 0
    sums: int = 0


PRACTICES: Mapping[str, Practice] = {
    "half up": Practice(),
    "half even": Practice(EVEN, EVEN),
    "Python's round": Practice(round, round),
    "NumPy's round": Practice(_numpy, _numpy),
    "all digits": Practice(guard=None),
    "guard digit": Practice(guard=1),
    "guard digit, half even": Practice(EVEN, EVEN, 1),
    "two guard digits": Practice(guard=2),
    "products rounded": Practice(products=True),
    "products rounded, half even": Practice(EVEN, EVEN, products=True),
    "products rounded, by Python": Practice(round, round, products=True),
    "products rounded, guard digit": Practice(guard=1, products=True),
    "e^−z rounded": Practice(exponentials=True),
    "e^−z rounded, half even": Practice(EVEN, EVEN, exponentials=True),
    "e^−z rounded, guard digit": Practice(guard=1, exponentials=True),
    "e^−z and products rounded": Practice(exponentials=True, products=True),
    "products rounded, to a digit more": Practice(products=True, inner=1),
    "e^−z rounded, to a digit more": Practice(exponentials=True, inner=1),
    "products cut off, their sum rounded": Practice(products=True, inside=CUT),
    "a digit more for W·v and z": Practice(sums=1),
    "cut at every step": Practice(CUT, CUT),
    "cut at the end": Practice(write=CUT, guard=None),
    "guard digit, cut at the end": Practice(write=CUT, guard=1),
}


def worked(exercise: Exercise, places: int, practice: Practice) -> Sheet:
    """Return the whole sheet, written with so many decimals by someone with this practice."""
    sheet: Sheet = {}
    state = dict(exercise.start)
    for t, x in enumerate(exercise.xs):
        d: Values = {**exercise.params, **state, "x": x}
        for name, made in FORWARD.items():
            values = _made(name, made, d, places, practice)
            more = places + practice.sums * (name[:2] in ("Wv", "z_"))
            if name != "v":  # a copy: what is given is never rounded
                values = _each(practice.carry, values, _places(practice, more))
            d[name] = values
            written = values if name == "v" else _each(practice.write, values, more)
            sheet[t, name] = [_text(value, more) for value in written]
        if t:  # what is handed on is copied as it was written
            sheet[t, "v"][: exercise.n] = sheet[t - 1, "h"]
        state = {"h_prev": d["h"], "C_prev": d["C"]}
    return sheet


def _places(practice: Practice, places: int) -> int | None:
    return None if practice.guard is None else places + practice.guard


def _each(rounding: Rounding, values: Array, places: int | None) -> Array:
    return values if places is None else np.array([rounding(float(x), places) for x in values])


def _made(name: str, made: Made, d: Values, places: int, practice: Practice) -> Array:
    gate = name.rpartition("_")[2]
    kept, inside = _places(practice, places + practice.inner), practice.inside or practice.carry
    if practice.products and name.startswith("Wv_"):
        rows = [_each(inside, row * d["v"], kept) for row in d[f"W_{gate}"]]
        return np.array([sum(row) for row in rows])
    if practice.exponentials and name in ("f", "i", "o"):
        return 1 / (1 + _each(inside, np.exp(-d[f"z_{name}"]), kept))
    return made(d)


def _text(value: float, places: int) -> str:
    return f"{value:.{places}f}" if round(value, places) == value else repr(float(value))


def to_digits(exercise: Exercise, digits: int, guard: int) -> Sheet:
    """Return the sheet of someone who rounds to significant digits, and carries `guard` more."""
    sheet: Sheet = {}
    state = dict(exercise.start)
    for t, x in enumerate(exercise.xs):
        d: Values = {**exercise.params, **state, "x": x}
        for name, made in FORWARD.items():
            d[name] = made(d)
            if name != "v":
                d[name] = np.array([float(f"{value:.{digits + guard}g}") for value in d[name]])
                sheet[t, name] = [f"{value:#.{digits}g}" for value in d[name]]
        state = {"h_prev": d["h"], "C_prev": d["C"]}
    return sheet


def in_single_precision(exercise: Exercise, digits: int) -> Sheet:
    """Return what a framework prints, which works in single precision."""
    params = {name: np.float32(array) for name, array in exercise.params.items()}
    sheet: Sheet = {}
    state = {name: np.float32(array) for name, array in exercise.start.items()}
    for t, x in enumerate(exercise.xs):
        d: Values = {**params, **state, "x": np.float32(x)}
        for name, made in FORWARD.items():
            d[name] = np.float32(made(d))
            sheet[t, name] = [f"{float(value):.{digits}g}" for value in d[name]]
        state = {"h_prev": d["h"], "C_prev": d["C"]}
    return sheet


def parts(sheet: Sheet, rng: np.random.Generator) -> Iterator[Sheet]:
    """Give the whole sheet, one with gates and states alone, and one with any steps and entries."""
    yield sheet
    yield {at: row for at, row in sheet.items() if at[1] in SHORT}
    some = {at: row for at, row in sheet.items() if rng.random() < 0.4}
    yield {at: [x if rng.random() < 0.7 else "" for x in row] for at, row in some.items()}


def various(seed: int) -> Exercise:
    """Return an exercise of any small size, whose numbers have one to three decimals."""
    from tests.core.marking.sheets import problem

    rng = np.random.default_rng((seed, 19))
    n, m, T = (int(k) for k in rng.integers((1, 1, 1), (5, 4, 4)))
    exercise = problem(seed, n, m, T)
    spread, places = float(rng.choice((1.0, 1.0, 2.0, 4.0))), int(rng.integers(1, 4))
    arrays = {
        name: np.round(array * spread * rng.uniform(0.6, 1.0, array.shape), places)
        for name, array in exercise.arrays.items()
    }
    arrays["h_prev"] = np.clip(arrays["h_prev"], -0.9, 0.9)
    return replace(exercise, params=arrays, start=arrays, xs=arrays["xs"])
