import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_ui.check.answers import answer_desk, verdicts_on
from lstm_ui.check.blocks import check_blocks
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.ui.blocks import of_kind
from tests.ui.check.test_answers import answered
from tests.ui.sessions import do, session_at


def blocks(session):
    return check_blocks(answer_desk(session), verdicts_on(session))


def row(session, step):
    return next(b for b in of_kind(blocks(session), "answers") if b["step"] == step)


def told(session, step="z_i", what="why", cell=""):
    return row(do(session, "help", what=what, step=step, cell=cell), step)["told"]


def end(session):
    return [line["text"] for b in of_kind(blocks(session), "text") for line in b["lines"]]


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
    session = session_at()
    hints = [told(session, what="hint", cell="z_i:1") for _ in range(3)]
    words = [" ".join(lines) for ((entry,), lines) in ((h, h[0]["lines"]) for h in hints)]
    assert "43" not in words[0] + words[1]
    assert "42 + 1" in words[1]
    assert "z_i[2] = 42 + 1 = 43" in words[2]


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


def test_a_first_wrong_backward_entry_has_no_link_either():
    session = do(session_at(exercise=PRESETS["unsaturated"]), "choose", option="back", value="on")
    do(session, "answer", cell="dz_o:1", text="7.77")
    (told_at_the_end,) = [b for b in of_kind(blocks(session), "text") if b["id"] == "end"]
    assert told_at_the_end["lines"][1]["text"] == "The first wrong entry is ∂L/∂z_o[2] at t = 1."
    assert not any("visit" in line for line in told_at_the_end["lines"])
