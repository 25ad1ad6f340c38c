"""Which numbers are rounded when they are printed, and what printed numbers lack of their sum."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.cells import lstm, rnn
from lstm_core.lesson.printing import remainder, rounded_names
from lstm_core.text.numerals import numeral


def test_rounded_names_lie_downstream_of_a_squash():
    assert rounded_names(lstm()) == {
        *("f", "i", "C_tilde", "o"),
        *("kept", "written", "C", "squashed", "h"),
    }
    assert rounded_names(rnn(activation="relu")) == set()


def test_from_the_second_time_step_on_the_states_are_rounded_too():
    assert rounded_names(lstm(), t=1) == {"h_prev", "C_prev", *(step.name for step in lstm().steps)}
    assert rounded_names(rnn(activation="relu"), t=1) == {"h_prev", "v", "Wv_h", "z_h", "h"}


def exactly(text):
    return Fraction(text.replace("−", "-"))


@settings(deadline=None)
@given(
    st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=9),
    st.one_of(st.none(), st.integers(1, 10)),
    st.booleans(),
)
def test_printed_addends_and_the_remainder_are_the_printed_total(numbers, decimals, rounded):
    addends = [numeral(x, decimals, rounded) for x in numbers]
    total = numeral(float(np.sum(numbers)), decimals, rounded)
    lacks = remainder(addends, total)
    missing = exactly(total) - sum(map(exactly, addends))
    assert (exactly(lacks) if lacks else 0) == missing
    assert bool(lacks) == bool(missing)


@pytest.mark.parametrize(
    ("addends", "total", "lacks"),
    [
        (["1", "2"], "3", ""),
        (["0.33", "0.33", "0.33"], "1.00", "0.01"),
        (["0.67", "0.67"], "1.33", "−0.01"),
        (["1e20"], "0", "−1e20"),
        (["0"], "3e−17", "3e−17"),
        (["∞", "1"], "∞", ""),
        (["undefined"], "undefined", ""),
    ],
)
def test_the_remainder_by_hand(addends, total, lacks):
    assert remainder(addends, total) == lacks
