"""The LSTM explainer: `streamlit run app.py` serves explainer.py, with headers for browsers."""

import streamlit as st
from starlette.middleware import Middleware

from lstm_ui.serving.compressed import Compressed
from lstm_ui.serving.early import Early
from lstm_ui.serving.headers import SECURED
from lstm_ui.serving.opening import opened

sooner = [Middleware(Early), Middleware(Compressed)]
app = st.App("explainer.py", middleware=[*SECURED, *sooner], lifespan=opened)
