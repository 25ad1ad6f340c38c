"""Weights from a file: which format it is, by its first bytes and its name, and who reads it.

Nothing that was pickled is ever opened: it could run a program.
"""

from collections.abc import Callable, Mapping

import numpy as np

from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.json_text import loaded
from lstm_core.shapes import letters
from lstm_files.bounds import LIMITS, MODEL, check_size, members
from lstm_files.weights.file import Arrays, WeightFile
from lstm_files.weights.h5 import MAGIC as H5
from lstm_files.weights.json_weights import json_weights
from lstm_files.weights.keras import keras_file, read_keras_archive
from lstm_files.weights.npz import MAGIC as NPY
from lstm_files.weights.npz import read_npy, read_npz
from lstm_files.weights.onnx import onnx_file
from lstm_files.weights.safetensors import looks_like_safetensors, read_safetensors
from lstm_files.weights.tables import csv_file, weight_file, xlsx_tables

_READ = (
    *("npz", "npy", "safetensors", "h5", "hdf5", "keras", "onnx", "json"),
    *("csv", "tsv", "txt", "xlsx"),
)

_PROTOCOLS = (b"\x02", b"\x03", b"\x04", b"\x05")  # of pickle, after its first byte
_PICKLED = (
    "A file of this kind can run a program when it is opened, and so is not opened here; in "
    "Python, safetensors.torch.save_file(model.state_dict(), “model.safetensors”) writes one "
    "that is."
)
_REFUSED = dict.fromkeys(("pt", "pth", "pkl", "pickle", "bin", "ckpt", "joblib"), _PICKLED)
EXTENSIONS = (*_READ, *_REFUSED)  # what is refused is offered too: its sentence says what to do


def read_weights(data: bytes, name: str) -> Arrays:
    """Return the arrays in a file by name; errors as for `open_weights`."""
    return open_weights(data, name).arrays


def open_weights(data: bytes, name: str) -> WeightFile:
    """Return what a file holds; its content decides how, and its extension where it cannot.

    Read are .npz and .npy, .safetensors, Keras's .weights.h5, .h5 and .keras, .onnx, JSON (an
    exercise, or lists by name), and CSV and XLSX with each matrix under its name. Raises
    ValueError, in one plain sentence, for what is too large, damaged, or of a kind that is not
    opened.
    """
    check_size(data, MODEL if data.startswith((b"PK", H5)) else LIMITS)
    kind = _extension(name)
    if kind in _REFUSED:
        raise ValueError(_REFUSED[kind])
    reader = next(reader for recognised, reader in _READERS if recognised(data, kind))
    found = reader(data, name)
    file = found if isinstance(found, WeightFile) else WeightFile(found)
    if not file.arrays:
        raise ValueError("This file holds no numbers; expected weights.")
    return file


def _extension(name: str) -> str:
    return name.lower().rpartition(".")[2]


def _archive(data: bytes, name: str) -> Arrays | WeightFile:
    """An .npz, an .xlsx, a .keras file or a pickled model: all of them are zip archives."""
    names = members(data, MODEL).keys()
    if any(member.endswith(".pkl") for member in names):
        raise ValueError(_PICKLED)
    if "[Content_Types].xml" in names:
        return weight_file(xlsx_tables(data))
    return read_keras_archive(data) if "config.json" in names else _in_order(read_npz(data))


def _in_order(arrays: Arrays) -> Arrays:
    """Put the columns in the order [h, x] where this app's own export shows that it is [x, h]."""
    v, xs, h = (arrays.get(name, np.zeros(0)) for name in ("v", "xs", "h_prev"))
    if not (v.ndim == xs.ndim == 2 and h.ndim == 1 and len(v) and len(xs)):
        return arrays
    given, hx, xh = v[0], np.concatenate([h, xs[0]]), np.concatenate([xs[0], h])
    if np.array_equal(given, hx) or not np.array_equal(given, xh):
        return arrays
    of_v = [
        k for k, W in arrays.items() if letters(k) == ("n", "n+m") and W.shape[1:] == v[0].shape
    ]
    return arrays | {name: np.roll(arrays[name], len(h), axis=1) for name in of_v}


def _pickled(data: bytes, name: str) -> Arrays:
    raise ValueError(_PICKLED)


def _one(data: bytes, name: str) -> Arrays:
    return {name[: -len(".npy")] if name.lower().endswith(".npy") else name: read_npy(data, name)}


def _json(data: bytes, name: str) -> WeightFile:
    """The arrays of an exercise, the columns of every W in the order [h, x]; or lists by name."""
    text = data.decode("utf-8-sig", "replace")
    try:
        record = loaded(text)
    except ValueError:
        record = None
    if isinstance(record, Mapping) and not {"cell", "params", "xs"} & record.keys():
        return json_weights(text)
    return WeightFile({**Exercise.from_json(text).reordered("hx").arrays}, order="hx")


def _is(*kinds: str) -> Callable[[bytes, str], bool]:
    return lambda data, kind: kind in kinds


def _begins(magic: bytes) -> Callable[[bytes, str], bool]:
    return lambda data, kind: data.startswith(magic)


# The first bytes come first: a name may say anything.
_READERS: tuple[
    tuple[Callable[[bytes, str], bool], Callable[[bytes, str], Arrays | WeightFile]], ...
] = (
    (_begins(b"PK"), _archive),
    (_begins(NPY), _one),
    (_begins(H5), lambda data, _: keras_file(data)),
    # Before pickle: the length of its header, of 1,152 bytes, may begin as a pickle does.
    (looks_like_safetensors, lambda data, _: read_safetensors(data)),
    (lambda data, kind: data[:1] == b"\x80" and data[1:2] in _PROTOCOLS, _pickled),
    (lambda data, kind: data.lstrip()[:1] == b"{", _json),
    (_is("npz", "keras", "xlsx"), _archive),
    (_is("npy"), _one),
    (_is("h5", "hdf5"), lambda data, _: keras_file(data)),
    (_is("onnx", "pb"), lambda data, _: onnx_file(data)),
    (_is("safetensors"), lambda data, _: read_safetensors(data)),
    (_is("json"), _json),
    (lambda data, kind: True, csv_file),
)
