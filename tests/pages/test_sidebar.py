from dataclasses import replace

import numpy as np
import pytest

from lstm_core.cells import gru, no_forget_lstm, rnn
from lstm_core.exercise.presets import PRESETS, PUBLICATIONS
from lstm_ui.learned.models import trained, trained_name
from lstm_ui.session.names import as_own, title_of
from lstm_ui.shell import sidebar, state
from lstm_ui.shell.sidebar import own_label
from tests.core.exercises import some
from tests.pages.app import ALL, button, opened, payload, session
from tests.ui.blocks import of_kind
from tests.ui.sessions import do, session_at

UNSATURATED = PRESETS["unsaturated"]


def examples(app):
    """The box of examples, be it an example that is on screen or the reader's own numbers."""
    (box,) = (box for box in app.selectbox if box.label == "Example")
    return box


def said(app, key="sheet"):
    (bar,) = of_kind(payload(app, key)["blocks"], "notice")
    return bar["text"]


@pytest.fixture(params=[None, ALL], ids=["step by step", "all steps"])
def app(request):
    return opened(request.param, x="unsaturated", step="h")


@pytest.mark.parametrize(
    ("letter", "size"), [("m", 1), ("m", 4), ("n", 1), ("n", 5), ("T", 1), ("T", 7)]
)
def test_a_size(app, letter, size):
    app.number_input(key=letter).set_value(size).run()
    wanted, sentence = UNSATURATED.resized(**{letter: size})
    assert session(app).exercise == as_own(wanted)
    assert session(app).notice == sentence
    assert session(app).place.t < wanted.T


@pytest.mark.parametrize(("letter", "most"), [("m", 16), ("n", 16), ("T", 50)])
def test_a_size_has_bounds(app, letter, most):
    found = app.number_input(key=letter)
    assert (found.min, found.max) == (1, most)


@pytest.mark.parametrize(("chosen", "decimals"), [(1, 1), (10, 10), ("all", None)])
def test_decimals(app, chosen, decimals):
    app.selectbox(key="decimals").select(chosen).run()
    assert session(app).exercise == replace(UNSATURATED, decimals=decimals)
    assert session(app).past == []


def test_the_order_of_the_same_network(app):
    button(app, "same network").click().run()
    exercise = session(app).exercise
    assert exercise == as_own(UNSATURATED.reordered("xh"))
    np.testing.assert_allclose(exercise.trace()[2, "h"], UNSATURATED.trace()[2, "h"], rtol=1e-14)
    assert session(app).notice.endswith("the columns of every W moved with it: the same network.")


def test_the_order_with_the_matrices_kept(app):
    button(app, "keep the matrices").click().run()
    exercise = session(app).exercise
    assert exercise == as_own(UNSATURATED.relabelled("xh"))
    assert not np.allclose(exercise.trace()[2, "h"], UNSATURATED.trace()[2, "h"])
    assert session(app).notice.endswith("the matrices stayed: this is another network.")


@pytest.mark.parametrize("words", ["same network", "keep the matrices"])
def test_the_order_there_and_back(app, words):
    for order, told in (("hx", "[h, x]"), ("xh", "[x, h]"), ("hx", "[h, x]")):
        assert session(app).exercise.order == order
        assert app.markdown[0].value == f"Order of v: **\\{told}**"
        button(app, words).click().run()


def test_the_read_out(app):
    app.toggle(key="readout").set_value(True).run()
    assert session(app).exercise == as_own(UNSATURATED.with_readout(1))
    assert session(app).notice == "The read-out is there: W_y and b_y are new."
    app.number_input(key="p").set_value(3).run()
    assert session(app).exercise == as_own(UNSATURATED.with_readout(1).resized(p=3)[0])
    app.toggle(key="readout").set_value(False).run()
    assert session(app).exercise == UNSATURATED
    assert session(app).notice == "The read-out is gone, and W_y and b_y with it."


@pytest.mark.parametrize("name", [name for name in PRESETS if name != "unsaturated"])
def test_an_example(app, name):
    examples(app).select(name).run()
    decimals = UNSATURATED.decimals
    assert session(app).exercise == replace(PRESETS[name], decimals=decimals)
    assert session(app).base == session(app).exercise
    assert session(app).notice.startswith(f"Opened: {title_of(PRESETS[name])}.")
    assert session(app).notice.endswith(PUBLICATIONS[name].story)
    assert PRESETS[name].source in [text.value for text in app.text]
    assert {*PUBLICATIONS[name].notes} <= {text.value for text in app.text}


@pytest.mark.parametrize(("name", "step", "t"), [("remember", "C", 2), ("gate-vector", "kept", 0)])
def test_an_example_with_a_story_opens_where_it_is_seen(app, name, step, t):
    examples(app).select(name).run()
    assert (session(app).place.step, session(app).place.t) == (step, t)
    assert PUBLICATIONS[name].story in [text.value for text in app.text]


def test_what_was_done_is_said_on_the_page():
    app = opened(x="unsaturated", step="h")
    app.number_input(key="n").set_value(4).run()
    assert said(app) == session(app).notice != ""


def test_the_parameters_are_counted():
    app = opened(x="founding")
    assert "84 parameters" in " ".join(caption.value for caption in app.caption)


def test_all_numbers_are_drawn_by_the_rule_that_was_chosen(app):
    app.selectbox(key="init").select("glorot").run()
    app.toggle(key="forget_bias").set_value(True).run()
    assert "init=glorot&forget_bias=one" in payload(app, "sheet")["query"]
    button(app, "Randomise all").click().run()
    assert session(app).exercise == as_own(UNSATURATED.redrawn((), "glorot", True))
    assert said(app).startswith("Every number was drawn at random: the weights of a gate between")


