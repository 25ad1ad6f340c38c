"""Check my work: what was worked out by hand, marked entry by entry."""

from lstm_ui.check.answers import answer_desk, verdicts_on
from lstm_ui.check.blocks import check_blocks
from lstm_ui.check.choices import BACK, HELP, HELP_AT, ask
from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.shell import page


def draw(session: Session) -> None:
    """Draw the exercise, a row of boxes for each step, and what became of the answers."""
    on_desk = answer_desk(session)
    blocks = check_blocks(on_desk, verdicts_on(session))
    options = (ask(session.exercise), HELP, HELP_AT, BACK)
    sheet(session, sheet_data(on_desk, blocks), options, walks=False)


page.lesson(draw)
