from dataclasses import replace

import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS, PUBLICATIONS
from tests.pages.app import ALL, button, opened, payload, session
from tests.ui.blocks import of_kind

UNSATURATED = PRESETS["unsaturated"]


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
    assert session(app).exercise == wanted
    assert session(app).notice == sentence
    assert session(app).place.t < wanted.T


@pytest.mark.parametrize(("letter", "most"), [("m", 8), ("n", 8), ("T", 50)])
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
    assert exercise == UNSATURATED.reordered("xh")
    np.testing.assert_allclose(exercise.trace()[2, "h"], UNSATURATED.trace()[2, "h"], rtol=1e-14)
    assert session(app).notice.endswith("the columns of every W moved with it: the same network.")


def test_the_order_with_the_matrices_kept(app):
    button(app, "keep the matrices").click().run()
    exercise = session(app).exercise
    assert exercise == UNSATURATED.relabelled("xh")
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
    assert session(app).exercise == UNSATURATED.with_readout(1)
    assert session(app).notice == "The read-out is there: W_y and b_y are new."
    app.number_input(key="p").set_value(3).run()
    assert session(app).exercise == UNSATURATED.with_readout(1).resized(p=3)[0]
    app.toggle(key="readout").set_value(False).run()
    assert session(app).exercise == UNSATURATED
    assert session(app).notice == "The read-out is gone, and W_y and b_y with it."


@pytest.mark.parametrize("name", [name for name in PRESETS if name != "unsaturated"])
def test_an_example(app, name):
    app.selectbox(key="example").select(name).run()
    decimals = UNSATURATED.decimals
    assert session(app).exercise == replace(PRESETS[name], decimals=decimals)
    assert session(app).base == session(app).exercise
    assert session(app).notice == f"Opened: {PRESETS[name].title}."
    assert PRESETS[name].source in [text.value for text in app.text]
    assert {*PUBLICATIONS[name].notes} <= {text.value for text in app.text}


def test_what_was_done_is_said_on_the_page():
    app = opened(x="unsaturated", step="h")
    app.number_input(key="n").set_value(4).run()
    assert said(app) == session(app).notice != ""


def test_the_parameters_are_counted():
    app = opened(x="founding")
    assert "84 parameters" in " ".join(caption.value for caption in app.caption)


def test_own_numbers_are_no_example():
    app = opened(x=UNSATURATED.with_entry("b_f", (0,), 7.0).token())
    assert app.selectbox(key="example").value == "My own numbers"
    app.selectbox(key="example").select("founding").run()
    assert session(app).base == PRESETS["founding"]
    assert "My own numbers" not in app.selectbox(key="example").options


def test_the_controls_follow_undo():
    app = opened(x="unsaturated", step="h")
    app.number_input(key="n").set_value(5).run()
    session(app).undo()
    app.run()
    assert app.number_input(key="n").value == 3
