import pytest

from lstm_files.classes.names import LONGEST, names_in_file, names_in_text
from lstm_files.tables.xlsx import write_xlsx
from tests.core.exercises import ONE_SENTENCE


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lovelace\nAlan Turing",
        "\n Ada Lovelace \n\nAlan Turing\n",
        "Name\nAda Lovelace\nAlan Turing",
        "First name\tLast name\tE-mail\nAda\tLovelace\ta@b.c\nAlan\tTuring\td@e.f",
        "Nr;Vorname;Nachname\n1;Ada;Lovelace\n2;Alan;Turing",
        "1\tAda Lovelace\n2\tAlan Turing",
        "Ada Lovelace,ada@example.org\nAlan Turing,alan@example.org",
    ],
)
def test_ways_to_write_a_list(text):
    assert names_in_text(text) == ["Ada Lovelace", "Alan Turing"]


def test_a_workbook():
    data = write_xlsx([["Student", "Group"], ["Ada", "A"], ["=Bob", "B"]])
    assert names_in_file(data, "class.xlsx") == ["Ada", "=Bob"]


def test_a_long_name_is_cut():
    assert names_in_text("x" * 500) == ["x" * LONGEST]


@pytest.mark.parametrize("text", ["1\n2", "Name\n", "a@b.c", "---"])
def test_what_holds_no_name(text):
    with pytest.raises(ValueError, match="No name is here") as caught:
        names_in_text(text)
    assert ONE_SENTENCE.fullmatch(str(caught.value))
