"""What is tried where no single mistake of method fits: arithmetic, and two mistakes at once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from lstm_core.marking.numbers import near
from lstm_core.marking.slips.affine import Slip, affine
from lstm_core.marking.slips.arithmetic import Guess, Rough, of_rounding, of_the_digits, rough
from lstm_core.marking.slips.chance import LOOSE, LOOSELY, SILENT, by_chance, limit
from lstm_core.marking.slips.fit import Fitting
from lstm_core.marking.slips.table import activations

Rest = Mapping[int, list[Slip]]
Guesses = Mapping[int, list[Guess]]


def arithmetic(it: Fitting, left: Sequence[int]) -> Rest:
    """Return the slips of arithmetic that fit the entries that are left, and are no accident."""
    if not left:
        return {}
    units = {float(it.units[j]) for j in left}
    coarse = {unit: rough(it.work, it.at, unit) for unit in units}
    loose = [j for j, state in enumerate(it.states) if state in LOOSELY]
    every = {j: list(_guesses(it, j, coarse.get(float(it.units[j]), []))) for j in (*left, *loose)}
    found: dict[int, list[Slip]] = defaultdict(list)
    for code in dict.fromkeys(guess.code for j in left for guess in every[j] if guess.fits):
        fits = {j: rows for j in every if (rows := _of(code, every[j]))}
        if _meant(it, code, {j: every[j] for j in fits}, left):
            for j in fits.keys() & {*left}:
                found[j].append(Slip(code, it.name, (), fits[j][0].phrase))
    return found


def _of(code: str, guesses: Sequence[Guess]) -> list[Guess]:
    return [guess for guess in guesses if guess.fits and guess.code == code]


def _guesses(it: Fitting, j: int, coarse: Rough) -> Iterator[Guess]:
    typed = it.field.typed[j]
    if typed and typed.unit:  # fractions and roots are written as they are meant
        for target in _rights(it, j):
            yield from of_the_digits(it.field.texts[j], typed, target)
            yield from of_rounding(coarse, j, typed, target)


def _rights(it: Fitting, j: int) -> list[float]:
    return list(dict.fromkeys(float(right[j]) for right in it.rights))


def _meant(it: Fitting, code: str, every: Guesses, left: Sequence[int]) -> bool:
    """Whether it is no accident that a slip fits these entries, and the loose among them."""
    entries = [j for j in left if j in every]
    tried = max(len(every[j]) for j in entries)
    own = max(sum(guess.code == code for guess in every[j]) for j in entries)
    chance = by_chance(tried, own, map(it.width, entries), len(left))
    most = limit(all(map(it.whole, entries)), strange=len(left) - len(entries))
    return chance * LOOSE ** (len(every) - len(entries)) <= most


def two_at_once(it: Fitting, j: int) -> list[Slip]:
    """Return a slip of the bias and one of the activation that fit together."""
    z = it.step.inputs[0]
    totals = [z_ for *_, z_, _ in affine(it.work.cell)]
    if z not in totals or len(it.step.inputs) > 1 or it.work.number((it.t, z), j):
        return []
    biases = [slip for slip in it.slips if slip.where == z]
    pairs = [(bias, squash) for bias in biases for squash in activations(it.work.cell, it.step)]
    fits = [pair for pair in pairs if _both(it, *pair, j)]
    if len({(b.code, a.code) for b, a in fits}) != 1 or len(pairs) * it.width(j) > SILENT:
        return []
    return list(fits[0])


def _both(it: Fitting, bias: Slip, squash: Slip, j: int) -> bool:
    z = it.work.carried.made(it.t, bias.changes[0])
    value = float(squash.changes[0].op.forward(z)[j])
    typed, unit = float(it.typed[j]), float(it.units[j])
    apart = all(abs(value - right) >= unit * (1 - 1e-6) for right in _rights(it, j))
    return apart and near(typed, value, unit)
