from lstm_ui.all_steps.blocks import all_blocks
from lstm_ui.sheet.desk import desk
from tests.ui.blocks import matrices
from tests.ui.sessions import FOUNDING, session_at


def test_all_steps_are_on_the_one_page():
    names = [matrix["id"] for matrix in matrices(all_blocks(desk(session_at())))]
    assert {step.name for step in FOUNDING.cell.steps} <= set(names)
