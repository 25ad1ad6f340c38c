"""Learning: tasks, many sequences at once, optimisers, and a run of training."""
