"""Two settings side by side: one is pinned, and all that is on screen is compared with it.

What is done here can be undone, like an edit. The pinned exercise stands in the address.
"""

from lstm_core.lesson.words import words
from lstm_ui.session.session import Session

WORDS = words("compare")


def pin(session: Session) -> None:
    """Pin the exercise as it is now."""
    session.compare(session.exercise, session.exercise, WORDS.text("done", "pinned"))


def unpin(session: Session) -> None:
    """Forget what is pinned."""
    session.compare(None, session.exercise, WORDS.text("done", "unpinned"))


def swap_sides(session: Session) -> None:
    """Show what is pinned, and pin what is shown."""
    if session.pinned:
        session.compare(session.exercise, session.pinned, WORDS.text("done", "swapped"))
