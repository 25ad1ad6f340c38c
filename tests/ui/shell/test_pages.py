from pathlib import Path

import pytest

from lstm_ui.session.events import SHEET
from lstm_ui.shell.events import EVENTS, SHELL
from lstm_ui.shell.pages import PAGES
from tests.ui.sessions import do, session_at

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_has_the_script_that_its_address_is_made_from(page):
    assert (ROOT / page.script).is_file()
    assert Path(page.script).stem == (page.name or "step_by_step")


def test_every_script_is_a_page():
    scripts = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("pages/*/*.py")}
    assert {page.script for page in PAGES} == scripts


def test_no_two_pages_have_an_event_of_one_kind():
    kinds = [kind for table in (SHEET, SHELL, *(page.events for page in PAGES)) for kind in table]
    assert sorted(kinds) == sorted(EVENTS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_to_every_page(page):
    session = do(session_at(), "visit", page=page.name, step="C", t=0, entry=1)
    assert (session.leaving, session.place.step) == (page.name, "C")


@pytest.mark.parametrize("page", ["nowhere", "../app", "step_by_step"])
def test_a_link_to_no_page_is_dropped(page):
    assert do(session_at(), "visit", page=page, step="C", t=0, entry=1).leaving is None
