"""What a page will need is said with the page itself."""

import re
from pathlib import Path

import pytest
import streamlit

from lstm_ui.serving.early import Early, links
from lstm_ui.shell.pages import PAGES
from lstm_ui.shell.static_files import STATIC, URL

PAGE = (b"accept", b"text/html,application/xhtml+xml")
PLOTLY = "vendor/plotly.min.js"


def answered(path="/", headers=(PAGE,), status=200, kind="http"):
    """The headers of the app's answer."""
    sent = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b"x"})

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "path": path, "headers": list(headers)}
    with pytest.raises(StopIteration):  # at its end: it waits for nothing, so it needs no loop
        Early(app)(scope, None, send).send(None)
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def addresses(page):
    return [re.match("<(.+?)>", link)[1] for link in links(page)]


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_all_that_is_named_is_there_and_small_enough_for_a_header(page):
    theirs = Path(streamlit.__file__).parent / "static"
    for address in addresses(page):
        ours = STATIC / address.removeprefix(f"{URL}/")
        assert (ours if address.startswith(URL) else theirs / address).is_file()
    assert len(", ".join(links(page))) < 1500  # proxies allow 4,000 for all headers together


def test_what_draws_components_is_named_with_what_it_imports():
    names = [address.rpartition("/")[2].split(".")[0] for address in addresses("")]
    assert {"scripts", "styles", "BidiComponent", "serialization", "Html", "purify"} <= {*names}
    assert len({*names}) == len(names)


def test_nothing_is_named_that_streamlits_first_page_names_itself():
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    assert not [address for address in addresses("") if address in page]


@pytest.mark.parametrize(
    ("page", "plots"), [("", True), ("gradients", True), ("glossary", False), ("unknown", False)]
)
def test_plotly_is_named_where_a_figure_is_shown(page, plots):
    assert (PLOTLY in answered(f"/lessons/{page}")["link"]) == plots


def test_a_page_that_the_browser_has_kept_gets_the_new_addresses():
    assert answered(status=304) == answered(status=200) == {"link": ", ".join(links(""))}


@pytest.mark.parametrize(
    "other", [{"headers": [(b"accept", b"*/*")]}, {"headers": ()}, {"status": 404}]
)
def test_other_answers_say_nothing(other):
    assert answered(**other) == {}


def test_a_websocket_is_left_alone():
    assert answered(kind="websocket") == {}
