"""The page with the whole calculation of one time step."""
