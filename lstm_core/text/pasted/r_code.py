"""R: what it prints of a vector, and the calls that make vectors and matrices."""

import re
from collections.abc import Iterator

from lstm_core.text.pasted.piece import Cleaner, Piece


def r_vector(text: str, clean: Cleaner) -> Iterator[Piece]:
    """Read what R prints of a vector: [1] before the first of each line."""
    yield Piece("", " ".join(clean.out(R_INDEX, text).split()))


R_VECTOR = re.compile(r"\s*+(?:\[[0-9]{1,6}\][^\S\n]++[^][\n]*+\s*+)++")
R_INDEX = re.compile(r"^[^\S\n]*\[[0-9]{1,6}\](?=[^\S\n])", re.M)


def r_call(text: str, clean: Cleaner) -> Iterator[Piece]:
    """Read R's c(…) and matrix(c(…), nrow = 2, byrow = TRUE): by columns where it does not say."""
    ((name, listed, options),) = R_CALL.findall(text)
    entries = [entry.strip() for entry in listed.split(",")]
    clean.taken += [words for words in ("matrix" if options else "c", options.strip(" ,")) if words]
    sizes = {key: int(size) for key, size in _R_SIZE.findall(options)}
    left = (key for key in ("nrow", "ncol") if key not in sizes)  # sizes may stand without names
    sizes |= dict(zip(left, map(int, _R_BARE.findall(options)), strict=False))
    rows = sizes.get("nrow") or max(1, len(entries) // sizes.get("ncol", len(entries)))
    columns = max(1, len(entries) // rows)
    remarks: tuple[str, ...] = ()
    if _BY_ROW.search(options) or rows == 1:
        cut = [entries[k * columns :][:columns] for k in range(rows)]
    else:
        cut = [entries[k::rows] for k in range(rows)]
        remarks = ("It was filled column by column, as R does.",)
    yield Piece(name, "\n".join(map("\t".join, cut)), remarks=remarks)


R_CALL = re.compile(
    r"\s*(?:([A-Za-z][\w.]{0,60})\s{0,3}(?:<-|=)\s{0,3})?(?:matrix\(\s{0,3})?"
    r"c\(([^()]*+)\)((?:\s*,[^()]*+)?)\)?\s*"
)
_BY_ROW = re.compile(r"byrow\s{0,3}=\s{0,3}T")
_R_BARE = re.compile(r",\s{0,9}([1-9][0-9]{0,3})L?\s{0,9}(?=,|\Z)")
_R_SIZE = re.compile(r"(nrow|ncol)\s{0,3}=\s{0,3}([1-9][0-9]{0,3})")


def r_bind(text: str, clean: Cleaner) -> Iterator[Piece]:
    """Read rbind(c(…), c(…)), row under row, and cbind, column beside column."""
    ((name, kind, vectors),) = R_BIND.findall(text)
    clean.taken.append(f"{kind}bind")
    rows = [
        "\t".join(entry.strip() for entry in one.split(",")) for one in _VECTOR.findall(vectors)
    ]
    yield Piece(name, "\n".join(rows), transposed=kind == "c")


_VECTOR = re.compile(r"c\(([^()]*+)\)")
R_BIND = re.compile(
    r"\s*(?:([A-Za-z][\w.]{0,60})\s{0,3}(?:<-|=)\s{0,3})?([rc])bind\("
    r"((?:\s*(?:\w{1,20}\s{0,3}=\s{0,3})?c\([^()]*+\)\s*,?)++)\)\s*"
)
