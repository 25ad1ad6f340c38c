"""The head of the page for files, as blocks."""

from lstm_core.lesson.words import words
from lstm_ui.session.session import Session
from lstm_ui.sheet.blocks import Block, heading, text
from lstm_ui.sheet.panels import notice, toolbar

WORDS = words("exchange")


def top_blocks(session: Session) -> list[Block]:
    """Return what the page is for, and which exercise goes out."""
    exercise = session.exercise
    sizes = ", ".join(f"{letter} = {size}" for letter, size in exercise.sizes.items())
    title = exercise.title or WORDS.text("page", "no title")
    about = WORDS.text("page", "exercise", {"title": title, "sizes": sizes})
    return [
        heading(WORDS.text("page", "title"), 1, "top", what=WORDS.text("page", "what")),
        notice(session),
        text("about", {"text": about, "strong": True}),
        toolbar(session),
    ]
