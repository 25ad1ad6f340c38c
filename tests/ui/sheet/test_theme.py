import math
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_ui.sheet import theme

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("values", "end"),
    [
        ([], 1),
        ([0], 1),
        ([0.001, -1], 1),
        ([1.0000001], 2),
        ([2], 2),
        ([-3], 5),
        ([5.1], 10),
        ([91, 175, 133], 200),
        ([177, -1000], 1000),
        ([math.nan, math.inf, -math.inf], 1),
        ([math.nan, 3], 5),
        ([1.7e308], sys.float_info.max),
    ],
)
def test_a_scale_ends_at_one_two_or_five_times_a_power_of_ten(values, end):
    assert theme.limit(np.array(values, float)) == pytest.approx(end, rel=1e-12)


@given(st.lists(FINITE, max_size=4), st.lists(FINITE, max_size=4))
def test_a_scale_is_finite_and_covers_every_number(some, more):
    end = theme.limit(some, more)
    assert math.isfinite(end)
    assert end >= max([1.0, *map(abs, some), *map(abs, more)])


@given(FINITE)
def test_the_same_scale_serves_numbers_and_their_negatives(x):
    end = theme.limit([x])
    assert end == theme.limit([-x])
    assert theme.share(-x, end) == -theme.share(x, end)
    assert -1 <= theme.share(x, end) <= 1


@pytest.mark.parametrize(
    ("value", "share"), [(0, 0), (1, 0.5), (-2, -1), (9, 1), (math.inf, 1), (math.nan, 0)]
)
def test_share(value, share):
    assert theme.share(value, 2.0) == share


@pytest.mark.parametrize("scale", [theme.SCALE, theme.DARK_SCALE])
def test_a_scale_is_symmetric_about_its_middle(scale):
    stops = [stop for stop, _ in scale]
    assert stops == [1 - stop for stop in reversed(stops)]
    assert (stops[0], stops[len(stops) // 2], stops[-1]) == (0, 0.5, 1)


def channels(colour):
    return np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255


def luminance(rgb):
    """Relative luminance, as WCAG 2 defines it."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return linear @ (0.2126, 0.7152, 0.0722)


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("scale", "ink"), [(theme.SCALE, theme.INK), (theme.DARK_SCALE, theme.DARK_INK)]
)
def test_numbers_are_legible_on_every_shade(scale, ink):
    stops = [channels(colour) for _, colour in scale]
    shades = [a + (b - a) * part for a, b in pairwise(stops) for part in np.linspace(0, 1, 33)]
    assert min(contrast(shade, channels(ink)) for shade in shades) >= 4.5


def test_contrast_is_known_at_its_ends():
    assert contrast(channels("#000000"), channels("#ffffff")) == pytest.approx(21)
