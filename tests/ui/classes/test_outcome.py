import pytest

from lstm_ui.classes.outcome import class_sentence, unexplained_sentence, worth_sentence
from tests.ui.classes.marked_class import BIAS, result


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([BIAS], "1 student, 3 entries. Right: 1, wrong: 2."),
        (
            [BIAS, ["Ed", "22", "", "64"]],
            "2 students, 6 entries. Right: 3, wrong: 2, not answered: 1.",
        ),
    ],
)
def test_what_it_comes_to(rows, text):
    assert class_sentence(result(*rows)) == text


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (["Ed", "22", "43", "64"], "Nothing is wrong."),
        (["Ed", "27.38", "43", "64"], "1 wrong entry is explained by none."),
        (["Ed", "22.5", "42.5", "64"], "2 wrong entries are explained by none."),
        (BIAS, "Where several mistakes fit, the likeliest is counted."),
    ],
)
def test_what_no_mistake_explains(row, text):
    assert unexplained_sentence(result(row)).endswith(text)


@pytest.mark.parametrize(
    ("points", "entries", "text"),
    [
        (0, 12, "Points: 1 for each of 12 entries, 12 together."),
        (10, 12, "Points: 0.83 for each of 12 entries, 10 together."),
        (3, 1, "Points: 3 for each of 1 entry, 3 together."),
    ],
)
def test_what_an_entry_is_worth(points, entries, text):
    assert worth_sentence(points, entries) == text
