"""The page on layers and directions: a stack drawn, changed, and opened layer by layer."""
