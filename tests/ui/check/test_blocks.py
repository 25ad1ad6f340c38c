import json

import pytest

from lstm_core.cells import cell_named
from lstm_core.exercise.presets import PRESETS
from lstm_core.trace import Address
from lstm_ui.check.answers import answer_desk, verdicts_on
from lstm_ui.check.blocks import check_blocks
from tests.core.exercises import some
from tests.core.marking.marked import known
from tests.core.marking.sheets import problem
from tests.core.samples import CELLS, NAMES
from tests.ui.blocks import matrix_of, of_kind, texts
from tests.ui.check.test_answers import answered
from tests.ui.sessions import do, session_at


def blocks(session):
    return check_blocks(answer_desk(session), verdicts_on(session))


def row(session, step):
    return next(b for b in of_kind(blocks(session), "answers") if b["step"] == step)


def told(session, step="z_i", what="why", cell=""):
    return row(do(session, "help", what=what, step=step, cell=cell), step)["told"]


def end(session):
    texts = of_kind(blocks(session), "text")
    return [line["text"] for block in texts if block["id"] == "end" for line in block["lines"]]


def test_marks_are_words_and_signs_and_states():
    found = [(e["text"], e["state"], e["mark"]) for e in row(answered(), "z_i")["entries"]]
    assert found == [
        ("22", "right", "✓ right"),
        ("42", "wrong", "✗ wrong"),
        ("62", "wrong", "✗ wrong"),
    ]


def test_the_line_says_what_went_wrong():
    line = row(answered(), "z_i")["line"]
    assert line.startswith("1 of 3 right. Entry 2 is wrong: the bias was left out.")
    assert row(answered(), "f")["line"] == ""


def test_what_is_no_number_is_said_in_full():
    bad = row(answered(("abc",)), "z_i")
    assert bad["entries"][0]["mark"] == "✗ no number"
    assert "z_i[1]: “abc” is not a number" in bad["line"]


def test_why_tells_of_every_wrong_entry_with_its_arithmetic_and_the_accepted_interval():
    found = told(answered())
    assert [entry["title"] for entry in found] == ["z_i[2] = 42", "z_i[3] = 62"]
    assert "42 is W_i·v before the bias; 42 + 1 = 43." in found[0]["lines"]
    assert "Accepted, at this precision: from 42.5 to 43.5." in found[0]["lines"]
    (link,) = found[1]["links"]
    assert (link["step"], link["t"], link["entry"], link["page"]) == ("z_i", 0, 2, "")
    assert link["href"] == "./?x=founding&step=z_i&entry=3"


def test_a_right_entry_has_its_interval_too():
    (entry,) = told(answered(("22",)), cell="z_i:0")
    assert entry["lines"] == ["Right.", "Accepted, at this precision: from 21.5 to 22.5."]


def test_nobody_is_accused_of_what_no_mistake_explains():
    (entry,) = told(answered(("1234.5678",)))
    assert any("nothing is guessed" in line for line in entry["lines"])


def test_the_ladder_tells_more_and_more():
    session = answered(("21", "42", "63"), "Wv_i")
    hints = [told(session, what="hint", cell="z_i:1") for _ in range(3)]
    words = [" ".join(lines) for ((entry,), lines) in ((h, h[0]["lines"]) for h in hints)]
    assert "43" not in words[0] + words[1]
    assert "42 + 1" in words[1]
    assert "z_i[2] = 42 + 1 = 43" in words[2]


def test_a_hint_gives_no_step_away_that_comes_first():
    session = session_at(exercise=PRESETS["unsaturated"], t=1)
    told(session, "v", "hint", "v:0")
    (entry,) = told(session, "v", "hint", "v:0")
    assert entry["lines"][1].endswith("First work out hₜ at t = 1.")
    do(session, "choose", option="ask", value="states")
    do(session, "help", what="hint", step="f", cell="f:0")
    (entry,) = told(session, "f", "hint", "f:0")
    assert "First work out hₜ at t = 1." in entry["lines"][1]


