"""The page that marks what was worked out by hand."""
