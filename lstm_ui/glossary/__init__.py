"""The glossary: what a term or a symbol means, wherever it stands on screen and on its own page."""
