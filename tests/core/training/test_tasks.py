"""The tasks: what is drawn belongs to the task, what is asked is right, what is typed is read."""

import re

import numpy as np
import pytest

from lstm_core.training.tasks.agreement import NOUNS, VERBS, WORDS
from lstm_core.training.tasks.table import TASKS
from lstm_core.training.tasks.task import Chance


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_a_batch_has_the_shapes_that_it_says(task):
    xs, targets, weights = task.batch(Chance(1), 6, 11)
    assert xs.shape == (11, len(task.inputs), 6)
    assert targets.shape == weights.shape == (11, len(task.outputs), 6)
    assert set(np.unique(targets)) <= {0.0, 1.0}
    assert weights.sum() > 0


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_both_answers_occur(task):
    _, targets, weights = task.batch(Chance(2), 64, task.length)
    share = (targets * weights).sum(axis=(0, 2)) / weights.sum(axis=(0, 2))
    assert (share > 0.1).all()
    assert (share < 0.9).all()


def test_a_sentence_agrees_with_its_first_noun_and_not_the_nearest():
    task = TASKS["agreement"]
    targets, asked = task.answers(task.read("The dogs near the cat sleep. The cat sleeps."))
    assert asked[:, 0].tolist() == [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0]
    assert targets[asked > 0].tolist() == [1, 1, 1, 1, 0]


def test_every_drawn_sentence_is_of_the_grammar():
    task, chance = TASKS["agreement"], Chance(3)
    text = " ".join(WORDS[k] for k in task.draw(chance, 400).argmax(axis=1))
    noun = "|".join(NOUNS)
    for sentence in text.split(" . ")[:-1]:
        found = re.fullmatch(rf"the ({noun})(?: near the (?:{noun}))* (sleeps?)", sentence)
        assert found, sentence
        assert found[2] == VERBS[NOUNS[found[1]]]


def test_an_outbreak_lasts_until_the_second_quiet_day_and_is_large_from_ten_cases_on():
    task = TASKS["outbreak"]
    targets, _ = task.answers(task.read("0 4 0 6 1 0 0 0 9 0 0"))
    assert targets[:, 0].tolist() == [0, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0]
    assert targets[:, 1].tolist() == [0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0]


def test_an_area_is_at_risk_while_the_other_has_a_large_outbreak():
    task = TASKS["areas"]
    targets, _ = task.answers(task.read("12 0\n0 0\n0 11\n3 0"))
    assert targets.tolist() == [[0, 1], [0, 1], [1, 0], [1, 0]]


def test_the_first_bit_is_asked_at_the_end_alone():
    task = TASKS["first_bit"]
    targets, asked = task.answers(task.read("1 0 0 1 0"))
    assert asked[:, 0].tolist() == [0, 0, 0, 0, 1]
    assert targets[-1] == 1.0


def test_a_word_is_complete_when_all_is_closed():
    task = TASKS["brackets"]
    assert task.answers(task.read("aabb ab"))[0][:, 0].tolist() == [0, 0, 0, 1, 0, 1]


def test_longer_words_are_deeper_than_those_it_learned_from():
    task = TASKS["brackets"]

    def deepest(T):
        xs = np.concatenate([task.draw(Chance(seed), T) for seed in range(20)])
        return np.cumsum(xs[:, 0] - xs[:, 1]).max()

    assert deepest(task.length) <= 4 * 20
    assert max(len(run) for run in letters(task.draw(Chance(4), 400)).split("b")) > 4


def letters(xs):
    return "".join("ab"[k] for k in xs.argmax(axis=1))


@pytest.mark.parametrize(
    ("task", "text", "said"),
    [
        (
            "agreement",
            "the dog barks",
            "“barks” is no word of this grammar: it knows the, dog, dogs, cat, cats, near, sleeps, "
            "sleep and the full stop.",
        ),
        ("agreement", "", "1 to 200 words"),
        ("agreement", "the " * 201, "given 201"),
        ("outbreak", "1 -2 3", "whole numbers from 0 to 1000; given -2"),
        ("outbreak", "1.5", "given 1.5"),
        ("outbreak", "1 2\n3 4", "one number; given 2"),
        ("outbreak", "1 five", "five"),
        ("areas", "1 2 3", "2 numbers; given 3"),
        ("first_bit", "0 1 2", "Only 0 and 1 can stand here; given “2”"),
        ("brackets", "abc", "given “c”"),
        ("brackets", " , ", "1 to 200 time steps"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(task, text, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        TASKS[task].read(text)


TYPED = {
    "agreement": "the dogs near the cat sleep .",
    "outbreak": "0 3 0 4 0 0",
    "first_bit": "1 0 1 1",
    "brackets": "a a b b a",
    "areas": "1 0\n12 3\n0 0",
}


@pytest.mark.parametrize(("name", "text"), TYPED.items(), ids=TYPED)
def test_what_was_read_is_written_as_it_was_typed(name, text):
    between = "\n" if name == "areas" else " "
    assert between.join(TASKS[name].written(TASKS[name].read(text))) == text


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_every_fact_and_event_occurs_and_has_a_value_at_each_time_step(task):
    known = [task.known(task.draw(Chance(seed), 20)) for seed in range(12)]
    for name in known[0].facts:
        values = np.concatenate([one.facts[name][one.relevant] for one in known])
        assert np.ptp(values) > 0, name
    for name in known[0].events:
        assert any(one.events[name].any() for one in known), name
        assert not all(one.events[name].all() for one in known), name


def test_what_happens_in_an_outbreak_is_named():
    task = TASKS["outbreak"]
    known = task.known(task.read("0 4 0 6 0 0 2"))
    at = {name: np.flatnonzero(where).tolist() for name, where in known.events.items()}
    assert at == {"first case": [1, 6], "more cases": [3], "quiet day": [2, 4], "died out": [5]}
    assert known.facts["cases so far"].tolist() == [0, 4, 4, 10, 10, 0, 2]


def test_the_subject_is_the_first_noun_of_its_sentence():
    task = TASKS["agreement"]
    known = task.known(task.read("the dogs near the cat sleep . the cat sleeps ."))
    assert np.flatnonzero(known.events["subject"]).tolist() == [1, 8]
    assert np.flatnonzero(known.events["another noun"]).tolist() == [4]
