import pytest

from lstm_ui.sheet.window import from_to, screenful, window


@pytest.mark.parametrize(
    ("at", "size", "on_screen"),
    [
        (0, 3, range(0, 3)),
        (2, 5, range(0, 5)),
        (0, 64, range(0, 5)),
        (39, 64, range(37, 42)),
        (63, 64, range(59, 64)),
    ],
)
def test_of_many_those_around_the_open_one_are_on_screen(at, size, on_screen):
    assert window(at, size, 5) == on_screen
    assert at in on_screen


def test_places_are_counted_from_1():
    assert from_to(range(2, 5)) == "3 to 5"


@pytest.mark.parametrize(
    ("at", "size", "on_screen"),
    [(0, 3, range(0, 3)), (4, 64, range(0, 5)), (5, 64, range(5, 10)), (11, 12, range(10, 12))],
)
def test_a_screenful_is_the_same_for_all_that_is_on_it(at, size, on_screen):
    assert {screenful(place, size, 5) for place in on_screen} == {on_screen}
    assert at in on_screen
