import pytest

from tests.core.marking.attack import KINDS
from tests.core.marking.attacks import attack, near_misses


@pytest.mark.no_cover  # the same lines very often: other tests cover them
@pytest.mark.parametrize("name", KINDS)
def test_a_slip_is_found_and_named(name):
    for seed in (31, 32):
        found = attack(name, seed, 4, one_entry=False, short=False)
        assert found is None or (found.found and found.rates["among"]), found


@pytest.mark.no_cover  # the same lines very often: other tests cover them
@pytest.mark.parametrize("places", [2, 3, 4])
def test_near_misses_accuse_nobody(places):
    assert near_misses(range(40), places) == 0.0
