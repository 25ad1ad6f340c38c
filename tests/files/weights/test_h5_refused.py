import h5py
import numpy as np
import pytest

from lstm_files.weights.h5 import read_h5
from tests.files.archives import refused
from tests.files.weights.hdf5 import h5, holding


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
