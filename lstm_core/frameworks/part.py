"""A part of a large layer: some of its units and inputs, and plain words for what is left out."""

from collections.abc import Mapping

from lstm_core.cell import Order
from lstm_core.frameworks.blocks import span
from lstm_core.lesson.words import words
from lstm_core.ops import Array
from lstm_core.shapes import letters

WORDS = words("frameworks")


def checked_range(what: str, chosen: range | None, size: int) -> range:
    """Return the range of units or inputs, all of them for None; ValueError where it is none."""
    whole = range(size)
    if chosen is None:
        return whole
    if not (chosen and chosen.step == 1 and chosen[0] in whole and chosen[-1] in whole):
        given = f"{chosen.start + 1} to {chosen.stop}"
        raise ValueError(f"{what} must be a range within 1 to {size}; given {given}.")
    return chosen


def part_of(
    params: Mapping[str, Array], order: Order, m: int, units: range, inputs: range
) -> dict[str, Array]:
    """Return the rows of these units, and the columns of these units and inputs."""
    r = len(params["W_p"]) if "W_p" in params else next(len(array) for array in params.values())
    of_h, of_x = (0, r) if order == "hx" else (m, 0)
    # A projection mixes all units; where fewer are kept than it makes entries, h is cut as well.
    shown = range(min(r, len(units))) if "W_p" in params else units
    columns = {"h": [of_h + k for k in shown], "x": [of_x + k for k in inputs]}
    joined = columns[order[0]] + columns[order[1]]
    return {
        name: array[shown][:, units]
        if name == "W_p"
        else array[units][:, joined]
        if letters(name) == ("n", "n+m")
        else array[units]
        for name, array in params.items()
    }


def left_out(n: int, m: int, units: range, inputs: range) -> tuple[str, ...]:
    """Return what a part of a layer leaves out, a sentence each; nothing where it is all of it."""
    chosen = (("units", units, n), ("inputs", inputs, m))
    return tuple(_others(*each) for each in chosen if len(each[1]) < each[2])


def _others(what: str, chosen: range, size: int) -> str:
    others = size - len(chosen)
    kept = f"kept {what}, one" if len(chosen) == 1 else f"kept {what}"
    known = {
        "kept": WORDS.text("left out", kept, {"span": span(chosen)}),
        "size": size,
        "others": others,
    }
    return WORDS.text("left out", f"{what}, one other" if others == 1 else what, known)
