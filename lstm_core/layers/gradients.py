"""Backpropagation through a stack: ∂L/∂x of one layer is what reaches h of the layer below."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from lstm_core.exercise.parts import as_array
from lstm_core.gradients import backward
from lstm_core.layers.stack import Direction, Lanes, Place, Stack, hidden, in_time
from lstm_core.ops import Array
from lstm_core.shapes import written
from lstm_core.trace import Trace


@dataclass(frozen=True, eq=False)
class StackGradients:
    """dL/d(every value of every lane), in each lane's own order; `xs` is dL/d(the inputs)."""

    traces: tuple[Lanes, ...]
    xs: Array

    def trace(self, place: Place) -> Trace:
        """Return the gradients of one lane, with those of its weights in `params`."""
        return self.traces[place.layer][place.direction]


def backward_through(stack: Stack, dh: ArrayLike) -> StackGradients:
    """Return every gradient of L, given dL/d(h of the last layer) at every time step.

    `dh` has the shape of `stack.output()`: (T, n), or (T, n + n) where the last layer runs both
    ways. Raises ValueError, in one plain sentence, for another shape.
    """
    arriving, found = as_array("dh", dh), []
    if arriving.shape != (shape := stack.output().shape):
        raise ValueError(f"dh must be {written(shape)}; given {written(arriving.shape)}.")
    for lanes in reversed(stack.traces):
        grads = _through(lanes, arriving)
        found.append(grads)
        arriving = np.sum([_inputs(way, one) for way, one in grads.items()], axis=0)
    return StackGradients(tuple(reversed(found)), arriving)


def _through(lanes: Lanes, dh: Array) -> Lanes:
    """The gradients of one layer: each lane is given its own part of dL/dh."""
    widths = [hidden(way, trace).shape[1] for way, trace in lanes.items()]
    parts = np.split(dh, np.cumsum(widths)[:-1], axis=1)
    grads: Mapping[Direction, Trace] = {
        way: backward(trace, {(t, "h"): row for t, row in enumerate(in_time(way, part))})
        for (way, trace), part in zip(lanes.items(), parts, strict=True)
    }
    return MappingProxyType(grads)


def _inputs(direction: Direction, grads: Trace) -> Array:
    return in_time(direction, np.stack([frame["x"] for frame in grads.frames]))