@pytest.mark.parametrize(
    ("cell", "labels"), [(gru(), ["b_z at 1 (forget bias)"]), (no_forget_lstm(), []), (rnn(), [])]
)
def test_a_forget_bias_is_offered_where_a_gate_keeps(cell, labels):
    app = opened(x=some(cell).token())
    assert [one.label for one in app.toggle if one.key == "forget_bias"] == labels
    button(app, "Randomise all").click().run()
    assert session(app).exercise == some(cell).redrawn()


def test_a_link_says_how_numbers_are_drawn():
    app = opened(x="unsaturated", step="h", init="orthogonal", forget_bias="one")
    assert app.selectbox(key="init").value == "orthogonal"
    assert app.toggle(key="forget_bias").value


def test_an_example_with_a_note_is_told_from_the_example():
    noted = PRESETS["founding"].with_note("v", "Ask for the shape first.")
    app = opened(x=noted.token())
    labels = examples(app).options
    assert len(labels) == len(set(labels))  # the browser tells them apart by nothing else
    assert labels[0] == f"{title_of(noted)} (yours)"
    app.selectbox(key="decimals").select(3).run()
    assert session(app).exercise.notes == noted.notes


def test_own_numbers_are_no_example():
    app = opened(x=UNSATURATED.with_entry("b_f", (0,), 7.0).token())
    assert examples(app).options[0] == "My own numbers"
    assert examples(app).value == f"own {title_of(session(app).exercise)}"
    assert (app.text_input(key="title").value, app.text_input(key="source").value) == ("", "")
    assert UNSATURATED.source not in [text.value for text in app.text]
    examples(app).select("founding").run()
    assert session(app).base == PRESETS["founding"]
    assert "My own numbers" not in examples(app).options


def test_title_and_source_can_be_edited_and_undone():
    app = opened(x=UNSATURATED.with_entry("b_f", (0,), 7.0).token(), step="h")
    app.text_input(key="title").set_value(" Monday \u2028 class ").run()
    app.text_input(key="source").set_value("by me").run()
    exercise = session(app).exercise
    assert (exercise.title, exercise.source) == ("Monday class", "by me")
    assert examples(app).options[0] == "Monday class"
    assert exercise.token() in payload(app, "sheet")["query"]
    session(app).undo()
    app.run()
    assert app.text_input(key="source").value == ""


def test_an_example_with_another_title_is_no_longer_that_example():
    app = opened(x="founding")
    assert app.text_input(key="title").value == "The Stack Exchange example"
    app.text_input(key="source").set_value("by me").run()
    assert session(app).exercise.title == "The founding example"
    app.text_input(key="title").set_value("").run()
    assert examples(app).options[0] == "My own numbers"


def test_the_controls_follow_undo():
    app = opened(x="unsaturated", step="h")
    app.number_input(key="n").set_value(5).run()
    session(app).undo()
    app.run()
    assert app.number_input(key="n").value == 3


def test_another_cell_and_back():
    app = opened(x="unsaturated", step="C")
    assert app.selectbox(key="cell").value == "lstm"
    app.selectbox(key="cell").select("gru_after").run()
    assert session(app).exercise == as_own(UNSATURATED.in_cell("gru_after")[0])
    assert said(app) == session(app).notice
    assert said(app).startswith("The cell is now: GRU, reset after")
    assert examples(app).options[0] == "My own numbers"
    session(app).undo()
    app.run()
    assert app.selectbox(key="cell").value == "lstm"
    assert examples(app).value == "unsaturated"
    assert session(app).exercise == UNSATURATED


def test_the_examples_of_the_cell_on_screen_come_first():
    app = opened(x="gru-after")
    labels = examples(app).options
    assert labels[:2] == ["GRU, reset after the product", "The Stack Exchange example"]
    assert len(labels) == len(PRESETS) + len(trained())
    app.selectbox(key="cell").select("mgu").run()
    assert examples(app).options[1] == "Minimal gated unit: one gate for all"


def test_a_trained_cell_is_among_the_examples_and_opens_like_one(app):
    titles = examples(app).options
    last = titles[-len(trained()) :]
    assert last == [one.exercise.title for one in trained().values()]
    examples(app).select("trained brackets").run()
    assert trained_name(session(app).exercise) == "brackets"
    assert examples(app).value == "trained brackets"
    edited = session(app).exercise.with_entry("W_f", (0, 0), 1.0)
    assert own_label(edited) not in titles


@pytest.mark.parametrize(("news", "past"), [(True, 1), (False, 2)])
def test_what_the_box_showed_before_a_drag_is_no_choice_while_the_drag_goes_on(
    monkeypatch, news, past
):
    """The browser reports both at once: the box has not heard yet of the first new number."""
    here = session_at(exercise=UNSATURATED)
    do(here, "slide", cell="b_f:0", text="0.5", gesture="slide1")
    events = [{"kind": "slide", "seq": 2, "cell": "b_f:0", "text": "1", "gesture": "slide1"}]
    report = {"events": events, "times": 2}
    held = {"example": "unsaturated", state.SHEET: {"report": report}}
    before = {**report, "times": 1} if news else report  # the sheet may ask again for the same
    monkeypatch.setattr(state, "widget", held.get)
    monkeypatch.setattr(state, "session", lambda: here)
    monkeypatch.setattr(state.st, "session_state", {"settled": before})
    sidebar._load_example(here, "example")
    assert len(here.past) == past
    assert (here.exercise == UNSATURATED) != news
