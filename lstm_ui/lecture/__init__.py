"""Lecture mode: one step fills the screen."""
