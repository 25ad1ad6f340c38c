"""Other ways to look at a cell: activations, contributions, memory, dynamics, dependencies."""
