"""The LSTM explainer: `streamlit run app.py`. The table of pages, and what all pages share."""

# Plotly imports these two lazily; many readers opening a cold server at once would import them
# at the same time, and some would meet a half-initialised module.
import pyarrow  # noqa: F401
import streamlit as st

from lstm_ui.shell import sidebar, state

st.set_page_config(page_title="LSTM, step by step", page_icon="assets/icon.svg", layout="wide")
pages = [
    st.Page("pages/learn/step_by_step.py", title="Step by step", default=True),
    st.Page("pages/learn/all_steps.py", title="All steps on one page"),
    st.Page("pages/learn/lecture.py", title="Lecture"),
    st.Page("pages/learn/activations.py", title="Activations"),
    st.Page("pages/learn/gate_space.py", title="Gate space"),
    st.Page("pages/learn/through_time.py", title="Through time"),
    st.Page("pages/learn/gradients.py", title="Gradients"),
    st.Page("pages/learn/dependencies.py", title="Dependency graph"),
    st.Page("pages/practice/check_my_work.py", title="Check my work"),
    st.Page("pages/practice/worksheet.py", title="Worksheets"),
    st.Page("pages/practice/mark_class.py", title="Mark a class"),
    st.Page("pages/share/exchange.py", title="Exchange"),
]
chosen = st.navigation(pages)
sidebar.controls(state.session())
chosen.run()
