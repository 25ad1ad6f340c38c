"""LaTeX: compiled where a compiler is at hand; read back, and kept to the rules, everywhere."""

import re
import shutil
import subprocess

import pytest
from hypothesis import given, settings

from lstm_core import PRESETS, gru, lstm
from lstm_files.exports.latex_text import declared, escaped
from lstm_files.exports.table import EXPORTS
from tests.core.exercises import SHORT, some
from tests.files.exports.exported import (
    EVERY_CELL,
    HOSTILE,
    TITLES,
    noted,
    numbers,
    overflowing,
    titled,
)

COMPILERS = [found for name in ("pdflatex", "xelatex", "lualatex") if (found := shutil.which(name))]
KNOWN = """
documentclass usepackage setlength setcounter newcommand sloppy allowdisplaybreaks
textwidth oddsidemargin evensidemargin textheight topmargin parindent parskip
begin end section subsection entry small unskip nobreak hfil penalty hskip hbox
parfillskip finalhyphendemerits par texttt textit LARGE bfseries raggedright
left right tilde circ cdot sigma tanh max mathrm text infty quad footnotesize itshape quote
"""
TYPED = """
LARGE bfseries raggedright par textbackslash textasciicircum textasciitilde dots copyright texttt
ss ae AE oe OE cdot circ times pm le ge infty partial alpha beta gamma delta lambda mu pi sigma phi
Delta Sigma Omega epsilon approx to
"""
EXERCISES = {**EVERY_CELL, **SHORT, "overflowing": overflowing()}
EXERCISES |= {"wide": some(lstm("xh", True), n=23, m=9, T=1), "tall": some(gru(), n=30, m=1, T=1)}


def latex(exercise):
    return EXPORTS["latex"].write(exercise).decode()


def balanced(text):
    r"""Tell whether braces, \left and \right, and environments open and close in turn."""
    closers = []
    for token in re.findall(r"\\(?:begin|end)\{[a-z*]+\}|\\left|\\right|\\.|[{}]", text):
        if token in ("{", r"\left") or token.startswith(r"\begin"):
            closers.append(
                {"{": "}", r"\left": r"\right"}.get(token) or token.replace("begin", "end")
            )
        elif (token in ("}", r"\right") or token.startswith(r"\end")) and (
            not closers or closers.pop() != token
        ):
            return False
    return not closers


def entries(text):
    """The last part of each entry: its digits."""
    return [float(found) for found in re.findall(r"^\\entry\{.*\}\{([^{}]+)\}$", text, re.M)]


@pytest.mark.parametrize("text", ["{", "}", r"\begin{a}\end{b}", r"{\left(}\right)", r"\{ {"])
def test_what_is_not_balanced_is_found(text):
    assert not balanced(text)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_it_keeps_to_what_article_and_amsmath_know(exercise):
    text = latex(exercise)
    assert re.findall(r"\\documentclass\[10pt\]\{(\w+)\}", text) == ["article"]
    assert re.findall(r"\\usepackage.*", text) == [r"\usepackage{amsmath}"]
    assert text.isascii()
    assert balanced(text.replace(r"\newcommand{\entry}[2]", ""))
    assert set(re.findall(r"\\([a-zA-Z]{2,})", text)) <= {*KNOWN.split(), *TYPED.split()}
    assert max(map(len, re.findall(r"begin\{bmatrix\} (.*?) \\", text))) < 200


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_every_entry_has_every_digit(exercise):
    ours = [value for *_, value in numbers(exercise)]
    assert repr(entries(latex(exercise))) == repr(ours)


@pytest.mark.parametrize("compiler", COMPILERS)
def test_it_compiles_and_nothing_sticks_out(compiler, tmp_path):
    for name in ("founding", "lstm-hx-y", "gru_after-xh", "overflowing", "wide", "tall"):
        assert "Overfull" not in compiled(compiler, EXERCISES[name], tmp_path)


@pytest.mark.parametrize("compiler", COMPILERS)
def test_it_compiles_whatever_is_typed(compiler, tmp_path):
    for text in HOSTILE:
        compiled(compiler, titled(text), tmp_path)
        compiled(compiler, noted(text), tmp_path)


def compiled(compiler, exercise, folder):
    (folder / "export.tex").write_bytes(EXPORTS["latex"].write(exercise))
    command = [compiler, "-interaction=nonstopmode", "-halt-on-error", "export.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stdout[-2000:]
    return (folder / "export.log").read_text("utf-8", "replace")


@given(title=TITLES)
@settings(max_examples=100, deadline=None)
def test_a_title_is_no_latex(title):
    body, plain = (latex(titled(x)).split(r"\begin{document}")[1] for x in (title, "x"))
    assert body.split(r"\subsection*")[1:] == plain.split(r"\subsection*")[1:]
    assert harmless(body.split("\n\n")[0])


@given(note=TITLES)
@settings(max_examples=100, deadline=None)
def test_a_note_is_no_latex(note):
    found = re.findall(r"\\begin\{quote\}\n(.*?)\n\\end\{quote\}", latex(noted(note)), re.S)
    assert len(found) == (2 if note.strip() else 0)
    assert all(map(harmless, found))


def harmless(shown):
    """Tell whether typed text does no more than to show signs."""
    commands = set(re.findall(r"\\([a-zA-Z]{2,})", shown))
    special = re.search(r"(?<!\\)[#%&]|\\(?=\s)", shown)
    return balanced(shown) and commands <= {*TYPED.split()} and not special


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50 % of a_b & c", r"50 \% of a\_b \& c"),
        (r"\input{x}", r"\textbackslash{}input\{x\}"),
        ("a--b ?`", "a{-}{-}b {?}{`}"),
        ("é ñ ő Å", r"\'{e} \~{n} \H{o} \r{A}"),
        ("σ(h + x)", r"$\sigma$(h + x)"),
        ("“a” – b…", r"``a'' -- b\dots{}"),
        ("e\u0301", "e\u0301"),
        ("\u202e\uffff", r"\texttt{[U+202E]}\texttt{[U+FFFF]}"),
    ],
)
def test_signs_are_shown_and_not_obeyed(text, expected):
    assert escaped(text) == expected


def test_a_letter_without_latex_stands_as_it_is_and_is_declared():
    assert escaped("中") == "中"
    assert declared(["a中", "中b"]) == (
        "\\ifdefined\\pdftexversion\n\\DeclareUnicodeCharacter{4E2D}{\\texttt{[U+4E2D]}}\n\\fi"
    )
    assert declared(["é σ"]) == ""


def test_what_printing_hides_is_said():
    text = latex(PRESETS["founding"])
    assert "{\\footnotesize\\itshape $\\sigma$(92) is not 1: 1 $-$ $\\sigma$(92)" in text
