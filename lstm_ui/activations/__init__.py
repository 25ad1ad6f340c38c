"""The page on activations: every z on its curve, and another activation in its place."""
