"""The page that marks a class."""
