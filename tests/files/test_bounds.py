import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_files.bounds import Limits, check_size, members, quoted_name
from tests.files.archives import declaring, refused, zipped


@pytest.fixture(scope="module")
def bomb():
    """800 MB of zeros in less than 1 MB."""
    return zipped({"W.npy": 800_000_000})


def read_all(data, limits=None):
    return {name: m.read() for name, m in members(data, limits or Limits()).items()}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_was_packed_is_what_is_read(method):
    packed = {"a.npy": bytes(range(256)) * 1000, "b/c.txt": b"", "é": b"x"}
    data = zipped(packed, method)
    assert read_all(data) == packed
    assert {name: m.size for name, m in members(data).items()} == {
        name: len(content) for name, content in packed.items()
    }


def test_the_first_bytes_and_the_pieces():
    content = bytes(range(256)) * 1000
    member = members(zipped({"a": content}))["a"]
    assert member.read(10) == content[:10]
    assert member.read(100_000) == content[:100_000]
    assert member.read(10**9) == content
    assert b"".join(member.chunks()) == content
    assert max(map(len, member.chunks())) <= 1 << 16


def test_folders_are_no_members():
    assert set(members(zipped({"a/": b"", "a/b": b"1"}))) == {"a/b"}


def test_an_800_mb_member_is_refused_from_what_is_declared(bomb):
    assert len(bomb) < 1_000_000
    sentence = refused(lambda: members(bomb), "unpacks")
    assert sentence == "This archive unpacks to 800,000,000 bytes; expected at most 40,000,000."


@pytest.mark.parametrize("declared", [0, 10, 100_000])
def test_a_lying_size_is_stopped_while_unpacking(bomb, declared):
    lying = declaring(bomb, declared)
    refused(lambda: read_all(lying), "“W.npy” does not unpack to what it declares")


def test_more_declared_than_there_is():
    short = declaring(zipped({"a": b"123"}), 30_000_000)
    refused(lambda: read_all(short), "damaged")


def test_many_small_members_are_refused_by_their_sum():
    data = zipped({f"{k}": 1_000_000 for k in range(50)})
    refused(lambda: members(data), "unpacks to 50,000,000 bytes")


def test_too_many_members():
    data = zipped({f"{k}": b"" for k in range(2000)}, zipfile.ZIP_STORED)
    assert refused(lambda: members(data), "members") == (
        "This archive has 2,000 members; expected at most 1,000."
    )


def test_a_count_that_lies_is_not_believed():
    data = zipped({f"{k}": b"" for k in range(2000)}, zipfile.ZIP_STORED)
    end = data.index(b"PK\x05\x06")
    lying = data[: end + 8] + b"\x01\x00\x01\x00" + data[end + 12 :]
    refused(lambda: members(lying), "2,000 members")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_unpack_without_bounds_are_refused(method):
    data = zipped({"a": b"1" * 100}, method)
    refused(lambda: members(data), "“a” is encrypted, or packed")


def test_encrypted_members_are_refused():
    data = bytearray(zipped({"a": b"1"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    refused(lambda: members(bytes(data)), "encrypted")


def test_two_members_of_one_name_are_refused():
    with pytest.warns(UserWarning, match="Duplicate"):
        data = twice("a")
    refused(lambda: members(data), "two members are called “a”")


def twice(name):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, b"1")
        archive.writestr(name, b"2")
    return held.getvalue()


def test_an_archive_within_an_archive_stays_packed(bomb):
    assert read_all(zipped({"inner.zip": bomb})) == {"inner.zip": bomb}


def test_sizes():
    check_size(b"1")
    check_size(b"12", Limits(size=2))
    assert refused(lambda: check_size(b"123", Limits(size=2)), "3 bytes") == (
        "This file has 3 bytes; expected at most 2."
    )
    assert refused(lambda: check_size(b""), "empty") == (
        "This file is empty; expected something to read."
    )


@pytest.mark.parametrize("data", [b"no zip", b"PK\x05\x06", zipped({"a": b"1"})[:-1]])
def test_what_is_no_archive(data):
    refused(lambda: members(data), "This is no zip archive, or a damaged one")


SOUND = zipped({"a.npy": bytes(range(200)), "b": b"12345" * 9})


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_arbitrary_bytes(data):
    one_sentence_or_nothing(data)


@settings(deadline=None, max_examples=300)
@given(st.dictionaries(st.integers(0, len(SOUND) - 1), st.integers(0, 255), max_size=6))
def test_arbitrary_damage(damage):
    data = bytearray(SOUND)
    for at, byte in damage.items():
        data[at] = byte
    one_sentence_or_nothing(bytes(data))


def one_sentence_or_nothing(data):
    """Read all of it: what is refused, is refused in one plain sentence."""
    told = "."
    try:
        assert sum(map(len, read_all(data).values())) <= Limits().unpacked
    except ValueError as error:
        told = str(error)
    assert told.endswith(".")
    assert told.isprintable()


def test_names_from_a_file_are_shown_on_one_short_line():
    assert quoted_name("a\nb") == "“a�b”"
    assert quoted_name("x" * 60) == f"“{'x' * 60}”"
    assert quoted_name("x" * 70) == f"“{'x' * 60}…”"
