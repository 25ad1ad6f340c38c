"""How well are mistakes named? Sheets with one known mistake each, worked out without the table.

Run `python benchmarks/marking.py` from the root of the repository (`--problems 10000` for the
whole of it). It exits 1 if right work is called wrong, or if more than 1 % is wrongly accused.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lstm_core.cell import lstm
from lstm_core.checking import check, first_wrong
from lstm_core.exercise import Exercise
from lstm_core.ops import Array

Values = dict[str, Array]
Wrong = Callable[[Values], Array]
Sheet = dict[tuple[int, str], list[str]]


def sigma(z: Array) -> Array:
    """σ, once more: the checker's own must not be its proof."""
    return np.asarray(1 / (1 + np.exp(-z)))


def _padded(d: Values) -> Array:
    size = max(len(d["x"]), len(d["h_prev"]))
    both = [np.pad(d[name], (0, size - len(d[name]))) for name in ("x", "h_prev")]
    return np.pad(both[0] + both[1], (0, len(d["x"]) + len(d["h_prev"]) - size))


def _square_turned(W: Array) -> Array:
    n = len(W)
    return np.hstack((W[:, :n].T, W[:, n:]))


# code: the step where it is made, and what is written there.
SLIPS: dict[str, tuple[str, Wrong]] = {
    "concat-order": ("v", lambda d: np.r_[d["x"], d["h_prev"]]),
    "concat-as-sum": ("v", _padded),
    "h-omitted": ("v", lambda d: np.r_[0 * d["h_prev"], d["x"]]),
    "x-omitted": ("v", lambda d: np.r_[d["h_prev"], 0 * d["x"]]),
    "states-swapped": ("v", lambda d: np.r_[d["C_prev"], d["x"]]),
    "weights-transposed": ("Wv_i", lambda d: _square_turned(d["W_i"]) @ d["v"]),
    "rows-shifted": ("Wv_f", lambda d: np.roll(d["W_f"], 1, axis=0) @ d["v"]),
    "wrong-gate-weights": ("Wv_i", lambda d: d["W_C"] @ d["v"]),
    "term-dropped": ("Wv_o", lambda d: d["W_o"][:, 1:] @ d["v"][1:]),
    "shape-n-by-n": ("Wv_f", lambda d: d["W_f"][:, : len(d["W_f"])] @ d["v"][: len(d["W_f"])]),
    "bias-omitted": ("z_f", lambda d: d["Wv_f"]),
    "bias-subtracted": ("z_i", lambda d: d["Wv_i"] - d["b_i"]),
    "bias-twice": ("z_C", lambda d: d["Wv_C"] + 2 * d["b_C"]),
    "bias-outside-activation": ("o", lambda d: sigma(d["Wv_o"]) + d["b_o"]),
    "wrong-gate-bias": ("z_o", lambda d: d["Wv_o"] + d["b_f"]),
    "tanh-for-sigmoid": ("i", lambda d: np.tanh(d["z_i"])),
    "sigmoid-for-tanh": ("C_tilde", lambda d: sigma(d["z_C"])),
    "not-squashed": ("f", lambda d: d["z_f"]),
    "sigmoid-of-minus-z": ("o", lambda d: 1 - sigma(d["z_o"])),
    "softmax-for-sigmoid": ("f", lambda d: np.exp(d["z_f"]) / np.exp(d["z_f"]).sum()),
    "hard-sigmoid": ("i", lambda d: np.clip(0.2 * d["z_i"] + 0.5, 0, 1)),
    "exp-for-sigmoid": ("o", lambda d: np.exp(d["z_o"])),
    "gate-rounded-to-integer": ("f", lambda d: np.round(sigma(d["z_f"]))),
    "derivative-for-function": ("i", lambda d: sigma(d["z_i"]) * (1 - sigma(d["z_i"]))),
    "f-and-i-swapped": ("kept", lambda d: d["i"] * d["C_prev"]),
    "gates-swapped": ("h", lambda d: d["f"] * d["squashed"]),
    "forget-inverted": ("kept", lambda d: (1 - d["f"]) * d["C_prev"]),
    "coupled-gate": ("i", lambda d: 1 - d["f"]),
    "forget-term-missing": ("C", lambda d: d["written"]),
    "forget-gate-skipped": ("kept", lambda d: d["C_prev"]),
    "input-gate-skipped": ("written", lambda d: d["C_tilde"]),
    "minus-for-plus": ("C", lambda d: d["kept"] - d["written"]),
    "product-for-sum": ("C", lambda d: d["kept"] * d["written"]),
    "matrix-product-for-hadamard": ("kept", lambda d: np.full(len(d["f"]), d["f"] @ d["C_prev"])),
    "outer-product-for-hadamard": (
        "written",
        lambda d: np.outer(d["i"], d["C_tilde"]).sum(axis=1),
    ),
    "tanh-on-C-omitted": ("squashed", lambda d: d["C"]),
    "C-prev-instead-of-C": ("squashed", lambda d: np.tanh(d["C_prev"])),
    "candidate-instead-of-C": ("squashed", lambda d: np.tanh(d["C_tilde"])),
    "sigmoid-on-C": ("squashed", lambda d: sigma(d["C"])),
    "tanh-of-product": ("h", lambda d: np.tanh(d["o"] * d["C"])),
    "output-gate-skipped": ("h", lambda d: d["squashed"]),
    "sign-slip": ("kept", lambda d: -d["f"] * d["C_prev"]),
    "decimal-slip": ("C_tilde", lambda d: np.tanh(d["z_C"]) / 10),
    "early-rounding": ("written", lambda d: d["i"].round(1) * d["C_tilde"].round(1)),
}
WRITTEN_GATES = ("f", "i", "C_tilde", "o", "C", "h")  # what a short sheet shows
NOT_A_SLIP = "random"


