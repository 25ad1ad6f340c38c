"""The whole calculation on its way out, one module a format: an exercise to bytes."""
