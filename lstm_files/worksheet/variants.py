"""Many worksheets of one kind, each with numbers of its own, as one archive.

In it: a worksheet and a key for each variant, all worksheets and all keys as one page each, to be
printed in one go, and a table of the codes and links.
"""

from collections.abc import Callable, Iterator

from lstm_core.worksheets.recipe import SEEDS, Recipe
from lstm_core.worksheets.search import find
from lstm_files.archive import archive
from lstm_files.tables.csv_text import write_csv
from lstm_files.worksheet.key import key
from lstm_files.worksheet.parts import document
from lstm_files.worksheet.sheet import sheet

LinkOf = Callable[[Recipe], str]
Progress = Callable[[int], object]
MOST = 100


def recipes(recipe: Recipe, count: int) -> Iterator[Recipe]:
    """Give so many recipes, from this one on; ValueError unless there are 1 to MOST."""
    if not 1 <= count <= MOST:
        raise ValueError(f"The number of variants must be from 1 to {MOST}; given {count}.")
    yield recipe
    for _ in range(count - 1):
        recipe = find(recipe, (recipe.seed + 1) % SEEDS)
        yield recipe


def variants(recipe: Recipe, count: int, link_of: LinkOf) -> Iterator[tuple[str, bytes]]:
    """Give the files one after the other, by name: two for each variant, then those of all.

    The first variant is the recipe itself. The same arguments give the same bytes.
    """
    sheets, keys, rows = [], [], [["number", "code", "link"]]
    for k, variant in enumerate(recipes(recipe, count), 1):
        link, name = link_of(variant), f"{k:0{len(str(count))}}-{variant.code}.html"
        sheets.append(sheet(variant, link))
        keys.append(key(variant, link))
        rows.append([str(k), variant.code, link])
        yield f"worksheets/{name}", document(sheets[-1].title, sheets[-1:]).encode()
        yield f"keys/{name}", document(keys[-1].title, keys[-1:]).encode()
    yield "all-worksheets.html", document("All worksheets", sheets).encode()
    yield "all-keys.html", document("All keys", keys).encode()
    yield "codes.csv", write_csv(rows)


def zip_bytes(
    recipe: Recipe, count: int, link_of: LinkOf, progress: Progress = lambda done: None
) -> bytes:
    """Return the files as a zip archive; `progress` is told after each variant how many are done.

    The same arguments give the same bytes. Raises ValueError, in one plain sentence, for a number
    of variants out of range and for a link that is none.
    """
    files = {}
    for name, data in variants(recipe, count, link_of):
        files[name] = data
        if name.startswith("keys/"):
            progress(sum(other.startswith("keys/") for other in files))
    return archive(files)
