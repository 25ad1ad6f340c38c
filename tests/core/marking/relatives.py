"""The relatives of the LSTM by hand, right and with one slip: written out once more, in NumPy.

Nothing of the checker's tables is asked. Every slip says in which step it is made, what is written
there, and which codes a tutor may give it.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from lstm_core.cells import cell_named
from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from lstm_core.shapes import letters, numbers
from tests.core.marking.sheets import Made, Sheet, Values, sigma, text

N, M, T, R = 3, 2, 2, 2  # R: what a projection leaves of N


class Slip(NamedTuple):
    """A slip: the codes that are right for it, the step, and what is written there."""

    codes: str
    step: str
    made: Made


def problem(name: str, seed: int) -> Exercise:
    """Return an exercise with this cell, whose numbers are neither 0 nor large."""
    rng, cell = np.random.default_rng(seed), cell_named(name, "hx")

    def draw(*shape: int) -> Array:
        return (rng.uniform(0.15, 1.0, shape) * rng.choice((-1, 1), shape)).round(2)

    sizes = {"n": N, "m": M, "T": T, "p": 1, "r": R}
    shapes = {
        name: numbers(letters(name, cell.projected), sizes) for name in (*cell.params, *cell.states)
    }
    drawn = {name: draw(*shape) for name, shape in shapes.items()}
    return Exercise(cell, drawn, draw(T, M), drawn)


def worked(ex: Exercise, places: int, slip: Slip | None = None) -> Sheet:
    """Work the sheet out, rounding at every step; the slip is made in the first time step."""
    sheet: Sheet = {}
    state = dict(ex.start)
    for t, x in enumerate(ex.xs):
        d: Values = {**ex.params, **state, "x": x}
        for name, right in SHEETS[ex.cell.name].items():
            made = slip.made if slip and t == 0 and slip.step == name else right
            sheet[t, name] = [text(value, places) for value in made(d)]
            d[name] = np.array([float(number) for number in sheet[t, name]])
        state = {previous: d[previous.removesuffix("_prev")] for previous in ex.start}
    return sheet


def _relu(z: Array) -> Array:
    return np.maximum(z, 0)


def _gate(g: str, name: str, squash: Callable[[Array], Array]) -> dict[str, Made]:
    return {
        f"Wv_{g}": lambda d: d[f"W_{g}"] @ d["v"],
        f"z_{g}": lambda d: d[f"Wv_{g}"] + d[f"b_{g}"],
        name: lambda d: squash(d[f"z_{g}"]),
    }


def _with_peephole(g: str, state: str) -> dict[str, Made]:
    return {
        f"Wv_{g}": lambda d: d[f"W_{g}"] @ d["v"],
        f"a_{g}": lambda d: d[f"Wv_{g}"] + d[f"b_{g}"],
        f"pC_{g}": lambda d: d[f"p_{g}"] * d[state],
        f"z_{g}": lambda d: d[f"a_{g}"] + d[f"pC_{g}"],
        g: lambda d: sigma(d[f"z_{g}"]),
    }


_V: dict[str, Made] = {"v": lambda d: np.r_[d["h_prev"], d["x"]]}
_OF_V_R: dict[str, Made] = {
    "v_r": lambda d: np.r_[d["reset_h"], d["x"]],
    "Wv_h": lambda d: d["W_h"] @ d["v_r"],
    "z_h": lambda d: d["Wv_h"] + d["b_h"],
}
_MIXED: dict[str, Made] = {
    "h_tilde": lambda d: np.tanh(d["z_h"]),
    "one_minus_z": lambda d: 1 - d["z"],
    "written": lambda d: d["one_minus_z"] * d["h_tilde"],
    "kept": lambda d: d["z"] * d["h_prev"],
    "h": lambda d: d["written"] + d["kept"],
}
_STATE: dict[str, Made] = {
    "kept": lambda d: d["f"] * d["C_prev"],
    "written": lambda d: d["i"] * d["C_tilde"],
    "C": lambda d: d["kept"] + d["written"],
}
_HIDDEN: dict[str, Made] = {
    "squashed": lambda d: np.tanh(d["C"]),
    "h": lambda d: d["o"] * d["squashed"],
}
_C, _O = _gate("C", "C_tilde", np.tanh), _gate("o", "o", sigma)
SHEETS: Mapping[str, Mapping[str, Made]] = {
    "gru_before": {
        **_V,
        **_gate("z", "z", sigma),
        **_gate("r", "r", sigma),
        "reset_h": lambda d: d["r"] * d["h_prev"],
        **_OF_V_R,
        **_MIXED,
    },
    "gru_after": {
        **_V,
        **_gate("z", "z", sigma),
        **_gate("r", "r", sigma),
        "Wh_h": lambda d: d["W_h"][:, :N] @ d["h_prev"],
        "a_h": lambda d: d["Wh_h"] + d["b_hh"],
        "reset_h": lambda d: d["r"] * d["a_h"],
        "Wx_h": lambda d: d["W_h"][:, N:] @ d["x"],
        "a_x": lambda d: d["Wx_h"] + d["b_h"],
        "z_h": lambda d: d["a_x"] + d["reset_h"],
        **_MIXED,
    },
    "peephole_lstm": {
        **_V,
        **_with_peephole("f", "C_prev"),
        **_with_peephole("i", "C_prev"),
        **_C,
        **_STATE,
        **_with_peephole("o", "C"),
        **_HIDDEN,
    },
    "projected_lstm": {
        **_V,
        **_gate("f", "f", sigma),
        **_gate("i", "i", sigma),
        **_C,
        **_STATE,
        **_O,
        "squashed": _HIDDEN["squashed"],
        "cell_output": _HIDDEN["h"],
        "h": lambda d: d["W_p"] @ d["cell_output"],
    },
    "mgu": {
        **_V,
        **_gate("f", "f", sigma),
        "reset_h": lambda d: d["f"] * d["h_prev"],
        **_OF_V_R,
        "h_tilde": _MIXED["h_tilde"],
        "one_minus_f": lambda d: 1 - d["f"],
        "kept": lambda d: d["one_minus_f"] * d["h_prev"],
        "written": lambda d: d["f"] * d["h_tilde"],
        "h": _MIXED["h"],
    },
    "coupled_lstm": {
        **_V,
        **_gate("f", "f", sigma),
        "i": lambda d: 1 - d["f"],
        **_C,
        **_STATE,
        **_O,
        **_HIDDEN,
    },
    "no_forget_lstm": {
        **_V,
        **_gate("i", "i", sigma),
        **_C,
        "written": _STATE["written"],
        "C": lambda d: d["C_prev"] + d["written"],
        **_O,
        **_HIDDEN,
    },
    "rnn_tanh": {**_V, **_gate("h", "h", np.tanh)},
    "rnn_relu": {**_V, **_gate("h", "h", _relu)},
}
