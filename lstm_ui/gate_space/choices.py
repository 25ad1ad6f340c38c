"""What can be chosen on the page on gate space. Most lists depend on the cell and its sizes."""

from collections.abc import Iterator, Sequence

from lstm_core.cell import Cell
from lstm_core.looks.contributions import Contributions, gates
from lstm_ui.session.options import Choice, Number

LOOKS = {"map": "Over two entries", "space": "Gate space", "coin": "As a coin"}
REACHES = ("1", "2", "5", "10", "20", "50", "100")
REACH = Choice("reach", ("auto", *REACHES))  # where the axes of v end
BENT = Choice("bent", ("after", "before"))  # gate space, or z before the squash bends it
LOG_DRAWS = Number("log_draws", 0.0, 4.0, 2.0)  # to base 10: from 1 draw to 10,000
SEED = Number("seed", 0, 9999, 1, whole=True)


def met(parts: Contributions) -> Iterator[tuple[str, int]]:
    """Give the vector and the entry, counted from 1, that each column meets."""
    for part in parts.parts:
        yield from ((part.name, k + 1) for k in range(part.stop - part.start))


def words(parts: Contributions) -> list[str]:
    """Return the entries as they are written in an address: h1, h2, x1."""
    return [f"{name[0]}{k}" for name, k in met(parts)]


def gate_choice(cell: Cell) -> Choice:
    """Return the gates of a cell, by letter: f, i, C, o."""
    return Choice("gate", tuple(gates(cell)))


def unit_choice(n: int) -> Choice:
    """Return the units, counted from 1."""
    return Choice("unit", _counted(n))


def look_choice(soft: bool) -> Choice:
    """Return the figures: only what lies between 0 and 1 can be read as a chance."""
    return Choice("look", tuple(LOOKS) if soft else tuple(LOOKS)[:2])


def across_choice(words: Sequence[str]) -> Choice:
    """Return the entries of v for the map's horizontal axis."""
    return Choice("across", tuple(words))


def up_choice(words: Sequence[str], across: str, part: int) -> Choice:
    """Return those for its vertical axis: any other, at first one of the part that begins there."""
    turned = (*words[part:], *words[:part])
    return Choice("up", tuple(word for word in turned if word != across))


def against_choice(n: int, unit: int) -> Choice:
    """Return the other units, for the other axis of gate space; of a single unit, itself."""
    return Choice("against", tuple(word for word in _counted(n) if word != str(unit + 1)) or ("1",))


def _counted(n: int) -> tuple[str, ...]:
    return tuple(str(j + 1) for j in range(n))
