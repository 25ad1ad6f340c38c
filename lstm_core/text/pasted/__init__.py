"""Pasted texts: what stands round the numbers is taken away, and said."""
