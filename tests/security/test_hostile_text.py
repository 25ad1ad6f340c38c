"""What a reader may write freely, written by somebody who means harm: it stays text everywhere."""

import csv
import io
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser

import pytest
from openpyxl import load_workbook

from lstm_core.worksheets.task import Task, asks
from lstm_files.classes.feedback import feedback_html
from lstm_files.classes.marking import mark_class
from lstm_files.classes.results import results_csv, results_xlsx
from lstm_files.exports.print_page import print_page
from lstm_files.worksheet.moodle import moodle_xml
from lstm_files.worksheet.sheet import Handout, key_html, worksheet_html
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.sheet.plain_text import escaped
from lstm_ui.step_by_step.blocks import step_blocks
from tests.core.exercises import some
from tests.pins.surface import screens
from tests.ui.sessions import do, session_at

HOSTILE = {
    "an element": "<img src=x onerror=alert(1)>\"'><script>alert(2)</script></style>&lt;b&gt;",
    "a formula": r"$\href{javascript:alert(1)}{x}$ \(\rule{9em}{9em}\) $$\def\x{\x\x}\x$$",
    "a cell": "=cmd|'/c calc'!A1",
    "another cell": "@SUM(1) +1",
    "Markdown": "](javascript:alert(1)) ![x](http://127.0.0.1/x) `a` **b** :red[c] <http://127.0.0.1>",
    "another direction": "\u202emcexe.\u2066 \u200b\u200d\ufeff x",
    "a template": "{x} {0.__class__} %(x)s ${x} {{x}}",
}
PLAIN = "Monday"
MOST = 200  # characters: what a title can have


def written(text):
    """An exercise in which every text that a reader may write is this one."""
    exercise = some(n=2, m=2, T=2, title=text[:MOST], source=text[:MOST])
    for step in exercise.cell.steps:
        exercise = exercise.with_note(step.name, text)
    return exercise


def leaves(value, key=""):
    """Each text in some data, with the name that it stands under."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from leaves(part, str(name))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for part in value:
            yield from leaves(part, key)
    elif isinstance(value, str):
        yield key, value


class Structure(HTMLParser):
    """The elements and attributes of a page, without its texts."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, *(name for name, _ in attributes)))

    def handle_endtag(self, tag):
        self.found.append(f"/{tag}")


def pages(text):
    """Every page of HTML that somebody prints or uploads, with this text wherever one may be."""
    exercise = written(text)
    task = Task(exercise, asks(exercise.cell)["every"])
    link = "https://example.org/check_my_work?x=founding"
    yield "worksheet", worksheet_html(task, link, Handout(name=text[:80]))
    yield "key", key_html(task, link)
    yield "print", print_page(exercise).decode()
    yield "feedback", feedback_html(marked(text), text).decode()
    yield "moodle", moodle_xml(task).decode()


def marked(text):
    """A class in which everybody is called so, and answers so."""
    return mark_class(some(n=2, m=2, T=1), [["Name", text, "z_i[1]"], [text, text, text]])


# Names that the browser's scripts make elements, formulas, styles or addresses of.
NEVER = {"latex", "tex", "drawing", "href", "path", "d", "label_latex", "colour", "color", "style"}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_on_screen_it_is_nothing_that_a_script_makes_more_of_than_text(text):
    shown = [leaf for _, data in screens(written(text)) for leaf in leaves(data)]
    where = {key for key, value in shown if text[:30] in value}
    assert where  # it is shown
    assert not where & NEVER


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_typed_into_a_number_an_answer_or_an_address_it_comes_back_as_text(text):
    session = session_at()
    do(session, "edit", cell="W_f:0:1", text=text)
    do(session, "room", text=text, here="http://127.0.0.1:8501/")
    here = desk(session)
    step = session.exercise.cell["Wv_f"]
    shown = [*leaves(sheet_data(here, step_blocks(here, step), [step]))]
    where = {key for key, value in shown if text[:20] in value}
    assert where
    assert not where & NEVER


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_on_paper_it_changes_no_element(text):
    assert {name: Structure(html).found for name, html in pages(text)} == {
        name: Structure(html).found for name, html in pages(PLAIN)
    }


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_in_a_spreadsheet_it_is_no_formula(text):
    result = marked(text)
    rows = [*csv.reader(io.StringIO(results_csv(result).decode("utf-8-sig")))]
    assert not [cell for row in rows for cell in row if cell[:1] in {*"=+-@\t\r"}]
    sheets = load_workbook(io.BytesIO(results_xlsx(result)))
    kinds = {cell.data_type for sheet in sheets for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_in_markdown_every_sign_is_escaped(text):
    shown = escaped(text)
    assert "".join(shown[k + 1] for k in range(len(shown) - 1) if shown[k] == "\\") != ""
    signs = set("<>$[]()*_`:|!\"'#&{}\\")
    bare = [c for k, c in enumerate(shown) if c in signs and (k == 0 or shown[k - 1] != "\\")]
    assert [c for c in bare if c != "\\"] == []
