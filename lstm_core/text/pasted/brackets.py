"""Numbers in brackets and braces, and the calls, tensors and declarations round them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from lstm_core.text.pasted.piece import Cleaner, Piece, bounded


def bracketed(text: str, clean: Cleaner) -> Iterator[Piece]:
    """Read matrices in brackets: rows within rows, or a matrix behind each name."""
    text = clean.each_out(_WRAPPERS, text)
    text = _LOOSE.sub(r"\1", _CODE_NAME.sub(r"\1 = ", text))
    quoted = _quoted(text)
    if quoted:
        ends = [*(start for _, start, _ in quoted[1:]), len(text)]
        for (name, _, begin), end in zip(quoted, ends, strict=True):
            region = next(_named_regions(text[begin:end]), _NOTHING)
            yield from _region_pieces(region._replace(name=name), clean)
        return
    text = _CALL_END.sub(r"\1", _CALL_START.sub("", text)) if _ARRAYS.search(text) else text
    named = list(_named_regions(text))
    if len(named) > 1 and all(region.name for region in named):
        for region in bounded(named):
            yield from _region_pieces(region, clean)
    elif len(named) == 1 and _is_frame(text, named[0].text):
        clean.taken += _LETTERS.findall(named[0].words)
        yield from _region_pieces(named[0], clean)
    else:
        yield from _bracket_pieces("", text, clean)


def _quoted(text: str) -> list[tuple[str, int, int]]:
    """The names in quotes, a/b for a dict within a dict, each with where it begins and ends."""
    found: list[tuple[str, int, int]] = []
    outer: list[str] = []
    for token in _DICT_PART.finditer(text):
        if token[0] == "}":
            outer = outer[:-1]
        elif token[0] == "{":
            outer.append("")
        elif token["inner"]:
            outer.append(f"{token['name']}/")
        else:
            found.append((f"{''.join(outer)}{token['name']}", token.start(), token.end()))
    return list(bounded(found))


def _is_frame(text: str, region: str) -> bool:
    """Whether nothing but words stands before the brackets, and nothing at all behind them."""
    before, _, after = text.partition(region)
    return _AFTER.fullmatch(after) is not None and not any(
        word[0].isdigit() for word in before[-500:].split()
    )


class _Region(NamedTuple):
    """An outermost bracket: the name and the words before it, its text, and what stands behind."""

    name: str
    text: str
    words: str
    behind: str


_NOTHING = _Region("", "", "", "")


def _region_pieces(region: _Region, clean: Cleaner) -> Iterator[Piece]:
    turned = _TRANSPOSED.match(region.behind) is not None
    for piece in _bracket_pieces(region.name, region.text, clean):
        yield replace(piece, transposed=True, remarks=_TURNED) if turned else piece


def _named_regions(text: str) -> Iterator[_Region]:
    depth = begin = last = 0
    for found in _INDEX_OR_BRACKET.finditer(text):
        if found["index"]:
            continue
        opening = found[0] in "[{"
        if opening and not depth:
            begin = found.start()
        depth += 1 if opening else -1
        if depth < 0:
            return
        if not depth:
            before = text[max(last, begin - 200) : begin]
            name = _NAME_BEFORE.search(before)
            words = before[: name.start()] + before[name.end(1) :] if name else before
            last = found.end()
            called = name[1].rstrip(":") if name else ""
            yield _Region(called, text[begin:last], words, text[last : last + _SIGN])


def _bracket_pieces(name: str, text: str, clean: Cleaner) -> Iterator[Piece]:
    text = clean.out(_SUFFIX, text)
    if "{" in text and "\\" not in text:
        text = text.translate(_BRACES)
    if "(" in text and "[" in text and not LETTER.search(text):
        text = text.translate(_PARENTHESES)
    remarks: tuple[str, ...] = ()
    if _GERMAN.fullmatch(text) and _SURELY_GERMAN.search(text):
        text, remarks = text.replace(",", "."), (_DECIMAL,)
    layers, outer = [text], ""
    while len(layers) == 1 and layers[0] != outer and _DEEP.match(layers[0]):
        outer = layers[0]
        layers = _layers(outer)
        if len(layers) > 1 and all(layer.count("[") == 2 for layer in layers):
            layers = ["[" + ",".join(layer[1:-1] for layer in layers) + "]"]  # an axis of one
    for layer in bounded(layers):
        wrapped = _unwrapped_vector(layer)
        remarks += ("The lines are one row, as NumPy wraps a long vector.",) if wrapped else ()
        yield Piece(name, wrapped or layer, remarks=remarks)


def _layers(text: str) -> list[str]:
    """The matrices within the outermost brackets; the text itself where they do not close."""
    inner = _ONE_MORE.fullmatch(text) if text.count("[") == text.count("]") else None
    return [region.text.strip() for region in _named_regions(inner[1])] if inner else [text]


def _unwrapped_vector(text: str) -> str:
    """The one row that NumPy broke at its margin of 75 signs; nothing where lines are rows."""
    inner = text.strip()
    lines = (
        inner[1:-1].strip().split("\n") if inner.startswith("[") and inner.count("[") == 1 else []
    )
    if len(lines) < 2 or "," in inner or ";" in inner:
        return ""
    counts = [len(line.split()) for line in lines]
    firsts = [len(line.split()[0]) if line.strip() else 0 for line in lines[1:]]
    full = all(
        len(line) + first + 1 > _MARGIN for line, first in zip(lines[:-1], firsts, strict=True)
    )
    ragged = counts[-1] < counts[0] and len({*counts[:-1]}) == 1
    return f"[{' '.join(lines)}]" if full or ragged else ""


def tuples(text: str, clean: Cleaner) -> Iterator[Piece]:
    """Read Python's tuples as the lists that they could be."""
    yield from _bracket_pieces("", text.translate(_PARENTHESES), clean)


