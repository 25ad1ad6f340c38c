"""A page of HTML that stands alone and prints well, and mathematics on it.

    page("Title", body, css)      everything in one file: no script, no font, no address
    formula_html(latex)           one line of mathematics
    matrix_html(values, decimals) numbers in brackets

It reads in grey, breaks between blocks and not inside them, and fits A4 and Letter.
"""

from html import escape

from lstm_core.lesson.latex import number
from lstm_core.ops import Array
from lstm_files.markup.mathml import mathml

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{css}
</style>
</head>
<body>
{body}
</body>
</html>
"""

# Widths are those of A4 and Letter alike: 18 cm of text fits on both.
CSS = """\
@page { margin: 16mm 15mm 18mm; }
@page { @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
:root { color-scheme: light; }
body { max-width: 18cm; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff;
  font: 10.5pt/1.45 Georgia, "Times New Roman", "DejaVu Serif", serif; }
h1 { font-size: 18pt; line-height: 1.2; margin: 0 0 0.4rem; }
h2 { font-size: 14pt; margin: 1.6rem 0 0.5rem; border-bottom: 1.5pt solid #111; }
h3 { font-size: 11.5pt; margin: 1.1rem 0 0.2rem; }
h1, h2, h3 { break-after: avoid; overflow-wrap: anywhere; }
p { margin: 0.3rem 0; overflow-wrap: anywhere; orphans: 2; widows: 2; }
/* Letters in the italics of the text: what math fonts there are differs from machine to machine. */
math { font-family: inherit; font-variant-numeric: tabular-nums; }
mi { font-style: italic; text-transform: none; }
mi[mathvariant] { font-style: normal; }
math[display="block"] { margin: 0.5rem 0; break-inside: avoid; }
/* Brackets: bars, and a short line at each corner, which needs the background printed. */
mtable.bmatrix, mrow.square { border: solid #111; border-width: 0 0.08em; margin: 0 0.15em;
  --line: linear-gradient(#111, #111); background: var(--line) 0 0, var(--line) 100% 0,
  var(--line) 0 100%, var(--line) 100% 100%; background-size: 0.3em 0.08em;
  background-repeat: no-repeat; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
mtable.bmatrix > mtr > mtd { padding: 0.28em 0.45em; text-align: right; text-align: -webkit-right; }
mtable.aligned > mtr > mtd { padding: 0.3em 0.12em; text-align: left; text-align: -webkit-left; }
mtable.aligned > mtr > mtd:first-child { text-align: right; text-align: -webkit-right; }
mrow.square { padding: 0.15em 0.3em; }
mrow.round { border: solid #111; border-width: 0 0.08em; border-radius: 0.9em; margin: 0 0.1em;
  padding: 0.1em 0.35em; }
@media print { body { max-width: none; margin: 0; padding: 0; } }
"""


def page(title: str, body: str, css: str = "") -> str:
    """Return a whole HTML document; `title` is text, `body` is HTML that is already safe."""
    return _PAGE.format(title=escape(title), css=CSS + css, body=body)


def formula_html(latex: str, display: bool = False) -> str:
    """Return LaTeX of lstm_core.lesson.latex as MathML."""
    return mathml(latex, display)


def matrix_html(values: Array, decimals: int | None, rounded: bool = False) -> str:
    """Return numbers in brackets as MathML; a vector stands as a column."""
    return mathml(matrix_latex(values, decimals, rounded))


def matrix_latex(values: Array, decimals: int | None, rounded: bool = False) -> str:
    """Return numbers in brackets as LaTeX, a vector as a column."""
    rows = values.reshape(len(values), -1).tolist()
    texts = (" & ".join(number(x, decimals, rounded) for x in row) for row in rows)
    return r"\begin{bmatrix} " + r" \\ ".join(texts) + r" \end{bmatrix}"
