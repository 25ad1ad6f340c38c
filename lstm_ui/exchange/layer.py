"""A layer of a file as an exercise: every way to read it, and its own inputs.

Where the file says what it is, that is taken, and where no cell here gives its h, that is said.
Where it does not say, there are several ways, and the page asks which.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.cells import cell_named, facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS
from lstm_core.frameworks.convert import Conversion, FoundLayer, conversion_of
from lstm_core.frameworks.find import READABLE, alternatives
from lstm_core.frameworks.frameworks import UNSURE
from lstm_core.lesson.words import words
from lstm_core.text.numerals import numeral
from lstm_core.variants.changes import variant
from lstm_files.weights.file import LayerFacts, WeightFile
from lstm_files.weights.inputs import inputs_of

SHOWN_UNITS = 6
_CHOOSING = ("keras", "onnx", "onnx, numbered")  # a layer there may have other activations
_OWN = READABLE["by hand, [h, x]"].title  # our own names without our own file
_UNKNOWN = LayerFacts()
WORDS = words("exchange")


@dataclass(frozen=True, eq=False)
class Chosen:
    """One layer of the file, and the part of it that is wanted."""

    found: FoundLayer
    units: range
    inputs: range


def facts_of(file: WeightFile, found: FoundLayer) -> LayerFacts:
    """Return what the file says of a layer; nothing known where it says nothing."""
    places = [place for place in file.facts if found.place.startswith(f"{place}/")]
    return file.facts[max(places, key=len)] if places else _UNKNOWN


def ways(file: WeightFile, chosen: Chosen) -> list[Conversion]:
    """Return every way to read the layer that the file does not exclude, the likeliest first.

    Ways that come to the same numbers in the same cell are one. Raises ValueError, in one plain
    sentence, where the file says that no cell here gives its h.
    """
    said = facts_of(file, chosen.found)
    if said.refusal:
        raise ValueError(said.refusal)
    kept: list[Conversion] = []
    for found in alternatives(file.arrays, chosen.found):
        other_order = file.order and "[x, h]" in READABLE[found.framework].title
        if other_order or said.cell not in ("", found.cell):
            continue
        way = conversion_of(file.arrays, found, chosen.units, chosen.inputs)
        if not any(_same(way, other) for other in kept):
            kept.append(way)
    if not kept:
        raise ValueError(f"The file says that it is a {said.cell}, and its arrays do not fit one.")
    return kept


def _same(way: Conversion, other: Conversion) -> bool:
    return way.found.cell == other.found.cell and all(
        np.array_equal(way.params[name], other.params[name]) for name in way.params
    )


def title_of(way: Conversion) -> str:
    """Return what tells a way from the others: the layout, and what the cell does."""
    cell = way.found.cell
    what = WORDS.text("cell", cell) if WORDS.has("cell", cell) else ""
    layout = _OWN if way.found.framework == "lstm_core" else READABLE[way.found.framework].title
    return ": ".join(filter(None, (layout, what)))


def exercise_of(way: Conversion, file: WeightFile, name: str) -> Exercise:
    """Return an exercise with the converted weights, and the file's own inputs and states.

    Where it has none, x is an example, and states start at 0, as frameworks have them.
    """
    found = way.found
    cell = variant(cell_named(found.cell, way.order), facts_of(file, found).changes)
    own = inputs_of(file.arrays, found.n, found.m, found.r)
    xs = PRESETS["unsaturated"].resized(m=len(way.inputs))[0].xs
    if own.xs is not None:
        xs = own.xs[:, way.inputs.start : way.inputs.stop]
        xs = xs[::-1] if is_backwards(file, found) else xs
    start = {
        state: own.start.get(state, np.zeros(found.n))[way.units.start : way.units.stop]
        for state in cell.states
    }
    if cell.projected:  # h has an entry for each row of W_p
        r = len(way.params["W_p"])
        start["h_prev"] = own.start.get("h_prev", np.zeros(r))[:r]
    title = "".join(c for c in found.title if c.isprintable())
    return Exercise(cell, way.params, xs, start, title=title[:200], source=name[:200])


def is_backwards(file: WeightFile, found: FoundLayer) -> bool:
    """Whether the layer reads its inputs from the last to the first."""
    return facts_of(file, found).backwards or found.direction == "reverse"


def remarks(way: Conversion, file: WeightFile) -> list[str]:
    """Return everything that there is to say on how the file was read, a sentence each."""
    own = inputs_of(file.arrays, way.found.n, way.found.m, way.found.r)
    taken = [*(["x"] if own.xs is not None else []), *own.start]
    certain = bool(facts_of(file, way.found).cell)
    activations = _of_activations(way, file)
    of_inputs = WORDS.text("remark", "taken", {"names": ", ".join(taken)})
    return [
        *file.remarks,
        *(note for note in way.notes if not (certain and note in UNSURE)),
        *way.left_out,
        *activations,
        *own.remarks,
        *([WORDS.text("remark", "backwards")] if is_backwards(file, way.found) else []),
        *([of_inputs] if taken else []),
        *([WORDS.text("remark", "example")] if own.xs is None else []),
    ]


def _of_activations(way: Conversion, file: WeightFile) -> list[str]:
    """What the file says of activations that a layer may choose; nothing where it has its own."""
    found, said = way.found, facts_of(file, way.found)
    if said.changes:
        cell = variant(cell_named(found.cell, way.order), said.changes)
        return [WORDS.text("remark", "swapped", {"title": facts(cell).title})]
    if said.cell or found.framework not in _CHOOSING or found.cell == "rnn_relu":
        return []
    title = READABLE[found.framework].title
    return [WORDS.text("remark", "usual", {"framework": title})]


def compared(every: Sequence[Conversion], file: WeightFile, name: str) -> list[dict[str, str]]:
    """Return a row for each way: what h it gives at the last time step."""
    table = []
    for way in every:
        exercise = exercise_of(way, file, name)
        h = exercise.trace()[exercise.T - 1, "h"][:SHOWN_UNITS]
        row = {f"h{k}": numeral(float(x), 6) for k, x in enumerate(h, 1)}
        table.append({"read as": title_of(way), "t": str(exercise.T), **row})
    return table
