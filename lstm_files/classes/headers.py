"""The header of a class's table: which column is which entry of the exercise.

A header is a step and an entry, counted from 1: z_i[2]. With more than one time step it ends in
one: z_i[2]@t1; where none is named, it is the first. Also read: z_i_2, z_i2, z_i(2), z_i₂, Z_I2,
C̃[2] and (W_i·v)[2] for the letters on the board, t1 z_i[2], ft_1, and f_3 (3 decimals). A question
of a form, such as “What is f[2]?”, is the one entry that it names. Headers may stand in two rows, f
above 1, 2 and 3.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

from lstm_core.cell import Cell
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.letters import plain
from lstm_core.shapes import shape_in
from lstm_core.trace import Address
from lstm_files.bounds import quoted_name
from lstm_files.classes.spellings import apart

_SPELLINGS = (
    (re.compile(r"ₜ₋₁|_\{t-1\}|ₜ|_\{t\}|_t(?![a-z])"), ""),  # C̃ₜ and C̃_t are C̃
    (re.compile(r"[\s{}]+"), ""),
    (re.compile("[⊙*]"), "∘"),
    (re.compile("[⋅×]"), "·"),
    (re.compile("[−–]"), "-"),
    (re.compile(r"[=.:*?]+$"), ""),
    (re.compile(r"\(t=?([0-9]{1,4})\)$"), r"@\1"),  # h1 (t = 2)
    (re.compile(r"[,:;](?:entry|unit|component|element|neuron)?(?=[0-9]{1,4}(?:@|$))", re.I), "_"),
)
# What the steps are called in words; each where the cell has a step of this name.
_WORDS = (
    *(("f", "forgetgate"), ("f", "forget"), ("f", "vergessensgate"), ("f", "vergesstor")),
    *(("i", "inputgate"), ("i", "eingangsgate"), ("i", "eingangstor"), ("o", "outputgate")),
    *(("o", "ausgangsgate"), ("o", "ausgangstor"), ("C", "cellstate"), ("C", "cell")),
    *(("C", "newcellstate"), ("C", "zellzustand"), ("h", "hiddenstate"), ("h", "hidden")),
    *(("h", "newhiddenstate"), ("h", "verdeckterzustand")),
    *(
        (step, word)
        for step in ("C_tilde", "h_tilde")
        for word in ("candidate", "cand", "kandidat")
    ),
    *(("C_tilde", "g"), ("C_tilde", "candidatememory"), ("C_tilde", "candidatestate")),
    *(("z", "updategate"), ("z", "update"), ("r", "resetgate"), ("r", "reset")),
)
_MARKS = "[]()_-.#unitentrynuro"  # round the number of an entry
_NO_ANSWER = re.compile(r"points?|score|marks?|grade|punkte?|note\b", re.I)
_HEADER = re.compile(
    r"(?:t=?([0-9]{1,4})[,:;]?)?"
    r"(.+?)"
    r"(_?\[[0-9]{1,4}\]|_?\([0-9]{1,4}\)|\((?:unit|entry|neuron)[0-9]{1,4}\)|[-.#_]?[0-9]{1,4})?"
    r"(?:@t?=?([0-9]{1,4}))?"
)
_REMARK = re.compile(
    r"\s*\((?!\s*(?:unit|entry|neuron|t\b))\s*[0-9]*\s*[^\W\d_]{4,}[^()]*\)\s*$"
)  # (3 decimals)
_WORD = re.compile(r"[^\s,;:?!“”\"']+")
_ENTRY = re.compile(r".+(?:\[[0-9]{1,4}\]|_\{?[0-9]{1,4}\}?|₀|[₁-₉])(?:@t?=?[0-9]{1,4})?")
_COUNTED = re.compile(
    r"(?:(?:entry|unit|component|element|neuron|eintrag|komponente)\s*)?([0-9]{1,4})(?:\s*\(.*\))?",
    re.I,
)  # in a second row of headers: 1, Entry 1 (3 decimals)
_CLEAR = re.compile(r".+\[[0-9]+\](?:@.*)?")  # what nobody calls a column of names


@dataclass(frozen=True)
class Headers:
    """What the columns hold, counted from 0: entries of the exercise, or names of students.

    `problems` says in plain sentences which headers look like entries and are none.
    """

    entries: tuple[tuple[int, Address], ...]
    names: tuple[int, ...]
    problems: tuple[str, ...]


def header(exercise: Exercise, at: Address) -> str:
    """Return an entry as a header writes it: z_i[1], or z_i[1]@t2 where there are time steps."""
    when = f"@t{at.t + 1}" if exercise.T > 1 else ""
    return f"{at.step}[{at.index[0] + 1}]{when}"


def entry_headers(exercise: Exercise, most: int) -> list[str]:
    """Return the header of every entry, the first time step first, so many at most."""
    entries = (
        header(exercise, Address(step.name, t, (j,)))
        for t in range(exercise.T)
        for step in exercise.cell.steps
        for j in range(shape_in(step.name, exercise.sizes)[0])
    )
    return list(islice(entries, most))


def read_headers(
    exercise: Exercise,
    cells: Sequence[str],
    row: int = 1,
    corrections: Mapping[int, str] = MappingProxyType({}),
) -> Headers:
    """Return what the columns hold; `row` is where the headers stand, for the sentences.

    `corrections` are headers to be read in place of those that are there, by their column.
    """
    entries: dict[Address, int] = {}
    names, problems = [], []
    for column, text in enumerate(cells):
        where = f"Row {row}, column {column + 1}"
        try:
            at = read_header(exercise, corrections.get(column, text))
        except ValueError as error:
            problems.append(f"{where}: {error}")
            continue
        if at is None:
            if text.strip() or not column:  # the corner is often left empty above the names
                names.append(column)
        elif at in entries:
            first = f"column {entries[at] + 1} is that too, and is the one that was read"
            problems.append(f"{where}: {quoted_name(text)} is there twice; {first}.")
        else:
            entries[at] = column
    pairs = tuple((column, at) for at, column in entries.items())
    return Headers(pairs, tuple(names), tuple(problems))


def joined_headers(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return the headers that two rows make together: f above 1, 2 and 3 are f[1], f[2], f[3].

    So is “What is f?” above “Entry 1 (3 decimals)”, a question about f[1].

    An empty cell above is one with that to its left, as in cells that were merged.
    """
    headers, above = [], ""
    for j, below in enumerate(lower):
        above = (upper[j].strip() if j < len(upper) else "") or above
        if entry := _COUNTED.fullmatch(below.strip()):
            headers.append(f"{above.rstrip(' ?:.')}[{entry[1]}]")
        else:
            headers.append(f"{above} {below}".strip())
    return headers


