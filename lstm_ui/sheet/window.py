"""Of many rows, columns or units, those on screen, and the one that is open among them."""


def window(at: int, size: int, most: int) -> range:
    """Return which of `size` places are on screen: at most so many, around the one at `at`."""
    start = max(0, min(at - most // 2, size - most))
    return range(start, min(size, start + most))


def screenful(at: int, size: int, most: int) -> range:
    """Return the screenful of places that the one at `at` is on: 0 to most − 1, or the next ones.

    To go from place to place on it changes nothing, so that what is edited stays where it is.
    """
    start = at // most * most
    return range(start, min(size, start + most))


def from_to(places: range) -> str:
    """Return the first and the last place as people count them, from 1: 3 to 5."""
    return f"{places[0] + 1} to {places[-1] + 1}"
