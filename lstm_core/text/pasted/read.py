r"""What printing tools and documents put round the numbers of a matrix, taken away and said.

    pieces("W_f = tensor([[0.1, 0.2]], dtype=float32)")  # one Piece: its name, its rows as text

Tensors and variables of PyTorch, TensorFlow, Keras and JAX; what NumPy, R, Julia, MATLAB and
Octave print; braces of C and Mathematica; tables in Markdown, HTML and pandas; LaTeX. Nothing is
evaluated, every pattern is linear in the text, and what is not recognised is left as it stands:
matrix_text.py then says what is wrong with it.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from lstm_core.text.matrix_text import MAX_TEXT
from lstm_core.text.pasted.brackets import BRACKET, LETTER, bracketed, tuples
from lstm_core.text.pasted.latex import latex
from lstm_core.text.pasted.lines import HEADER_LINE, lined
from lstm_core.text.pasted.piece import Cleaner, Piece, bounded
from lstm_core.text.pasted.r_code import R_CALL, R_VECTOR, r_call, r_vector


def pieces(text: str) -> tuple[Piece, ...]:
    """Return the matrices of a text, in order: several only where they stand apart by names."""
    if len(text) > MAX_TEXT:
        return (Piece("", text),)  # refused by its length, where the cells are cut
    clean, taken = Cleaner(), _INVISIBLE.findall(text)
    text = _INVISIBLE.sub("", text)
    remarks = tuple(
        sentence
        for there, sentence in (
            (taken, "Invisible signs between the numbers were left out."),
            ("%" in text, "A percentage was read as hundredths: 50 % is 0.5."),
            (_ABOUT.search(text), "A sign for “about” was left out."),
            (_THIN.search(text), "A thin space within a number was left out."),
        )
        if there
    )
    text = clean.out(_SCALAR, _THIN.sub("", _markup(text, clean)), r"\1")
    text = _TIMES.sub(r"\1", _APART.sub("", text))
    reader = next(reader for recognised, reader in _KINDS if recognised(text))
    found = tuple(bounded(reader(text, clean))) or (Piece("", text),)
    return tuple(
        replace(one, taken=(*clean.taken, *one.taken), remarks=remarks + one.remarks)
        for one in found
    )


def _markup(text: str, clean: Cleaner) -> str:
    """Turn the tables of HTML and Markdown into rows with tabs."""
    if "<t" in text[:_HEAD].lower() and _HTML_TABLE.search(text[:_HEAD]):
        text = _HTML_GAP.sub("><", text)
        text = html.unescape(_HTML_TAG.sub("", _HTML_CELL.sub("\t", _HTML_ROW.sub("\n", text))))
        text = "\n".join(line for line in text.split("\n") if line.strip())
        clean.taken.append("the table's HTML")
    if "|" in text and (_MARKDOWN_ROW.match(text.lstrip()) or _MARKDOWN_LINE.search(text)):
        rows = [line.strip().strip("|") for line in text.strip().split("\n")]
        body = [row for row in rows if not _MARKDOWN_RULE.fullmatch(row)]
        text = "\n".join("\t".join(cell.strip(" *`") for cell in row.split("|")) for row in body)
        clean.taken.append("|")
    return text


_HEAD = 2_000
_ABOUT = re.compile("[≈~≃≅]")
_APART = re.compile(r"(?<=[≈~≃≅])[^\S\n]{1,3}(?=[-+−]?[0-9.])|(?<=[0-9])[^\S\n]{1,3}(?=%)")
_TIMES = re.compile(r"(?<=[0-9])[^\S\n]{1,3}([xX×·⋅*]|\\cdot|\\times)[^\S\n]{1,3}(?=10\s?\^)")
# A thin space parts thousands, and nothing else; an ordinary one parts entries.
_THIN = re.compile(r"(?<=[0-9])[\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_SCALAR = re.compile(r"\b(?:np|numpy|torch|tf|jnp|jax)[\w.]{0,30}\(([^()\[\]\n]{0,100})\)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064]|(?<!^)\ufeff")
_HTML_ROW = re.compile(r"</tr\s*>|<br\s*/?>", re.I)
_HTML_CELL = re.compile(r"</t[dh]\s*>(?=\s*<t[dh])", re.I)
_HTML_TAG = re.compile(r"<[^<>]{0,500}>")
_MARKDOWN_ROW = re.compile(r"\|[^\n]*\|")
_HTML_TABLE = re.compile(r"<t(?:able|r|d|h|body|head)\b", re.I)
_HTML_GAP = re.compile(r">\s+<")
_MARKDOWN_LINE = re.compile(r"^[ |:]*+-[-: ]*+\|[-|: ]*+$", re.M)
_MARKDOWN_RULE = re.compile(r"[\s|:]*+-[\s|:-]*+")

_KINDS: tuple[tuple[Callable[[str], object], Callable[[str, Cleaner], Iterator[Piece]]], ...] = (
    (lambda text: "\\begin" in text or "\\left" in text, latex),
    (lambda text: text.lstrip()[:1].isdigit() and HEADER_LINE.match(text), lined),
    (lambda text: text.lstrip()[:1] == "(" and not LETTER.search(text), tuples),
    (lambda text: "c(" in text and R_CALL.fullmatch(text), r_call),
    (lambda text: text.lstrip().startswith("[1] ") and R_VECTOR.fullmatch(text), r_vector),
    (lambda text: "[," not in text and BRACKET.search(text), bracketed),
    (lambda text: True, lined),
)
