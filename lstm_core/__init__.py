"""The mathematics of the LSTM cell, as data: NumPy and the standard library only."""
