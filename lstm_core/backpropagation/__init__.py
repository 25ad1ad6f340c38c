"""Backpropagation as rows, like the forward pass; how far a gradient reaches; losses."""
