"""The page on which two cells stand side by side, on the same numbers."""
