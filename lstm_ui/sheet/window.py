"""Of many rows, columns or units, those on screen, around the one that is open."""


def window(at: int, size: int, most: int) -> range:
    """Return which of `size` places are on screen: at most so many, around the one at `at`."""
    start = max(0, min(at - most // 2, size - most))
    return range(start, min(size, start + most))


def from_to(places: range) -> str:
    """Return the first and the last place as people count them, from 1: 3 to 5."""
    return f"{places[0] + 1} to {places[-1] + 1}"
