"""Inputs made by a rule, to see what a cell does with them over time."""

from collections.abc import Callable, Mapping

import numpy as np

from lstm_core.ops import Array

WAVE = 12  # time steps in one period of the sine


def _pulse(t: Array, k: Array, T: int) -> Array:
    return np.asarray(t == k, np.float64)


def _step(t: Array, k: Array, T: int) -> Array:
    return np.asarray(t >= (k + 1) * T // (2 * (k.max() + 1)), np.float64)


def _sine(t: Array, k: Array, T: int) -> Array:
    return np.asarray(np.sin(2 * np.pi * (t / WAVE + k / (2 * (k.max() + 1)))))


def _counts(t: Array, k: Array, T: int) -> Array:
    """Cases in an outbreak, in tens: they rise, fall, and are over; each input starts later."""
    peak, width = T * (0.3 + 0.2 * k / (k.max() + 1)), max(1.0, T / 10)
    return np.asarray(np.round(9 * np.exp(-(((t - peak) / width) ** 2))) / 10)


SIGNALS: Mapping[str, Callable[[Array, Array, int], Array]] = {
    "pulse": _pulse,
    "step": _step,
    "sine": _sine,
    "counts": _counts,
}


def signal(kind: str, T: int, m: int) -> Array:
    """Return inputs xs (T, m) of a kind: a pulse, a step, a sine, or the counts of an outbreak.

    Input k + 1 has the same signal as input 1, later. Numbers have at most three decimals, so that
    they can be read and typed. KeyError for a kind that SIGNALS does not have.
    """
    t, k = np.arange(T, dtype=float)[:, None], np.arange(m, dtype=float)[None, :]
    return np.round(SIGNALS[kind](t, k, T), 3) + 0.0  # + 0.0: no −0