# Decimal commas between semicolons: -0,2 and 0,05 cannot be two whole numbers.
_GERMAN = re.compile(
    r"\s*+\[\s*+[-+−]?[0-9]++,[0-9]++(?:\s*+;\s*+[-+−]?[0-9]++,[0-9]++)++\s*+\]\s*+"
)
# All of them below 1, with two decimals or more: 0,658; 0,600 cannot well be 0 and 658 either.
_SURELY_GERMAN = re.compile(r"[-−]0,|,0[0-9]|\A\s*+\[(?:[\s;+−-]*+0,[0-9]{2,})++\s*+\]")
_DECIMAL = "The comma in each entry was read as the decimal one."
_MARGIN = 72  # NumPy breaks at 75; the bracket and a space may be missing here
_BRACES = str.maketrans("{}", "[]")
BRACKET = re.compile(r"[][{}]")
_INDEX_OR_BRACKET = re.compile(  # the braces of W_{f} and h_{t-1} belong to the name
    rf"(?P<index>(?<=\w)[_^]\{{[\w,+−-]{{1,20}}\}})|{BRACKET.pattern}"
)
LETTER = re.compile(r"[A-Za-z_]")
_PARENTHESES = str.maketrans("()", "[]")
_DEEP = re.compile(r"\s*\[\s*\[\s*\[")
_ONE_MORE = re.compile(r"\s*+\[(.*)\]\s*", re.S)
_TRANSPOSED = re.compile(r"[\s)]*+(?:'|\.T\b|\.'|\^(?:T|⊤|\{T\})(?!\w)|ᵀ)")
_AFTER = re.compile(rf"(?:{_TRANSPOSED.pattern})?[\s)>;,.]*+")
_SIGN = 40  # characters behind a bracket that are looked through for a sign of transposition
_TURNED = ("It is transposed, as the sign behind it says.",)
# A list of arrays: the calls round its rows.
_ARRAYS = re.compile(r"\w\(\s{0,9}\[[^][]*+\]\s{0,9}[,)][^=]*\[")
_CALL_START = re.compile(r"\b(?:array|tensor|Array|\w{1,20}Array)\(\s{0,9}(?=\[)")
_CALL_END = re.compile(r"(\])\s{0,9}\)")
_LOOSE = re.compile(r"(=)\s{0,20},")
_DICT_PART = re.compile(
    r"['\"](?P<name>[A-Za-z_][\w./:]{0,80})['\"]\s{0,9}(?:[,:]|=>|->)\s{0,9}"
    r"(?P<inner>\{\s{0,20}(?=['\"]))?|[{}]"
)
_LETTERS = re.compile(r"[A-Za-z][\w.]*+\(?")
_VALUE = (
    r"(?:\w{1,40}\([^()\n]{0,100}\)|\[[0-9, ]{0,40}\]|'[^'\n]{0,200}'|\"[^\"\n]{0,200}\"|"
    r"<[^<>\n]{0,200}>|\([^()\n]{0,200}\)|[\w.:+-]{1,100})"
)
_OBJECT = r"<[\w.]{0,40}(?:Variable|Tensor|Array)\w{0,20}:?"
_SIZE = r"\[\s{0,3}\d{0,6}\s{0,3}\]"
_TYPES = "static|const|constexpr|float|double|int|long|let|var|auto"
_KEYS = (
    "dtype|device|shape|grad_fn|requires_grad|name|order|copy|size|weak_type|layout|trainable|like|"
    "sharding|is_leaf|names|path|place|stop_gradient|ctx"
)
_WRAPPERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"Parameter containing:"), ""),
    (re.compile(rf"{_OBJECT}\s+path=([\w./:]{{1,200}}),?"), r"\1 = "),
    (re.compile(rf"{_OBJECT}\s+'([\w./:]{{1,200}})'"), r"\1 = "),
    (re.compile(rf"{_OBJECT}(?=\s)"), ""),
    (re.compile(rf"(?:,\s{{0,20}})?\b(?:{_KEYS})\s{{0,3}}=\s{{0,3}}{_VALUE}"), ""),
    (re.compile(r"\b(?:numpy|value)\s{0,3}="), ""),
    (re.compile(r"\b(?:Ordered[Dd]ict|dict|mappingproxy|FrozenDict)\("), ""),
    (re.compile(r"(?<=\w)(?:\[[\s,]{0,3}\]){1,3}"), ""),
    (re.compile(rf"\bnew\s{{1,3}}\w{{1,20}}(?:\s{{0,3}}{_SIZE}){{0,3}}(?=\s{{0,9}}\{{)"), ""),
    (re.compile(rf"\b(?:{_TYPES})\s(?=\s{{0,9}}[\w:<])"), ""),
)
_CODE_NAME = re.compile(
    rf"\b([A-Za-z_]\w{{0,60}})\s{{0,3}}(?:{_SIZE}){{1,3}}\s{{0,3}}=(?=\s{{0,9}}\{{)"
)
_CALL = r"(?:[A-Za-z_][\w.]{0,60}\(\s{0,9}){0,3}"
_NAME_BEFORE = re.compile(
    rf"['\"]?([A-Za-z_\\][\w./:\\{{}}^-]{{0,80}})['\"]?\s{{0,9}}(?:=|:|,|<-|\s)\s{{0,20}}{_CALL}$"
)
_SUFFIX = re.compile(r"(?<=[0-9.])(?:[fFdDL`]|f0)(?=\s{0,9}[],};]|\s[-+.0-9])")
