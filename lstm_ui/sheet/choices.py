"""The choice of a unit, which several pages have."""

from collections.abc import Mapping

from lstm_ui.session.options import Choice
from lstm_ui.session.session import Session
from lstm_ui.sheet.controls import Control, segments, select

FEW = 8  # so many words are buttons side by side; more are a list


def counted(n: int) -> tuple[str, ...]:
    """Return the numbers from 1 to n as an address writes them."""
    return tuple(str(j + 1) for j in range(n))


def unit_choice(n: int) -> Choice:
    """Return the choice of one of n units, counted from 1."""
    return Choice("unit", counted(n))


def chosen_unit(session: Session, n: int) -> int:
    """Return which of n units was chosen, counted from 0."""
    return int(unit_choice(n).of(session.options)) - 1


def unit_control(session: Session, n: int, names: Mapping[str, str] | None = None) -> Control:
    """Return the control that chooses one of n units; `names` says what each is called."""
    kind = segments if n <= FEW else select
    return kind(session, unit_choice(n), "Unit", names or {})