def problem(seed: int, n: int = 3, m: int = 2, T: int = 2) -> Exercise:
    """Return an exercise whose gates are not saturated, without a zero, and with m ≠ n."""
    rng = np.random.default_rng(seed)

    def draw(*shape: int) -> Array:
        return (rng.uniform(0.15, 1.0, shape) * rng.choice((-1, 1), shape)).round(2)

    params = {f"W_{g}": draw(n, n + m) for g in "fiCo"} | {f"b_{g}": draw(n) for g in "fiCo"}
    start = {"h_prev": draw(n), "C_prev": draw(n)}
    return Exercise(cell=lstm(), params=params, xs=draw(T, m), start=start)


def text(value: float, places: int) -> str:
    """Write a number as a student does, with so many decimals."""
    return f"{value:.{places}f}"


def by_hand(exercise: Exercise, places: int, slip: tuple[str, Wrong] | None = None) -> Sheet:
    """Work the sheet out, rounding at every step; the slip is made in the first time step."""
    sheet: Sheet = {}
    p, state = exercise.params, dict(exercise.start)
    for t, x in enumerate(exercise.xs):
        d: Values = {**p, **state, "x": x}
        for name, right in _steps():
            wrong = slip and t == 0 and slip[0] == name
            sheet[t, name] = [text(v, places) for v in (slip[1] if wrong else right)(d)]
            d[name] = np.array([float(number) for number in sheet[t, name]])
        state = {"h_prev": d["h"], "C_prev": d["C"]}
    return sheet


def _gate(g: str, name: str, squash: Callable[[Array], Array]) -> list[tuple[str, Wrong]]:
    return [
        (f"Wv_{g}", lambda d: d[f"W_{g}"] @ d["v"]),
        (f"z_{g}", lambda d: d[f"Wv_{g}"] + d[f"b_{g}"]),
        (name, lambda d: squash(d[f"z_{g}"])),
    ]


