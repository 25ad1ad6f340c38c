import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.looks.sampling import MOST_DRAWS, masks, running_mean, standard_error, uniforms

SOFT = PRESETS["unsaturated"].trace()[0, "f"]


def test_a_seed_gives_the_same_draws_and_more_of_them_begin_alike():
    np.testing.assert_array_equal(uniforms(7, 50, 3), uniforms(7, 50, 3))
    np.testing.assert_array_equal(uniforms(7, 50, 3), uniforms(7, MOST_DRAWS, 3)[:50])
    assert not np.array_equal(uniforms(7, 50, 3), uniforms(8, 50, 3))


def test_draws_are_spread_evenly_from_0_to_1():
    u = uniforms(0, MOST_DRAWS, 1)[:, 0]
    assert 0 <= u.min() < 0.001 < 0.999 < u.max() < 1
    tenths = np.histogram(u, bins=10, range=(0, 1))[0]
    assert np.abs(tenths - 1000).max() < 4 * np.sqrt(1000 * 0.9)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("count", [10, 100, 1000, MOST_DRAWS])
def test_the_mean_is_within_four_standard_errors_of_the_soft_gate(seed, count):
    mean = masks(SOFT, uniforms(seed, count, 3)).mean(axis=0)
    assert (np.abs(mean - SOFT) <= 4 * standard_error(SOFT, np.array(count))).all()


def test_the_wrong_way_round_would_be_noticed():
    """On means kept: with the mask inverted, the mean goes to 1 − f."""
    mean = (~masks(SOFT, uniforms(0, MOST_DRAWS, 3))).mean(axis=0)
    apart = np.abs(mean - SOFT)
    assert (apart > 4 * standard_error(SOFT, np.array(MOST_DRAWS))).all()


def test_a_mask_is_hard_and_follows_u():
    u = np.array([[0.1, 0.9, 0.0], [0.5, 0.5, 0.999]])
    mask = masks(np.array([0.5, 0.5, 1.0]), u)
    assert mask.tolist() == [[True, False, True], [False, False, True]]
    assert not masks(np.zeros(3), u).any()


def test_the_running_mean_by_hand():
    mask = np.array([True, False, False, True])
    assert running_mean(mask).tolist() == [1.0, 0.5, 1 / 3, 0.5]
    both = running_mean(np.stack([mask, ~mask], axis=1))
    assert both.tolist() == [[1.0, 0.0], [0.5, 0.5], [1 / 3, 2 / 3], [0.5, 0.5]]


def test_the_standard_error_is_that_of_a_mean_of_coins():
    assert standard_error(np.array(0.5), np.array([1, 4, 100])).tolist() == [0.5, 0.25, 0.05]
    assert standard_error(np.array([0.0, 1.0]), np.array(9)).tolist() == [0.0, 0.0]
    means = masks(SOFT, uniforms(3, 4000 * 25, 3)).reshape(4000, 25, 3).mean(axis=1)
    np.testing.assert_allclose(means.std(axis=0), standard_error(SOFT, np.array(25)), rtol=0.05)
