"""What a teacher chooses on the page that marks a class: points, and whose sheet is open."""

from lstm_ui.session.options import Number
from lstm_ui.session.session import Session

POINTS = Number("points", 0, 1000, 0, whole=True)  # for all entries; 0: one for each
STUDENT = Number("row", 0, 5000, 0, whole=True)  # of the table, from 1; 0: nobody's


def open_sheet(session: Session, row: str) -> None:
    """Open the sheet of the student in a row of the table."""
    session.options = {**session.options, STUDENT.name: row}


def give_points(session: Session, points: int) -> None:
    """Choose how many points all entries have together."""
    session.options = {**session.options, POINTS.name: str(points)}
