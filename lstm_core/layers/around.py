"""A stack seen from one of its lanes: that one is the exercise on screen, the others lie around it.

Pages show one exercise. What is around it holds nothing that can be worked out: x of a layer
follows from the layers below, so an edit in one layer is seen in all above it.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType

from lstm_core.exercise.exercise import Exercise
from lstm_core.layers.stack import DIRECTIONS, Layer, Place, Stack, bare, in_time
from lstm_core.ops import Array


@dataclass(frozen=True, eq=False)
class Around:
    """The layers around the exercise at the place `at`, without what they read.

    At that place itself stands an older state of the exercise, which counts for nothing. `xs` are
    the stack's inputs (T, m), None where the exercise is in the first layer and has them itself.
    """

    layers: tuple[Layer, ...]
    at: Place
    xs: Array | None = None

    @property
    def is_alone(self) -> bool:
        """Whether there is no other lane than the exercise's own, read forward."""
        return len(self.layers) == 1 and [*self.layers[0]] == ["forward"]

    def stack(self, exercise: Exercise) -> Stack:
        """Return the whole stack with this exercise in its place.

        A layer that is too narrow or too wide for the one below is resized, as `fitted` says.
        """
        layers = [printed(layer, exercise.decimals) for layer in self.holding(exercise)]
        return fitted(self.inputs(exercise), layers)

    def lowest(self, exercise: Exercise) -> Stack:
        """Return the lowest layers alone: as many as can be run, where the whole stack cannot."""
        layers = self.holding(exercise)
        for count in range(len(layers) - 1, 0, -1):
            with suppress(ValueError):
                return fitted(self.inputs(exercise), layers[:count])
        raise ValueError("Layer 1 cannot be run.")

    def holding(self, exercise: Exercise) -> list[Layer]:
        """Return the layers with this exercise in its place."""
        found = [*self.layers]
        found[self.at.layer] = {**found[self.at.layer], self.at.direction: exercise}
        return found

    def inputs(self, exercise: Exercise) -> Array:
        """Return the inputs of the stack (T, m), in its order of time."""
        return in_time(self.at.direction, exercise.xs) if self.xs is None else self.xs


def alone(exercise: Exercise) -> Around:
    """Return what is around an exercise that is the only layer: nothing."""
    return Around(({"forward": bare(exercise)},), Place())


def seen_from(stack: Stack, place: Place) -> tuple[Exercise, Around]:
    """Return the exercise at a place of a stack, and what is around it."""
    layers = tuple(
        MappingProxyType({way: bare(lane) for way, lane in layer.items()}) for layer in stack.layers
    )
    return stack[place], Around(layers, place, stack.xs if place.layer else None)


def first_of(around: Around, exercise: Exercise) -> tuple[Exercise, Around]:
    """Return the first layer as the exercise, its forward lane if it has one, and what is around.

    Nothing has to be run for that: only what this layer reads is needed.
    """
    layers, xs = around.holding(exercise), around.inputs(exercise)
    place = Place(0, next(way for way in DIRECTIONS if way in layers[0]))
    if place == around.at:
        return exercise, around
    lane = replace(_resized(0, layers[0][place.direction], xs.shape[1]), decimals=exercise.decimals)
    others = tuple({way: bare(one) for way, one in layer.items()} for layer in layers)
    return replace(lane, xs=in_time(place.direction, xs)), Around(others, place)


def fitted(xs: Array, layers: Sequence[Layer]) -> Stack:
    """Return a stack whose lanes all read as many numbers as there are.

    Where that is not so, columns of every W go, or come with small random numbers, as in
    `Exercise.resized`: so the same layers always give the same stack. ValueError as for Stack.
    """
    width, found = xs.shape[1], []
    for k, layer in enumerate(layers):
        found.append({way: _resized(k, lane, width) for way, lane in layer.items()})
        width = sum(lane.start["h_prev"].size for lane in found[-1].values())
    return Stack(xs, found)


def _resized(layer: int, lane: Exercise, m: int) -> Exercise:
    if lane.m == m:
        return lane
    try:
        return lane.resized(m=m)[0]
    except ValueError as error:
        raise ValueError(f"Layer {layer + 1} would read {m} numbers: {error}") from error


def printed(layer: Layer, decimals: int | None) -> Layer:
    """Return a layer whose numbers are shown with so many decimals; both lanes in their order."""
    return {
        way: lane if lane.decimals == decimals else replace(lane, decimals=decimals)
        for way, lane in ((way, layer[way]) for way in DIRECTIONS if way in layer)
    }


def with_inputs_of(one: Exercise, other: Exercise) -> Exercise:
    """Return the other exercise with the inputs of the one: it reads them whatever it was given."""
    fits = other if other.m == one.m else other.resized(m=one.m)[0]
    return replace(fits, xs=one.xs)