def _steps() -> Iterator[tuple[str, Wrong]]:
    yield "v", lambda d: np.r_[d["h_prev"], d["x"]]
    yield from (*_gate("f", "f", sigma), *_gate("i", "i", sigma), *_gate("C", "C_tilde", np.tanh))
    yield "kept", lambda d: d["f"] * d["C_prev"]
    yield "written", lambda d: d["i"] * d["C_tilde"]
    yield "C", lambda d: d["kept"] + d["written"]
    yield from _gate("o", "o", sigma)
    yield "squashed", lambda d: np.tanh(d["C"])
    yield "h", lambda d: d["o"] * d["squashed"]


def rejected(problems: int, places: int) -> int:
    """Return how many right sheets have an entry that is called wrong."""
    return sum(
        first_wrong(check(ex, by_hand(ex, places))) is not None
        for ex in map(problem, range(problems))
    )


def outcome(seed: int, code: str, places: int, short: bool) -> tuple[str, set[str]] | None:
    """Return the first wrong step and the codes named there; None where the slip shows nothing."""
    exercise, slip = problem(seed), SLIPS[code]
    sheet = by_hand(exercise, places, slip)
    if sheet == by_hand(exercise, places):
        return None
    verdicts = check(
        exercise, {at: sheet[at] for at in sheet if not short or at[1] in WRITTEN_GATES}
    )
    at = first_wrong(verdicts)
    step = [v for a, v in verdicts.items() if at and (a.step, a.t) == (at.step, at.t)]
    return (at.step if at else ""), {mistake.code for v in step for mistake in v.mistakes}


def stray(problems: int, places: int) -> float:
    """Return the share of random wrong numbers for which someone is accused."""
    accused = 0
    for seed in range(problems):
        rng, exercise = np.random.default_rng((seed, 7)), problem(seed)
        sheet = by_hand(exercise, places)
        t, name = list(sheet)[rng.integers(1, len(sheet))]
        j = rng.integers(len(sheet[t, name]))
        sheet[t, name][j] = text(float(sheet[t, name][j]) + rng.uniform(-0.5, 0.5), places)
        accused += any(
            v.mistakes
            for v in check(exercise, sheet).values()
            if v.state in ("wrong", "impossible")
        )
    return accused / problems


def table(problems: int, places: int, short: bool) -> float:
    """Print one row for each code; return the share of false accusations."""
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    print(f"\n{places} decimals, {'short' if short else 'full'} sheets")
    print(f"{'code':>30} {'step':>6} {'among':>6} {'alone':>6} {'false':>6}   (%)")
    every: list[bool] = []
    for code in SLIPS:
        seen = [o for seed in range(problems) if (o := outcome(seed, code, places, short))]
        first = [step == SLIPS[code][0] for step, _ in seen]
        among, alone = [code in c for _, c in seen], [c == {code} for _, c in seen]
        false = [bool(c) and code not in c for _, c in seen]
        every += false
        for _, codes in seen:
            pairs[code].update(codes - {code} if code in codes else ())
        rates = (f"{100 * np.mean(column or [0]):6.1f}" for column in (first, among, alone, false))
        print(f"{code:>30} {' '.join(rates)}")
    for code, others in pairs.items():
        if others:
            listed = ", ".join(f"{other} ({k})" for other, k in others.most_common())
            print(f"  {code} cannot always be told from {listed}")
    print(f"false accusations: {100 * np.mean(every):.2f} %")
    return float(np.mean(every))


def main() -> int:
    """Print every table; return 1 if a requirement is missed, as an exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--problems", type=int, default=200)
    problems = parser.parse_args().problems
    wrong = 0
    for places in (2, 3, 4, 6):
        wrong += (bad := rejected(problems, places))
        print(f"{places} decimals: {bad} of {problems} right sheets rejected;", end=" ")
        print(f"{100 * stray(min(problems, 300), places):.1f} % of random numbers accused")
    few = min(problems, 20)
    false = [table(few, places, short) for places, short in ((4, False), (3, False), (4, True))]
    return int(wrong > 0 or max(false) > 0.01)


if __name__ == "__main__":
    sys.exit(main())
