"""The sentences of the page side by side; they stand in words/side_by_side.txt."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from lstm_core.cell import Cell
from lstm_core.exercise.changing import change_of
from lstm_core.lesson.latex import equation, formula
from lstm_core.lesson.words import paragraph, words
from lstm_core.looks.memory import Memory
from lstm_core.looks.side_by_side import (
    Pair,
    Parting,
    first_parting,
    largest_parting,
)
from lstm_core.shapes import parameter_count
from lstm_ui.side_by_side.choices import Beside, Side

WORDS = words("side_by_side")


def sentences(here: Beside) -> list[str]:
    """Return where the two part, how far, and what parameters each has."""
    parting = first_parting(here.left.trace, here.right.trace, here.pairs)
    if parting is None:
        return [WORDS.text("said", "alike"), counts_sentence(here)]
    return [paragraph(_first(here, parting), *_furthest(here)), counts_sentence(here)]


def _first(here: Beside, parting: Parting) -> str:
    """Where numbers differ first, and whether it is there that something was changed."""
    case = "first" if formulas_differ(here, parting.pair) else "first, same formula"
    known = {"t": parting.t + 1, "both": _both(here, parting)}
    return WORDS.text("said", case, known)


def _furthest(here: Beside) -> list[str]:
    """How far the states of both are apart, where they are furthest."""
    states = [pair for pair in here.pairs if pair.left in here.left.cell.carry]
    found = [
        largest_parting(here.left.trace, here.right.trace, pair)
        for pair in states
        if pair.right in here.right.cell.carry
    ]
    return [_furthest_of(here, one) for one in found if one and one.apart]


def _furthest_of(here: Beside, parting: Parting) -> str:
    state = str(parting.pair.left)
    known = {
        "state": here.left.desk.plain(state),
        "t": parting.t + 1,
        "both": _both(here, parting),
        "gap": here.left.desk.gap(state, 0.0, parting.apart).removeprefix("+"),
    }
    return WORDS.text("said", "furthest", known)


def _both(here: Beside, parting: Parting) -> str:
    """Return an entry with its number in each cell: h[2] = 0.3 on the left and 0.4 on the right."""
    sides = (here.left, str(parting.pair.left)), (here.right, str(parting.pair.right))
    names = [side.desk.entry(name, parting.entry) for side, name in sides]
    numbers = [
        side.desk.text(name, side.trace[parting.t, name][parting.entry]) for side, name in sides
    ]
    texts = [f"{name} = {number}" for name, number in zip(names, numbers, strict=True)]
    if names[0] == names[1]:
        texts[1] = numbers[1]
    return WORDS.text("said", "both", {"left": texts[0], "right": texts[1]})


def formulas_differ(here: Beside, pair: Pair) -> bool:
    """Return whether the two steps of a pair are made in another way."""
    return shown_formula(here, here.left, pair.left) != shown_formula(here, here.right, pair.right)


def shown_formula(here: Beside, side: Side, name: str | None) -> str:
    """Return a step as the page writes it: the whole equation or, among all steps, its formula."""
    return _written(side.cell, name, here.shows_every_step) if name else ""


@lru_cache(maxsize=1024)  # a page writes each formula at every edit, and none of them changes
def _written(cell: Cell, name: str, alone: bool) -> str:
    return formula(cell, name) if alone else equation(cell, name)


def counts_sentence(here: Beside) -> str:
    """Return how many parameters each has, which are its own, and which go by another letter."""
    left, right = (side.exercise.params for side in (here.left, here.right))
    known = {"left": parameter_count(left), "right": parameter_count(right)}
    if left.keys() == right.keys():
        return WORDS.text("said", "same parameters", known)
    own = {
        "only left": [name for name in left if name not in right],
        "only right": [name for name in right if name not in left],
    }
    told = [
        WORDS.text("said", case, {"names": ", ".join(names)})
        for case, names in own.items()
        if names
    ]
    return paragraph(WORDS.text("said", "counts", known), *told, *_renamed(here))


def _renamed(here: Beside) -> Iterator[str]:
    """The candidate's weights, which go on under another letter in a cell that is not on screen."""
    for case, side in (("renamed left", here.left), ("renamed right", here.right)):
        pairs = change_of(here.desk.exercise.cell, side.cell).renamed
        if pairs and not side.is_open:
            old, new = (", ".join(names) for names in zip(*pairs, strict=True))
            yield WORDS.text("said", case, {"old": old, "new": new})


# ---- over time -----------------------------------------------------------------------------------


def curve_sentences(here: Beside) -> list[str]:
    """Return what is to be seen in the figure."""
    return [_ABOUT[here.curves](here)]


def _about_states(here: Beside) -> str:
    told = (_projected(here, *one) for one in (("left", here.left), ("right", here.right)))
    return paragraph(WORDS.text("curves", "about states", {"unit": here.unit + 1}), *told)


def _projected(here: Beside, which: str, side: Side) -> str:
    """Say of a projected h that its entries are none of the units."""
    if not side.cell.projected:
        return ""
    r = side.trace[0, "h"].size
    case = "projected" if here.unit < r else "projected, fewer"
    return WORDS.text("curves", case, {"side": which, "r": r, "entry": here.unit + 1})


def _about_memory(here: Beside) -> str:
    both = here.memories
    if both is None:
        return WORDS.text("curves", "nothing to remember")
    left, right = (_until(here, one) for one in both)
    known = {"since": both[0].since + 1, "left": left, "right": right}
    return WORDS.text("curves", "about memory", known)


def _until(here: Beside, one: Memory) -> str:
    if one.until == 0:
        return WORDS.text("curves", "never")
    case = "until the end" if one.until == here.desk.exercise.T else "until"
    return WORDS.text("curves", case, {"t": one.until})


def _about_gradient(here: Beside) -> str:
    left, right = (here.desk.slope(one[0]) for one in here.gradients)
    known = {"left": left, "right": right, "T": here.desk.exercise.T}
    return WORDS.text("curves", "about gradient", known)


_ABOUT: Mapping[str, Callable[[Beside], str]] = {
    "states": _about_states,
    "memory": _about_memory,
    "gradient": _about_gradient,
}
