from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.marking.check import check
from lstm_core.marking.slips.words import WORDS
from lstm_core.marking.summary import Summary, step_line, summary
from lstm_core.trace import Address
from tests.core.marking.sheets import SLIPS, by_hand, problem, text

FOUNDING = PRESETS["founding"]


def line(exercise, name, *texts, **earlier):
    answers = {(0, step): row for step, row in earlier.items()} | {(0, name): texts}
    return step_line(check(exercise, answers), 0, name)


def test_the_founding_example_in_words():
    assert line(FOUNDING, "z_i", "22", "42", "62") == (
        "1 of 3 right. Entry 2 is wrong: the bias was left out. "
        "Entry 3 is wrong: the bias was subtracted."
    )


def test_the_founding_example_in_numbers():
    found = summary(check(FOUNDING, {(0, "z_i"): ["22", "42", "62"], (0, "i"): ["", "1", "x"]}))
    assert found.entries == 5
    assert found.counts == {"right": 2, "wrong": 2, "blank": 1, "unreadable": 1}
    assert found.rows == {
        (0, "z_i"): {"right": 1, "wrong": 2},
        (0, "i"): {"blank": 1, "right": 1, "unreadable": 1},
    }
    assert list(found.rows) == [(0, "z_i"), (0, "i")]
    assert found.codes == (("bias-omitted", 1), ("bias-subtracted", 1))
    assert found.first_wrong == Address("z_i", 0, (1,))


def test_the_most_frequent_mistake_comes_first():
    exercise = problem(1)
    params, Wv = exercise.params, exercise.trace()[0, "Wv_o"]
    wrong = [Wv[0], *(Wv[1:] - params["b_o"][1:])]
    found = summary(check(exercise, {(0, "z_o"): [text(x, 4) for x in wrong]}))
    assert found.codes == (("bias-subtracted", 2), ("bias-omitted", 1))


def test_nothing_answered():
    assert summary({}) == Summary(0, {}, {}, (), None)
    assert line(FOUNDING, "z_i", "", " ") == "Not answered."
    assert step_line({}, 0, "z_i") == ""


def test_all_right():
    assert line(FOUNDING, "z_i", "22", "43", "64") == "3 of 3 right."


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["22", "0", "0"], "1 of 3 right. Entries 2 and 3 are wrong."),
        (["22", "43"], "2 of 3 right. Entry 3 is not answered."),
        (["x", "43", ""], "1 of 3 right. Entry 1 is no number that can be read. "),
    ],
)
def test_entries_that_are_alike_share_a_sentence(texts, said):
    assert line(FOUNDING, "z_i", *texts).startswith(said)


def test_rounding_and_what_follows():
    assert line(FOUNDING, "z_i", "23", "44", "65", Wv_i=["22", "43", "64"]) == (
        "3 of 3 right. Entries 1, 2 and 3 are right for your earlier numbers."
    )
    exercise = problem(1)  # no way to round z_f[1] = −0.71… gives entry 2
    f = exercise.trace()[0, "f"]
    cut = [text(np.floor(x * 1e4) / 1e4, 4) for x in f]
    assert [cut[k] != text(f[k], 4) for k in range(3)] == [False, True, False]
    assert line(exercise, "f", *cut) == "3 of 3 right. Entry 2 is cut off, not rounded."


def test_the_impossible():
    assert line(FOUNDING, "f", "1", "7.123", "1").endswith("Entry 2 is impossible.")


def test_several_that_cannot_be_told_apart_and_two_at_once():
    exercise = problem(2)
    trace = exercise.trace()
    two = text(np.tanh(trace[0, "Wv_f"] - exercise.params["b_f"])[0], 6)
    said = line(exercise, "f", two)
    assert "the bias was subtracted, and tanh was used in the place of σ" in said
    sheet = by_hand(exercise, 4, SLIPS["x-omitted"])
    said = line(exercise, "f", *sheet[0, "f"])
    assert "only a square part of the weights was used, or x was left out of v" in said


def test_a_summary_is_frozen():
    found = summary(check(FOUNDING, {(0, "z_i"): ["22"]}))
    with pytest.raises(FrozenInstanceError):
        found.entries = 0
    with pytest.raises(TypeError):
        found.rows[0, "z_i"]["right"] = 9


def test_every_mistake_has_words():
    assert all(words[0].islower() or words[0] in "1σCR" for words in WORDS.values())
    assert len(set(WORDS.values())) == len(WORDS)


def test_many_entries_are_counted_and_not_listed():
    exercise = problem(1)
    share = check(exercise, {(1, "dW_f"): ["9.99", *[""] * 14]})
    line = "0 of 15 right. Entry [1,1] is wrong. 14 entries are not answered."
    assert step_line(share, 1, "dW_f") == line
