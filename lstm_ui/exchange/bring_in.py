"""The way in: an exercise or a model's weights from a file, and how they are converted."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from lstm_core.cells import CELLS, cell_named
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.parts import LIMITS
from lstm_core.exercise.presets import PRESETS
from lstm_core.frameworks.convert import Conversion, FoundLayer, describe_conversion, find_layers
from lstm_files.weights.read import EXTENSIONS, Arrays, read_weights
from lstm_ui.exchange.conversion import bands, rows
from lstm_ui.session.session import Session
from lstm_ui.sheet.plain_text import escaped
from lstm_ui.shell import state

MEGABYTES = 10
FEW = 4  # units and inputs that a large layer begins with
_HELP = (
    "Weights from PyTorch (.safetensors), Keras (.weights.h5, .keras), ONNX initialisers or plain "
    "arrays (.npz), a table (.csv, .xlsx), or an exercise of this app (.json). Nothing that was "
    "pickled is opened."
)


@dataclass(frozen=True, eq=False)
class Chosen:
    """One layer of the file, and the part of it that is wanted."""

    found: FoundLayer
    units: range
    inputs: range


def bring_in(session: Session) -> None:
    """Draw the uploader, the choice of a layer, the conversion, and the button that opens it."""
    st.subheader("Bring it in", anchor=False)
    file = st.file_uploader(
        "A file with weights, or an exercise",
        list(EXTENSIONS),
        key="weights_file",
        help=_HELP,
        max_upload_size=MEGABYTES,
    )
    if file is None:
        st.markdown(escaped(_HELP))
        return
    try:
        _draw(session, file.getvalue(), file.name)
    except ValueError as error:
        st.error(escaped(str(error)))


def _draw(session: Session, data: bytes, name: str) -> None:
    if exercise := exercise_in(data, name):
        _open_button(session, exercise, f"Open {exercise.title or name}")
        return
    arrays = read_weights(data, name)
    found = find_layers(arrays)
    if not found:
        cells = own_cells(arrays)
        cell = cells[0] if len(cells) == 1 else st.selectbox("Cell", cells, key="in_cell")
        _open_button(session, own_arrays(arrays, str(cell)), "Open these weights")
        return
    chosen = _choice(found)
    conversion = convert(arrays, chosen)
    _show(conversion)
    _open_button(session, exercise_of(conversion, name), "Open as the exercise")


def exercise_in(data: bytes, name: str) -> Exercise | None:
    """Return the exercise in a file of this app; None where the file is of another kind."""
    if not name.lower().endswith(".json"):
        return None
    return Exercise.from_json(data.decode("utf-8-sig", "replace"))


def own_cells(arrays: Arrays) -> list[str]:
    """Return the cells whose parameters these are by our own names, W_f and b_f.

    Several only where they have the same: tanh and ReLU. ValueError where there is none.
    """
    names = {name: set(cell_named(name, "hx").params) for name in CELLS}
    fitting = [name for name, params in names.items() if params <= set(arrays)]
    if not fitting:
        given = ", ".join(list(arrays)[:6])
        raise ValueError(
            "No recurrent layer was found in this file: expected the names of a framework, such as "
            f"weight_ih_l0 or kernel, or our own, such as W_f and b_f; given {given}."
        )
    most = max(len(names[name]) for name in fitting)
    return [name for name in fitting if len(names[name]) == most]


def own_arrays(arrays: Arrays, name: str) -> Exercise:
    """Return the exercise of a cell whose parameters go by our own names."""
    cell = cell_named(name, "hx")
    first = np.asarray(arrays[cell.params[0]])
    n = len(first)
    m = first.shape[1] - n
    start = {name: arrays.get(name, np.zeros(n)) for name in cell.states}
    xs = arrays.get("xs", np.zeros((1, max(m, 1))))
    params = {name: arrays[name] for name in cell.params}
    return Exercise(cell, params, xs, start, title="Imported weights")


def _choice(found: list[FoundLayer]) -> Chosen:
    """Ask for the layer and, of a large one, for a range of units and of inputs."""
    titles = {k: layer.title for k, layer in enumerate(found)}
    at = st.selectbox("Layer", titles, format_func=titles.__getitem__, key="in_layer")
    layer = found[at or 0]
    left, right = st.columns(2)
    units = _range(left, "units", layer.n, LIMITS["n"])
    inputs = _range(right, "inputs", layer.m, LIMITS["m"])
    return Chosen(layer, units, inputs)


def _range(column: Any, what: str, size: int, most: int) -> range:
    if size == 1:
        return range(1)
    until = size if size <= most // 4 else FEW
    low, high = column.slider(
        f"{what.capitalize()}, of {size}", 1, size, (1, until), key=f"in_{what}_{size}"
    )
    if high - low >= most:
        raise ValueError(f"At most {most} {what} can be opened; given {low} to {high}.")
    return range(low - 1, high)


def convert(arrays: Arrays, chosen: Chosen) -> Conversion:
    """Return the conversion of the part that was chosen."""
    found = chosen.found
    return describe_conversion(
        found.framework,
        arrays,
        cell=found.cell,
        layer=found.layer,
        direction=found.direction,
        place=found.place,
        units=chosen.units,
        inputs=chosen.inputs,
    )


def _show(conversion: Conversion) -> None:
    """Show the conversion block by block: as bands of gates, and as a table."""
    st.html(bands(conversion))
    for note in (*conversion.notes, *conversion.left_out):
        st.markdown(escaped(note))
    st.dataframe(rows(conversion), hide_index=True, width="stretch")


def exercise_of(conversion: Conversion, name: str) -> Exercise:
    """Return an exercise with the converted weights; states start at 0, as frameworks have them."""
    found, m, n = conversion.found, len(conversion.inputs), len(conversion.units)
    cell = cell_named(found.cell, conversion.order)
    xs = PRESETS["unsaturated"].resized(m=m)[0].xs
    start = {state: np.zeros(n) for state in cell.states}
    words = "".join(c for c in found.title if c.isprintable())
    return Exercise(cell, conversion.params, xs, start, title=words[:200], source=name[:200])


def _open_button(session: Session, exercise: Exercise, label: str) -> None:
    def opened(session: Session) -> None:
        session.visit("", session.place)
        session.load(exercise, "Opened from a file. Undo brings the exercise before back.")

    st.button(escaped(label), on_click=state.acts(opened), type="primary", key="open_import")
