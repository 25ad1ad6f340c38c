"""What all pages share; then the page itself. Streamlit runs this for each reader."""

# Streamlit imports this lazily; many readers opening a cold server at once would import it at the
# same time, and some would meet a half-initialised module.
import pyarrow  # noqa: F401
import streamlit as st

from lstm_ui.shell import head, menu, sidebar, state, static_files
from lstm_ui.shell.pages import BY_NAME, PAGES

static_files.restore()
pages = [st.Page(p.script, title=p.title, default=not p.name) for p in PAGES]
chosen = st.navigation(pages, position="hidden")
here = BY_NAME[chosen.url_path]
st.set_page_config(
    page_title=head.tab_title(here),
    page_icon="assets/icon.svg",
    layout="wide",
    initial_sidebar_state="collapsed" if st.context.is_embedded else "auto",
)
menu.menu(here.name)
sidebar.controls(state.session_on(here.name))
head.head(here)
chosen.run()
