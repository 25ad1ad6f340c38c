"""The figure of each operation, as plain data for plotly.js."""
