"""The least that an app can do: a number in, a text out. The measure of what Streamlit costs."""

import streamlit as st

number = st.number_input("Number", value=0.0, step=None, format="%.4f")
st.write(f"It is {number:.4f}.")
