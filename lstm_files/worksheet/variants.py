"""Many worksheets as one archive: each with numbers of its own, or all with the same, for a class.

In it: a worksheet and a key for each, all worksheets and all keys as one page each, to be printed
in one go, a table of the codes and links, and one for the answers.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from lstm_core.worksheets.recipe import SEEDS, Recipe
from lstm_core.worksheets.search import find
from lstm_core.worksheets.task import Task, task_of
from lstm_files.archive import archive
from lstm_files.classes.marking import asked_headers
from lstm_files.tables.csv_text import write_csv
from lstm_files.tables.table import Cell, CellTable
from lstm_files.worksheet.key import key
from lstm_files.worksheet.parts import document
from lstm_files.worksheet.sheet import Handout, sheet

LinkOf = Callable[[Recipe], str]
Progress = Callable[[int], object]
MOST = 100


class Copy(NamedTuple):
    """One worksheet of many: what it asks, where its answers are checked, and whose it is."""

    task: Task
    link: str
    handout: Handout = Handout()


def recipes(recipe: Recipe, count: int) -> Iterator[Recipe]:
    """Give so many recipes, from this one on; ValueError unless there are 1 to MOST."""
    if not 1 <= count <= MOST:
        raise ValueError(f"The number of variants must be from 1 to {MOST}; given {count}.")
    yield recipe
    for _ in range(count - 1):
        recipe = find(recipe, (recipe.seed + 1) % SEEDS)
        yield recipe


def variants(
    recipe: Recipe, count: int, link_of: LinkOf, names: Sequence[str] = (), points: int = 0
) -> Iterator[Copy]:
    """Give worksheets with numbers of their own, the first of them the recipe itself.

    With `names` there is one for each of them. The same arguments give the same worksheets.
    """
    every = recipes(recipe, len(names) or count)
    for k, variant in enumerate(every):
        name = names[k] if names else ""
        yield Copy(task_of(variant), link_of(variant), Handout(name, points))


def same_for_all(task: Task, link: str, names: Sequence[str], points: int = 0) -> Iterator[Copy]:
    """Give a worksheet with the same numbers for each name; ValueError for more than MOST."""
    if not 1 <= len(names) <= MOST:
        raise ValueError(f"The number of names must be from 1 to {MOST}; given {len(names)}.")
    return (Copy(task, link, Handout(name, points)) for name in names)


def files(
    copies: Iterator[Copy], count: int, two_sided: bool = True
) -> Iterator[tuple[str, bytes]]:
    """Give the files one after the other, by name: two for each of so many, then those of all."""
    sheets, keys, every, done = [], [], list[Copy](), set[int]()
    for k, copy in enumerate(copies, 1):
        every.append(copy)
        number = f"{k:0{len(str(count))}}"
        name = f"{number}-{copy.task.code}.html" if copy.task.code else f"{number}.html"
        sheets.append(sheet(*copy))
        yield f"worksheets/{name}", document(sheets[-1].title, sheets[-1:]).encode()
        if id(copy.task) not in done:  # where all have the same numbers, one key is enough
            done.add(id(copy.task))
            keys.append(key(copy.task, copy.link))
            yield f"keys/{name}", document(keys[-1].title, keys[-1:]).encode()
    yield "all-worksheets.html", document("All worksheets", sheets, two_sided).encode()
    yield "all-keys.html", document("All keys", keys).encode()
    yield "codes.csv", write_csv(codes_table(every))
    yield "answers.csv", write_csv(answers_table(every))


def codes_table(copies: Sequence[Copy]) -> CellTable:
    """Return a row for each worksheet: its number, whose it is, its code and its link."""
    named, coded = _columns(copies)
    top: list[Cell] = ["number", *["name"] * named, *["code"] * coded, "link"]
    rows: CellTable = [
        [str(k), *[copy.handout.name] * named, *[copy.task.code] * coded, copy.link]
        for k, copy in enumerate(copies, 1)
    ]
    return [top, *rows]


def answers_table(copies: Sequence[Copy]) -> CellTable:
    """Return the table to collect answers in, which the page that marks a class reads back."""
    task, (_, coded) = copies[0].task, _columns(copies)
    asked = [(t, name) for t in range(task.exercise.T) for name in task.asked.names]
    headers = asked_headers(task.exercise, asked)
    top: list[Cell] = ["Student", *["Worksheet"] * coded, *headers]
    rows: CellTable = [
        [copy.handout.name, *[copy.task.code] * coded, *[""] * len(headers)] for copy in copies
    ]
    return [top, *rows]


def _columns(copies: Sequence[Copy]) -> tuple[bool, bool]:
    """Whether there are names, and whether there are codes."""
    return any(copy.handout.name for copy in copies), any(copy.task.code for copy in copies)


def zip_bytes(
    copies: Iterator[Copy],
    count: int,
    two_sided: bool = True,
    progress: Progress = lambda done: None,
) -> bytes:
    """Return the files as a zip archive; `progress` is told after each how many are done.

    The same worksheets give the same bytes. Raises ValueError, in one plain sentence, for a number
    of them out of range and for a link that is none.
    """
    found: dict[str, bytes] = {}
    for name, data in files(copies, count, two_sided):
        found[name] = data
        if name.startswith("worksheets/"):
            progress(sum(other.startswith("worksheets/") for other in found))
    return archive(found)
