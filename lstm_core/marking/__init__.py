"""Marking work done by hand: which entry is the first wrong one, and what went wrong."""
