"""`python -m lstm_ui.publish`: make all files that browsers are given, before the first start.

An app on a file system that it may not write to finds them there; and of several servers each has
all of them, also the drawing of a cell that only a reader of another one has opened.
"""

from collections.abc import Iterator
from itertools import product

from lstm_core.cells import CELLS, cell_named
from lstm_ui.diagram.served import drawing
from lstm_ui.shell.static_files import STATIC, assets_url


def main() -> None:
    """Make them, and say where."""
    print(f"{STATIC}: {len(set(published()))} files and folders for browsers")


def published() -> Iterator[str]:
    """Make each, and yield its address."""
    yield assets_url()
    for name, order, readout in product(CELLS, ("hx", "xh"), (False, True)):
        yield drawing(cell_named(name, order, readout))


if __name__ == "__main__":
    main()
