"""Wrong work of many kinds, as an outsider would make it up: slips written out anew.

Every slip says at which step it is made and what is written there, in one entry or in all of them.
Nothing of the checker is asked; what comes after a slip follows from it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from tests.core.marking.practices import UP
from tests.core.marking.sheets import FORWARD, SHORT, Sheet, Values, sigma, text

Wrong = Callable[[Values, np.random.Generator], Array]  # (n,) what is written; NaN: as it should be


@dataclass(frozen=True)
class Kind:
    """A kind of slip: the codes that a tutor may give it, the group it is counted in, where."""

    codes: tuple[str, ...]
    group: str
    step: str
    wrong: Wrong
    later: bool = False  # made at the second time step, where another one is before it


KINDS: dict[str, Kind] = {}


def kind(name: str, codes: str, group: str, step: str, wrong: Wrong, later: bool = False) -> None:
    """Put a kind into the table."""
    KINDS[name] = Kind(tuple(codes.split()), group, step, wrong, later)


def _of(formula: Callable[[Values], Array]) -> Wrong:
    return lambda d, rng: np.asarray(formula(d))


for _g, _step, _squash in (("f", "f", sigma), ("i", "i", sigma), ("o", "o", sigma)):
    _of_z = lambda function, g=_g: _of(lambda d: function(d[f"z_{g}"]))  # noqa: E731
    kind(f"{_g}: σ(W·v)", "bias-omitted", "method", _step, _of(lambda d, g=_g: sigma(d[f"Wv_{g}"])))
    kind(f"{_g}: z", "not-squashed", "method", _step, _of_z(lambda z: z))
    kind(f"{_g}: tanh", "tanh-for-sigmoid", "method", _step, _of_z(np.tanh))
    kind(f"{_g}: σ(−z)", "sigmoid-of-minus-z", "method", _step, _of_z(lambda z: 1 - sigma(z)))
    kind(f"{_g}: e^z", "exp-for-sigmoid", "function", _step, _of_z(np.exp))
    kind(f"{_g}: e^−z", "exp-for-sigmoid", "function", _step, _of_z(lambda z: np.exp(-z)))
    kind(
        f"{_g}: 2σ−1",
        "half-argument tanh-for-sigmoid",
        "function",
        _step,
        _of_z(lambda z: 2 * sigma(z) - 1),
    )
kind("z_f: no bias", "bias-omitted", "method", "z_f", _of(lambda d: d["Wv_f"]))
kind("z_i: −b", "bias-subtracted", "method", "z_i", _of(lambda d: d["Wv_i"] - d["b_i"]))
kind("z_o: 2b", "bias-twice", "method", "z_o", _of(lambda d: d["Wv_o"] + 2 * d["b_o"]))
kind("z_C: b_o", "wrong-gate-bias", "method", "z_C", _of(lambda d: d["Wv_C"] + d["b_o"]))
kind("z_f: +1", "forget-bias-added", "method", "z_f", _of(lambda d: d["Wv_f"] + d["b_f"] + 1))
kind(
    "f: b outside",
    "bias-outside-activation",
    "method",
    "f",
    _of(lambda d: sigma(d["Wv_f"]) + d["b_f"]),
)
kind("C̃: σ", "sigmoid-for-tanh", "method", "C_tilde", _of(lambda d: sigma(d["z_C"])))
kind("C̃: tanh(W·v)", "bias-omitted", "method", "C_tilde", _of(lambda d: np.tanh(d["Wv_C"])))
for _name, _code, _f in (
    ("tan", "tan-for-tanh", np.tan),
    ("sinh", "sinh", np.sinh),
    ("atan", "atan", np.arctan),
    ("tanh(z/2)", "half-argument", lambda z: np.tanh(z / 2)),
    ("tanh(2z)", "double-argument", lambda z: np.tanh(2 * z)),
    ("tan of degrees", "tan-for-tanh", lambda z: np.tan(np.pi * z / 180)),
    ("tanh′", "derivative-for-function", lambda z: 1 - np.tanh(z) ** 2),
):
    kind(f"C̃: {_name}", _code, "function", "C_tilde", _of(lambda d, f=_f: f(d["z_C"])))
kind("tanh(C): tan", "tan-for-tanh", "function", "squashed", _of(lambda d: np.tan(d["C"])))
kind("tanh(C): C", "tanh-on-C-omitted", "method", "squashed", _of(lambda d: d["C"]))
kind("tanh(C): σ", "sigmoid-on-C", "method", "squashed", _of(lambda d: sigma(d["C"])))
kind(
    "tanh(C): C_prev",
    "C-prev-instead-of-C stale-value",
    "method",
    "squashed",
    _of(lambda d: np.tanh(d["C_prev"])),
)
kind("kept: f∘C̃", "wrong-operand", "operand", "kept", _of(lambda d: d["f"] * d["C_tilde"]))
kind(
    "kept: z∘C",
    "wrong-operand not-squashed",
    "operand",
    "kept",
    _of(lambda d: d["z_f"] * d["C_prev"]),
)
kind(
    "kept: f∘h",
    "states-swapped wrong-operand",
    "operand",
    "kept",
    _of(lambda d: d["f"] * d["h_prev"]),
)
kind("kept: i∘C", "f-and-i-swapped", "method", "kept", _of(lambda d: d["i"] * d["C_prev"]))
kind("kept: 1−f", "forget-inverted", "method", "kept", _of(lambda d: (1 - d["f"]) * d["C_prev"]))
kind("kept: C", "forget-gate-skipped", "method", "kept", _of(lambda d: d["C_prev"]))
kind("kept: f+C", "wrong-operation", "operand", "kept", _of(lambda d: d["f"] + d["C_prev"]))
kind("written: i∘C", "wrong-operand", "operand", "written", _of(lambda d: d["i"] * d["C_prev"]))
kind("written: f∘C̃", "f-and-i-swapped", "method", "written", _of(lambda d: d["f"] * d["C_tilde"]))
kind("written: C̃", "input-gate-skipped", "method", "written", _of(lambda d: d["C_tilde"]))
kind(
    "written: i∘z_C",
    "wrong-operand not-squashed",
    "operand",
    "written",
    _of(lambda d: d["i"] * d["z_C"]),
)
kind("C: kept + C̃", "input-gate-skipped", "operand", "C", _of(lambda d: d["kept"] + d["C_tilde"]))
kind(
    "C: C_prev + written",
    "forget-gate-skipped",
    "operand",
    "C",
    _of(lambda d: d["C_prev"] + d["written"]),
)
kind("C: kept", "written-term-missing", "operand", "C", _of(lambda d: d["kept"]))
kind("C: written", "forget-term-missing", "method", "C", _of(lambda d: d["written"]))
kind("C: −", "minus-for-plus sign-slip", "method", "C", _of(lambda d: d["kept"] - d["written"]))
kind("C: ×", "product-for-sum", "method", "C", _of(lambda d: d["kept"] * d["written"]))
kind(
    "C: gates swapped",
    "f-and-i-swapped",
    "operand",
    "C",
    _of(lambda d: d["i"] * d["C_prev"] + d["f"] * d["C_tilde"]),
)
kind(
    "C: tanh",
    "wrong-operation",
    "operand",
    "C",
    _of(lambda d: np.tanh(d["kept"] + d["written"])),
)
kind("h: o∘C", "tanh-on-C-omitted", "operand", "h", _of(lambda d: d["o"] * d["C"]))
kind(
    "h: o∘C̃",
    "candidate-instead-of-C wrong-operand",
    "operand",
    "h",
    _of(lambda d: d["o"] * d["C_tilde"]),
)
kind("h: f∘tanh C", "gates-swapped", "method", "h", _of(lambda d: d["f"] * d["squashed"]))
kind("h: tanh C", "output-gate-skipped", "method", "h", _of(lambda d: d["squashed"]))
kind("h: tanh(o∘C)", "tanh-of-product", "method", "h", _of(lambda d: np.tanh(d["o"] * d["C"])))
kind("h: o∘σ(C)", "sigmoid-on-C", "operand", "h", _of(lambda d: d["o"] * sigma(d["C"])))
kind(
    "h: z_o∘tanh C",
    "not-squashed wrong-operand",
    "operand",
    "h",
    _of(lambda d: d["z_o"] * d["squashed"]),
)
for _g in "fi":
    kind(
        f"Wv_{_g}: x and h mixed up",
        "concat-order",
        "operand",
        f"Wv_{_g}",
        _of(lambda d, g=_g: d[f"W_{g}"] @ np.r_[d["x"], d["h_prev"]]),
    )
kind(
    "Wv_C: C for h",
    "states-swapped",
    "operand",
    "Wv_C",
    _of(lambda d: d["W_C"] @ np.r_[d["C_prev"], d["x"]]),
)
kind("Wv_f: W_i", "wrong-gate-weights", "method", "Wv_f", _of(lambda d: d["W_i"] @ d["v"]))
kind("Wv_i: rows", "rows-shifted", "method", "Wv_i", _of(lambda d: np.roll(d["W_i"] @ d["v"], 1)))
kind(
    "Wv_o: no x",
    "x-omitted shape-n-by-n",
    "operand",
    "Wv_o",
    _of(lambda d: d["W_o"][:, :3] @ d["h_prev"]),
)
kind(
    "Wv_o: no h",
    "h-omitted shape-n-by-n",
    "operand",
    "Wv_o",
    _of(lambda d: d["W_o"][:, 3:] @ d["x"]),
)
# What is of another time step: `earlier` holds the values of the one before.
kind(
    "kept: f of t−1",
    "stale-value",
    "operand",
    "kept",
    _of(lambda d: d["earlier f"] * d["C_prev"]),
    True,
)
kind("kept: C_0", "stale-value", "operand", "kept", _of(lambda d: d["f"] * d["start C"]), True)
kind(
    "Wv_f: h_0",
    "stale-value",
    "operand",
    "Wv_f",
    _of(lambda d: d["W_f"] @ np.r_[d["start h"], d["x"]]),
    True,
)
kind(
    "Wv_f: x of t−1",
    "stale-value",
    "operand",
    "Wv_f",
    _of(lambda d: d["W_f"] @ np.r_[d["h_prev"], d["earlier x"]]),
    True,
)
kind(
    "h: o of t−1",
    "stale-value",
    "operand",
    "h",
    _of(lambda d: d["earlier o"] * d["squashed"]),
    True,
)


def _term(change: Callable[[Array, Array, int, int], float]) -> Wrong:
    """One product of one entry of W·v goes wrong: `change` gives by how much the entry is off."""

    def wrong(d: Values, rng: np.random.Generator) -> Array:
        W, v = d["W"], d["v"]
        j, k = int(rng.integers(len(W))), int(rng.integers(len(v)))
        out = np.full(len(W), np.nan)
        out[j] = (W @ v)[j] + change(W, v, j, k)
        return out

    return wrong


def _digit_off(W: Array, v: Array, j: int, k: int) -> float:
    """7·8 = 54 and not 56: the product of the last digits of both factors is one row off."""
    digit = round(abs(W[j, k]) * 100) % 10 or round(abs(W[j, k]) * 10) % 10 or 1
    return digit * 1e-3 * (1 if k % 2 else -1)


def _next_row(W: Array, j: int, k: int) -> float:
    """The factor of a row beside: not −W[j, k], which would be a sign and nothing else."""
    beside = [W[row, k] for row in (j - 1, j + 1) if 0 <= row < len(W)]
    return next((factor for factor in beside if factor != -W[j, k]), W[j, k])


for _name, _code, _by in (
    ("sign", "term-sign", lambda W, v, j, k: -2 * W[j, k] * v[k]),
    ("left out", "term-dropped", lambda W, v, j, k: -W[j, k] * v[k]),
    ("doubled", "term-doubled", lambda W, v, j, k: W[j, k] * v[k]),
    ("÷10", "term-decimal", lambda W, v, j, k: -0.9 * W[j, k] * v[k]),
    ("×10", "term-decimal", lambda W, v, j, k: 9 * W[j, k] * v[k]),
    (
        "next column",
        "term-neighbour",
        lambda W, v, j, k: (W[j, k - 1 if k else 1] - W[j, k]) * v[k],
    ),
    ("next row", "term-neighbour", lambda W, v, j, k: (_next_row(W, j, k) - W[j, k]) * v[k]),
    (
        "next entry of v",
        "term-neighbour",
        lambda W, v, j, k: W[j, k] * (v[k - 1 if k else 1] - v[k]),
    ),
    ("a wrong product", "term-product", _digit_off),
):
    for _g in "fC":
        kind(f"Wv_{_g}: {_name}", _code, "term", f"Wv_{_g}", _term(_by))


def _digits(change: Callable[[str, np.random.Generator], str]) -> Wrong:
    """One entry is written down wrong: `change` is made to the text of the right number."""

    def wrong(d: Values, rng: np.random.Generator) -> Array:
        row = d["right"]
        j = int(rng.integers(len(row)))
        out = np.full(len(row), np.nan, dtype=object)
        out[j] = change(text(row[j], int(d["places"])), rng)
        return out

    return wrong


def _at_digit(change: Callable[[str, int, np.random.Generator], str]) -> Wrong:
    def once(number: str, rng: np.random.Generator) -> str:
        places = [k for k, sign in enumerate(number) if sign.isdigit()]
        return change(number, int(rng.choice(places)), rng)

    return _digits(once)


def _another(number: str, k: int, rng: np.random.Generator) -> str:
    other = (int(number[k]) + int(rng.integers(1, 10))) % 10
    return f"{number[:k]}{other}{number[k + 1 :]}"


def _swap(number: str, rng: np.random.Generator) -> str:
    point = number.index(".")
    digits = [*number[point + 1 :]]
    k = int(rng.integers(len(digits) - 1)) if len(digits) > 1 else 0
    digits[k : k + 2] = digits[k : k + 2][::-1]
    return number[: point + 1] + "".join(digits)


def _shifted(by: int) -> Callable[[str, np.random.Generator], str]:
    def shift(number: str, rng: np.random.Generator) -> str:
        places = len(number.partition(".")[2])
        return f"{float(number) * 10.0**by:.{max(places - by, 0)}f}"

    return shift


for _step in ("z_i", "f", "written", "C", "h"):
    kind(f"{_step}: a digit", "wrong-digit", "digit", _step, _at_digit(_another))
    kind(
        f"{_step}: a digit left out",
        "digit-dropped",
        "digit",
        _step,
        _at_digit(lambda s, k, rng: s[:k] + s[k + 1 :] if k > s.index(".") else s),
    )
    kind(
        f"{_step}: a digit doubled",
        "digit-doubled",
        "digit",
        _step,
        _at_digit(lambda s, k, rng: s[: k + 1] + s[k:] if k > s.index(".") else s),
    )
    kind(f"{_step}: two digits swapped", "digits-swapped", "digit", _step, _digits(_swap))
    kind(
        f"{_step}: sign",
        "sign-slip",
        "digit",
        _step,
        _digits(lambda s, rng: s[1:] if s[0] == "-" else f"-{s}"),
    )
    kind(f"{_step}: point", "decimal-slip", "digit", _step, _digits(_shifted(1)))
    kind(f"{_step}: point left", "decimal-slip", "digit", _step, _digits(_shifted(-1)))
kind("f: percent", "percent", "digit", "f", _digits(_shifted(2)))
for _step in ("z_f", "o", "C"):
    kind(
        f"{_step}: entries interchanged",
        "entries-swapped",
        "digit",
        _step,
        lambda d, rng: np.r_[d["right"][1], d["right"][0], [np.nan] * (len(d["right"]) - 2)],
    )
kind("i: f copied", "copied wrong-gate-weights wrong-operand", "digit", "i", _of(lambda d: d["f"]))


def wrong_sheet(
    exercise: Exercise, name: str, places: int, rng: np.random.Generator, one_entry: bool
) -> tuple[Sheet, Sheet, tuple[int, str]]:
    """Return a sheet with one slip, the same without it, and where the slip was made.

    Each step is rounded; the slip is made in all entries that the kind speaks of, or in one alone.
    """
    slip = KINDS[name]
    late = int(slip.later)
    right: Sheet = {}
    wrong: Sheet = {}
    for sheet, make in ((right, False), (wrong, True)):
        state = dict(exercise.start)
        earlier: Values = {}
        for t, x in enumerate(exercise.xs):
            d: Values = {**exercise.params, **state, "x": x}
            d |= {f"start {s}": exercise.start[f"{s}_prev"] for s in "hC"}
            d |= {f"earlier {key}": value for key, value in earlier.items()}
            for step, made in FORWARD.items():
                texts = [text(UP(float(y), places), places) for y in made(d)]
                if make and t == late and step == slip.step:
                    d |= {"right": np.array([float(s) for s in texts]), "places": np.array(places)}
                    if step.startswith("Wv_"):
                        d["W"] = d[f"W_{step[3:]}"]
                    texts = _slipped(texts, slip.wrong(d, rng), places, rng, one_entry)
                sheet[t, step] = texts
                d[step] = np.array([float(s) for s in texts])
            earlier, state = d, {"h_prev": d["h"], "C_prev": d["C"]}
    return wrong, right, (late, slip.step)


def _slipped(
    texts: list[str], wrong: Array, places: int, rng: np.random.Generator, one: bool
) -> list[str]:
    new = [
        s
        if isinstance(w, float) and np.isnan(w)
        else w
        if isinstance(w, str)
        else text(UP(float(w), places), places)
        for s, w in zip(texts, wrong, strict=True)
    ]
    differ = [j for j in range(len(new)) if new[j] != texts[j]]
    if one and differ:
        keep = int(rng.choice(differ))
        new = [new[j] if j == keep else texts[j] for j in range(len(new))]
    return new


def shortened(sheet: Sheet) -> Sheet:
    """Return the gates and states alone."""
    return {at: row for at, row in sheet.items() if at[1] in SHORT}
