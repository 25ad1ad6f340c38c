"""The page for files: exports, weights out, weights and exercises in."""
