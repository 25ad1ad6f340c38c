import pytest

from lstm_core.cells import lstm
from lstm_core.trace import Address
from lstm_ui.session.address import (
    cell_id,
    entry_name,
    from_link,
    read_cell,
    read_point,
    to_link,
)
from tests.core.exercises import some
from tests.ui.sessions import HOSTILE, UNSATURATED

CELL = lstm(readout=True)


@pytest.mark.parametrize(
    ("name", "index", "text"),
    [
        ("W_f", (1, 2), "W_f[2,3]"),
        ("z_f", (1,), "z_f[2]"),
        ("Wv_f", (0,), "(W_f·v)[1]"),
        ("kept", (2,), "(fₜ∘Cₜ₋₁)[3]"),
    ],
)
def test_entries_are_counted_from_one(name, index, text):
    assert entry_name(CELL, name, index) == text


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"step": "nowhere"}, Address("v", 0, (0,))),
        ({"step": "__class__", "t": "-1"}, Address("v", 0, (0,))),
        ({"step": "C", "t": "0"}, Address("C", 0, (0,))),
        ({"step": "C", "t": "99"}, Address("C", 2, (0,))),
        ({"step": "C", "t": "9" * 5000}, Address("C", 0, (0,))),
        ({"step": "C", "t": "²"}, Address("C", 0, (0,))),
        ({"step": "C", "t": "1.5", "entry": "x"}, Address("C", 0, (0,))),
        ({"step": "C", "entry": "3"}, Address("C", 0, (2,))),
        ({"step": "C", "entry": "999"}, Address("C", 0, (4,))),  # at most the size of v
    ],
)
def test_a_place_that_is_not_there_is_the_nearest(given, place):
    assert from_link(UNSATURATED, given) == place


@pytest.mark.parametrize("place", [Address("v", 0, (0,)), Address("C", 2, (1,))])
@pytest.mark.parametrize("T", [1, 3])
def test_a_place_is_read_from_a_link_as_it_was_written(place, T):
    exercise = some(n=3, m=2, T=3) if T > 1 else some(n=3, m=2, T=1)
    written = to_link(place, T)
    assert from_link(exercise, written) == Address(place.step, min(place.t, T - 1), place.index)
    assert ("t" in written) == (T > 1)


@pytest.mark.parametrize("cell", ["W_f:0:1", "b_C:2", "v:4", "x:0", "h_prev:1"])
def test_a_cell_is_read_as_it_is_written(cell):
    assert cell_id(*read_cell(cell)) == cell


@pytest.mark.parametrize("cell", HOSTILE)
def test_what_is_no_cell_is_refused(cell):
    with pytest.raises(ValueError, match=r"^There is no such cell\.$"):
        read_cell(cell)


def test_a_click_in_a_figure_is_a_point():
    assert read_point("0.5,-1") == (0.5, -1.0)


@pytest.mark.parametrize("where", ["", "1", "1,2,3", "f:0", "a,b"])
def test_what_is_no_point_is_refused(where):
    with pytest.raises(ValueError, match=r"unpack|convert"):
        read_point(where)
