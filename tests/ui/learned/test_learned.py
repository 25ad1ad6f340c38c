"""The page on trained cells: each sentence and row, against numbers worked out here from traces."""

import json
import re

import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.training.examples import EXAMPLES
from lstm_core.training.tasks.table import TASKS
from lstm_ui.learned.blocks import learned_blocks
from lstm_ui.learned.choices import lens
from lstm_ui.learned.events import open_cut, open_trained, show_failure, type_sequence
from lstm_ui.learned.figure import bands, clicked, figure
from lstm_ui.learned.models import core_of, failure, share_right, task_of, trained, wrong_at
from lstm_ui.learned.words import out_sentences, share_sentences, unit_sentences
from lstm_ui.sheet.desk import desk_now
from tests.ui.sessions import session_at

NAMES = list(EXAMPLES)


@pytest.fixture
def opened():
    """Return a function that opens a trained cell, with options of the page."""

    def make(name, **options):
        session = session_at()
        open_trained(session, name)
        session.options |= options
        return session

    return make


def look(session):
    return lens(desk_now(session))


def text_of(block):
    return json.dumps(block, ensure_ascii=False)


@pytest.mark.parametrize("name", NAMES)
def test_its_accuracy_is_as_its_file_says_by_its_own_traces(name):
    one, task = trained()[name], TASKS[name]
    chance, right, asked = np.random.RandomState(30_011), 0, 0
    for _ in range(256):
        xs = task.draw(chance, task.length)
        targets, weights = task.answers(xs)
        trace = one.exercise.with_array("xs", xs).trace()
        y = np.array([trace[t, "y"] for t in range(len(xs))])
        right += (((y > 0.5) == (targets > 0.5)) & (weights > 0)).sum()
        asked += weights.sum()
    assert one.accuracy[task.length] == pytest.approx(right / asked, abs=6e-5)
    assert one.accuracy[task.length] > 0.98


@pytest.mark.parametrize("name", NAMES)
def test_a_trained_cell_is_known_by_its_numbers(name, opened):
    session = opened(name)
    assert task_of(session.exercise, {}).name == name
    assert task_of(PRESETS["founding"], {}) is None
    assert task_of(PRESETS["founding"], {"task": name}) is None


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("out", ["nothing", "unit-1", "f-0", "f-mean", "weight"])
def test_every_cell_is_told_whatever_is_out(name, out, opened):
    shown = learned_blocks(look(opened(name, out=out)))
    said = text_of(shown)
    assert "Unit 1" in said
    assert not re.search(r"\{[a-z]", said.replace("{t", ""))


def test_what_is_said_of_a_unit_are_the_means_of_its_memory(opened):
    here = look(opened("agreement"))
    said = unit_sentences(here)[0]
    task, chance, rows = TASKS["agreement"], np.random.RandomState(20_011), []
    for _ in range(64):
        xs = task.draw(chance, task.length)
        targets, asked = task.answers(xs)
        trace = here.exercise.with_array("xs", xs).trace()
        rows += [(trace[t, "C"][0], targets[t, 0]) for t in range(task.length) if asked[t, 0]]
    C, plural = np.array(rows).T
    yes, no = C[plural == 1].mean(), C[plural == 0].mean()
    assert f"is {yes:.2f} on average while the subject is plural" in said
    assert f"and {no:.2f} while".replace("-", "−") in said
    assert f"correlation of {np.corrcoef(C, plural)[0, 1]:.2f}" in said


def test_the_shares_said_are_those_of_held_out_sequences(opened):
    here = look(opened("brackets"))
    (said,) = share_sentences(here)
    for T in (20, 60, 200):
        share = share_right(core_of(here.exercise), "brackets", T)
        assert f"{100 * share:.1f}".removesuffix(".0") in said
    assert "none wrong" not in said  # it fails on words deeper than it has seen


