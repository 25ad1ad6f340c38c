"""Sheets of answers worked out by hand, right ones and such with one known mistake.

Everything is written out once more here: the checker's own tables must not be their proof.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from lstm_core.cells import lstm
from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array

Values = dict[str, Array]
Made = Callable[[Values], Array]
Sheet = dict[tuple[int, str], list[str]]
SHORT = ("f", "i", "C_tilde", "o", "C", "h")  # what a short sheet shows


class Wrong(NamedTuple):
    """A mistake: the step where it is made, and what is written there."""

    step: str
    made: Made
    backward: bool = False


def sigma(z: Array) -> Array:
    """σ(z)."""
    return np.asarray(1 / (1 + np.exp(-z)))


def _added(d: Values) -> Array:
    out = np.zeros(len(d["x"]) + len(d["h_prev"]))
    out[: len(d["h_prev"])] = d["h_prev"]
    out[: len(d["x"])] += d["x"]
    return out


def _square_turned(W: Array) -> Array:
    n = len(W)
    return np.hstack((W[:, :n].T, W[:, n:]))


def _square(d: Values) -> Array:
    n = len(d["W_f"])
    return np.asarray(d["W_f"][:, :n] @ d["v"][:n])


def _outer(d: Values) -> Array:
    return np.asarray(np.outer(d["i"], d["C_tilde"]).sum(axis=1))


SLIPS: dict[str, Wrong] = {
    "concat-order": Wrong("v", lambda d: np.r_[d["x"], d["h_prev"]]),
    "concat-as-sum": Wrong("v", _added),
    "h-omitted": Wrong("v", lambda d: np.r_[0 * d["h_prev"], d["x"]]),
    "x-omitted": Wrong("v", lambda d: np.r_[d["h_prev"], 0 * d["x"]]),
    "states-swapped": Wrong("v", lambda d: np.r_[d["C_prev"], d["x"]]),
    "weights-transposed": Wrong("Wv_i", lambda d: _square_turned(d["W_i"]) @ d["v"]),
    "rows-shifted": Wrong("Wv_f", lambda d: np.roll(d["W_f"], 1, axis=0) @ d["v"]),
    "wrong-gate-weights": Wrong("Wv_i", lambda d: d["W_C"] @ d["v"]),
    "term-dropped": Wrong("Wv_o", lambda d: d["W_o"][:, 1:] @ d["v"][1:]),
    "shape-n-by-n": Wrong("Wv_f", _square),
    "bias-omitted": Wrong("z_f", lambda d: d["Wv_f"]),
    "bias-subtracted": Wrong("z_i", lambda d: d["Wv_i"] - d["b_i"]),
    "bias-twice": Wrong("z_C", lambda d: d["Wv_C"] + 2 * d["b_C"]),
    "bias-outside-activation": Wrong("o", lambda d: sigma(d["Wv_o"]) + d["b_o"]),
    "wrong-gate-bias": Wrong("z_o", lambda d: d["Wv_o"] + d["b_f"]),
    "tanh-for-sigmoid": Wrong("i", lambda d: np.tanh(d["z_i"])),
    "sigmoid-for-tanh": Wrong("C_tilde", lambda d: sigma(d["z_C"])),
    "not-squashed": Wrong("f", lambda d: d["z_f"]),
    "sigmoid-of-minus-z": Wrong("o", lambda d: 1 - sigma(d["z_o"])),
    "softmax-for-sigmoid": Wrong("f", lambda d: np.exp(d["z_f"]) / np.exp(d["z_f"]).sum()),
    "hard-sigmoid": Wrong("i", lambda d: np.clip(0.2 * d["z_i"] + 0.5, 0, 1)),
    "exp-for-sigmoid": Wrong("o", lambda d: np.exp(d["z_o"])),
    "gate-rounded-to-integer": Wrong("f", lambda d: np.round(sigma(d["z_f"]))),
    "derivative-for-function": Wrong("i", lambda d: sigma(d["z_i"]) * (1 - sigma(d["z_i"]))),
    "f-and-i-swapped": Wrong("kept", lambda d: d["i"] * d["C_prev"]),
    "gates-swapped": Wrong("h", lambda d: d["f"] * d["squashed"]),
    "forget-inverted": Wrong("kept", lambda d: (1 - d["f"]) * d["C_prev"]),
    "coupled-gate": Wrong("i", lambda d: 1 - d["f"]),
    "forget-term-missing": Wrong("C", lambda d: d["written"]),
    "forget-gate-skipped": Wrong("kept", lambda d: d["C_prev"]),
    "input-gate-skipped": Wrong("written", lambda d: d["C_tilde"]),
    "minus-for-plus": Wrong("C", lambda d: d["kept"] - d["written"]),
    "product-for-sum": Wrong("C", lambda d: d["kept"] * d["written"]),
    "matrix-product-for-hadamard": Wrong("kept", lambda d: 0 * d["f"] + d["f"] @ d["C_prev"]),
    "outer-product-for-hadamard": Wrong("written", _outer),
    "tanh-on-C-omitted": Wrong("squashed", lambda d: d["C"]),
    "C-prev-instead-of-C": Wrong("squashed", lambda d: np.tanh(d["C_prev"])),
    "candidate-instead-of-C": Wrong("squashed", lambda d: np.tanh(d["C_tilde"])),
    "sigmoid-on-C": Wrong("squashed", lambda d: sigma(d["C"])),
    "tanh-of-product": Wrong("h", lambda d: np.tanh(d["o"] * d["C"])),
    "output-gate-skipped": Wrong("h", lambda d: d["squashed"]),
    "sign-slip": Wrong("kept", lambda d: -d["f"] * d["C_prev"]),
    "decimal-slip": Wrong("C_tilde", lambda d: np.tanh(d["z_C"]) / 10),
    "early-rounding": Wrong("written", lambda d: d["i"].round(1) * d["C_tilde"].round(1)),
    "recurrent-path-cut": Wrong("dC", lambda d: d["dC_via_squashed"], True),
    "h-path-dropped": Wrong("dC", lambda d: d["dC_next"], True),
    "derivative-in-wrong-variable": Wrong("slope_f", lambda d: d["z_f"] * (1 - d["z_f"]), True),
    "tanh-of-tanh": Wrong("slope_squashed", lambda d: 1 - np.tanh(d["squashed"]) ** 2, True),
    "derivative-forgotten": Wrong("dz_i", lambda d: d["di"], True),
}


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


def _gate(g: str, name: str, squash: Callable[[Array], Array]) -> Iterator[tuple[str, Made]]:
    yield f"Wv_{g}", lambda d: d[f"W_{g}"] @ d["v"]
    yield f"z_{g}", lambda d: d[f"Wv_{g}"] + d[f"b_{g}"]
    yield name, lambda d: squash(d[f"z_{g}"])


FORWARD: dict[str, Made] = {
    "v": lambda d: np.r_[d["h_prev"], d["x"]],
    **dict((*_gate("f", "f", sigma), *_gate("i", "i", sigma), *_gate("C", "C_tilde", np.tanh))),
    "kept": lambda d: d["f"] * d["C_prev"],
    "written": lambda d: d["i"] * d["C_tilde"],
    "C": lambda d: d["kept"] + d["written"],
    **dict(_gate("o", "o", sigma)),
    "squashed": lambda d: np.tanh(d["C"]),
    "h": lambda d: d["o"] * d["squashed"],
}


def _back(g: str, name: str, gradient: Made, slope: Made) -> Iterator[tuple[str, Made]]:
    yield f"d{name}", gradient
    yield f"slope_{name}", slope
    yield f"dz_{g}", lambda d: d[f"d{name}"] * d[f"slope_{name}"]
    yield f"dv_via_{g}", lambda d: d[f"W_{g}"].T @ d[f"dz_{g}"]


BACKWARD: dict[str, Made] = {
    "dh": lambda d: d["seed_h"] + d["dh_next"],
    "dsquashed": lambda d: d["dh"] * d["o"],
    **dict(_back("o", "o", lambda d: d["dh"] * d["squashed"], lambda d: d["o"] * (1 - d["o"]))),
    "slope_squashed": lambda d: 1 - d["squashed"] ** 2,
    "dC_via_squashed": lambda d: d["dsquashed"] * d["slope_squashed"],
    "dC": lambda d: d["dC_next"] + d["dC_via_squashed"],
    **dict(_back("C", "C_tilde", lambda d: d["dC"] * d["i"], lambda d: 1 - d["C_tilde"] ** 2)),
    **dict(_back("i", "i", lambda d: d["dC"] * d["C_tilde"], lambda d: d["i"] * (1 - d["i"]))),
    **dict(_back("f", "f", lambda d: d["dC"] * d["C_prev"], lambda d: d["f"] * (1 - d["f"]))),
    "dv": lambda d: d["dv_via_o"] + d["dv_via_C"] + d["dv_via_i"] + d["dv_via_f"],
    "dh_prev": lambda d: d["dv"][: len(d["dh"])],
    "dC_prev": lambda d: d["dC"] * d["f"],
}


def by_hand(ex: Exercise, places: int, slip: Wrong | None = None, backward: bool = False) -> Sheet:
    """Work the sheet out, rounding at every step; the slip is made in the first time step.

    With `backward` it goes on to the gradients of L, the sum of the last h.
    """
    sheet: Sheet = {}
    frames: list[Values] = []
    state = dict(ex.start)
    for t, x in enumerate(ex.xs):
        frames.append({**ex.params, **state, "x": x})
        _fill(sheet, t, frames[t], FORWARD, slip, places)
        state = {"h_prev": frames[t]["h"], "C_prev": frames[t]["C"]}
    back = {"dh_prev": 0 * state["h_prev"], "dC_prev": 0 * state["C_prev"]}
    for t in range(ex.T)[::-1] if backward else ():
        frames[t] |= {"dh_next": back["dh_prev"], "dC_next": back["dC_prev"]}
        frames[t]["seed_h"] = np.full(ex.n, float(t == ex.T - 1))
        _fill(sheet, t, frames[t], BACKWARD, slip, places)
        back = frames[t]
    return sheet


def _fill(
    sheet: Sheet, t: int, d: Values, steps: dict[str, Made], slip: Wrong | None, k: int
) -> None:
    for name, right in steps.items():
        made = slip.made if slip and t == 0 and slip.step == name else right
        sheet[t, name] = [text(value, k) for value in made(d)]
        d[name] = np.array([float(number) for number in sheet[t, name]])
