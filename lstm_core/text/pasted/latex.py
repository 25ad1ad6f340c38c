"""LaTeX: fonts, colours and spaces round the numbers; several matrices in one formula."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from lstm_core.text.pasted.piece import MOST_PIECES, Cleaner, Piece, bounded


def latex(text: str, clean: Cleaner) -> Iterator[Piece]:
    """Read one matrix of LaTeX, or each of several with the name before it."""
    text = _ROW_END.sub(r"\\\\ ", clean.out(_FONT, text, r"\1"))
    text = _TABULAR.sub(r"\\\1{matrix}", _PLAIN_TEX.sub(r"\\begin{matrix}\1\\end{matrix}", text))
    for pattern in (_FENCE, _LATEX_SPACE, _COLOUR):
        text = clean.out(pattern, text, " ")
    text = _HEADS.sub(r"\1", _BRACED.sub(r"\1", text))
    rows = _ROW.findall(text.rpartition("&")[0])  # that have an &, or are before one that has
    if len(_ROW_LABEL.findall(text)) == len(rows):
        text = clean.out(_ROW_LABEL, text, r"\1 ")
    starts = [found.start() for found in bounded(_BEGIN.finditer(text))]
    if not starts:
        yield _one_latex("", text)
    ends = [*(end.end() for end in islice(_END.finditer(text), MOST_PIECES)), len(text)]
    for k, start in enumerate(starts):
        end = next((end for end in ends if end > start), len(text))
        before = text[0 if not k else starts[k - 1] : start].rpartition("\\end")[2]
        name = _LATEX_NAME.search(before[-200:])
        tail = _TRANSPOSE.match(text, end)
        piece = _one_latex(name[1] if name else "", text[start : tail.end() if tail else end])
        factor = _FACTOR.search(before[-200:])
        yield _multiplied(piece, factor[1]) if factor else piece


def _one_latex(name: str, text: str) -> Piece:
    stripped = _LATEX_TAIL.sub("", text)
    turned = _TRANSPOSE_END.sub("", stripped)
    remarks = ("It is transposed, as the T behind it says.",) if turned != stripped else ()
    return Piece(name, turned, remarks=remarks, transposed=bool(remarks))


def _multiplied(piece: Piece, factor: str) -> Piece:
    remark = f"Every number was multiplied by {factor}, as it stands before them."
    return replace(piece, factor=factor, remarks=(*piece.remarks, remark))


LATEX = re.compile(r"\\begin|\\left|\\[bpvBV]?matrix\s{0,3}\{")
_ROW_END = re.compile(r"\\(?:cr|newline|tabularnewline)(?![a-zA-Z])")
_PLAIN_TEX = re.compile(r"\\[bpvBV]?matrix\s{0,3}\{([^{}]*+)\}")
_TABULAR = re.compile(r"\\(begin|end)\s{0,3}\{(?:tabular\*?|tabularx)\}(?:\{[^{}]*+\})?")
_HEADS = re.compile(  # a row of words above the numbers
    r"(\\begin\{matrix\})(?:\s|\\(?:hline|toprule))*+"
    r"(?:[^\\&0-9]*+&[^\\0-9]*+|\$?[A-Za-z][^&\\]*+(?:&\s*+\$?[A-Za-z][^&\\]*+)++)\\\\"
)
_BEGIN = re.compile(r"\\begin\s*\{(?:\w*matrix\*?|array)\}")
_END = re.compile(r"\\end\s*\{(?:\w*matrix\*?|array)\}")
_FONT = re.compile(
    r"\\(?:math(?:bf|rm|it|sf|tt|bb|cal)|boldsymbol|bm|text(?:bf|rm|it|sf|tt)?|underline|overline|"
    r"boxed|num|cancel|mbox|hbox|pmb|emph)\s*\{((?:[^{}]|\{[^{}]*+\})*+)\}"
)
_FENCE = re.compile(r"\\(?:left|right|[bB]igg?[lr]?)\s*\\(?:[lr](?:brack|brace|vert|Vert)|[{}|])")
_LATEX_SPACE = re.compile(
    r"\\(?:[;,:!]|q?quad(?![a-zA-Z])|[hvm]?phantom\s*\{[^{}]*+\}|displaystyle|(?:top|mid|bottom)rule|[lr]brack(?![a-zA-Z]))"
)
_COLOUR = re.compile(r"\\(?:text|row|cell)?color\s*\{[^{}]*+\}|\\(?:bf|it|rm)(?![a-zA-Z])")
_BRACED = re.compile(r"(?<![A-Za-z^_}])\{\s*([-+−]?[0-9][0-9.,]*+)\s*\}")
_LATEX_NAME = re.compile(
    r"([A-Za-z\\][\w{}\\^~'-]*)\s*(?:&\s*)?(?:=|:=|:)\s*(?:&|\\left\S|\\[,;]|\s)*$"
)
_ROW = re.compile(r"\\begin\{\w*matrix\}|\\\\")
_ROW_LABEL = re.compile(
    r"(\\begin\{\w*matrix\}|\\\\)(?:\s|\\hline)*+\$?[A-Za-z][\w{}^$]{0,20}\s{0,9}&(?=[^&]*[&\\])"
)
_POWER = r"10\s?\^\s?\{?-?[0-9]{1,3}\}?"
_FACTOR = re.compile(
    r"(?:^|[=\s$&])((?:[-+−]?(?:\\[dt]?frac\{[0-9.]{1,20}\}\{[0-9.]{1,20}\}|[0-9.]{1,20})"
    rf"(?:\s?(?:\\cdot|\\times)\s?{_POWER})?)|{_POWER}|[0-9.]{{1,20}}/[0-9.]{{1,20}})"
    r"\s{0,9}(?:\\cdot|\\times|\*)?\s{0,9}(?:\\left\S)?[(\[]?\s{0,9}$"
)
_TRANSPOSE = re.compile(
    r"\s*(?:\\right\S)?\s*\^\s*(?:T|\{\s*(?:T|\\top|\\intercal|\\mathsf T)\s*\}|\\top)"
)
_TRANSPOSE_END = re.compile(_TRANSPOSE.pattern + r"\s*(?:\$+|\\\])?\s*$")
_LATEX_TAIL = re.compile(r"[.,;]\s*(?=(?:\$+|\\\])?\s*$)")
