"""What a click on the figure of activations does."""

from lstm_ui.session.address import read_cell
from lstm_ui.session.session import Session


def clicked(session: Session, cell: str) -> None:
    """Choose the unit whose marker was clicked."""
    _, (unit, *_) = read_cell(cell)
    session.options = {**session.options, "unit": str(unit + 1)}
