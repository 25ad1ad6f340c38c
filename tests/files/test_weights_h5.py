import io
from itertools import pairwise

import h5py
import numpy as np
import pytest

from lstm_files.weights_h5 import read_h5
from lstm_files.weights_keras import read_keras, read_keras_archive
from tests.core.keras_oracle import QUIET, keras, layer, named, randomised
from tests.files.archives import refused, zipped

DTYPES = ["<f8", "<f4", "<f2", ">f8", ">f4", "<i8", ">i4", "i1", "u1", "<u2"]


def h5(fill, **options):
    """Return the bytes of a file that `fill` has put something into."""
    held = io.BytesIO()
    with h5py.File(held, "w", **options) as file:
        fill(file)
    return held.getvalue()


def holding(**arrays):
    return h5(lambda file: [file.create_dataset(name, data=a) for name, a in arrays.items()])


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 1, 3, 2), (0, 4)])
def test_what_h5py_wrote_is_what_is_read(dtype, shape):
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(dtype)
    (read,) = read_h5(holding(W=array)).values()
    assert (read.shape, read.dtype) == (array.shape, array.dtype)
    assert np.array_equal(read, array)
    assert not read.flags.writeable


def test_groups_within_groups_and_more_names_than_fit_into_one_leaf():
    names = [f"layers/lstm_{k}/cell/vars/{j}" for k in range(150) for j in range(3)]
    data = h5(lambda file: [file.create_dataset(name, data=[k]) for k, name in enumerate(names)])
    assert {name: array.tolist() for name, array in read_h5(data).items()} == {
        name: [k] for k, name in enumerate(names)
    }


def test_attributes_and_empty_groups_are_no_arrays():
    def fill(file):
        for k in range(40):  # more than one block of messages
            file.attrs[f"name{k}"] = "x" * 500
        file.create_group("empty")
        file["W"] = [1.0]
        file["W"].attrs["names"] = ["a", "b"]

    assert list(read_h5(h5(fill))) == ["W"]


def test_texts_and_truth_values_are_left_out():
    texts = {"text": "a", "texts": ["a", "b"], "truth": np.ones(2, bool), "W": [1.0]}
    assert list(read_h5(holding(**texts))) == ["W"]


def test_an_array_in_its_header():
    def fill(file):
        space, plist = h5py.h5s.create_simple((3,)), h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plist.set_layout(h5py.h5d.COMPACT)
        made = h5py.h5d.create(file.id, b"W", h5py.h5t.IEEE_F64LE, space, plist)
        made.write(h5py.h5s.ALL, h5py.h5s.ALL, np.array([1.0, 2.0, 3.0]))

    assert read_h5(h5(fill))["W"].tolist() == [1, 2, 3]


def linked(link):
    def fill(file):
        file["here"] = [1.0]
        file["there"] = link

    return h5(fill)


def outside(file):
    file.create_dataset("W", (3,), "f8", external=[("/dev/zero", 0, 24)])


def virtual(file):
    layout = h5py.VirtualLayout((3,), "f8")
    layout[:] = h5py.VirtualSource("other.h5", "W", (3,))
    file.create_virtual_dataset("W", layout)


def unwritten(file):
    file.create_dataset("W", (1000, 1000), "f8")


def deep(file):
    file["/".join("a" * 20)] = [1.0]


def circle(file):
    group = file.create_group("a")
    for k in range(40):
        group[f"again{k}"] = file["/"]


def bfloat16(file):
    kind = h5py.h5t.IEEE_F32LE.copy()
    kind.set_fields(15, 7, 8, 0, 7)
    kind.set_ebias(127)
    kind.set_size(2)
    h5py.h5d.create(file.id, b"W", kind, h5py.h5s.create_simple((2,)))


