"""What a paste does: a block goes in at a cell; several matrices under names go where they belong.

What stood round the numbers is said in the notice, as is how they were read where that can be
doubted. A paste of which something cannot be read changes nothing.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress

from lstm_core.cells import facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.frameworks.by_hand import spelled
from lstm_core.frameworks.convert import conversion_of, find_layers
from lstm_core.ops import Array
from lstm_core.shapes import ShapeError
from lstm_core.text.parsing import Pasted, parse_matrices
from lstm_ui.session.address import read_cell
from lstm_ui.session.grids import shape_of, with_block
from lstm_ui.session.session import Offer, Session


def paste(session: Session, cell: str, text: str) -> None:
    """Put what was pasted at a cell into the exercise, or say at its matrix why it cannot be."""
    name, _ = read_cell(cell)
    try:
        found = parse_matrices(text)
        if len(found) > 1:
            new, notice = _filled(session.exercise, found)
        else:
            new = with_block(session.exercise, cell, session.place.t, found[0].array)
            notice = found[0].sentence
        session.change(new, notice)
    except ValueError as error:
        session.problems = {name: f"{error} Nothing was changed."}
        if isinstance(error, ShapeError) and len(found) == 1:
            session.offer = _part(session, cell, found[0].array)


def _part(session: Session, cell: str, block: Array) -> Offer | None:
    """Offer to fill in the part of the matrix that a refused block would cover, if it can."""
    with suppress(ValueError):
        part = with_block(session.exercise, cell, session.place.t, block, part=True)
        size = " × ".join(map(str, block.shape))
        return Offer(read_cell(cell)[0], part, f"Fill in just these {size} entries")
    return None


def _filled(exercise: Exercise, found: tuple[Pasted, ...]) -> tuple[Exercise, str]:
    """The exercise with each matrix under its name, and sentences on what went where."""
    named = {one.name: one.array for one in found if one.name}
    if len(named) < len(found):
        some = f", {', '.join(named)}" if named else ""
        raise ValueError(f"There are {len(found)} matrices here{some}; paste the one you mean.")
    ours = own_names(exercise, named)
    new = {own: named[name] for name, own in ours.items()} or converted(exercise, named)
    for name, array in new.items():
        fits = array.size == array.shape[-1] or array.size == len(array)
        vector = len(shape_of(exercise, name)) == 1 and fits
        exercise = exercise.with_array(name, array.reshape(-1) if vector else array)
    unused = [name for name in named if ours and name not in ours]
    sentences = [f"Filled in: {', '.join(new)}."]
    if unused:
        sentences.append(f"Not used, as nothing here has such a name: {', '.join(unused)}.")
    return exercise, " ".join(dict.fromkeys([*sentences, *(one.sentence for one in found)])).strip()


def own_names(exercise: Exercise, names: Iterable[str]) -> dict[str, str]:
    """Return which array of the exercise each name means: Wf is W_f; the others are left out."""
    candidate = facts(exercise.cell).letter
    plain = {name: name for name in names} | {
        name: f"{spelling[:-1]}{candidate}" if spelling.endswith("_c") else spelling
        for name, (_, spelling) in spelled(names, joined=True).items()
    }
    means = {
        name: name if name in exercise.arrays else _STATES.get(spelling, spelling)
        for name, spelling in plain.items()
    }
    return {name: own for name, own in means.items() if own in exercise.arrays}


_STATES = {
    **dict.fromkeys(("x", "X", "inputs"), "xs"),
    **dict.fromkeys(("h", "h0", "h_0", "hprev", "h_{t-1}"), "h_prev"),
    **dict.fromkeys(("C", "c", "C0", "c0", "C_0", "c_0", "c_prev", "C_{t-1}"), "C_prev"),
}


def converted(exercise: Exercise, named: Mapping[str, Array]) -> dict[str, Array]:
    """Our parameters from a framework's, where its layer is of this cell; ValueError where none."""
    arrays = {
        name: a.reshape(-1) if len(a) == 1 and "b" in name else a for name, a in named.items()
    }
    for found in find_layers(arrays, cell=exercise.cell.name):
        return dict(conversion_of(arrays, found, order=exercise.order).params)
    raise ValueError(f"Nothing here has the name {', '.join(f'“{name:.40}”' for name in named)}.")
