"""What a cell can learn here: five small tasks."""
