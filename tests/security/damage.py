"""Real files and links, damaged as a stranger or an accident would: a strategy for Hypothesis."""

from hypothesis import strategies as st

from tests.security.entrances import packed, unpacked

# What readers of binary formats stumble over: signs, lengths, ends.
PIECES = st.sampled_from(
    [
        *(b"\x00", b"\xff", b"\x7f", b"\x80", b"\xff\xff\xff\xff", b"\x00\x00\x00\x80"),
        *(b"\xff" * 8, b"\x00" * 8, b"\x01" * 8, b"NaN", b"1e999", b"-1", b"9" * 40, b'"', b"["),
        *(b"{", b"null", b"\n", b",", b"\xed\xa0\x80", b"<!DOCTYPE x>", b"../", b"[[[[[[[["),
    ]
) | st.binary(max_size=9)


@st.composite
def changed(draw, data):
    """Return bytes with a few pieces put in, put over others, taken out or repeated."""
    data = bytes(data)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 12))
        how = draw(st.sampled_from(["over", "in", "out", "again", "cut"]))
        if how == "cut":
            data = data[:at]
        elif how == "again":
            data = data[: at + length * 9] + data[at:]
        else:
            piece = b"" if how == "out" else draw(PIECES)
            after = at if how == "in" else at + (len(piece) or length)
            data = data[:at] + piece + data[after:]
    return data


@st.composite
def damaged(draw, data):
    """Return a file with changes; of an archive, also within one of its members."""
    members = unpacked(data)
    if members is None or draw(st.booleans()):
        return draw(changed(data))
    name = draw(st.sampled_from(sorted(members)))
    return packed(members | {name: draw(changed(members[name]))})
