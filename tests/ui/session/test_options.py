import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_ui.session import options
from lstm_ui.session.options import Choice, Number
from tests.ui.sessions import do, session_at

GATE = Choice("gate", ("f", "i", "o"))
SEED = Number("seed", 0, 99, 7, whole=True)
SCALE = Number("scale", -2.0, 2.0, 0.5)


@pytest.mark.parametrize(
    ("option", "text", "wanted"),
    [
        *((GATE, "i", "i"), (GATE, "x", "f"), (GATE, "", "f")),
        *((SEED, "3", 3), (SEED, "3.6", 4), (SEED, "1000", 99), (SEED, "nan", 7)),
        *((SCALE, "-1.25", -1.25), (SCALE, "-9", -2.0), (SCALE, "1e9999999", 0.5)),
    ],
)
def test_whatever_the_text_is_the_choice_is_valid(option, text, wanted):
    assert option.of({option.name: text}) == wanted


@given(st.text())
def test_any_text_gives_a_choice(text):
    assert GATE.of({"gate": text}) in GATE.words
    assert 0 <= SEED.int_of({"seed": text}) <= 99
    assert -2 <= SCALE.of({"scale": text}) <= 2


def test_a_choice_is_kept_as_text():
    session = do(session_at(), "choose", option="gate", value="o")
    assert GATE.of(session.options) == "o"


@pytest.mark.parametrize(
    ("name", "value"),
    [("x", "1"), ("answers", "1"), ("Gate", "f"), ("gate", ""), ("gate", "f" * 161), ("g", "<b>")],
)
def test_what_cannot_be_an_option_is_dropped(name, value):
    assert do(session_at(), "choose", option=name, value=value).options == {}
    assert options.options_in({name: value, "seed": "1"}) == {"seed": "1"}


def test_an_address_cannot_bring_options_without_end():
    many = {"a" * k: "1" for k in range(1, 17)} | {"b" * k: "1" for k in range(1, 17)}
    assert len(options.options_in(many)) == 16
