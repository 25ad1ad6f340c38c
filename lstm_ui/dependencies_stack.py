"""The stacked product as a block: all W below each other, times v, plus all b, in one equation."""

from collections.abc import Mapping

from lstm_core.cell import Cell, Step
from lstm_core.latex import plain
from lstm_core.numerals import numeral
from lstm_core.ops import ADD, MATVEC, Array
from lstm_ui import theme
from lstm_ui.desk import Desk
from lstm_ui.grids import cell_id
from lstm_ui.letters import column_labels, entry_labels
from lstm_ui.matrices import Block, cells

ROWS, COLUMNS = 16, 8  # what is drawn at most
Sums = Mapping[str, tuple[Array, Array]]


def maps(cell: Cell) -> list[tuple[Step, Step]]:
    """Return the affine maps of v: the product and the sum of each."""
    products = [step for step in cell.steps if step.op is MATVEC and step.inputs[1] == "v"]
    sums = [step for step in cell.steps if step.op is ADD]
    return [(p, next(s for s in sums if p.name in s.inputs)) for p in products]


def stack_block(desk: Desk, found: Sums) -> Block:
    """Return W · v + b = z, stacked, with the sums as the cell made them one by one beside it."""
    chosen = maps(desk.exercise.cell)
    n, wide = desk.exercise.n, desk.exercise.n + desk.exercise.m
    units, columns = range(min(n, max(1, ROWS // len(chosen)))), range(min(wide, COLUMNS))
    stages = [product.stage for product, _ in chosen for _ in units]
    weights = [(p.inputs[0], s.inputs[1], s.name) for p, s in chosen]
    W = _stacked(desk, [w for w, _, _ in weights], units, columns)
    b = _stacked(desk, [b for _, b, _ in weights], units)
    z = _stacked(desk, [s for _, _, s in weights], units)
    v = {"label": "v", "rows": [[c] for c in cells(desk, "v", [(k,) for k in columns])]}
    v |= {"units": entry_labels(desk.exercise, "v")[: len(columns)]}
    items = [
        _item("W", "W", W, (len(chosen) * n, wide), _named(desk, weights, units))
        | {"columns": column_labels(desk.exercise, "W_f")[: len(columns)]},
        {"sign": r"\cdot"},
        _item("v", "v", v["rows"], (wide, 1), v["units"]),
        {"sign": "+"},
        _item("b", "b", b, (len(chosen) * n, 1), None),
        {"sign": "="},
        _item(
            "at-once", r"\text{at once}", _results(desk, found, units), (len(chosen) * n, 1), None
        ),
        _item("apart", r"\text{one by one}", z, (len(chosen) * n, 1), _sums(desk, weights, units)),
    ]
    alt = f"Stacked W, {len(chosen) * n} × {wide}, times v plus stacked b, by {len(chosen)} blocks."
    return {"kind": "stack", "id": "stack", "items": items, "stages": stages, "alt": alt}


def _stacked(
    desk: Desk, names: list[str], units: range, columns: range | None = None
) -> list[list[Block]]:
    """The rows of several arrays, one below the other."""
    rows = []
    for name in names:
        for j in units:
            at = [(j,)] if columns is None else [(j, k) for k in columns]
            rows.append(cells(desk, name, at))
    return rows


def _named(desk: Desk, weights: list[tuple[str, str, str]], units: range) -> list[str]:
    return [f"{plain(desk.exercise.cell, W)} {j + 1}" for W, _, _ in weights for j in units]


def _sums(desk: Desk, weights: list[tuple[str, str, str]], units: range) -> list[str]:
    return [f"{plain(desk.exercise.cell, z)} {j + 1}" for _, _, z in weights for j in units]


def _results(desk: Desk, found: Sums, units: range) -> list[list[Block]]:
    """What the one product gave; these are numbers to read, none of the cell's own."""
    rows = []
    for name, (together, _) in found.items():
        end = theme.limit(together)
        for j in units:
            value = float(together[j])
            cell = {"at": cell_id(name, (j,)), "full": numeral(value, None)}
            cell |= {"text": desk.show(name, value), "share": round(theme.share(value, end), 3)}
            rows.append([cell | {"name": f"{plain(desk.exercise.cell, name)}[{j + 1}] at once"}])
    return rows


def _item(
    key: str, label: str, rows: list[list[Block]], shape: tuple[int, int], units: list[str] | None
) -> Block:
    whole = f"{shape[0]} × {shape[1]}" if units is not None or key == "b" else ""
    part = len(rows) < shape[0] or len(rows[0]) < shape[1]
    return {
        "id": f"stack-{key}",
        "label": label,
        "name": f"stacked {key}",
        "shape": f"{whole}, {len(rows)} × {len(rows[0])} shown" if part else whole,
        "rows": rows,
        "units": units,
        "columns": None,
        "problem": None,
        "offer": None,
    }
