"""Exercises from a code: the recipe, its numbers, and the search for good seeds."""
