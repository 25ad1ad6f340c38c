"""A small table of texts, of which one row is marked."""

from lstm_ui.sheet.blocks import Block


class Coins(Block):
    """A small table; the row `here` is marked."""

    heads: list[str]
    rows: list[list[str]]
    here: int


def coins(key: str, heads: list[str], rows: list[list[str]], here: int) -> Coins:
    """Return a small table."""
    return {"kind": "coins", "id": key, "heads": heads, "rows": rows, "here": here}
