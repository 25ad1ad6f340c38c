"""Training: a cell learns a task here, beside others, and every moment can be looked at again."""

from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.desk import desk_now
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.shell import page
from lstm_ui.training.form import form, top_blocks
from lstm_ui.training.results import OPTIONS, results


def draw(session: Session) -> None:
    """Draw the form, the runs, and the figure that compares them."""
    sheet(session, sheet_data(desk_now(session), top_blocks(session)), OPTIONS, walks=False)
    form(session)
    results(session)


page.lesson(draw)
