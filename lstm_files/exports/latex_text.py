"""Text that someone typed, made safe for LaTeX: every sign is shown, none is obeyed."""

import unicodedata
from collections.abc import Iterable

_SIGNS = {sign: f"\\{sign}" for sign in "#$%&_{}"}
_SIGNS |= {sign: f"{{{sign}}}" for sign in "'`-,?!"}  # in braces -- stays two hyphens
_SIGNS |= {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
_SIGNS |= {"“": "``", "”": "''", '"': "{''}", "‘": "`", "’": "'", "–": "--", "—": "---"}
_SIGNS |= {"…": r"\dots{}", "©": r"\copyright{}", "§": r"\S{}", "\N{NO-BREAK SPACE}": "~"}
_SIGNS |= {"ß": r"\ss{}", "æ": r"\ae{}", "Æ": r"\AE{}", "ø": r"\o{}", "Ø": r"\O{}"}
_SIGNS |= {"ł": r"\l{}", "Ł": r"\L{}", "œ": r"\oe{}", "Œ": r"\OE{}", "ı": r"\i{}"}
_MATHEMATICS = {"<": "<", ">": ">", "|": "|", "−": "-", "·": r"\cdot", "∘": r"\circ"}
_MATHEMATICS |= {"×": r"\times", "±": r"\pm", "≤": r"\le", "≥": r"\ge", "∞": r"\infty"}
_MATHEMATICS |= {"α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "∂": r"\partial"}
_MATHEMATICS |= {"λ": r"\lambda", "μ": r"\mu", "π": r"\pi", "σ": r"\sigma", "φ": r"\phi"}
_MATHEMATICS |= {"Δ": r"\Delta", "Σ": r"\Sigma", "Ω": r"\Omega", "ε": r"\epsilon", "²": "^2"}
_MATHEMATICS |= {"≈": r"\approx", "′": "'", "ₜ": "_t", "₋": "_-", "₁": "_1", "→": r"\to"}
_KNOWN = _SIGNS | {sign: f"${latex}$" for sign, latex in _MATHEMATICS.items()}

_ACCENTS = {
    **{"\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u"},
    **{"\u0307": ".", "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0327": "c"},
}
_PRINTABLE = "LMNPS"  # the first letters of their Unicode categories


def escaped(text: str) -> str:
    """Return text as LaTeX; what has no LaTeX stands as it is, and `declared` provides for it."""
    return "".join(map(_one, text))


def declared(texts: Iterable[str]) -> str:
    """Return what pdfLaTeX must be told of characters that it has no font for: their numbers.

    XeLaTeX and LuaLaTeX read them as they are, in whatever font the document has.
    """
    foreign = sorted({letter for text in texts for letter in escaped(text) if not letter.isascii()})
    lines = (rf"\DeclareUnicodeCharacter{{{ord(c):04X}}}{{{_number(c)}}}" for c in foreign)
    return "\n".join([r"\ifdefined\pdftexversion", *lines, r"\fi"]) if foreign else ""


def _one(letter: str) -> str:
    if letter in _KNOWN or letter.isascii():
        return _KNOWN.get(letter, letter)
    taken_apart = unicodedata.normalize("NFD", letter)
    base, mark = taken_apart[0], taken_apart[1:]
    if base.isascii() and mark in _ACCENTS:
        return rf"\{_ACCENTS[mark]}{{{base}}}"
    return letter if unicodedata.category(letter)[0] in _PRINTABLE else _number(letter)


def _number(letter: str) -> str:
    return rf"\texttt{{[U+{ord(letter):04X}]}}"
