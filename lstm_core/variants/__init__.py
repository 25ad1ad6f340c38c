"""Variants: a cell with rows of its table swapped, which is a cell like any other."""