def test_a_sequence_that_it_gets_wrong_is_wrong(opened):
    session = opened("brackets")
    show_failure(session)
    here = look(session)
    at = wrong_at(session.exercise, here.task, session.exercise.xs)
    targets, _ = here.task.answers(session.exercise.xs)
    y = session.exercise.trace()[at, "y"]
    assert (y[0] > 0.5) != (targets[at, 0] > 0.5)
    assert f"at t = {at + 1}" in text_of(learned_blocks(here))


def test_a_cell_that_never_fails_offers_no_failure(opened):
    session = opened("agreement")
    assert failure(core_of(session.exercise), "agreement") is None
    before = session.exercise
    show_failure(session)
    assert session.exercise == before


def test_the_rows_are_the_traces_own(opened):
    here = look(opened("outbreak", out="unit-2"))
    answers, memory, gate = bands(here)
    cut, whole = here.cut.trace(), here.exercise.trace()
    assert answers.names[:3] == ["lasts: right answer", "lasts", "lasts, unit 2 out"]
    assert answers.values[1].tolist() == [whole[t, "y"][0] for t in range(len(whole))]
    assert answers.values[2].tolist() == [cut[t, "y"][0] for t in range(len(cut))]
    assert memory.values[2, 4] == cut[4, "C"][2]
    assert gate.values[1, 5] == cut[5, "f"][1]


def test_the_figure_has_the_words_over_its_columns_and_an_alternative(opened):
    drawn = figure(look(opened("agreement")))
    assert drawn["layout"]["xaxis"]["ticktext"] == [
        "the",
        "dogs",
        "near",
        "the",
        "cat",
        "sleep",
        ".",
    ]
    assert "the dogs near" in drawn["alt"]
    assert "not asked" in drawn["alt"]


def test_a_click_goes_to_its_time_step(opened):
    session = opened("agreement")
    clicked(session, "3.2,1")
    assert session.place.t == 3


def test_a_typed_sequence_is_read_and_what_is_wrong_is_said(opened):
    session = opened("outbreak")
    type_sequence(session, "0 3 12 0 0")
    assert session.exercise.xs[:, 0].tolist() == [0.0, 0.3, 1.2, 0.0, 0.0]
    type_sequence(session, "0 -3")
    assert "given -3" in session.problems["sequence"]
    type_sequence(session, "1 " * 4000)
    assert "4000 characters" in session.problems["sequence"]
    assert session.exercise.T == 5
    type_sequence(session, "1 2")
    assert "sequence" not in session.problems


def test_what_is_left_opens_as_an_exercise_and_undo_brings_the_whole_back(opened):
    session = opened("agreement", out="f-1")
    whole, cut = session.exercise, look(session).cut
    open_cut(session)
    assert session.exercise == cut
    assert session.options["out"] == "nothing"
    assert look(session).task.name == "agreement"
    session.undo()
    assert session.exercise == whole


def test_without_a_gate_the_figures_gate_is_still(opened):
    *_, gate = bands(look(opened("agreement", out="f-1")))
    assert (gate.values == 1.0).all()


def test_a_sequence_for_a_cell_that_learned_nothing_changes_nothing():
    session = session_at()
    type_sequence(session, "1 2")
    open_cut(session)
    show_failure(session)
    assert session.exercise == PRESETS["founding"]


def test_what_changes_while_nothing_is_asked_is_no_answer_that_changes(opened):
    session = opened("first_bit", out="unit-1")  # it is asked at the last time step alone
    trace, cut = session.exercise.trace(), look(session).cut_trace
    change = [abs(float(cut[t, "y"][0] - trace[t, "y"][0])) for t in range(len(trace))]
    t = change.index(max(change))
    assert t < len(trace) - 1
    said = out_sentences(look(session))[0]
    assert f"y changes in this sequence by at most {max(change):.2f}, at t = {t + 1}." in said
    assert "None of the answers that are asked for turns round." in said
