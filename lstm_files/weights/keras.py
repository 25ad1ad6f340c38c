"""Keras's weights: HDF5, alone or within a .keras archive, and what its config says of each layer.

Weights alone say nothing of activations: a .keras file does, and its config is read, not run.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from numpy.typing import NDArray

from lstm_core.exercise.json_text import loaded
from lstm_files.bounds import MODEL, members
from lstm_files.weights.activations import Activations, swapped
from lstm_files.weights.file import LayerFacts, WeightFile
from lstm_files.weights.h5 import read_h5, root_text

_Fact = tuple[str, LayerFacts]
_INSIDE, _CONFIG, _METADATA = "model.weights.h5", "config.json", "metadata.json"
_VERSION = "keras_version"
_TRAINING = ("optimizer/", "optimizer_weights/")
_DEPTH = 16  # of models within models
_LONGEST = 4_000_000  # bytes of a config
_CELLS = {"LSTM": "lstm", "GRU": "gru", "SimpleRNN": "rnn"}
_IDLE = {"InputLayer", "Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout"}
_IDLE |= {
    "Identity",
    "ActivityRegularization",
}  # what hands numbers on as they are, when it is used
_UNMATCHED = (
    "What this file says of its layers, their activations and direction, could not be matched to "
    "their weights: Keras's defaults are taken."
)
_APART = "This file does not hold {what} so that they can be told apart; save it as .keras."
_SQUASHES = {name: name for name in ("sigmoid", "tanh", "relu")} | {"linear": "none"}


@dataclass(frozen=True)
class _How:
    """How a config is read: the layers by their own names, or numbered by their class.

    `hard` is the operation that hard_sigmoid is in the version that wrote it, "" where that is not
    known: the slope was 1/5 up to Keras 2 and is 1/6 from Keras 3.
    """

    own_names: bool = False
    hard: str = ""


def _hard_of(version: str) -> str:
    major = version.partition(".")[0]
    return ("hard" if int(major) < 3 else "hard_six") if re.fullmatch("[0-9]{1,3}", major) else ""


def read_keras(data: bytes) -> dict[str, NDArray[Any]]:
    """Return the weights of a .weights.h5 or .h5 file by their path, without the optimizer's."""
    arrays = read_h5(data)
    return {path: array for path, array in arrays.items() if not path.startswith(_TRAINING)}


def keras_file(data: bytes) -> WeightFile:
    """Return the weights of an HDF5 file, with what its model's config says, where it holds one."""
    version = root_text(data, _VERSION).decode("ascii", "replace")
    config = root_text(data, "model_config")
    facts = dict(layer_facts(config, by_name=True, version=version))
    return WeightFile(read_keras(data), facts=facts)


def read_keras_archive(data: bytes) -> WeightFile:
    """Return the weights within a .keras file, with what its config says of the layers.

    Raises ValueError, in one plain sentence, where it holds none.
    """
    found = members(data, MODEL)
    if _INSIDE not in found:
        raise ValueError("This .keras file holds no weights; save the model once more.")
    arrays = read_keras(found[_INSIDE].read())
    config, metadata = (
        found[name].read() if name in found and found[name].size <= _LONGEST else b""
        for name in (_CONFIG, _METADATA)
    )
    facts = facts_for(config, arrays, str(_inside(_parsed(metadata), _VERSION)))
    lost = not facts and any(layer_facts(config))
    return WeightFile(arrays, (_UNMATCHED,) if lost else (), facts)


def facts_for(config: bytes, paths: Iterable[str], version: str = "") -> dict[str, LayerFacts]:
    """Return what a config says, by the paths that the weights have.

    Some versions of Keras number the layers there by their class, others take their own names.
    """
    known = tuple(paths)
    for own_names in (False, True):
        facts = dict(layer_facts(config, own_names=own_names, version=version))
        if all(any(path.startswith(f"{place}/") for path in known) for place in facts):
            return facts
    return {}


def layer_facts(
    config: bytes, by_name: bool = False, own_names: bool = False, version: str = ""
) -> Iterator[tuple[str, LayerFacts]]:
    """Give what a model's config says of each recurrent layer, by its path among the weights.

    `version` is that of the Keras that wrote it.

    An archive numbers the layers by their class, layers/lstm_1, or has their `own_names` there; one
    HDF5 file has them `by_name`, and nothing before it.
    """
    model, how = _parsed(config), _How(own_names, _hard_of(version))
    if by_name:
        yield from _named_layers(model, 0, how)
    else:
        yield from _of_model(model, "", 0, how)


def _parsed(text: bytes) -> Any:
    """Parsed JSON; None for none: the weights can be read though nothing is said of them."""
    try:
        return loaded(text.decode("utf-8", "replace"))
    except ValueError:
        return None


def _named_layers(model: Any, depth: int, how: _How) -> Iterator[tuple[str, LayerFacts]]:
    """The layers of a model by their own names, under which one HDF5 file keeps their weights."""
    layers = _inside(_inside(model, "config"), "layers")
    between = ""
    for layer in layers if isinstance(layers, list) and depth <= _DEPTH else []:
        path = f"model_weights/{_inside(_inside(layer, 'config'), 'name')}"
        found = _under_one_name(layer, path, list(_of_layer(layer, path, depth, how)))
        yield from _above(between, found)
        between = _after(layer, found, between)


