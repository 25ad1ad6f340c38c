"""Markdown, read by a Markdown parser: every digit in its tables, and typed text as text."""

import re

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from lstm_core import PRESETS
from lstm_files.exports.table import EXPORTS
from tests.core.exercises import SHORT
from tests.files.exports.exported import EVERY_CELL, TITLES, noted, numbers, overflowing, titled

EXERCISES = {**EVERY_CELL, **SHORT, "overflowing": overflowing()}


def text(exercise):
    return EXPORTS["markdown"].write(exercise).decode()


def parsed(source):
    return MarkdownIt("gfm-like", {"linkify": False}).parse(source)


def shown(children):
    """The text of these tokens; the element around a sign is not seen."""
    return "".join(
        child.content for child in children if child.content not in ("<span>", "</span>")
    )


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_every_entry_has_every_digit(exercise):
    rows = re.findall(r"^\| `.*` \| .* \| .* \| `(.*)` \|$", text(exercise), re.M)
    assert repr([float(row) for row in rows]) == repr([value for *_, value in numbers(exercise)])


def test_a_step_has_title_words_matrices_and_a_table():
    source = text(PRESETS["founding"])
    step = source.split("### 3. ")[1].split("###")[0]
    assert step == (
        "Add the bias (pre-activation $z_f$)\n\n"
        "Adds the bias $b_f$: the pre-activation of the forget gate.\n\n"
        "$$\n\\begin{aligned}\nz_f &= W_f \\cdot v + b_f \\\\\n"
        "&= \\begin{bmatrix} 91 \\\\ 175 \\\\ 133 \\end{bmatrix} + "
        "\\begin{bmatrix} 1 \\\\ 2 \\\\ 3 \\end{bmatrix} = "
        "\\begin{bmatrix} 92 \\\\ 177 \\\\ 136 \\end{bmatrix}\n\\end{aligned}\n$$\n\n"
        "| entry | worked out | result | every digit |\n|---|---|---|---|\n"
        "| `z_f[1]` | 91 + 1 | 92 | `92.0` |\n"
        "| `z_f[2]` | 175 + 2 | 177 | `177.0` |\n"
        "| `z_f[3]` | 133 + 3 | 136 | `136.0` |\n\n"
    )


@given(title=TITLES)
@settings(max_examples=100, deadline=None)
def test_a_title_is_seen_as_it_was_typed_and_does_nothing(title):
    source = text(titled(title))
    heading = parsed(source)[1].children
    assert {child.type for child in heading} <= {"text", "text_special", "html_inline"}
    assert {child.content for child in heading if child.type == "html_inline"} <= {
        "<span>",
        "</span>",
    }
    assert shown(heading).strip() == (title.strip() or "My own numbers")
    assert source.split("## What is given")[1] == text(titled("")).split("## What is given")[1]


@given(note=TITLES)
@settings(max_examples=100, deadline=None)
def test_a_note_is_a_quotation_and_nothing_else(note):
    tokens = parsed(text(noted(note)))
    inside, found = 0, []
    for token in tokens:
        inside += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if inside and token.type == "inline":
            found.append(shown(token.children))
        elif inside:
            assert token.type in ("blockquote_open", "paragraph_open", "paragraph_close")
    assert found == [note.strip()] * 3 if note.strip() else found == []


@given(title=TITLES)
@settings(max_examples=100, deadline=None)
def test_no_title_is_mathematics(title):
    """Jupyter looks for mathematics in the source, before any escape is undone."""
    typed = text(titled(title)).split("\n\nm = 1, n = 2")[0]
    assert "$" not in typed
    assert not re.search(r"\\\\[(\[]|\\(?:begin|end)|@@", typed)
