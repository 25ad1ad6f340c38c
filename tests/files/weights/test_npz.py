import io
import struct
import zipfile

import numpy as np
import pytest

from lstm_files.weights.npz import read_npy, read_npz
from tests.files.archives import declaring, refused, zipped

DTYPES = ["<f8", "<f4", "<f2", ">f8", ">f4", "<i8", ">i4", "i1", "u1", "<u2"]


def npy(array, **options):
    held = io.BytesIO()
    np.lib.format.write_array(held, array, **options)
    return held.getvalue()


def npz(**arrays):
    held = io.BytesIO()
    np.savez(held, **arrays)
    return held.getvalue()


def header(text, version=(1, 0), data=b""):
    """Return an .npy with this text for its header."""
    length = struct.pack("<H" if version == (1, 0) else "<I", len(text))
    return b"\x93NUMPY" + bytes(version) + length + text.encode() + data


def described(shape, descr="'<f8'", fortran="False"):
    return f"{{'descr': {descr}, 'fortran_order': {fortran}, 'shape': {shape}, }}\n"


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (1, 0, 4), (2, 1, 3, 2)])
@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_what_numpy_wrote_is_what_is_read(dtype, shape, version):
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(dtype)
    read = read_npy(npy(array, version=version), "W.npy")
    assert (read.shape, read.dtype) == (array.shape, array.dtype)
    assert np.array_equal(read, array)


def test_columns_first():
    array = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    assert np.array_equal(read_npy(npy(array), "W.npy"), array)


def test_other_writers_leave_out_spaces_and_commas():
    text = "{'descr':'<f8','fortran_order':False,'shape':(2,)}"
    assert read_npy(header(text, data=bytes(16)), "W.npy").tolist() == [0, 0]


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_archives(save):
    held = io.BytesIO()
    arrays = {"W": np.ones((2, 3)), "a/b": np.zeros(4, "f4"), "x.y": np.array(2.5)}
    save(held, **arrays)
    read = read_npz(held.getvalue())
    assert read.keys() == arrays.keys()
    assert all(np.array_equal(read[name], arrays[name]) for name in arrays)
    assert read_npz(npz()) == {}


def test_an_800_mb_array_in_759_kb():
    start = header(described("(100000000,)"))
    held = io.BytesIO()
    with (
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("W.npy", "w") as w,
    ):
        w.write(start)
        for _ in range(800):
            w.write(bytes(1_000_000))
    data = held.getvalue()
    assert len(data) < 800_000
    assert refused(lambda: read_npz(data), r"unpacks to 800,000,\d+ bytes")
    lying = declaring(data, 1_000_000)
    assert refused(lambda: read_npz(lying), "“W.npy” declares 800,000,000 bytes; expected at most")


def test_a_header_that_claims_16_gb():
    told = "“W.npy” declares 16,000,000,000 bytes; expected at most 40,000,000."
    claims = header(described("(2000000000,)"), data=bytes(80))
    assert refused(lambda: read_npy(claims, "W.npy"), "declares") == told
    assert refused(lambda: read_npz(zipped({"W.npy": claims})), "declares") == told


def test_an_array_of_more_than_there_is():
    data = npz(W=np.ones((2, 3)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("W.npy")
    for changed in (content[:-1], content + b"\0"):
        sentence = refused(lambda changed=changed: read_npz(zipped({"W.npy": changed})), "damaged")
        held = len(changed) - 128
        assert sentence == f"“W.npy” declares 48 bytes and holds {held}: it is damaged."


def pickled():
    held = io.BytesIO()
    np.save(held, np.array([{"a": 1}], object), allow_pickle=True)
    return held.getvalue()


NO_NUMBERS = "“W.npy” is no array of plain numbers; expected float, float16 or whole numbers."
NO_ARRAY = "“W.npy” is no NumPy array, or a damaged one."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (pickled(), NO_NUMBERS),
        (npy(np.ones(2, complex)), NO_NUMBERS),
        (npy(np.ones(2, bool)), NO_NUMBERS),
        (npy(np.ones(2, "g")), NO_NUMBERS),
        (npy(np.array(["a"])), NO_NUMBERS),
        (npy(np.zeros(2, "M8[s]")), NO_NUMBERS),
        (npy(np.zeros(2, [("a", "f8")])), NO_NUMBERS),
        (header(described("(2,)", "'<f3'"), data=bytes(16)), NO_NUMBERS),
        (header(described("(-1,)"), data=bytes(16)), NO_NUMBERS),
        (header(described("(2.0,)"), data=bytes(16)), NO_NUMBERS),
        (header(described("(True,)"), data=bytes(8)), NO_NUMBERS),
        (header(described(f"({'9' * 5000},)")), NO_NUMBERS),
        (header(described("(2,)", fortran="__import__('os')"), data=bytes(16)), NO_NUMBERS),
        (header("{" * 3000), NO_NUMBERS),
        (header(described(f"({'1' * 3000}x)")), NO_NUMBERS),
        (header(described("(1,,1)"), data=bytes(8)), NO_NUMBERS),
        (header(described("(1 1,)"), data=bytes(88)), NO_NUMBERS),
        (header(described("(1,)") + " " * 5000, data=bytes(8)), NO_NUMBERS),
        (header("", version=(2, 0))[:8] + b"\xff\xff\xff\xff", NO_NUMBERS),
        (header(described("(2,)"), version=(4, 0), data=bytes(16)), NO_ARRAY),
        (b"\x93NUMPY", NO_ARRAY),
        (b"something else", NO_ARRAY),
        (
            header(described("(0, 999999999999999)")),
            "“W.npy” declares 999,999,999,999,999 bytes; e",
        ),
        (
            header(described(f"({'1, ' * 9})"), data=bytes(8)),
            "“W.npy” has 9 dimensions; expected at",
        ),
    ],
)
def test_what_is_no_array_of_numbers(data, sentence):
    assert refused(lambda: read_npy(data, "W.npy"), "W.npy").startswith(sentence)
    assert refused(lambda: read_npz(zipped({"W.npy": data})), "W.npy").startswith(sentence)


def test_an_archive_of_something_else():
    assert refused(lambda: read_npz(zipped({"a.txt": b"1"})), "a.txt") == (
        "This archive holds “a.txt”; expected arrays, as .npy."
    )
