"""What a screen holds: a cell with its numbers, as JSON and as a link; the published ones."""
