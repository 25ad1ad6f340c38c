"""Layers of cells on top of each other, each read forward, backward, or both ways."""
