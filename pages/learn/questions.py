"""Questions: what people ask, each with a link to the place that answers it."""

from lstm_ui.questions.blocks import question_blocks
from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.shell import page


def draw(session: Session) -> None:
    """Draw the questions."""
    sheet(session, sheet_data(desk(session), question_blocks(session)), walks=False)


page.lesson(draw)
