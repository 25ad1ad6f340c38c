"""The head of the page for files, as blocks."""

from lstm_core.lesson.words import words
from lstm_ui.session.names import title_of
from lstm_ui.session.session import Session
from lstm_ui.sheet.blocks import Block, lead, text
from lstm_ui.sheet.panels import notice, toolbar

WORDS = words("exchange")


def top_blocks(session: Session) -> list[Block]:
    """Return what the page is for, and which exercise goes out."""
    exercise = session.exercise
    sizes = ", ".join(f"{letter} = {size}" for letter, size in exercise.sizes.items())
    known = {"title": title_of(exercise), "sizes": sizes}
    about = WORDS.text("page", "exercise", known)
    return [
        lead(WORDS.text("page", "what")),
        notice(session),
        text("about", {"text": about, "strong": True}),
        toolbar(session, plays=False),
    ]
