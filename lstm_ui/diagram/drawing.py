"""From a cell to its drawing: places, then wires, then the texts that stand beside them."""

from collections.abc import Iterable
from functools import lru_cache

from lstm_core.cell import Cell, Step
from lstm_ui.diagram.notes import notes
from lstm_ui.diagram.parts import Drawing, Text
from lstm_ui.diagram.place import place
from lstm_ui.diagram.roles import roles
from lstm_ui.diagram.route import wires

SPREADS = (0, 16, 40)  # room added beside each column, tried in turn
TRIES = 3  # at each spread: with the places of those texts kept free that found none


def drawing(cell: Cell) -> Drawing:
    """Return the drawing of a cell: the first try in which all finds room, else the best."""
    return _drawing(cell.name, cell.steps, tuple(cell.carry.items()))


@lru_cache(maxsize=256)  # by the table: a changed cell is made anew for each edit
def _drawing(name: str, steps: tuple[Step, ...], carry: tuple[tuple[str, str], ...]) -> Drawing:
    cell, tries = Cell(name, steps, dict(carry)), list[Drawing]()
    for spread in SPREADS:
        for tried in _tries(cell, spread):
            if not tried.missing and not tried.across:
                return tried
            tries.append(tried)
        if not min(map(_faults, tries))[0]:
            break
    return min(tries, key=_faults)


def _faults(drawn: Drawing) -> tuple[int, int]:
    """Return how much there is to complain of, and how many letters beside wires are missing."""
    letters = sum(text.kind == "letter" for text in drawn.missing)
    return 100 * drawn.across + len(drawn.missing) - letters, letters


def _tries(cell: Cell, spread: float) -> Iterable[Drawing]:
    """Return drawings with the same places, and wires that leave more and more texts their room."""
    plan, kept_free = place(cell, spread), tuple[Text, ...]()
    for _ in range(TRIES):
        laid, across = wires(cell, plan, kept_free)
        texts, missing = notes(cell, roles(cell), plan, laid)
        yield Drawing(plan, laid, texts, missing, across)
        known = {(text.kind, text.of) for text in kept_free}
        new = tuple(text for text in missing if (text.kind, text.of) not in known)
        if across or not new:
            return
        kept_free += new
