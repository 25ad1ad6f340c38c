"""A table of everyone's answers: its headers, its marks, and what is handed back."""
