"""The way out: the whole calculation in many formats, and the weights for other frameworks."""

from functools import partial
from typing import Any

import streamlit as st

from lstm_core.cells import facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.frameworks.frameworks import FRAMEWORKS
from lstm_core.lesson.words import words
from lstm_core.variants.changes import is_variant
from lstm_files.exports.table import EXPORTS, Export, file_name
from lstm_files.weights.write import write_weights
from lstm_ui.session.session import Session
from lstm_ui.sheet.plain_text import escaped
from lstm_ui.shell.head import part

WORDS = words("exchange")
_FILES = {"safetensors": "application/octet-stream", "npz": "application/zip"}


def take_out(session: Session) -> None:
    """Offer every export; a format that is too small for this exercise says so."""
    part(WORDS.text("take out", "title"))
    st.markdown(WORDS.text("take out", "all steps"))
    refused: dict[str, str] = {}
    with st.container(horizontal=True):
        for key, export in EXPORTS.items():
            if why := _too_large(session.exercise, export):
                refused.setdefault(why, export.label)
            else:
                _download(session.exercise, key, export)
    for why in refused:
        st.info(escaped(why))


def _too_large(exercise: Exercise, export: Export) -> str:
    try:
        export.check(exercise)
    except ValueError as error:
        return str(error)
    return ""


def _download(exercise: Exercise, key: str, export: Export) -> None:
    """A button whose file is made only when it is asked for."""
    st.download_button(
        export.label,
        partial(export.write, exercise),
        file_name(exercise, export),
        export.mime,
        key=f"export-{key}",
        on_click="ignore",
    )


def weights_out(session: Session) -> None:
    """Offer the weights by the names and in the layout of another framework."""
    st.markdown(WORDS.text("take out", "weights"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = {key: framework.title for key, framework in FRAMEWORKS.items()}
        framework = st.selectbox(
            "Framework", names, format_func=names.__getitem__, key="out_framework"
        )
        kind: Any = st.selectbox("File", list(_FILES), key="out_file")
        try:
            data = _weights(session.exercise, str(framework), kind)
        except ValueError as error:
            st.info(escaped(str(error)))
            return
        name = f"lstm-{framework}.{kind}"
        st.download_button("Download the weights", data, name, _FILES[kind], on_click="ignore")


def _weights(exercise: Exercise, framework: str, kind: Any) -> bytes:
    """The file; ValueError for a variant: a layer with its weights would be another cell."""
    if is_variant(exercise.cell):
        known = {"title": facts(exercise.cell).title}
        raise ValueError(WORDS.text("take out", "no layer", known))
    return write_weights(framework, exercise.params, kind, order=exercise.order)
