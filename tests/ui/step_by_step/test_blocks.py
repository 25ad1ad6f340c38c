import json

import pytest

from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.step_by_step.blocks import step_blocks
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.ui.sessions import session_at


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_step_of_every_cell_has_its_blocks(cell):
    exercise = some(cell)
    on_desk = desk(session_at("v", exercise, t=1))
    for step in cell.steps:
        data = sheet_data(on_desk, step_blocks(on_desk, step), [step])
        ids = [block["id"] for block in data["blocks"]]
        assert len(set(ids)) == len(ids)
        assert json.loads(json.dumps(data, allow_nan=False)) == data
