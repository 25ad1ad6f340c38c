"""Keras's weights: HDF5, alone or within a .keras archive, and what its config says of each layer.

Weights alone say nothing of activations: a .keras file does, and its config is read, not run.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from numpy.typing import NDArray

from lstm_core.exercise.json_text import loaded
from lstm_files.bounds import members
from lstm_files.weights.file import LayerFacts, WeightFile
from lstm_files.weights.h5 import read_h5, root_text

_INSIDE, _CONFIG = "model.weights.h5", "config.json"
_TRAINING = ("optimizer/", "optimizer_weights/")
_DEPTH = 16  # of models within models
_LONGEST = 4_000_000  # bytes of a config
_CELLS = {"LSTM": "lstm", "GRU": "gru", "SimpleRNN": "rnn"}
_WRAPPED = {"layer", "forward_layer"}
_UNMATCHED = (
    "What this file says of its layers, their activations and direction, could not be matched to "
    "their weights: Keras's defaults are taken."
)
_NO_CELL = (
    "This layer has {what} instead of {usual}, which no cell here has: its h would be another."
)


def read_keras(data: bytes) -> dict[str, NDArray[Any]]:
    """Return the weights of a .weights.h5 or .h5 file by their path, without the optimizer's."""
    arrays = read_h5(data)
    return {path: array for path, array in arrays.items() if not path.startswith(_TRAINING)}


def keras_file(data: bytes) -> WeightFile:
    """Return the weights of an HDF5 file, with what its model's config says, where it holds one."""
    facts = dict(layer_facts(root_text(data, "model_config"), by_name=True))
    return WeightFile(read_keras(data), facts=facts)


def read_keras_archive(data: bytes) -> WeightFile:
    """Return the weights within a .keras file, with what its config says of the layers.

    Raises ValueError, in one plain sentence, where it holds none.
    """
    found = members(data)
    if _INSIDE not in found:
        raise ValueError("This .keras file holds no weights; save the model once more.")
    arrays = read_keras(found[_INSIDE].read())
    config = b""
    if _CONFIG in found and found[_CONFIG].size <= _LONGEST:
        config = found[_CONFIG].read()
    facts = facts_for(config, arrays)
    lost = not facts and any(layer_facts(config))
    return WeightFile(arrays, (_UNMATCHED,) if lost else (), facts)


def facts_for(config: bytes, paths: Iterable[str]) -> dict[str, LayerFacts]:
    """Return what a config says, by the paths that the weights have.

    Some versions of Keras number the layers there by their class, others take their own names.
    """
    known = tuple(paths)
    for own_names in (False, True):
        facts = dict(layer_facts(config, own_names=own_names))
        if all(any(path.startswith(f"{place}/") for path in known) for place in facts):
            return facts
    return {}


def layer_facts(
    config: bytes, by_name: bool = False, own_names: bool = False
) -> Iterator[tuple[str, LayerFacts]]:
    """Give what a model's config says of each recurrent layer, by its path among the weights.

    An archive numbers the layers by their class, layers/lstm_1, or has their `own_names` there; one
    HDF5 file has them `by_name`, and nothing before it.
    """
    try:
        model = loaded(config.decode("utf-8", "replace"))
    except ValueError:
        return  # the weights can still be read: nothing is said of their layers
    if by_name:
        yield from _named_layers(model, 0)
    else:
        yield from _of_model(model, "", 0, own_names)


def _named_layers(model: Any, depth: int) -> Iterator[tuple[str, LayerFacts]]:
    """The layers of a model by their own names, under which one HDF5 file keeps their weights."""
    layers = _inside(_inside(model, "config"), "layers")
    for layer in layers if isinstance(layers, list) and depth <= _DEPTH else []:
        path = f"model_weights/{_inside(_inside(layer, 'config'), 'name')}"
        if _inside(layer, "class_name") == "Bidirectional":
            # Both directions lie under this one name: which is which, the names below it say.
            for _, facts in _of_layer(_inside(_inside(layer, "config"), "layer"), path, depth):
                yield path, LayerFacts(facts.cell, False, facts.refusal)
        else:
            yield from _of_layer(layer, path, depth)


def _of_model(
    model: Any, path: str, depth: int, own_names: bool = False
) -> Iterator[tuple[str, LayerFacts]]:
    """Go through the layers as Keras numbers them: lstm, lstm_1, … by their class."""
    layers = _inside(_inside(model, "config"), "layers")
    if not isinstance(layers, list) or depth > _DEPTH:
        return
    count: Counter[str] = Counter()
    for layer in layers:
        kind = _snake(str(_inside(layer, "class_name") or ""))
        number = f"_{count[kind]}" if count[kind] else ""
        count[kind] += 1
        name = _inside(_inside(layer, "config"), "name") if own_names else f"{kind}{number}"
        yield from _of_layer(layer, f"{path}layers/{name}", depth, own_names)


def _of_layer(
    layer: Any, path: str, depth: int, own_names: bool = False
) -> Iterator[tuple[str, LayerFacts]]:
    kind, config = _inside(layer, "class_name"), _inside(layer, "config")
    if not isinstance(config, Mapping) or depth > _DEPTH:
        return
    if kind in _CELLS:
        yield path, _facts(str(kind), config)
    elif kind == "Bidirectional":
        for _, facts in _of_layer(config.get("layer"), path, depth + 1):
            yield f"{path}/forward_layer", facts
            yield f"{path}/backward_layer", LayerFacts(facts.cell, True, facts.refusal)
    else:
        yield from _of_model(layer, f"{path}/", depth + 1, own_names)


def _facts(kind: str, config: Mapping[str, Any]) -> LayerFacts:
    backwards = config.get("go_backwards") is True
    squash = _function(config.get("activation", "tanh"))
    gates = _function(config.get("recurrent_activation", "sigmoid"))
    refusal = ""
    if gates != "sigmoid":
        refusal = _NO_CELL.format(what=f"{gates:.40} for its gates", usual="σ")
    elif squash != "tanh" and not (kind == "SimpleRNN" and squash == "relu"):
        refusal = _NO_CELL.format(what=f"{squash:.40} as its activation", usual="tanh")
    cell = _CELLS[kind]
    if kind == "GRU":
        cell = "gru_before" if config.get("reset_after") is False else "gru_after"
    elif kind == "SimpleRNN":
        cell = f"rnn_{squash}" if squash == "relu" else "rnn_tanh"
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