def read_header(exercise: Exercise, text: str) -> Address | None:
    """Return the entry that a header names; None where it is the name of something else.

    Raises ValueError, in one plain sentence, where it can only mean an entry, and there is no such
    step, entry or time step.
    """
    try:
        plain, when = apart(_REMARK.sub("", text[:200]), exercise.T)
    except ValueError as error:
        raise ValueError(f"{quoted_name(text)} {error}") from None
    spelled, steps = _spelled(plain), _steps(exercise.cell)
    found = _HEADER.fullmatch(spelled)
    name = _step(steps, found[2]) if found else ""
    if not name and (asked := _asked(exercise, plain)):
        return (
            asked if when is None else _address(exercise, asked.step, str(asked.index[0] + 1), when)
        )
    if found is None or not name:
        if _CLEAR.fullmatch(spelled):
            known = ", ".join(dict.fromkeys(steps.values()))
            raise ValueError(f"{quoted_name(text)} names no step; expected one of {known}.")
        return None
    try:
        return _address(
            exercise, name, found[3], int(found[1] or found[4] or (1 if when is None else when))
        )
    except ValueError as error:
        raise ValueError(f"{quoted_name(text)} {error}") from None


def _step(steps: Mapping[str, str], way: str) -> str:
    """The step that is written so; "" for none."""
    bare = way.lower().replace("_", "").replace("-", "")
    return steps.get(way) or steps.get(way.lower()) or steps.get(bare, "")


def _asked(exercise: Exercise, text: str) -> Address | None:
    """The only entry that a question names, as in “3. What is f[2]?”; None for any other text."""
    words = _WORD.findall(text)
    if len(words) < 2 or _NO_ANSWER.search(text):
        return None
    entries = set()
    for word in (word.strip("().=") for word in words if _ENTRY.fullmatch(word.strip("().="))):
        with suppress(ValueError):
            entries.add(read_header(exercise, word))
    found = entries - {None}
    return found.pop() if len(found) == 1 else None


def _address(exercise: Exercise, name: str, index: str | None, t: int) -> Address:
    size = shape_in(name, exercise.sizes)[0]
    if index is None and size > 1:
        raise ValueError(f"does not say which entry; expected {name}[1] to {name}[{size}].")
    entry = int((index or "1").strip(_MARKS))
    for count, most, what in ((entry, size, f"{name} has entries"), (t, exercise.T, "t runs from")):
        if not 1 <= count <= most:
            raise ValueError(f"is not there: {what} 1 to {most}; given {count}.")
    return Address(name, t - 1, (entry - 1,))


def _spelled(text: str) -> str:
    """Bring every way of writing a header to one."""
    spelled = unicodedata.normalize("NFD", text[:200])
    for pattern, replacement in _SPELLINGS:
        spelled = pattern.sub(replacement, spelled)
    return unicodedata.normalize("NFKD", spelled)  # at last, as it makes a t of ₜ


@lru_cache(maxsize=256)
def _steps(cell: Cell) -> dict[str, str]:
    """Every spelling of every step: its name, its letters on the board, those in brackets."""
    found: dict[str, str] = {}
    for step in cell.steps:
        board = _spelled(plain(cell, step.name))
        ways = (_spelled(step.name), board, f"({board})")
        found |= dict.fromkeys(ways, step.name)
        for old, new in (("·", "∘"), ("·", ""), ("(", ""), (_spelled("C̃"), "C_tilde")):
            found.setdefault(
                board.replace(old, new).replace(")", "" if old == "(" else ")"), step.name
            )
        if step.name.startswith("z_"):
            for word in ("net", "preactivation", "a"):
                found.setdefault(f"{word}{step.name[1:]}", step.name)
        if len(step.name) == 1:
            found.setdefault(f"{board}t", step.name)  # ft_1
    names = {step.name for step in cell.steps}
    for name, words in _WORDS:
        if name in names:
            found.setdefault(words, name)
    for way, name in list(found.items()):  # zf for z_f
        found.setdefault(way.replace("_", ""), name)
    for way, name in list(found.items()):  # as capitals, where no other step has that letter
        found.setdefault(way.lower(), name)
    return found
