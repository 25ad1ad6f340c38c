import struct
from itertools import pairwise

import h5py
import numpy as np
import pytest

from lstm_files.weights.h5 import Bytes, dataset, read_h5
from tests.files.archives import refused
from tests.files.weights.hdf5 import h5, holding

DTYPES = ["<f8", "<f4", "<f2", ">f8", ">f4", "<i8", ">i4", "i1", "u1", "<u2"]


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


def test_any_one_byte_changed_leads_to_arrays_or_one_sentence():
    data = holding(W=np.arange(3.0))
    for at in range(len(data)):
        for byte in (0, data[at] ^ 1, 255):
            told = "."
            try:
                read_h5(data[:at] + bytes([byte]) + data[at + 1 :])
            except ValueError as error:
                told = str(error)
            assert told.endswith(".")
            assert told.isprintable()


@pytest.mark.parametrize("short", [0x1, 0x3, 0x8])
def test_a_message_that_is_too_short(short):
    one = struct.pack("<BB6xQ", 1, 1, 1)
    byte = struct.pack("<B3sIHH", 0x10, b"", 1, 0, 8)
    messages = {0x1: one, 0x3: byte, 0x8: struct.pack("<BBHB", 3, 0, 1, 7)}
    assert dataset(Bytes(b"", 9), messages, "W").tolist() == [7]
    with pytest.raises(ValueError, match="damaged"):
        dataset(Bytes(b"", 9), messages | {short: b""}, "W")


@pytest.mark.parametrize("magic", [b"TREE", b"SNOD", b"HEAP"])
def test_a_part_that_is_not_what_it_should_be(magic):
    data = holding(W=[1.0]).replace(magic, b"XXXX")
    refused(lambda: read_h5(data), "damaged")


def test_a_name_without_an_end():
    data = holding(Weights=[1.0])
    at = data.index(b"Weights\0")
    refused(lambda: read_h5(data[:at] + b"W" * (len(data) - at)), "HDF5|newer")
