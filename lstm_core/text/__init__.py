"""Text to numbers and back: how a number is printed, and how a typed one is read."""
