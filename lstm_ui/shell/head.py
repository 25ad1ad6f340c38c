"""The head of a page, and of a part of it: headings as large as the sheet's own."""

from html import escape

import streamlit as st

from lstm_ui.shell.guide import WORDS as GUIDE
from lstm_ui.shell.pages import WORDS, Page

_HEAD = '<div class="page-head"><h1>{title}</h1><p>{line}</p>{help}</div>'
_HELP = '<button type="button" data-guide="help" aria-label="{label}">?</button>'
_PART = '<h2 class="part-head">{title}</h2>'


def tab_title(page: Page) -> str:
    """Return what stands in the browser's tab."""
    return WORDS.text("tab", "title", {"title": page.title})


def head(page: Page) -> None:
    """Draw the page's title and, beside it, what the page is for."""
    button = _HELP.format(label=escape(GUIDE.text("help", "open")))
    st.html(_HEAD.format(title=escape(page.title), line=escape(page.line), help=button))


def part(title: str) -> None:
    """Draw the title of a part: Streamlit's would be larger than the page's, or skip a level."""
    st.html(_PART.format(title=escape(title)))
