"""One's own numbers in one act: a title, and every matrix pasted under its name.

The sizes are those of what was pasted, so nothing has to be set first.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lstm_core.cells import cell_named
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.letters import plain
from lstm_core.lesson.words import paragraph, words
from lstm_core.ops import Array
from lstm_core.shapes import letters, shape_in
from lstm_core.text.parsing import Pasted, parse_matrices
from lstm_ui.session.paste import converted, own_names
from lstm_ui.session.session import Session

WORDS = words("check")
PLACE = "own numbers"  # where what is wrong with them is said
_LONGEST_TITLE, _LONGEST = 200, 200_000  # characters


def take(session: Session, title: str, text: str) -> None:
    """Make what was pasted the exercise, or say why it cannot be; then nothing changes."""
    session.problems = {}
    try:
        if len(text) > _LONGEST:
            raise ValueError(WORDS.text("own", "too long", {"most": _LONGEST, "size": len(text)}))
        new, notice = exercise_of(session.exercise, parse_matrices(text))
        name = title.strip()[:_LONGEST_TITLE] or WORDS.text("own", "untitled")
        session.load(replace(new, title=name), notice)
    except ValueError as error:
        session.problems = {PLACE: str(error)}


def exercise_of(like: Exercise, found: tuple[Pasted, ...]) -> tuple[Exercise, str]:
    """Return an exercise of the same kind of cell with these numbers, and what is said of it."""
    named = {one.name: one.array for one in found if one.name}
    if len(named) < len(found):
        raise ValueError(WORDS.text("own", "no name", {"W": like.cell.params[0]}))
    ours = own_names(like.with_readout(), named)
    arrays = {own: named[name] for name, own in ours.items()} or converted(like, named)
    cell = cell_named(like.cell.name, like.order, "W_y" in arrays)
    weights = [name for name in cell.params if len(letters(name)) == 2 and name not in arrays]
    if weights:
        raise ValueError(WORDS.text("own", "missing", {"names": ", ".join(weights)}))
    every = {name: _as_meant(name, array) for name, array in arrays.items()}
    sizes = _sizes(every)
    if (xs := every.get("xs")) is not None:
        every["xs"] = xs.T if xs.shape == (sizes["m"], 1) else xs  # one input, as a column
        sizes["T"] = len(every["xs"])
    blank = [name for name in (*cell.params, "xs", *cell.states) if name not in every]
    every |= {name: np.zeros(shape_in(name, sizes)) for name in blank}
    new = Exercise(cell, every, every["xs"], every, like.decimals)
    unused = [name for name in named if ours and name not in ours]
    order = ", ".join(plain(cell, part) for part in cell["v"].inputs)
    sentences = [WORDS.text("own", "taken", {"names": ", ".join(arrays), "order": f"[{order}]"})]
    sentences += [WORDS.text("own", "zeros", {"names": ", ".join(blank)})] if blank else []
    sentences += [WORDS.text("own", "unused", {"names": ", ".join(unused)})] if unused else []
    return new, paragraph(*dict.fromkeys([*sentences, *(one.sentence for one in found)]))


def _as_meant(name: str, array: Array) -> Array:
    """A row or a column that is pasted for a vector, as one."""
    return array.reshape(-1) if len(letters(name)) == 1 and 1 in array.shape else array


def _sizes(arrays: Mapping[str, Array]) -> dict[str, int]:
    """Return m, n and p as what was pasted has them: W_f of 2 × 5 has n = 2 and m = 3."""
    sizes = {"T": 1, "p": 1}
    projected = "W_p" in arrays
    for name, array in arrays.items():
        if name.startswith("W"):
            pairs = zip(letters(name, projected), array.shape, strict=False)
            sizes |= {letter: size for letter, size in pairs if "+" not in letter}
    across = next(a.shape[-1] for name, a in arrays.items() if letters(name) == ("n", "n+m"))
    of_h = sizes.get("r", sizes["n"])
    sizes["m"] = across - of_h
    if sizes["m"] < 1:
        raise ValueError(WORDS.text("own", "no input", {"n": of_h, "across": across}))
    return sizes
