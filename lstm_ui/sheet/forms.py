"""A form: what is typed there is reported as a whole, when its button is pressed."""

from lstm_ui.sheet.blocks import Block


class Form(Block):
    """A field for a title and one for a long text, with their labels, and what was wrong."""

    event: str
    title: str
    text: str
    button: str
    problem: str


def form(key: str, event: str, title: str, text: str, button: str, problem: str) -> Form:
    """Return a form; its event says `title` and `text`, as they were typed."""
    return {
        "kind": "form",
        "id": key,
        "event": event,
        "title": title,
        "text": text,
        "button": button,
        "problem": problem,
    }
