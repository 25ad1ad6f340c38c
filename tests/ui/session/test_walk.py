import pytest

from lstm_core.trace import Address
from lstm_ui.session.walk import Walk, walk_on
from tests.core.exercises import some

EXERCISE = some(T=3)
STEPS = EXERCISE.cell.steps
ON = walk_on(EXERCISE)
BACK = Walk(STEPS, range(2, 0, -1))  # from the last time step to the second


WITH_END = Walk(STEPS[:3], range(2, 0, -1), STEPS[3:5])  # and two rows behind the last time step


@pytest.mark.parametrize("way", [ON, BACK, WITH_END])
def test_each_place_has_its_number(way):
    assert [way.position(at.step, at.t) for at in map(way.place, range(len(way)))] == [
        *range(len(way))
    ]


def test_the_way_on_goes_through_every_step_of_every_time_step():
    places = [Address(step.name, t) for t in range(3) for step in STEPS]
    assert [ON.place(k) for k in range(len(ON))] == places


def test_the_way_back_begins_at_the_last_time_step():
    assert BACK.first == Address(STEPS[0].name, 2)
    assert BACK.last == Address(STEPS[-1].name, 1)


def test_rows_at_the_end_follow_the_last_time_step_wherever_one_stands():
    assert WITH_END.last == Address(STEPS[4].name, 1)
    assert WITH_END.moved(STEPS[2].name, 1, 1) == Address(STEPS[3].name, 1)
    assert WITH_END.position(STEPS[3].name, 2) == 6


@pytest.mark.parametrize(
    ("at", "by", "to"),
    [
        (("v", 0), 1, ("Wv_f", 0)),
        (("h", 0), 1, ("v", 1)),
        (("v", 1), -1, ("h", 0)),
        (("v", 0), -1, ("v", 0)),
        (("h", 2), 1, ("h", 2)),
        (("v", 0), 10**9, ("h", 2)),
    ],
)
def test_a_step_beyond_a_time_step_leads_to_the_next_and_beyond_an_end_nowhere(at, by, to):
    assert ON.moved(*at, by) == Address(*to)


def test_from_beyond_its_ends_the_way_is_entered_at_an_end():
    assert BACK.moved(STEPS[0].name, 0, 1) == BACK.last


def test_what_is_no_row_has_no_number():
    with pytest.raises(ValueError, match="nowhere"):
        ON.position("nowhere", 0)
