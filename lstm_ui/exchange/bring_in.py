"""The way in: an exercise or a model's weights from a file, and how they are converted."""

from typing import Any

import streamlit as st

from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.parts import LIMITS
from lstm_core.frameworks.convert import Conversion, FoundLayer, find_layers
from lstm_core.frameworks.find import why_none
from lstm_core.lesson.words import words
from lstm_files.weights.file import WeightFile
from lstm_files.weights.own import own_exercise
from lstm_files.weights.read import EXTENSIONS, open_weights
from lstm_files.weights.stack_json import own_stack
from lstm_ui.exchange.all_layers import WholeFile, all_layers
from lstm_ui.exchange.conversion import bands, rows
from lstm_ui.exchange.layer import Chosen, compared, exercise_of, remarks, title_of, ways
from lstm_ui.layers.events import load_stack
from lstm_ui.session.session import Session
from lstm_ui.sheet.plain_text import escaped
from lstm_ui.shell import state
from lstm_ui.shell.head import part

MEGABYTES = 40
FEW = 4  # units and inputs that a large layer begins with
WORDS = words("exchange")


def bring_in(session: Session) -> None:
    """Draw the uploader, the choice of a layer, the conversion, and the button that opens it."""
    part(WORDS.text("bring in", "title"))
    file = st.file_uploader(
        WORDS.text("bring in", "label"),
        list(EXTENSIONS),
        key="weights_file",
        help=WORDS.text("bring in", "help"),
        max_upload_size=MEGABYTES,
    )
    if file is None:
        st.markdown(escaped(WORDS.text("bring in", "help")))
        return
    try:
        _draw(session, file.getvalue(), file.name)
    except ValueError as error:
        st.error(escaped(str(error)))


def _draw(session: Session, data: bytes, name: str) -> None:
    if stack := own_stack(data):
        _stack_button(session, WholeFile(stack, ()))
        return
    if exercise := own_exercise(data, name):
        _open_button(session, exercise, f"Open {exercise.title or name}")
        return
    file = open_weights(data, name)
    found = find_layers(file.arrays)
    if not found:
        raise ValueError(why_none(file.arrays))
    top = st.container()  # what is offered first: all layers, where there are several
    if len(found) > 1:
        part(WORDS.text("all layers", "one"))
    way = _way(ways(file, _choice(found)), file, name)
    if len(found) > 1:
        with top:
            _all_layers(session, found, way, file, name)
    _show(way, remarks(way, file))
    _open_button(session, exercise_of(way, file, name), "Open as the exercise")


def _way(every: list[Conversion], file: WeightFile, name: str) -> Conversion:
    """Ask which way to read the layer, where the file does not say; show what each gives."""
    if len(every) == 1:
        return every[0]
    titles = [title_of(way) for way in every]
    st.markdown(WORDS.text("bring in", "unclear"))
    st.dataframe(compared(every, file, name), hide_index=True, width="stretch")
    chosen = st.radio("Read it as", titles, key="in_way")
    return every[titles.index(chosen or titles[0])]


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


def _show(conversion: Conversion, sentences: list[str]) -> None:
    """Show the conversion block by block: as bands of gates, and as a table."""
    st.html(bands(conversion))
    for sentence in sentences:
        st.markdown(escaped(sentence))
    st.dataframe(rows(conversion), hide_index=True, width="stretch")


def _open_button(session: Session, exercise: Exercise, label: str) -> None:
    def opened(session: Session) -> None:
        session.visit("", session.place)
        session.load(exercise, WORDS.text("bring in", "opened"))

    st.button(escaped(label), on_click=state.acts(opened), type="primary", key="open_import")


def _all_layers(
    session: Session, found: list[FoundLayer], way: Conversion, file: WeightFile, name: str
) -> None:
    """Offer all layers of the file as one stack, or say why they are none."""
    part(WORDS.text("all layers", "title"))
    try:
        _stack_button(session, all_layers(file, found, way, name))
    except ValueError as error:
        st.info(escaped(WORDS.text("all layers", "too large", {"why": error})))


def _stack_button(session: Session, whole: WholeFile) -> None:
    """Say what is on top of what, and open it."""

    def opened(session: Session) -> None:
        session.visit("layers", session.place)
        load_stack(session, whole.stack, WORDS.text("all layers", "opened"))

    for sentence in (whole.sentence, *whole.remarks):
        st.markdown(escaped(sentence))
    st.button(escaped(whole.label), on_click=state.acts(opened), type="primary", key="open_stack")