def test_help_speaks_of_the_student_s_own_numbers():
    """z_f[1] = 0.46 was written as 0.64: from there on, σ(0.64) is right."""
    session = answered(("0.64",), "z_f", exercise=PRESETS["unsaturated"])
    do(session, "answer", cell="f:0", text="0.99")
    (entry,) = told(session, "f", "why", "f:0")
    assert "fₜ[1] = σ(0.64) = 0.6548" in entry["lines"]
    true = PRESETS["unsaturated"].trace()[0, "f"][0]
    assert f"From the exercise's own numbers it would be {true:.4f}." in entry["lines"]


def test_a_later_time_step_gives_no_state_away():
    """At t = 2, h and C are what the student wrote at t = 1; what is missing is a question mark."""
    session = answered(("0.11", "0.2"), "h", exercise=PRESETS["unsaturated"])
    do(session, "go_on")
    (fold,) = (b for b in of_kind(blocks(session), "fold") if b["id"] == "given")
    assert texts(matrix_of(fold["blocks"], "h_prev")) == ["0.11", "0.2", "?"]
    assert texts(matrix_of(fold["blocks"], "C_prev")) == ["?"] * 3
    shown = json.dumps(blocks(session), ensure_ascii=False)
    true = PRESETS["unsaturated"].trace()[0, "C"]
    assert not any(f"{value:.4f}"[:-1] in shown for value in true)


def test_what_is_no_number_counts_in_the_summary():
    lines = end(answered(("22", "abc")))
    assert lines[0] == "2 entries answered: 1 right, 1 not a number."


def test_answers_of_another_example_are_asked_about():
    session = answered()
    session.load(PRESETS["unsaturated"])
    (ask,) = (b for b in blocks(session) if b["id"] == "aside")
    assert "(3 entries)" in ask["lines"][0]["text"]
    (acts,) = (b for b in blocks(session) if b["id"] == "aside-acts")
    assert [item["act"] for item in acts["items"]] == ["bring_along", "put_away"]


def test_progress_counts_what_is_asked_for():
    session = answered()
    (score,) = of_kind(blocks(session), "score")
    assert (score["value"], score["most"], score["text"]) == (
        3,
        57,
        "3 of 57 entries answered, 1 right",
    )
    do(session, "choose", option="ask", value="states")
    (score,) = of_kind(blocks(session), "score")
    assert (score["value"], score["most"]) == (0, 21)


def test_the_end_names_the_first_wrong_entry_and_the_mistakes():
    lines = end(answered())
    assert lines[0] == "3 entries answered: 1 right, 2 wrong."
    assert lines[1] == "The first wrong entry is z_i[2]."
    assert "1 × the bias was left out (bias-omitted)." in lines


def test_the_end_says_what_was_right_given_the_mistake():
    session = session_at("z_f", PRESETS["unsaturated"])
    trace = session.exercise.trace()
    do(session, "answer", cell="z_f:0", text=f"{trace[0, 'Wv_f'][0]:.4f}")
    wrong = float(f"{trace[0, 'Wv_f'][0]:.4f}")
    do(session, "answer", cell="f:0", text=f"{1 / (1 + 2.718281828459045**-wrong):.4f}")
    assert row(session, "f")["entries"][0]["mark"] == "✓ from yours"
    assert "1 later entry is right, given your own earlier numbers." in end(session)


def test_nothing_answered_has_no_end_and_all_right_says_so():
    assert end(session_at()) == []
    assert "Nothing is wrong so far." in end(answered(("22",)))


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_cell_has_a_row_for_each_step(cell):
    session = session_at(cell.steps[0].name, some(cell))
    assert [b["step"] for b in of_kind(blocks(session), "answers")] == [s.name for s in cell.steps]
    for step in cell.steps:
        do(session, "answer", cell=f"{step.name}:0", text="0.123")
        assert told(session, step.name)
        do(session, "answer", cell=f"{step.name}:0", text="")  # every wrong answer is marked anew
    for step in cell.steps:
        do(session, "answer", cell=f"{step.name}:0", text="0.123")
    assert told(session, cell.steps[-2].name)


def test_the_backward_rows_are_asked_for_and_explained():
    session = do(session_at(exercise=PRESETS["unsaturated"]), "choose", option="back", value="on")
    do(session, "answer", cell="dz_o:1", text="7.77")
    (entry,) = told(session, "dz_o")
    assert entry["title"] == "∂L/∂z_o[2] = 7.77"
    assert any(line.startswith("Accepted, at this precision") for line in entry["lines"])
    assert entry["links"] == []  # the step-by-step page has no backward rows


