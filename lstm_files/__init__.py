"""One module a format: bounded bytes to tables and weights, and back. No Streamlit here."""