def _under_one_name(layer: Any, path: str, found: list[_Fact]) -> list[_Fact]:
    """The facts of a layer that keeps all that it has under its one name.

    Which direction is which, the names below it say: those that Keras gives to a copy.
    """
    wrapper, every = _inside(layer, "class_name"), [facts for _, facts in found]
    if wrapper == "Bidirectional" and every:
        back = _inside(_inside(_inside(layer, "config"), "backward_layer"), "config")
        alike = every[0] == replace(every[-1], backwards=False)
        named = str(_inside(back, "name") or "backward_").startswith("backward_")
        why = "" if alike and named else _APART.format(what="the two directions")
    elif wrapper == "RNN" and every:
        why = _APART.format(what="the cells of one layer") if len(every) > 1 else ""
    else:
        return found
    backwards = wrapper == "RNN" and every[0].backwards
    return [(path, replace(every[0], backwards=backwards, refusal=why or every[0].refusal))]


def _of_model(model: Any, path: str, depth: int, how: _How) -> Iterator[_Fact]:
    """Go through the layers as Keras numbers them: lstm, lstm_1, … by their class."""
    layers = _inside(_inside(model, "config"), "layers")
    if not isinstance(layers, list) or depth > _DEPTH:
        return
    count: Counter[str] = Counter()
    between = ""
    for layer in layers:
        kind = _snake(str(_inside(layer, "class_name") or ""))
        number = f"_{count[kind]}" if count[kind] else ""
        count[kind] += 1
        name = _inside(_inside(layer, "config"), "name") if how.own_names else f"{kind}{number}"
        found = list(_of_layer(layer, f"{path}layers/{name}", depth, how))
        yield from _above(between, found)
        between = _after(layer, found, between)


def _above(between: str, found: Sequence[_Fact]) -> Iterator[_Fact]:
    """The facts of a layer, with what lies below it."""
    for place, facts in found:
        yield place, replace(facts, between=between or facts.between)


def _after(layer: Any, found: Sequence[_Fact], between: str) -> str:
    """What lies above the last recurrent layer, by its class."""
    kind = str(_inside(layer, "class_name") or "")
    if found or kind in _IDLE:
        return "" if found else between
    return "".join(c for c in kind if c.isprintable())[:40] or between


def _of_layer(layer: Any, path: str, depth: int, how: _How) -> Iterator[_Fact]:
    kind, config = _inside(layer, "class_name"), _inside(layer, "config")
    if not isinstance(config, Mapping) or depth > _DEPTH:
        return
    if kind in _CELLS:
        yield path, _facts(str(kind), config, how)
    elif kind == "RNN":
        yield from _of_cells(config, path, how)
    elif kind == "Bidirectional":
        yield from _both_ways(config, path, depth, how)
    else:
        yield from _of_model(layer, f"{path}/", depth + 1, how)


def _both_ways(config: Mapping[str, Any], path: str, depth: int, how: _How) -> Iterator[_Fact]:
    """The two directions: the backward one may be a layer of its own, else it is like the other."""
    joins = "".join(c for c in str(config.get("merge_mode", "concat")) if c.isprintable())[:40]
    forward = config.get("layer")
    for _, facts in _of_layer(forward, path, depth + 1, how):
        yield f"{path}/forward_layer", replace(facts, joins=joins)
    for _, facts in _of_layer(config.get("backward_layer") or forward, path, depth + 1, how):
        yield f"{path}/backward_layer", replace(facts, joins=joins, backwards=True)


def _of_cells(config: Mapping[str, Any], path: str, how: _How) -> Iterator[_Fact]:
    """A layer that is made of a cell, or of several on top of each other, LSTMCell and so on."""
    cell = config.get("cell")
    backwards = {"go_backwards": config.get("go_backwards")}
    cells = _inside(_inside(cell, "config"), "cells")
    if not isinstance(cells, list):
        yield from _of_cell(cell, path, backwards, how)
        return
    count: Counter[str] = Counter()
    for one in cells:
        kind = _snake(str(_inside(one, "class_name") or ""))
        number = f"_{count[kind]}" if count[kind] else ""
        count[kind] += 1
        # Only the first one meets the inputs, and so the order in which they are read.
        yield from _of_cell(one, f"{path}/cell/cells/{kind}{number}", backwards, how)
        backwards = {}


def _of_cell(cell: Any, path: str, more: Mapping[str, Any], how: _How) -> Iterator[_Fact]:
    kind, config = str(_inside(cell, "class_name")).removesuffix("Cell"), _inside(cell, "config")
    if kind in _CELLS and isinstance(config, Mapping):
        yield path, _facts(kind, {**config, **more}, how)


def _facts(kind: str, config: Mapping[str, Any], how: _How) -> LayerFacts:
    backwards = config.get("go_backwards") is True
    squash = _function(config.get("activation", "tanh"))
    gates = _function(config.get("recurrent_activation", "sigmoid"))
    cell = _CELLS[kind]
    if kind == "GRU":
        cell = "gru_before" if config.get("reset_after") is False else "gru_after"
    elif kind == "SimpleRNN":
        cell, gates = "rnn_relu" if squash == "relu" else "rnn_tanh", "sigmoid"
    known = _SQUASHES | {"hard_sigmoid": how.hard}
    try:
        found = Activations(known.get(gates, ""), *(known.get(squash, ""),) * 2)
        return LayerFacts(cell, backwards, changes=swapped(cell, found))
    except ValueError as error:
        said = squash if kind == "SimpleRNN" else f"{squash:.40}, and {gates:.40} for its gates"
        refusal = f"This layer has the activation {said:.100}: {error}"
        return LayerFacts(cell, backwards, refusal)


def _function(value: Any) -> str:
    """The name of an activation, which newer configs write as an object."""
    if isinstance(value, Mapping):
        value = (
            value.get("config") if isinstance(value.get("config"), str) else value.get("class_name")
        )
    return "".join(c for c in str(value) if c.isprintable())


def _inside(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, Mapping) else None


def _snake(name: str) -> str:
    """Keras's own spelling of a class: SimpleRNN is simple_rnn, LSTM is lstm."""
    parted = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", re.sub(r"\W+", "", name))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", parted).lower()