def test_the_sums_over_time_are_asked_for_once_where_the_way_back_ends():
    session = do(session_at(exercise=PRESETS["unsaturated"]), "choose", option="back", value="on")
    asked = [b["step"] for b in of_kind(blocks(session), "answers")]
    assert asked[-4:] == ["db_o_sum", "db_C_sum", "db_i_sum", "db_f_sum"]
    (score,) = of_kind(blocks(session), "score")
    do(session, "answer", cell="db_f_sum:0", text="0.0385")
    do(session, "answer", cell="db_f:0", text="0.0385")
    assert row(session, "db_f_sum")["entries"][0]["mark"] == "✓ right"
    assert row(session, "db_f")["entries"][0]["mark"] == "Σ over all t"
    assert "the sum over all time steps" in row(session, "db_f")["line"]
    (entry,) = told(session, "db_f", cell="db_f:0")
    assert "the share of t = 1 is 0.0057." in " ".join(entry["lines"])
    do(session, "go", step="v", t=1)
    assert "db_f_sum" not in [b["step"] for b in of_kind(blocks(session), "answers")]
    do(session, "answer", cell="db_f_sum:0", text="1")
    assert Address("db_f_sum", 1, (0,)) not in session.answers
    (later,) = of_kind(blocks(session), "score")
    assert (later["most"], later["value"]) == (score["most"], 2)


def test_a_first_wrong_backward_entry_has_no_link_either():
    session = do(session_at(exercise=PRESETS["unsaturated"]), "choose", option="back", value="on")
    do(session, "answer", cell="dz_o:1", text="7.77")
    (told_at_the_end,) = [b for b in of_kind(blocks(session), "text") if b["id"] == "end"]
    assert told_at_the_end["lines"][1]["text"] == "The first wrong entry is ∂L/∂z_o[2] at t = 1."
    assert not any("visit" in line for line in told_at_the_end["lines"])


def test_each_step_says_how_precise_is_enough():
    session = session_at(exercise=PRESETS["unsaturated"])
    assert row(session, "v")["enough"] == "Copied as it stands: nothing to round."
    assert row(session, "f")["enough"] == "2 decimals are enough."
    assert row(session_at(), "z_f")["enough"] == "Whole numbers: nothing to round."
    small = row(session_at(exercise=known(b_C=[-2.4])), "C_tilde")
    assert small["enough"] == "2 decimals can be marked; 5 show which mistake was made."


def test_the_boxes_of_a_matrix_stand_in_its_rows_and_columns():
    session = session_at(exercise=PRESETS["unsaturated"])
    do(session, "choose", option="back", value="weights")
    do(session, "answer", cell="dW_f:1:2", text="7.77")
    matrix = row(session, "dW_f")
    assert (matrix["columns"], len(matrix["entries"])) == (5, 15)
    box = matrix["entries"][7]
    assert (box["at"], box["unit"], box["name"]) == ("dW_f:1:2", "2, h₃", "∂L/∂W_f|t[2,3]")
    assert matrix["line"] == "0 of 15 right. 14 entries are not answered. Entry [2,3] is wrong."
    (entry,) = told(session, "dW_f", cell="dW_f:1:2")
    assert entry["title"].endswith("[2,3] = 7.77")
    (score,) = of_kind(blocks(session), "score")
    assert (score["value"], score["most"]) == (1, 762)


def test_a_matrix_that_nobody_types_is_not_asked_for_and_that_is_said():
    session = session_at(exercise=problem(1, 6, 6))
    do(session, "choose", option="back", value="weights")
    (said,) = (b for b in blocks(session) if b["id"] == "too-many")
    assert "more than 60 entries" in said["lines"][0]["text"]


@pytest.mark.parametrize("name", ["gru_after", "projected_lstm"])
def test_blocks_of_weights_and_projections_are_asked_for_and_explained(name):
    session = session_at("v", some(cell_named(name, "hx")))
    do(session, "choose", option="back", value="weights")
    matrices = [b for b in of_kind(blocks(session), "answers") if b["columns"]]
    assert len(matrices) > 5
    assert {entry["at"].count(":") for b in matrices for entry in b["entries"]} == {2}
    for b in matrices[:3]:
        do(session, "answer", cell=f"{b['step']}:0:0", text="0.123")
        assert told(session, b["step"])
