"""The LSTM explainer: `streamlit run app.py`. What all pages share; then the page itself."""

# Plotly imports this lazily; many readers opening a cold server at once would import it at the
# same time, and some would meet a half-initialised module.
import pyarrow  # noqa: F401
import streamlit as st

from lstm_ui.shell import sidebar, state
from lstm_ui.shell.pages import PAGES

st.set_page_config(page_title="LSTM, step by step", page_icon="assets/icon.svg", layout="wide")
chosen = st.navigation([st.Page(p.script, title=p.title, default=not p.name) for p in PAGES])
sidebar.controls(state.session())
chosen.run()
