"""The page on gradients: backpropagation row by row, and what reaches the first step."""
