"""The head of the page for files, as blocks."""

from lstm_ui.session.session import Session
from lstm_ui.sheet.blocks import Block, heading, text
from lstm_ui.sheet.panels import notice, toolbar

_WHAT = (
    "The whole calculation as a file: to print, to publish, to recalculate in a spreadsheet, in a "
    "notebook or in PyTorch. And the other way: weights of a trained model, opened as an exercise, "
    "with every block of the conversion shown."
)


def top_blocks(session: Session) -> list[Block]:
    """Return what the page is for, and which exercise goes out."""
    exercise = session.exercise
    sizes = ", ".join(f"{letter} = {size}" for letter, size in exercise.sizes.items())
    about = f"The exercise on screen: {exercise.title or 'my own numbers'} ({sizes})."
    return [
        heading("Exchange", 1, "top", what=_WHAT),
        notice(session),
        text("about", {"text": about, "strong": True}),
        toolbar(session),
    ]
