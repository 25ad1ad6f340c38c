"""The page to print: complete, alone, and within the paper in a real browser."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from lstm_core import PRESETS, gru, lstm
from lstm_files.exports.table import EXPORTS
from tests.core.exercises import SHORT, some
from tests.files.exports.exported import (
    EVERY_CELL,
    HOSTILE,
    TITLES,
    noted,
    numbers,
    overflowing,
    titled,
)

EXERCISES = {**EVERY_CELL, **SHORT, "overflowing": overflowing()}
PAPER = {
    "founding": PRESETS["founding"],
    "every digit": some(lstm("xh", True), n=5, m=6, T=1, decimals=None),
    "large": some(gru(), n=23, m=9, T=1, decimals=10),
    "long words": noted("W" * 240),
}
OPEN_ENDED = {"meta", "br", "tr", "td", "th"}  # elements that HTML closes by itself


class Elements(HTMLParser):
    """The elements of a page, and the text in them; fails where they do not nest."""

    def __init__(self, html):
        super().__init__()
        self.open, self.found, self.texts = [], [], {}
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in OPEN_ENDED:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in OPEN_ENDED:
            assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        tag = self.found[-1][0] if self.found else ""
        self.texts.setdefault(tag, []).append(data)


def html(exercise):
    return EXPORTS["print"].write(exercise).decode()


def digits(source):
    return [float(found) for found in re.findall(r"<td>([^<>]*)\n", source)]


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_every_entry_has_every_digit(exercise):
    assert repr(digits(html(exercise))) == repr([value for *_, value in numbers(exercise)])


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_it_nests_and_stands_alone(exercise):
    source = html(exercise)
    found = Elements(source).found
    assert {tag for tag, _ in found}.isdisjoint({"script", "link", "img", "iframe", "a", "form"})
    assert not any(key in attrs for _, attrs in found for key in ("src", "href", "style"))
    assert "url(" not in source
    assert source.count("<h3>") == exercise.T * len(exercise.cell.steps)


@cache
def tags_without_a_title():
    return [tag for tag, _ in Elements(html(titled(""))).found]


@given(title=TITLES)
@settings(max_examples=100, deadline=None)
def test_typed_text_is_text(title):
    found = Elements(html(titled(title)))
    added = [tag for tag, _ in found.found]
    if title.strip():
        added.remove("p")
        shown = "".join(found.texts["h1"])
        assert shown.strip() == title.strip()
    assert added == tags_without_a_title()


@given(note=TITLES)
@settings(max_examples=50, deadline=None)
def test_a_note_is_text(note):
    source = html(noted(note))
    quotes = re.findall("<blockquote>(.*?)</blockquote>", source, re.S)
    assert len(quotes) == (2 if note.strip() else 0)
    assert not any(re.search("<(?!br>)", quote) for quote in quotes)


@pytest.fixture
def paper(browser):
    """A tab as wide as the text on A4, which is narrower than Letter, in print."""
    tab = browser.new_page(viewport={"width": int(18 / 2.54 * 96), "height": 1000})
    tab.emulate_media(media="print")
    yield tab
    tab.close()


BEYOND = """() => [
  ...[...document.body.querySelectorAll("*")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.tagName + " " + e.textContent.slice(0, 60)),
  ...(document.documentElement.scrollWidth > innerWidth + 1 ? ["the page can be scrolled"] : [])
]"""
TALLEST = """() => Math.max(...[...document.querySelectorAll("math[display], tr")]
  .map(e => e.getBoundingClientRect().height))"""


@pytest.mark.parametrize("exercise", PAPER.values(), ids=PAPER)
def test_nothing_is_clipped_on_paper(paper, exercise):
    paper.set_content(html(exercise))
    assert paper.evaluate(BEYOND) == []
    assert paper.evaluate(TALLEST) < 24 / 2.54 * 96  # what is kept together fits on a page


def test_what_sticks_out_would_be_found(paper):
    wide = "<pre>" + "9 " * 200 + "</pre>"
    paper.set_content(html(PRESETS["founding"]).replace("<body>", f"<body>{wide}"))
    assert paper.evaluate(BEYOND) == ["the page can be scrolled"]


def test_it_prints_to_a_pdf_of_several_pages(paper):
    paper.set_content(html(PRESETS["unsaturated"]))
    pdf = paper.pdf(format="A4", prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) > 3


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_runs_or_loads(paper, text):
    asked = []
    paper.on("request", lambda request: asked.append(request.url))
    paper.on("dialog", lambda dialog: asked.append(dialog.message))
    paper.set_content(html(titled(text)))
    paper.set_content(html(noted(text)))
    assert asked == []
