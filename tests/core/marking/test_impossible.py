import pytest

from lstm_core.cells import gru, rnn
from tests.core.exercises import some
from tests.core.marking.marked import known, one, states


@pytest.mark.parametrize(
    ("name", "text"), [("f", "1.2"), ("f", "-0.1"), ("C_tilde", "-1.5"), ("h", "1.02")]
)
def test_the_impossible(name, text):
    found = one(known(), name, [text])[0]
    assert found.state == "impossible"
    assert "from" in found.note


@pytest.mark.parametrize(("name", "text"), [("f", "1"), ("squashed", "1.00"), ("h", "1.0")])
def test_rounding_may_touch_the_bounds(name, text):
    assert states(known(), name, [text]) != ["impossible"]


def test_the_impossible_is_not_carried_on():
    found = one(known(), "kept", ["3.60"], f=["1.20"])[0]
    assert (found.state, found.mistakes) == ("wrong", ())
    assert "impossible" in found.note
    assert states(known(), "kept", ["2.77"], f=["1.20"]) == ["right"]


def test_bounds_of_other_cells():
    assert states(some(rnn(activation="relu")), "h", ["7.00"])[0] == "wrong"
    assert states(some(gru()), "one_minus_z", ["1.20"])[0] == "impossible"
