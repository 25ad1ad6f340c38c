"""The way out for a stack: all its layers under the names of PyTorch, and as JSON of this app."""

import streamlit as st

from lstm_core.layers.stack import Stack
from lstm_core.lesson.words import words
from lstm_files.weights.stack_json import stack_json
from lstm_files.weights.write import write_stack
from lstm_ui.session.session import Session
from lstm_ui.sheet.plain_text import escaped
from lstm_ui.shell.head import part

WORDS = words("exchange")
_FILES = {
    "safetensors": ("PyTorch, safetensors", "application/octet-stream"),
    "npz": ("PyTorch, npz", "application/zip"),
}


def layers_out(session: Session) -> None:
    """Offer the stack that the exercise is a layer of; nothing where it is none."""
    if session.around is None:
        return
    part(WORDS.text("all layers", "title"))
    try:
        stack = session.around.stack(session.exercise)
    except ValueError as error:
        st.info(escaped(str(error)))
        return
    st.markdown(WORDS.text("all layers", "out"))
    with st.container(horizontal=True):
        _pytorch(stack)
        label, mime = WORDS.text("all layers", "json"), "application/json"
        st.download_button(label, stack_json(stack), "layers.json", mime, on_click="ignore")


def _pytorch(stack: Stack) -> None:
    for extension, (label, mime) in _FILES.items():
        try:
            data = write_stack(stack, "npz" if extension == "npz" else "safetensors")
        except ValueError as error:
            st.info(escaped(str(error)))
            return
        st.download_button(label, data, f"layers.{extension}", mime, on_click="ignore")
