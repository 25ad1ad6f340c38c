"""What documents, consoles and boxes put round numbers: tags, bars, prompts and comments."""

import html
import re

from lstm_core.text.pasted.piece import Cleaner


def markup(text: str, clean: Cleaner) -> str:
    """Turn the tables of HTML and Markdown into rows with tabs; take prompts and comments away."""
    if "<" in text[:_HEAD] and _HTML_TABLE.search(text[:_HEAD]):
        text = _HTML_GAP.sub("><", text)
        text = html.unescape(_HTML_TAG.sub("", _HTML_CELL.sub("\t", _HTML_ROW.sub("\n", text))))
        text = "\n".join(line for line in text.split("\n") if line.strip())
        clean.taken.append("the table's HTML")
    if _BOX.search(text):
        text = "\n".join(line for line in _BOX.sub(" ", text).split("\n") if line.strip())
        clean.taken.append("the lines of a box")
    if "|" in text and "\\" not in text and _BARS.search(text):
        text = _barred(text)
        clean.taken.append("|")
    for pattern in (_RULER, _PROMPT, _OUTPUT, _COMMENT, _SIZE, _FOOT):
        text = clean.out(pattern, text)
    return text


def _barred(text: str) -> str:
    """The cells between the bars of a table in Markdown, or of one that was drawn with + and −."""
    rows = [line.strip().strip("|") for line in text.strip().split("\n")]
    body = [row for row in rows if not _RULE.fullmatch(row)]
    cells = ([cell.strip(" *`") for cell in row.split("|")] for row in body)
    return "\n".join(map("\t".join, cells))


_HEAD = 2_000
_HTML_TABLE = re.compile(r"<m?t(?:able|r|d|h|body|head)\b", re.I)
_HTML_GAP = re.compile(r">\s+<")
_HTML_ROW = re.compile(r"</m?tr\s*>|<br\s*/?>", re.I)
_HTML_CELL = re.compile(r"</m?t[dh]\s*>(?=\s*<m?t[dh])", re.I)
_HTML_TAG = re.compile(r"<[^<>]{0,500}>")
_BOX = re.compile("[\u2500-\u257f⎡⎤⎢⎥⎣⎦⎛⎞⎜⎟⎝⎠]")
# A row between bars, a rule of bars and hyphens, or numbers on both sides of a bar.
_BARS = re.compile(
    r"^[^\S\n]*+\|[^\n]*\|[^\S\n]*$|^[ |:]*+-[-: ]*+\|[-|: ]*+$|^[^|\n]*[0-9] *\| *[-+−.0-9]", re.M
)
_RULE = re.compile(r"[\s|:+=]*+-[\s|:+=-]*+")
# What was typed at a prompt goes with it, where it is no more than a name. Dots alone are none:
# NumPy prints them in the place of rows.
_PROMPT = re.compile(
    r"^[^\S\n]*(?:>>>|>>|>|\.\.\.(?=[^\S\n]*[A-Za-z_])|In \[[0-9]{1,6}\]:|julia>"
    r"|octave:[0-9]{1,6}>)"
    r"(?:[^\S\n]*[A-Za-z_][\w.()]{0,60})?[^\S\n]*(?:\n|\Z)|^[^\S\n]*(?:>>>|>>|julia>)(?=[^\S\n])",
    re.M,
)
# Lines of a table that hold no cells: rules, and the types that Polars shows.
_RULER = re.compile(
    r"^[^\S\n]*+(?:==[= ]*+|---[- ]*+|(?:(?:[fiu](?:8|16|32|64)|str|bool)[^\S\n]*+)++)"
    r"(?:\n|\Z)|^shape: \([0-9, ]{0,40}\)[^\S\n]*\n",
    re.M,
)
_OUTPUT = re.compile(r"^[^\S\n]*Out\[[0-9]{1,6}\]:", re.M)
_COMMENT = re.compile(
    r"(?<=[]});0-9,])[^\S\n]*(?:#|//|%(?=[^\S\n]*[A-Za-z]))[^\n]*|/\*[^*]{0,200}\*/|^[^\S\n]*(?://|%)[^\n]*(?:\n|\Z)",
    re.M,
)
_SIZE = re.compile(r"torch\.Size\(\[[0-9, ]{0,60}\]\)")
_FOOT = re.compile(r"^[^\S\n]*\[[0-9]{1,9} rows x [0-9]{1,9} columns\][^\S\n]*$", re.M)
