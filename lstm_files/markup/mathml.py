r"""LaTeX as lstm_core writes it, turned into MathML, which browsers draw and print by themselves.

It reads letters, numbers, _ ^ {}, \left \right, \frac, \tilde, \text, \sum and the environments
bmatrix, cases and aligned; nothing else, and never text that someone typed. Matrices and high
brackets get classes, framed by the CSS in html.py: few machines have a font that stretches.
"""

import re
from collections.abc import Callable, Mapping
from html import escape

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[0-9]+(?:\.[0-9]+)?|\S")
_LETTERS = {r"\sigma": "σ", r"\tanh": "tanh", r"\max": "max", r"\infty": "∞", r"\top": "⊤"}
_SIGNS = {r"\circ": "∘", r"\cdot": "·", r"\le": "≤", r"\partial": "∂", r"\ldots": "…", r"\sum": "∑"}
_SIGNS |= {"-": "−", "'": "′", ">": "&gt;", "<": "&lt;"} | {sign: sign for sign in "+=,/|"}
_FENCES = {sign: sign for sign in "()[]"}
_SPACES = {r"\,": "0.17em", r"\quad": "1em"}
_FORMS = (
    (_LETTERS, '<mi mathvariant="normal">{}</mi>'),
    (_SIGNS, "<mo>{}</mo>"),
    (_FENCES, '<mo stretchy="false">{}</mo>'),
    (_SPACES, '<mspace width="{}"/>'),
)
_FENCED = {"(": "round", "[": "square", ".": "bar"}
_SCRIPTS = {"_": "msub", "^": "msup", "_^": "msubsup"}
_LIMITS = {"_": "munder", "^": "mover", "_^": "munderover"}
_ENVIRONMENTS = ("bmatrix", "cases", "aligned")
_ROW_END, _END = r"\\", r"\end"


def mathml(latex: str, display: bool = False) -> str:
    """Return a complete, escaped <math> element; on lines of its own if `display`.

    Raises ValueError for LaTeX that it does not know, so that nothing is lost unseen.
    """
    reader = _Reader(latex)
    mode = ' display="block"' if display else ""
    return f"<math{mode}>{reader.row()}</math>"


class _Reader:
    """One pass over the tokens; each method reads one whole thing, and returns it as MathML."""

    def __init__(self, latex: str):
        self.tokens = ["", *reversed(_TOKEN.findall(latex))]  # "" is the end

    def next(self) -> str:
        return self.tokens.pop() if len(self.tokens) > 1 else ""

    def expect(self, token: str) -> None:
        if (found := self.next()) != token:
            raise ValueError(f"Expected {token} in LaTeX, given {found or 'its end'}.")

    def row(self, *stops: str) -> str:
        """Read up to one of these tokens, or to the end, and leave it standing."""
        nodes = []
        while self.tokens[-1] not in (*stops, ""):
            nodes.append(self.scripted())
        return f"<mrow>{''.join(nodes)}</mrow>"

    def scripted(self) -> str:
        """Read one thing with what is set below and above it."""
        tags = _LIMITS if self.tokens[-1] == r"\sum" else _SCRIPTS
        base, scripts = self.one(), {}
        while (script := self.tokens[-1]) in ("_", "^"):
            self.next()
            scripts[script] = self.one()
        if not scripts:
            return base
        kinds = "".join(sorted(scripts, reverse=True))
        return f"<{tags[kinds]}>{base}{''.join(scripts[kind] for kind in kinds)}</{tags[kinds]}>"

    def one(self) -> str:
        token = self.next()
        if command := _COMMANDS.get(token):
            return command(self)
        for known, form in _FORMS:
            if token in known:
                return form.format(known[token])
        if token[:1].isdigit():
            return f"<mn>{token}</mn>"
        if token.isalpha():
            return f"<mi>{escape(token)}</mi>"
        raise ValueError(f"There is no MathML for {token or 'nothing'!r}.")

    def group(self) -> str:
        content = self.row("}")
        self.expect("}")
        return content

    def word(self) -> str:
        """Read {word}, as it stands."""
        self.expect("{")
        found = []
        while (token := self.next()) not in ("}", ""):
            found.append(token)
        return escape("".join(found))

    def upright(self) -> str:
        return f'<mi mathvariant="normal">{self.word()}</mi>'

    def fraction(self) -> str:
        return f"<mfrac>{self.one()}{self.one()}</mfrac>"

    def tilde(self) -> str:
        return f'<mover accent="true">{self.one()}<mo stretchy="false">~</mo></mover>'

    def fenced(self) -> str:
        kind = _FENCED.get(self.next(), "")
        content = self.row(r"\right")
        self.expect(r"\right")
        self.next()
        return f'<mrow class="{kind}">{content}</mrow>'

    def environment(self) -> str:
        if (name := self.word()) not in _ENVIRONMENTS:
            raise ValueError(f"There is no MathML for the environment {name}.")
        rows: list[str] = [""]
        while self.tokens[-1] not in (_END, ""):
            rows[-1] += f"<mtd>{self.row('&', _ROW_END, _END)}</mtd>"
            if self.tokens[-1] in ("&", _ROW_END) and self.next() == _ROW_END:
                rows.append("")
        self.expect(_END)
        self.word()
        body = "".join(f"<mtr>{row}</mtr>" for row in rows)
        return f'<mtable class="{name}">{body}</mtable>'


_COMMANDS: Mapping[str, Callable[[_Reader], str]] = {
    "{": _Reader.group,
    r"\left": _Reader.fenced,
    r"\begin": _Reader.environment,
    r"\frac": _Reader.fraction,
    r"\tilde": _Reader.tilde,
    **dict.fromkeys((r"\text", r"\mathrm", r"\mathbf"), _Reader.upright),
}
