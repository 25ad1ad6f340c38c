"""The stacked product as a block: all W below each other, times v, plus all b, in one equation."""

from collections.abc import Mapping, Sequence

from lstm_core.cell import Cell, Step
from lstm_core.lesson.latex import plain
from lstm_core.ops import ADD, MATVEC, Array
from lstm_core.text.numerals import numeral
from lstm_ui.session.address import cell_id
from lstm_ui.sheet import theme
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import entry_labels
from lstm_ui.sheet.matrices import Block, cells

ROWS, COLUMNS = 16, 8  # what is drawn at most
AT_ONCE, ONE_BY_ONE = r"\text{at once}", r"\text{one by one}"
Sums = Mapping[str, tuple[Array, Array]]


def maps(cell: Cell) -> list[tuple[Step, Step]]:
    """Return the affine maps of v: the product and the sum of each."""
    products = [step for step in cell.steps if step.op is MATVEC and step.inputs[1] == "v"]
    sums = [step for step in cell.steps if step.op is ADD]
    return [(p, next(s for s in sums if p.name in s.inputs)) for p in products]


def stack_block(desk: Desk, found: Sums) -> Block:
    """Return W · v + b = z, stacked, with the sums as the cell made them one by one beside it."""
    chosen, (n, wide) = maps(desk.exercise.cell), (desk.exercise.n, len(desk.values("v")))
    units = range(min(n, max(1, ROWS // len(chosen))))
    stages = [product.stage for product, _ in chosen for _ in units]
    items = _items(desk, found, units, range(min(wide, COLUMNS)))
    tall = len(chosen) * n
    alt = f"Stacked W, {tall} × {wide}, times v plus stacked b, by {len(chosen)} blocks."
    return {"kind": "stack", "id": "stack", "items": items, "stages": stages, "alt": alt}


def _items(desk: Desk, found: Sums, units: range, columns: range) -> list[Block]:
    """The matrices of the equation, and the signs between them."""
    chosen, wide = maps(desk.exercise.cell), len(desk.values("v"))
    weights, biases = [p.inputs[0] for p, _ in chosen], [s.inputs[1] for _, s in chosen]
    sums, tall = [s.name for _, s in chosen], len(chosen) * desk.exercise.n
    labels = entry_labels(desk.exercise, "v")[: len(columns)]
    W = [row for name in weights for row in _rows(desk, name, units, columns)]
    b, z = ([row for name in names for row in _rows(desk, name, units)] for names in (biases, sums))
    rows = _named(desk, weights, units)
    return [
        _item(desk, "W", W, (tall, wide), rows, weights) | {"columns": labels},
        {"sign": r"\cdot"},
        _item(desk, "v", _rows(desk, "v", columns), (wide, 1), labels, ["v"]),
        {"sign": "+"},
        _item(desk, "b", b, (tall, 1), None, biases),
        {"sign": "="},
        _item(desk, AT_ONCE, _results(desk, found, units), (tall, 0)),
        _item(desk, ONE_BY_ONE, z, (tall, 0), _named(desk, sums, units)),
    ]


def _rows(desk: Desk, name: str, units: range, columns: range | None = None) -> list[list[Block]]:
    """The rows of one array."""
    width = 1 if columns is None else len(columns)
    flat = cells(desk, name, [(j, *k) for j in units for k in _across(columns)])
    return [flat[at : at + width] for at in range(0, len(flat), width)]


def _across(columns: range | None) -> list[tuple[int, ...]]:
    return [()] if columns is None else [(k,) for k in columns]


def _named(desk: Desk, names: list[str], units: range) -> list[str]:
    return [f"{plain(desk.exercise.cell, name)} {j + 1}" for name in names for j in units]


def _results(desk: Desk, found: Sums, units: range) -> list[list[Block]]:
    """What the one product gave; these are numbers to read, none of the cell's own."""
    rows = []
    for name, (together, _) in found.items():
        end = theme.limit(together)
        for j in units:
            value = float(together[j])
            cell = {"at": cell_id(name, (j,)), "full": numeral(value, None)}
            cell |= {"text": desk.text(name, value), "share": round(theme.share(value, end), 3)}
            rows.append([cell | {"name": f"{plain(desk.exercise.cell, name)}[{j + 1}] at once"}])
    return rows


def _item(
    desk: Desk,
    label: str,
    rows: list[list[Block]],
    shape: tuple[int, int],
    units: list[str] | None = None,
    names: Sequence[str] = (),
) -> Block:
    """One matrix of the equation; `names` are the arrays that can be typed or pasted into it."""
    whole = f"{shape[0]} × {shape[1]}" if shape[1] else ""
    part = len(rows) < shape[0] or len(rows[0]) < shape[1]
    problems = desk.session.problems
    return {
        "id": f"stack-{label}",
        "label": label,
        "name": f"stacked {label}" if shape[1] else label.removeprefix(r"\text{").removesuffix("}"),
        "shape": f"{whole}, {len(rows)} × {len(rows[0])} shown" if whole and part else whole,
        "rows": rows,
        "units": units,
        "columns": None,
        "problem": next((problems[name] for name in names if name in problems), None),
        "offer": None,
    }
