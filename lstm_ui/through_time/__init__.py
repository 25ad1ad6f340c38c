"""The page through time: gates and states over all time steps."""
