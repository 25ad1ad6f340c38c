"""What is around an exercise in a stack, as text for a link.

    2f~1f1.eJx…~1b1.eJx…~3f1.eJx…

First the place of the exercise, which has a token of its own: its layer, from 1, and its direction.
Then each other lane: its place, and its token. What a lane reads is left out, since it follows from
the layers below; only where the exercise is not in the first layer, the first lane has the inputs.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from lstm_core.exercise.exercise import Exercise
from lstm_core.layers.around import Around, seen_from
from lstm_core.layers.stack import DIRECTIONS, MOST_LAYERS, Direction, Layer, Place, bare, in_time

_BETWEEN = "~"
_PLACE = re.compile(r"([1-9])([fb])(.*)")
_MOST = 60_000  # characters; a link holds a tenth of that
_BROKEN = "it was cut short, or changed on its way."


def to_token(around: Around) -> str:
    """Return the text; ValueError for a cell that has no written form."""
    lanes = [
        lane_name(place) + lane.token() for place, lane in _lanes(around) if place != around.at
    ]
    return _BETWEEN.join([lane_name(around.at), *lanes])


def short_token(around: Around, most: int) -> str | None:
    """Return the token where it has no more than `most` characters, else None, much sooner."""
    lanes = (lane for place, lane in _lanes(around) if place != around.at)
    if any(lane.short_token(most) is None for lane in lanes):
        return None
    return token if len(token := to_token(around)) <= most else None


def from_token(text: str, exercise: Exercise) -> tuple[Exercise, Around]:
    """Return the exercise with what it reads in its place, and what is around it.

    `exercise` is the one at that place. Raises ValueError, in one plain sentence, where the text is
    broken, or the layers do not fit.
    """
    try:
        around = _read(text, exercise)
        stack = around.stack(exercise)
        if stack[around.at].m != exercise.m:
            raise ValueError(f"layer {around.at.layer + 1} does not fit the one below.")
    except ValueError as error:
        raise ValueError(f"The other layers in this link cannot be read: {error}") from error
    return stack[around.at], around


def lane_of(text: str, exercise: Exercise, around: Around) -> tuple[Exercise, Around]:
    """Return the lane that a text names, 2b, and what is around it; without a text, the same one.

    Raises ValueError where there is no such lane, or it cannot be run.
    """
    place, rest = _place(text) if text else (around.at, "")
    if rest:
        raise ValueError(_BROKEN)
    return (exercise, around) if place == around.at else seen_from(around.stack(exercise), place)


def lane_name(place: Place) -> str:
    """Return the text that names a lane: 2b is the backward one of layer 2."""
    return f"{place.layer + 1}{place.direction[0]}"


def _read(text: str, exercise: Exercise) -> Around:
    if len(text) > _MOST:
        raise ValueError("they are too long.")
    first, *rest = text.split(_BETWEEN)
    if len(rest) > 2 * MOST_LAYERS:
        raise ValueError(_BROKEN)
    at, empty = _place(first)
    lanes = {place: Exercise.from_token(token) for place, token in map(_place, rest)}
    if empty or at in lanes or len(lanes) < len(rest):
        raise ValueError(_BROKEN)
    inputs = min(lanes, key=_rank, default=at)
    xs = in_time(inputs.direction, lanes[inputs].xs) if at.layer and not inputs.layer else None
    every = {place: bare(lane) for place, lane in lanes.items()} | {at: bare(exercise)}
    return Around(tuple(_layers(every)), at, xs)


def _layers(lanes: dict[Place, Exercise]) -> Iterable[Layer]:
    """The layers from the first up, each with the lanes that it has."""
    for k in range(max(place.layer for place in lanes) + 1):
        found: Layer = {way: lanes[Place(k, way)] for way in DIRECTIONS if Place(k, way) in lanes}
        if not found:
            raise ValueError(_BROKEN)
        yield found


def _lanes(around: Around) -> list[tuple[Place, Exercise]]:
    """Every lane with its place; the first one has the inputs, where the exercise has not."""
    found = [
        (Place(k, way), layer[way])
        for k, layer in enumerate(around.layers)
        for way in DIRECTIONS
        if way in layer
    ]
    if around.xs is not None:
        place, lane = found[0]
        found[0] = place, replace(lane, xs=in_time(place.direction, around.xs))
    return found


def _rank(place: Place) -> tuple[int, int]:
    return place.layer, DIRECTIONS.index(place.direction)


def _place(text: str) -> tuple[Place, str]:
    """Return the place that a text begins with, and what follows."""
    if not (found := _PLACE.fullmatch(text)) or int(found[1]) > MOST_LAYERS:
        raise ValueError(_BROKEN)
    direction: Direction = "forward" if found[2] == "f" else "backward"
    return Place(int(found[1]) - 1, direction), found[3]
