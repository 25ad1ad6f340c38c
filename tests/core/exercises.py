"""What the tests of exercises share."""

import re
from dataclasses import replace

import pytest
from hypothesis import strategies as st

from lstm_core.cells import lstm
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS
from tests.core.samples import random_exercise

# What shows every number of every time step is tested on these: a long one only has more of them.
SHORT = {name: preset for name, preset in PRESETS.items() if preset.T <= 3}
ONE_SENTENCE = re.compile(r"[^\n]+[.…]")


def some(cell=None, n=3, m=2, T=2, r=None, **words):
    cell = cell or lstm()
    return Exercise(cell=cell, **vars(random_exercise(cell, n, m, T=T, r=r)), **words)


def rounded(n=2, m=2):
    exercise = some(n=n, m=m, T=1, title="σ", source="a “b”")
    arrays = {name: array.round(1) for name, array in exercise.arrays.items()}
    return replace(exercise, params=arrays, start=arrays, xs=arrays["xs"])


def identical(a, b):
    return a.arrays.keys() == b.arrays.keys() and all(
        a.arrays[name].tobytes() == b.arrays[name].tobytes() for name in a.arrays
    )


def refused(read, text):
    """Fail unless `read(text)` raises ValueError with one plain sentence; return the sentence."""
    with pytest.raises(ValueError, match=ONE_SENTENCE) as caught:
        read(text)
    message = str(caught.value)
    assert ONE_SENTENCE.fullmatch(message)
    assert message.startswith(("This link is broken: ", "This exercise cannot be read: "))
    return message.split(": ", 1)[1]


def survives(read, text):
    try:
        assert isinstance(read(text), Exercise)
    except ValueError as error:
        assert ONE_SENTENCE.fullmatch(str(error))  # noqa: PT017


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(max_size=3), x, max_size=2),
    max_leaves=8,
)
