"""The strip of gates and states, and the sentence on how far an edit travelled."""

import json

import numpy as np
import pytest

from lstm_core.cells import gru, rnn
from lstm_ui.sheet.desk import desk
from lstm_ui.step_by_step.ripple import ripple_block
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.ui.sessions import FOUNDING, UNSATURATED, do, session_at

ONE_STEP = UNSATURATED.resized(T=1)[0]


def strip(session):
    return {
        number["cell"]: number for part in block(session)["parts"] for number in part["numbers"]
    }


def block(session):
    return ripple_block(desk(session))


def said(session):
    return " ".join(clause["text"] for clause in block(session)["clauses"])


def edited(exercise, cell, text, **place):
    return do(session_at("z_f", exercise, **place), "edit", cell=cell, text=text)


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_cell_has_its_gates_and_states_in_the_strip(cell):
    exercise = some(cell)
    session = session_at("v", exercise, t=1)
    do(session, "edit", cell="x:0", text="0.7")
    shown = block(session)
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown
    trace = exercise.with_array("xs", session.exercise.xs).trace()
    for at, number in strip(session).items():
        name, j = at.split(":")
        value = trace[1, name][int(j)]
        assert float(number["text"].replace("−", "-")) == pytest.approx(value, abs=0.005)
        gate = cell[name].op.name in ("sigmoid", "one_minus")
        assert number["share"] == pytest.approx(value, abs=6e-4) or not gate
        assert number["name"].startswith(desk(session).entry(name, int(j)))


def test_what_the_edit_changed_has_its_old_value_and_what_it_did_not_has_none():
    session = edited(ONE_STEP, "b_f:1", "0.9")
    before, after = ONE_STEP.trace(), session.exercise.trace()
    changed = {at for at, number in strip(session).items() if "was" in number}
    assert changed == {"f:1", "C:1", "h:1"}
    f = strip(session)["f:1"]
    assert f["was"] == f"{before[0, 'f'][1]:.2f}"
    assert f["text"] == f"{after[0, 'f'][1]:.2f}"
    assert f["name"].endswith(f"was {before[0, 'f'][1]:.4f}")


def test_a_small_change_is_shown_with_as_many_digits_as_it_takes():
    f = strip(edited(ONE_STEP, "b_f:1", "-0.199"))["f:1"]
    assert f["was"] != f["text"]
    assert 4 < len(f["text"]) <= 6


def test_the_open_entry_is_marked_where_it_is_in_the_strip():
    here = [at for at, number in strip(session_at("f", entry=1)).items() if number["here"]]
    assert here == ["f:1"]


def test_of_many_units_the_screenful_with_the_open_one_is_shown():
    shown = block(session_at("f", some(n=10), entry=5))["parts"][0]
    assert [number["cell"] for number in shown["numbers"]] == [f"f:{j}" for j in range(4, 8)]
    assert (shown["label"], shown["more"]) == ("fₜ 5 to 8", True)


@pytest.mark.parametrize(
    ("exercise", "cell", "text", "sentence"),
    [
        (
            FOUNDING,
            "b_f:0",
            "2",
            "b_f[1] 1 → 2: z_f[1] 92 → 93; fₜ[1] stays 1.0000: saturated, σ′ ≈ 4.1e−41. "
            "Nothing after it moved.",
        ),
        (
            FOUNDING,
            "W_f:1:2",
            "3.5",
            "W_f[2,3] 7 → 3.5: z_f[2] 177 → 166.5; fₜ[2] stays 1.0000: saturated, σ′ ≈ 4.9e−73. "
            "Nothing after it moved.",
        ),
        (
            UNSATURATED,
            "b_f:2",
            "0.50000000001",
            "b_f[3] 0.5 → 0.50000000001: z_f[3] (t = 1) stays 0.23: too small a change to show. "
            "111 values moved by less than the decimals show.",
        ),
    ],
)
def test_the_sentence_says_where_the_edit_stops_and_why(exercise, cell, text, sentence):
    assert said(edited(exercise, cell, text)) == sentence


def test_the_sentence_says_what_moved_most_where_the_edit_reaches_the_end():
    session = edited(ONE_STEP, "b_f:1", "0.9")
    old, new = (f"{e.trace()[0, 'h'][1]:.4f}" for e in (ONE_STEP, session.exercise))
    assert said(session).replace("−", "-") == (
        f"b_f[2] -0.2 → 0.9: 6 of 6 values after it moved, most hₜ[2] {old} → {new}."
    )


@pytest.mark.parametrize(
    ("cell", "t", "when"),
    [
        ("x:0", 2, "in time step 3"),
        ("x:0", 1, "in time steps 2 to 3"),
        ("b_f:1", 0, "steps 1 to 3"),
    ],
)
def test_of_several_time_steps_it_says_which(cell, t, when):
    session = do(session_at("v", UNSATURATED, t=t), "edit", cell=cell, text="0.9")
    assert f"{when}, most hₜ[" in said(session)


def test_time_steps_that_do_not_follow_each_other_are_counted():
    # The weights are so small that of an input nothing is seen in h.
    exercise = some(rnn(), T=4, n=1, m=1).with_array("W_h", [[1e-9, 1e-9]])
    session = session_at("v", exercise)
    session.change(exercise.with_array("xs", exercise.xs + np.array([[1], [0], [1], [0]])))
    assert said(session).startswith("2 numbers changed: ")
    assert "values after them moved, in 2 of 4 time steps, the last " in said(session)


def test_many_that_moved_are_counted():
    exercise = some(T=1).with_array("b_o", np.full(3, -40.0))
    session = session_at("v", exercise)
    session.change(exercise.with_array("xs", exercise.xs + 1))
    assert "; hₜ[" in said(session)
    assert " only " in said(session)
    assert ": multiplied by oₜ[" in said(session)
    assert " values after them moved, the last " in said(session)


def test_a_relu_has_words_of_its_own():
    exercise = some(rnn(activation="relu"), T=1).with_array("b_h", [-9, -9, -9])
    assert "hₜ[1] stays 0: the ReLU is off, its slope is 0." in said(edited_h(exercise))


def edited_h(exercise):
    return do(session_at("z_h", exercise), "edit", cell="b_h:0", text="-8")


def test_before_an_edit_and_after_another_size_it_says_what_it_is_for():
    session = session_at()
    assert said(session).startswith("Change a number below")
    session.change(FOUNDING.resized(n=4)[0])
    assert said(session).startswith("Change a number below")


def test_each_number_leads_to_its_step_and_entry():
    session = edited(FOUNDING, "b_f:1", "5")
    edit, moved, stop, _ = block(session)["clauses"]
    assert [(part["cell"], part["t"]) for part in (edit, moved, stop)] == [
        ("b_f:1", 0),
        ("z_f:1", 0),
        ("f:1", 0),
    ]


def test_a_gru_s_strip_has_its_own_gates():
    parts = block(session_at("v", some(gru())))["parts"]
    assert [part["label"] for part in parts] == ["zₜ", "rₜ", "h̃ₜ", "hₜ"]
