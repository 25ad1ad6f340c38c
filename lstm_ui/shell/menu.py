"""The menu of pages, in groups.

Streamlit's own menu, with groups, is no valid list, and has no room for a line under an entry. This
one is drawn by a script of ours (assets/shell/menu.js), beside the lesson and not within it: an
edit does not send it again.
"""

from itertools import groupby
from typing import TypedDict

import streamlit as st

from lstm_ui.session.options import RESERVED
from lstm_ui.shell.pages import PAGES, WORDS, Page
from lstm_ui.shell.static_files import loader

_mount = st.components.v2.component("lstm_menu", js=loader("shell/menu.js"), isolate_styles=False)


class Entry(TypedDict):
    """One page in the menu; `name` is the last part of its address."""

    name: str
    title: str
    line: str


class Group(TypedDict):
    """Pages that belong together."""

    title: str
    entries: list[Entry]


class Menu(TypedDict):
    """All that the menu draws; of the address, a link to another page keeps these parameters."""

    name: str
    current: str
    keeps: list[str]
    groups: list[Group]


def menu_data(current: str) -> Menu:
    """Return the menu, with the page of this name as the one on screen."""
    groups: list[Group] = [
        {"title": WORDS.text("groups", group), "entries": [_entry(page) for page in pages]}
        for group, pages in groupby(PAGES, key=lambda page: page.group)
    ]
    name = WORDS.text("menu", "name")
    return {"name": name, "current": current, "keeps": sorted(RESERVED), "groups": groups}


def _entry(page: Page) -> Entry:
    return {"name": page.name, "title": page.title, "line": page.menu}


def menu(current: str) -> None:
    """Draw the menu at the top of the sidebar."""
    with st.sidebar:
        _mount(data=menu_data(current), key="menu")
