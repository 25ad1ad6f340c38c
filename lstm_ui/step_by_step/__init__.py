"""The page that walks through a cell, one step at a time."""
