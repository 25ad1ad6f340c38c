"""The index of questions: each leads to the page, step and entry that answers it."""
