"""All layers of a file as one stack: which lies on which, and which of them run both ways.

PyTorch numbers its layers, and a .keras file lists them in their order. Where a file does neither,
they are taken in the order of their names, which is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lstm_core.cells import facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS
from lstm_core.frameworks.convert import Conversion, FoundLayer
from lstm_core.frameworks.names import without_direction
from lstm_core.layers.stack import DIRECTIONS, Direction, Layer, Place, Stack
from lstm_core.lesson.words import words
from lstm_core.ops import Array
from lstm_files.weights.file import WeightFile
from lstm_files.weights.inputs import inputs_of, stacked_states
from lstm_ui.exchange.layer import Chosen, exercise_of, facts_of, is_backwards, ways

WORDS = words("exchange")
_OTHER: dict[Direction, Direction] = {"forward": "backward", "backward": "forward"}


@dataclass(frozen=True, eq=False)
class WholeFile:
    """The stack of a file, and what there is to say on how it was put together."""

    stack: Stack
    remarks: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What lies on what: layer 1, LSTM, n = 4, both ways; layer 2, …"""
        rows = "; ".join(_row_text(k, layer) for k, layer in enumerate(self.stack.layers, 1))
        known = {"rows": rows[0].upper() + rows[1:]}
        return WORDS.text("all layers", "what" if len(self.stack) > 1 else "what, one", known)

    @property
    def label(self) -> str:
        """What the button says that opens it."""
        count = len(self.stack)
        known = {"count": count}
        return WORDS.text("all layers", "button" if count > 1 else "button, one", known)


def _row_text(number: int, layer: Layer) -> str:
    lane = next(iter(layer.values()))
    known = {
        "layer": number,
        "cell": facts(lane.cell).title,
        "n": lane.n,
        "way": WORDS.text("all layers", "both" if len(layer) > 1 else next(iter(layer))),
    }
    return WORDS.text("all layers", "row", known)


def all_layers(
    file: WeightFile, found: Sequence[FoundLayer], like: Conversion, name: str
) -> WholeFile:
    """Return the stack of all layers that were found in a file.

    Where a layer can be read in several ways, it is read like the one that is on screen. Raises
    ValueError, in one plain sentence, where the layers are not on top of each other, or too large.
    """
    rows = _in_order(file, found)
    if why := _why_no_stack(file, rows):
        raise ValueError(why)
    layers: list[Layer] = []
    turned = False
    for row in rows:
        lanes = {_direction(file, one): _lane(file, one, like, name) for one in row}
        layers.append(_turned(lanes) if turned else lanes)
        turned ^= _turns(file, row)
    xs = _inputs(file, rows[0][0])
    stack = Stack(xs, _with_states(file, layers))
    return WholeFile(stack, tuple(_remarks(file, found, rows, turned)))


def _in_order(file: WeightFile, found: Sequence[FoundLayer]) -> list[list[FoundLayer]]:
    """The layers from the first up, each with its one or two lanes."""
    keys = [_key(one) for one in found]
    rows = [
        [one for one, of in zip(found, keys, strict=True) if of == key]
        for key in dict.fromkeys(keys)
    ]
    listed = [*file.facts]

    def place(row: list[FoundLayer]) -> int:
        return min(
            (k for k, at in enumerate(listed) if row[0].place.startswith(f"{at}/")), default=0
        )

    return sorted(rows, key=place)


def _key(one: FoundLayer) -> tuple[str, int]:
    return without_direction(one.place), one.layer


def _why_no_stack(file: WeightFile, rows: Sequence[Sequence[FoundLayer]]) -> str:
    """Why the layers of a file are not simply on top of each other; nothing where they are."""
    for k, row in enumerate(rows):
        facts = facts_of(file, row[0])
        if k and facts.between:
            return WORDS.text("all layers", "between", {"layer": k + 1, "what": facts.between})
        if len(row) > 1 and facts.joins != "concat":
            return WORDS.text("all layers", "joins", {"layer": k + 1, "how": facts.joins})
        if k and len(row) > 1 and any(_turns(file, below) for below in rows[:k]):
            return WORDS.text("all layers", "turned below both", {"layer": k + 1})
    return ""


def _direction(file: WeightFile, one: FoundLayer) -> Direction:
    return "backward" if is_backwards(file, one) else "forward"


def _turns(file: WeightFile, row: Sequence[FoundLayer]) -> bool:
    """Whether a layer hands its h on in the order in which it read: Keras, with go_backwards."""
    return len(row) == 1 and facts_of(file, row[0]).backwards and row[0].framework == "keras"


def _turned(lanes: Layer) -> Layer:
    """A layer above such a one reads the other way round, seen in the order of time."""
    return {_OTHER[way]: lane for way, lane in lanes.items()}


def _lane(file: WeightFile, one: FoundLayer, like: Conversion, name: str) -> Exercise:
    """One lane, without what it reads."""
    every = ways(file, Chosen(one, range(one.n), range(one.m)))
    same = [way for way in every if way.found.framework == like.found.framework]
    exact = [way for way in same if way.found.cell == like.found.cell]
    lane = exercise_of((exact or same or every)[0], replace(file, arrays=_weights(file, one)), name)
    return replace(lane, xs=np.zeros((1, one.m)))


def _weights(file: WeightFile, one: FoundLayer) -> dict[str, Array]:
    """The arrays of this layer alone: inputs and states are those of the whole file."""
    return {full: file.arrays[full] for full in one.names.values()}


def _inputs(file: WeightFile, first: FoundLayer) -> Array:
    """The file's own inputs, or an example, in their order of time."""
    own = inputs_of(file.arrays, first.n, first.m).xs
    return PRESETS["unsaturated"].resized(m=first.m)[0].xs if own is None else own


def _with_states(file: WeightFile, layers: Sequence[Layer]) -> list[Layer]:
    """The layers with the starting states of the file: as in PyTorch, a row for each lane."""
    places = [Place(k, way) for k, layer in enumerate(layers) for way in DIRECTIONS if way in layer]
    found = [dict(layer) for layer in layers]
    for state in ("h_prev", "C_prev"):
        sizes = [layers[p.layer][p.direction].start.get(state, np.zeros(0)).size for p in places]
        rows = stacked_states(file.arrays, state, sizes)
        for place, values in zip(places, rows, strict=False):
            lane = found[place.layer][place.direction]
            found[place.layer][place.direction] = lane.with_array(state, values)
    return list(found)


def _remarks(
    file: WeightFile,
    found: Sequence[FoundLayer],
    rows: Sequence[Sequence[FoundLayer]],
    turned: bool,
) -> list[str]:
    """What there is to say: the order of the layers, of time, and whose inputs these are."""
    places = {without_direction(one.place) for one in found}
    inputs = inputs_of(file.arrays, rows[0][0].n, rows[0][0].m)
    return [
        *([WORDS.text("all layers", "by name")] if len(places) > 1 and not file.facts else []),
        *([WORDS.text("all layers", "turned")] if turned else []),
        *([WORDS.text("remark", "example")] if inputs.xs is None else []),
    ]
