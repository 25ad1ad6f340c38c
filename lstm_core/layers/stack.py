"""A stack: the h of one layer is the x of the next, and each layer runs forward, backward or both.

A layer that runs backward reads the same inputs from the last time step to the first: its exercise
has them in that order, so its time step 0 is the stack's last one. Where a layer runs both ways,
what it hands on at a time step is h of the forward lane, then h of the backward lane, of that time
step: as PyTorch and Keras join them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.parts import as_array
from lstm_core.ops import Array
from lstm_core.trace import Trace

Direction = Literal["forward", "backward"]
Layer = Mapping[Direction, Exercise]  # one lane, or both
Lanes = Mapping[Direction, Trace]

DIRECTIONS: tuple[Direction, ...] = ("forward", "backward")  # in the order in which h is joined
MOST_LAYERS = 8


@dataclass(frozen=True)
class Place:
    """A lane of a stack: its layer, counted from 0 upwards, and its direction."""

    layer: int = 0
    direction: Direction = "forward"


@dataclass(frozen=True, eq=False)
class Stack:
    """Layers on top of each other, over the inputs `xs` (T, m) of the first.

    Each lane is an `Exercise`. Its xs are worked out here, in the order in which it reads them, and
    those that it was given with count for nothing. `traces` are the lanes' own, in that same order.
    Raises ValueError, in one plain sentence, where a layer cannot read what the one below hands on.
    """

    xs: Array
    layers: Sequence[Layer]
    traces: Sequence[Lanes] = field(init=False)

    def __post_init__(self) -> None:
        if not 1 <= len(self.layers) <= MOST_LAYERS:
            raise ValueError(f"A stack has 1 to {MOST_LAYERS} layers; given {len(self.layers)}.")
        x = as_array("xs", self.xs)
        object.__setattr__(self, "xs", x)
        layers: list[Layer] = []
        traces: list[Lanes] = []
        for k, layer in enumerate(self.layers):
            placed = {way: _reading(k, way, layer[way], x) for way in DIRECTIONS if way in layer}
            layers.append(MappingProxyType(placed))
            traces.append(MappingProxyType({way: one.trace() for way, one in placed.items()}))
            if k + 1 < len(self.layers):
                x = joined(k, traces[-1])
        object.__setattr__(self, "layers", tuple(layers))
        object.__setattr__(self, "traces", tuple(traces))

    def __len__(self) -> int:
        """How many layers there are."""
        return len(self.layers)

    def __getitem__(self, place: Place) -> Exercise:
        """Return the exercise of a lane, with what it reads; ValueError where there is none."""
        if place not in self.places:
            raise ValueError(f"There is no layer {place.layer + 1}, {place.direction}, here.")
        return self.layers[place.layer][place.direction]

    @property
    def places(self) -> tuple[Place, ...]:
        """All lanes: from the first layer up, in each the forward one first."""
        return tuple(Place(k, way) for k, layer in enumerate(self.layers) for way in layer)

    @property
    def T(self) -> int:
        """The number of time steps."""
        return len(self.xs)

    def trace(self, place: Place) -> Trace:
        """Return what a lane did, in the order in which it reads: see `time_of`."""
        return self.traces[place.layer][place.direction]

    def h(self, place: Place) -> Array:
        """Return h of one lane at every time step of the stack, (T, n)."""
        return hidden(place.direction, self.trace(place))

    def inputs(self, layer: int) -> Array:
        """Return x of a layer at every time step of the stack, (T, m)."""
        return self.output(layer - 1) if layer else self.xs

    def output(self, layer: int = -1) -> Array:
        """Return what a layer hands on at every time step, (T, n) or (T, n + n of both lanes)."""
        return np.concatenate([hidden(way, run) for way, run in self.traces[layer].items()], 1)


def time_of(direction: Direction, t: int, T: int) -> int:
    """Return the stack's time step at a lane's own t, or a lane's own at the stack's: both ways."""
    return T - 1 - t if direction == "backward" else t


def in_time(direction: Direction, values: Array) -> Array:
    """Return values (T, …) of a lane in the stack's order of time, or the other way round."""
    return values[::-1] if direction == "backward" else values


def hidden(direction: Direction, trace: Trace) -> Array:
    """Return h of a lane at every time step of the stack, (T, n)."""
    return in_time(direction, np.stack([frame["h"] for frame in trace.frames]))


def joined(layer: int, lanes: Lanes) -> Array:
    """Return what a layer hands on to one above it, (T, n); ValueError unless it is finite."""
    h = np.concatenate([hidden(way, trace) for way, trace in lanes.items()], axis=1)
    if not np.isfinite(h).all():
        t = int(np.argmin(np.isfinite(h).all(axis=1))) + 1
        raise ValueError(
            f"h of layer {layer + 1} is too large to be a number at t = {t}, "
            "so the layer above it has nothing to read."
        )
    return h


def _reading(layer: int, direction: Direction, lane: Exercise, x: Array) -> Exercise:
    """Return a lane with what it reads, in the order in which it reads it."""
    if lane.m != x.shape[1]:
        below = f"layer {layer} hands on" if layer else "there are"
        raise ValueError(
            f"Layer {layer + 1} reads m = {lane.m} numbers at each time step, "
            f"and {below} {x.shape[1]}."
        )
    return replace(lane, xs=in_time(direction, x))


def bare(lane: Exercise) -> Exercise:
    """Return a lane without what it reads: one time step of zeros in its place."""
    return replace(lane, xs=np.zeros((1, lane.m)))


def stacked(xs: ArrayLike, *layers: Layer | Exercise) -> Stack:
    """Return a stack over xs (T, m); an exercise alone is a layer that runs forward."""
    lanes: list[Layer] = [{"forward": one} if isinstance(one, Exercise) else one for one in layers]
    return Stack(as_array("xs", xs), lanes)
