"""The glossary: each term stands somewhere on screen, and says what is true."""

import json
import re

import pytest

from lstm_core.cells import facts, gru, rnn
from lstm_core.exercise.presets import PRESETS
from lstm_core.looks.activations import SATURATED
from lstm_core.shapes import parameter_count
from lstm_ui.activations.blocks import activations_sheet
from lstm_ui.activations.choices import view
from lstm_ui.gate_space.blocks import gate_space_blocks
from lstm_ui.gate_space.choices import scene
from lstm_ui.glossary.blocks import glossary_blocks, shape_in_numbers
from lstm_ui.glossary.terms import as_json, terms
from lstm_ui.gradients.blocks import gradients_page
from lstm_ui.gradients.choices import rows as backward_rows
from lstm_ui.gradients.walk import begin
from lstm_ui.layers.blocks import layer_blocks
from lstm_ui.layers.choices import view as layers_view
from lstm_ui.sheet.desk import desk
from lstm_ui.side_by_side.blocks import side_by_side_blocks
from lstm_ui.side_by_side.choices import beside
from lstm_ui.step_by_step.blocks import step_blocks
from lstm_ui.through_time.blocks import through_time_blocks
from lstm_ui.through_time.choices import span
from tests.core.exercises import some
from tests.core.samples import CELLS
from tests.ui.blocks import of_kind
from tests.ui.sessions import do, session_at

UNSATURATED = PRESETS["unsaturated"]
TERMS = {term.key: term for term in terms()}
MARKS = [(term.key, mark) for term in terms() for mark in term.marks]


def marked(blocks):
    """The texts that the sheet looks through for terms: see core/words.js."""
    for block in of_kind(blocks, "heading"):
        yield from (block.get("what", ""), block.get("why", ""))
    for kind in ("lead", "legend"):
        yield from (block["text"] for block in of_kind(blocks, kind))
    for block in of_kind(blocks, "questions"):
        yield from (item["answer"] for item in block["items"])
    for block in of_kind(blocks, "text"):
        yield from (line.get("text", "") for line in block["lines"])


def on_screen(exercise):
    session, rows = session_at(exercise=exercise), backward_rows(exercise)
    for step in exercise.cell.names:
        do(session, "go", step=step, t=0)
        yield from marked(step_blocks(desk(session), exercise.cell[step]))
    yield from marked(activations_sheet(view(desk(session)))["blocks"])
    yield from marked(gate_space_blocks(scene(desk(session))))
    yield from marked(through_time_blocks(span(desk(session))))
    yield from marked(layer_blocks(layers_view(session)))
    yield from marked(side_by_side_blocks(beside(desk(session))))
    for chosen in ({"part": "memory"}, {"part": "compare"}, *({"row": row.name} for row in rows)):
        session.options = chosen
        begin(session)
        yield from marked(gradients_page(session)[0]["blocks"])


def standing_in(text):
    """The terms that stand in a text, found in another way than in the browser.

    Longest first, and what is found is taken out: a forget gate is one term and not two.
    """
    found = set()
    for key, mark in sorted(MARKS, key=lambda pair: -len(pair[1])):
        before, after = (r"\w" if re.match(r"\w", end) else "·" for end in (mark[0], mark[-1]))
        first = f"[{mark[0]}{mark[0].upper()}]" if len(mark) > 2 else re.escape(mark[0])
        whole = rf"(?<![{before}]){first}{re.escape(mark[1:])}(?![{after}̃′])"
        text, times = re.subn(whole, "\n", text)
        found |= {key} if times else set()
    return found


def test_every_term_stands_somewhere_on_screen():
    exercises = [UNSATURATED.with_readout(2), *(some(cell, T=3) for cell in CELLS)]
    texts = "\n".join(text for exercise in exercises for text in on_screen(exercise))
    assert TERMS.keys() - standing_in(texts) == set()


def test_no_mark_stands_for_two_terms():
    marks = [mark for term in TERMS.values() for mark in term.marks]
    assert len(set(marks)) == len(marks)


def test_a_term_says_what_it_is_in_one_or_two_sentences_and_is_marked_by_its_name_or_symbol():
    for key, term in TERMS.items():
        assert 40 < len(term.text) < 260, key
        assert re.search(r"[.)]$", term.text), key
        names = {term.term, term.symbol, *term.symbol.split(", "), key, f"{term.symbol}ₜ"}
        assert names & set(term.marks), key


def test_the_browser_is_given_all_of_it():
    assert [found["key"] for found in json.loads(as_json())] == list(TERMS)
    keys = {"key", "term", "symbol", "shape", "marks", "text", "own"}
    assert json.loads(as_json())[0].keys() == keys


def test_what_a_term_means_in_a_kind_of_cell_is_what_the_page_says_of_that_cell():
    given = {found["key"]: found for found in json.loads(as_json())}
    for cell in CELLS:
        for term in terms(cell):
            own = given[term.key]["own"]
            kind = next((kind for kind in facts(cell).kind.split() if kind in own), None)
            meant = given[term.key] | own.get(kind, {})
            assert (meant["text"], meant["symbol"]) == (term.text, term.symbol)
    assert "h is only multiplied by z" in given["direct path"]["own"]["gru"]["text"]


def test_the_numbers_in_it_are_right():
    assert "[1, 2, 3]∘[3, 2, 1] = [3, 4, 3]" in TERMS["hadamard"].text
    assert str(SATURATED) in TERMS["saturated"].text
    sizes = {"n": 3, "m": 2}
    assert "4(n(n+m) + n)" in TERMS["parameter"].text
    assert parameter_count(UNSATURATED.params) == 4 * (3 * (3 + 2) + 3) == 4 * 18
    assert {letter: UNSATURATED.sizes[letter] for letter in sizes} == sizes


@pytest.mark.parametrize(
    ("letters", "shape"),
    [("", ""), ("n", "n = 3"), ("n+m", "n+m = 5"), ("n × (n+m)", "n × (n+m) = 3 × 5"), ("p", "p")],
)
def test_a_shape_is_told_in_letters_and_in_the_sizes_of_the_exercise(letters, shape):
    assert shape_in_numbers(letters, {"n": 3, "m": 2, "T": 1}) == shape


def test_outputs_are_counted_where_there_is_a_read_out():
    assert shape_in_numbers("p", UNSATURATED.with_readout(2).sizes) == "p = 2"


def test_the_page_has_every_term_and_what_was_looked_for():
    session = do(session_at(exercise=UNSATURATED), "choose", option="find", value="cell+state")
    (block,) = of_kind(glossary_blocks(session), "glossary")
    assert {line["key"] for line in block["lines"]} == TERMS.keys()
    assert block["found"] == "cell state"
    (weights,) = (line for line in block["lines"] if line["key"] == "weights")
    assert weights["shape"] == "n × (n+m) = 3 × 5"


def test_what_the_cell_has_comes_first_and_of_the_rest_it_is_said_which_cell_has_it():
    for cell, lacks in ((gru(), "cell state"), (rnn(), "gate"), (UNSATURATED.cell, "peephole")):
        (block,) = of_kind(glossary_blocks(session_at("v", some(cell))), "glossary")
        of = {line["key"]: line["of"] for line in block["lines"]}
        own = [line["of"] == "" for line in block["lines"]]
        assert own == sorted(own, reverse=True)
        assert of[lacks] in ("(LSTM)", "(peephole LSTM)")
        assert of["hidden state"] == of["weights"] == ""
    assert of["update gate"] == "(GRU)"
