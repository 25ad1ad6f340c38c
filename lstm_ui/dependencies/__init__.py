"""The page with the dependency graph and the stacked product."""
