"""What a cell has learned: its units, its answers, and what is left when a part is taken out."""