NEWER = "This HDF5 file is of a newer kind; expected one as Keras saves it."
PIECES = "“W” is compressed or in chunks; save the weights in one piece."
PLAIN = "“W” holds no plain numbers; save the weights as float32."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (linked(h5py.SoftLink("/here")), "“there” is a link to elsewhere, which is not followed"),
        (linked(h5py.ExternalLink("/etc/passwd", "/")), NEWER),
        (h5(outside), "“W” is held in another file, which is not read here."),
        (h5(virtual), "“W” is compressed or in chunks"),
        (h5(lambda f: f.create_dataset("W", data=np.ones(9), compression="gzip")), PIECES),
        (h5(lambda f: f.create_dataset("W", data=np.ones(9), chunks=(3,))), PIECES),
        (h5(lambda f: f.create_dataset("W", (2**40,), "f8", chunks=(2**20,))), "“W” declares 8,7"),
        (h5(lambda f: f.create_dataset("W", (2 * 10**9,), "f8")), "“W” declares 16,000,000,000 by"),
        (h5(unwritten), "“W” declares 8,000,000 bytes and holds 0: it is damaged."),
        (h5(deep), "This file has over 16 groups in groups; expected at most 16."),
        (h5(circle), "This file has over 16 groups in groups; expected at most 16."),
        (h5(bfloat16), PLAIN),
        (holding(W=np.ones(2, "g")), PLAIN),
        (holding(W=np.ones(2, complex)), PLAIN),
        (holding(W=np.zeros(2, [("a", "f8")])), PLAIN),
        (holding(W=np.ones((1,) * 9)), "“W” has 9 dimensions; expected at most 8."),
        (h5(lambda f: f.create_group("a"), libver="latest"), NEWER),
        (h5(lambda f: f.create_group("a", track_order=True)), NEWER),
        (b"\x89HDF\r\n\x1a\n", "This is no HDF5 file, or a damaged one; save the weights once"),
        (b"something else" * 20, "This is no HDF5 file, or a damaged one; save the weights once"),
    ],
)
def test_what_is_not_in_the_file_as_it_is(data, sentence):
    assert refused(lambda: read_h5(data), r".").startswith(sentence)


def test_many_names_for_one_array_are_not_held_many_times():
    def fill(file):
        file["W0"] = np.ones(1_000_000)
        for k in range(1, 40):
            file[f"W{k}"] = file["W0"]

    assert refused(lambda: read_h5(h5(fill)), "arrays") == (
        "The arrays of this file have 48,000,000 bytes; expected at most 40,000,000."
    )


def test_a_file_that_leads_round_in_circles_ends():
    """Twelve groups, each of which leads to the next by forty names."""

    def fill(file):
        groups = [file.create_group(f"g{k}") for k in range(12)]
        for group, following in pairwise(groups):
            for k in range(40):
                group[f"n{k}"] = following

    assert refused(lambda: read_h5(h5(fill)), "damaged")


@pytest.mark.parametrize("at", [0, 8, 13, 24, 64])
def test_every_field_of_the_beginning_is_held_against_the_file(at):
    data = bytearray(holding(W=[1.0]))
    data[at : at + 8] = b"\xff" * 8
    refused(lambda: read_h5(bytes(data)), "HDF5")


@pytest.mark.parametrize("magic", [b"TREE", b"SNOD", b"HEAP"])
def test_a_part_that_is_not_what_it_should_be(magic):
    data = holding(W=[1.0]).replace(magic, b"XXXX")
    refused(lambda: read_h5(data), "damaged")


def test_a_name_without_an_end():
    data = holding(Weights=[1.0])
    at = data.index(b"Weights\0")
    refused(lambda: read_h5(data[:at] + b"W" * (len(data) - at)), "HDF5|newer")


# What Keras saves.

pytestmark = QUIET


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """Return a trained model's path, and its arrays by Keras's own names."""
    made = keras.Sequential(
        [
            keras.Input((None, 3)),
            layer("lstm", 4, "float32"),
            keras.layers.Bidirectional(layer("gru_after", 2, "float32")),
            keras.layers.Dense(2),
        ]
    )
    made.compile("adam", "mse")
    randomised(made)
    place = tmp_path_factory.mktemp("keras")
    for name in ("m.weights.h5", "m.keras"):
        (made.save_weights if "weights" in name else made.save)(place / name)
    return place, list(named(made).values())


def test_weights_of_keras(model):
    place, arrays = model
    data = (place / "m.weights.h5").read_bytes()
    read = read_keras(data)
    assert [name for name in read if "lstm" in name] == [
        f"layers/lstm/cell/vars/{k}" for k in "012"
    ]
    assert all(np.array_equal(read[f"layers/lstm/cell/vars/{k}"], arrays[k]) for k in range(3))
    assert len(read) == len(arrays)  # the optimizer's are left out
    assert len(read_h5(data)) > len(arrays)
    archived = read_keras_archive((place / "m.keras").read_bytes())
    assert archived.keys() == read.keys()
    assert all(np.array_equal(archived[name], read[name]) for name in read)


def test_an_archive_without_weights():
    assert refused(lambda: read_keras_archive(zipped({"config.json": b"{}"})), "weights") == (
        "This .keras file holds no weights; save the model once more."
    )
