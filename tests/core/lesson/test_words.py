import configparser

import pytest

from lstm_core.cell import Cell
from lstm_core.cells import CELLS as BY_NAME
from lstm_core.cells import gru, lstm, no_forget_lstm
from lstm_core.lesson.words import FOLDER, filled, of_kind, paragraph, parsed, placeholders, words
from tests.core.samples import CELLS

FILE = """
# For whoever edits it.
[memory, another heading]
grows = After {t} steps C is {value},
  and h_{t-1} = 0 stays.
shrinks = C = 0.

[gru memory]
grows = h grows.
"""
FILES = sorted(path.stem for path in FOLDER.glob("*.txt"))


def test_a_text_goes_on_in_lines_that_are_set_further_in():
    text = parsed(FILE).text("memory", "grows", {"t": 3, "value": "1.5"})
    assert text == "After 3 steps C is 1.5, and h_{t-1} = 0 stays."


def test_headings_with_commas_between_share_their_texts():
    assert parsed(FILE).template("another heading", "shrinks") == "C = 0."


def test_a_kind_of_cell_has_its_own_words_where_it_has_any():
    here = parsed(FILE)
    assert here.text("gru memory", "grows") == "h grows."
    assert here.text("gru memory", "shrinks") == "C = 0."
    assert here.text("lstm memory", "shrinks") == "C = 0."


@pytest.mark.parametrize(
    ("heading", "name"), [("memory", "turns"), ("rnn memory", "turns"), ("my memory", "shrinks")]
)
def test_what_no_file_says_is_an_error(heading, name):
    assert not parsed(FILE).has(heading, name)
    with pytest.raises(KeyError):
        parsed(FILE).text(heading, name)


def test_what_nobody_fills_in_is_an_error():
    assert parsed(FILE).has("memory", "grows")
    with pytest.raises(KeyError, match="value"):
        parsed(FILE).text("memory", "grows", {"t": 3})


def test_only_names_in_braces_are_filled_in():
    assert filled("{n} and {t-1} and {} and {2}", {"n": 3}) == "3 and {t-1} and {} and {2}"
    assert placeholders("{n}, {n} and {t-1}, {C_prev}") == {"n", "C_prev"}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("[a]\nb = 1\n[a]\nc = 2", configparser.DuplicateSectionError),
        ("[a]\nb = 1\nb = 2", configparser.DuplicateOptionError),
        ("b = 1", configparser.MissingSectionHeaderError),
        ("[a]\nno name", configparser.ParsingError),
        ("[a]\nb = 1\n[c, a]\nb = 2", ValueError),
    ],
)
def test_a_file_that_is_badly_made_is_refused(text, error):
    with pytest.raises(error):
        parsed(text)


def test_every_cell_is_of_a_kind():
    assert {cell.name for cell in CELLS} == set(BY_NAME)
    assert of_kind(gru(reset="after"), "h") == "gru_after gru h"
    assert of_kind(no_forget_lstm(), "h") == "no_forget h"
    assert of_kind(Cell("mine", lstm().steps, lstm().carry), "h") == "h"


@pytest.mark.parametrize("file", FILES)
def test_texts_are_sentences_without_gaps(file):
    for texts in words(file).texts.values():
        for text in texts.values():
            assert text == text.strip()
            assert "  " not in text
            assert text.count("{") == text.count("}")


def test_a_paragraph_leaves_out_what_is_not_said():
    assert paragraph("One.", "", "Two.") == "One. Two."
