"""Text that others wrote, shown as it is: Streamlit's own elements read it as Markdown."""

import re


def escaped(text: str) -> str:
    """Return a text so that Markdown shows it as it is."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
