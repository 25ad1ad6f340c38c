"""Finding things in the blocks that a page is made of."""

from lstm_ui.sheet.desk import desk
from lstm_ui.step_by_step.blocks import step_blocks


def walk(blocks):
    """Every block, also those in groups."""
    for block in blocks:
        yield block
        yield from walk(block.get("blocks", ()))


def of_kind(blocks, kind):
    return [block for block in walk(blocks) if block["kind"] == kind]


def matrices(blocks):
    """Every matrix of every equation."""
    items = [item for block in of_kind(blocks, "equation") for item in block["items"]]
    return [item for item in items if "rows" in item]


def matrix_of(blocks, name):
    """The matrix of this name that comes last: in a chain of steps, the result."""
    return [matrix for matrix in matrices(blocks) if matrix["id"] == name][-1]


def texts(matrix, key="text"):
    """What stands in the cells: a list of rows, or of entries where there is one column."""
    rows = [[cell.get(key) for cell in row] for row in matrix["rows"]]
    return rows if matrix["columns"] else [cell for (cell,) in rows]


def cells(blocks):
    return [cell for matrix in matrices(blocks) for row in matrix["rows"] for cell in row]


def blocks_of(session):
    """The blocks of the session's own step."""
    return step_blocks(desk(session), session.exercise.cell[session.place.step])


def shown(session, name, key="text"):
    return texts(matrix_of(blocks_of(session), name), key)
