import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.text.numerals import how_many, numeral

SIGMOID_92 = 1 / (1 + math.exp(-92))


@pytest.mark.parametrize(
    ("x", "decimals", "rounded", "text"),
    [
        (92.0, 4, False, "92"),
        (100.0, 0, False, "100"),
        (0.5, 4, False, "0.5"),
        (0.5, 4, True, "0.5000"),
        (SIGMOID_92, 4, True, "1.0000"),
        (SIGMOID_92, 4, False, "1"),
        (SIGMOID_92, None, True, "1"),
        (-0.25, 4, False, "−0.25"),
        (2 / 3, 4, False, "0.6667"),
        (2 / 3, 0, True, "1"),
        (1.1e-40, 4, False, "1.1e−40"),
        (1.1e-40, 4, True, "1.1e−40"),
        (-1.1e-40, 4, False, "−1.1e−40"),
        (1.1e-40, 0, False, "1e−40"),
        (0.00004, 4, False, "4e−5"),
        (0.00005, 4, False, "0.0001"),
        (0.0, 4, False, "0"),
        (0.0, 4, True, "0.0000"),
        (-0.0, 4, False, "0"),
        (-0.0, 4, True, "0.0000"),
        (-0.0, 0, False, "0"),
        (-0.0, None, False, "0"),
        (-0.0, None, True, "0"),
        (1e7, 4, False, "1e7"),
        (-1.25e7, 4, False, "−1.25e7"),
        (9_999_999.0, 4, False, "9999999"),
        (1e300, 2, False, "1e300"),
        (1e7, None, False, "10000000"),
        (1e16, None, False, "1e+16"),
        (1e-7, None, False, "1e−07"),
        (0.1 + 0.2, None, False, "0.30000000000000004"),
        (math.inf, 4, False, "∞"),
        (-math.inf, None, True, "−∞"),
        (math.nan, 4, True, "undefined"),
        (np.float64(0.5), None, False, "0.5"),
        (3, 4, False, "3"),
        (3, None, False, "3"),
    ],
)
def test_numeral(x, decimals, rounded, text):
    assert numeral(x, decimals, rounded) == text


@given(st.floats(allow_nan=False, allow_infinity=False), st.booleans())
def test_every_digit_reads_back_as_the_same_number(x, rounded):
    assert float(numeral(x, None, rounded).replace("−", "-")) == x


@given(st.floats(-1e300, 1e300), st.integers(0, 12), st.booleans())
def test_what_is_printed_is_near_what_is_meant(x, decimals, rounded):
    back = float(numeral(x, decimals, rounded).replace("−", "-"))
    assert abs(back - x) <= 0.5 * 10.0**-decimals * max(1, abs(x)) * (1 + 1e-9)
    assert (back == 0) == (x == 0)


def test_one_thing_is_not_many():
    assert [how_many(count, "time step") for count in (0, 1, 2)] == [
        "0 time steps",
        "1 time step",
        "2 time steps",
    ]
    assert [how_many(count, "entry", "entries") for count in (1, 2000)] == [
        "1 entry",
        "2,000 entries",
    ]
