"""The LSTM explainer: `streamlit run app.py` serves explainer.py, with headers for browsers."""

import streamlit as st
from starlette.middleware import Middleware

from lstm_ui.serving.compressed import Compressed
from lstm_ui.serving.headers import SECURED
from lstm_ui.serving.opening import opened

app = st.App("explainer.py", middleware=[*SECURED, Middleware(Compressed)], lifespan=opened)
