r"""What printing tools and documents put round the numbers of a matrix, taken away and said.

    pieces("W_f = tensor([[0.1, 0.2]], dtype=float32)")  # one Piece: its name, its rows as text

Tensors and variables of PyTorch, TensorFlow, Keras and JAX; what NumPy, R, Julia, MATLAB and
Octave print; braces of C and Mathematica; tables in Markdown, HTML and pandas; LaTeX. Nothing is
evaluated, every pattern is linear in the text, and what is not recognised is left as it stands:
matrix_text.py then says what is wrong with it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from lstm_core.text.matrix_text import MAX_TEXT
from lstm_core.text.pasted.brackets import BRACKET, LETTER, bracketed, tuples
from lstm_core.text.pasted.code import plain_code
from lstm_core.text.pasted.latex import LATEX, latex
from lstm_core.text.pasted.lines import HEADER_LINE, NUMBERED, R_LABEL, lined, numbered
from lstm_core.text.pasted.markup import markup
from lstm_core.text.pasted.piece import Cleaner, Piece, bounded
from lstm_core.text.pasted.r_code import R_BIND, R_CALL, R_VECTOR, r_bind, r_call, r_vector


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
    text = _GERMAN_THIN.sub(lambda found: found[0].replace(",", "."), text)
    text = plain_code(_THIN.sub("", markup(text, clean)), clean)
    text = clean.out(_SCALAR, text, r"\1")
    text = _TIMES.sub(r"\1", _APART.sub("", text))
    reader = next(reader for recognised, reader in _KINDS if recognised(text))
    found = tuple(bounded(reader(text, clean))) or (Piece("", text),)
    return tuple(
        replace(one, taken=(*clean.taken, *one.taken), remarks=remarks + one.remarks)
        for one in found
    )


_ABOUT = re.compile("[≈~≃≅]")
_APART = re.compile(r"(?<=[≈~≃≅])[^\S\n]{1,3}(?=[-+−]?[0-9.])|(?<=[0-9])[^\S\n]{1,3}(?=%)")
_TIMES = re.compile(r"(?<=[0-9])[^\S\n]{1,3}([xX×·⋅*]|\\cdot|\\times)[^\S\n]{1,3}(?=10\s?\^)")
# A thin space parts thousands, and nothing else; an ordinary one parts entries.
_THIN = re.compile(r"(?<=[0-9])[\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_GERMAN_THIN = re.compile(
    r"(?<![0-9.,])[0-9]{1,3}(?:[\u2009\u202f][0-9]{3}){1,9},[0-9]{1,20}(?![0-9])"
)
_SCALAR = re.compile(
    r"\b(?:(?:np|numpy|torch|tf|jnp|jax|mx)[\w.]{0,30}|tensor|Array|DeviceArray)"
    r"\(\s{0,9}([^()\[\]\n,]{1,100})(?:,(?:[^()\[\]\n]|\(\)){0,200})?\)"
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]|(?<!^)\ufeff")

_KINDS: tuple[tuple[Callable[[str], object], Callable[[str, Cleaner], Iterator[Piece]]], ...] = (
    (lambda text: LATEX.search(text), latex),
    (lambda text: text.lstrip()[:1].isdigit() and HEADER_LINE.match(text), lined),
    (lambda text: NUMBERED.fullmatch(text), numbered),
    (lambda text: text.lstrip()[:1] == "(" and not LETTER.search(text), tuples),
    (lambda text: "bind(" in text and R_BIND.fullmatch(text), r_bind),
    (lambda text: "c(" in text and R_CALL.fullmatch(text), r_call),
    (lambda text: text.lstrip().startswith("[1] ") and R_VECTOR.fullmatch(text), r_vector),
    (lambda text: not R_LABEL.search(text) and BRACKET.search(text), bracketed),
    (lambda text: True, lined),
)
