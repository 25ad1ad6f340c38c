"""What every answer tells a browser: what it may load, and who may frame the page."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
import streamlit

from lstm_ui.serving.frames import FRAMES, ancestors
from lstm_ui.serving.headers import FOR_EVER, Secure, headers
from lstm_ui.shell.sharing import share
from lstm_ui.shell.static_files import assets_url, drawing_url
from tests.ui.sessions import session_at

OWN, EVERYBODY, NOBODY = "'self'", "*", "'none'"
MOODLE = "https://moodle.example.edu"


def answered(query=b"", kind="http", path="/", status=200):
    """The headers of an answer of an app that sends one of its own."""
    sent = []

    async def app(scope, receive, send):
        own = [(b"content-type", b"text/html"), (b"referrer-policy", b"unsafe-url")]
        await send({"type": "http.response.start", "status": status, "headers": own})
        await send({"type": "http.response.body", "body": b"x"})

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "query_string": query, "path": path}
    with pytest.raises(StopIteration):  # at its end: it waits for nothing, so it needs no loop
        Secure(app)(scope, None, send).send(None)
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def directives(policy):
    return {
        name: value.split() for name, _, value in (d.partition(" ") for d in policy.split("; "))
    }


def test_every_answer_has_the_headers_beside_its_own_once():
    found = answered()
    assert found["content-type"] == "text/html"
    assert found["x-content-type-options"] == "nosniff"
    assert found["referrer-policy"] == "same-origin"
    assert found["content-security-policy"] == headers()["Content-Security-Policy"]


def test_a_file_whose_name_says_what_is_in_it_is_kept_for_ever_and_nothing_else_is():
    for path in (f"/{assets_url()}/scripts.js", f"/base/{drawing_url('a', '<svg/>')}"):
        assert answered(path=path)["cache-control"] == FOR_EVER
        assert "cache-control" not in answered(path=path, status=404)
    for path in ("/", "/app/static/logo.svg", "/app/static/a-b/c.js", "/_stcore/health"):
        assert "cache-control" not in answered(path=path)


def test_a_websocket_is_left_alone():
    assert "content-security-policy" not in answered(kind="websocket")


def test_nothing_comes_from_elsewhere_and_no_text_is_run():
    policy = directives(headers()["Content-Security-Policy"])
    assert policy["default-src"] == policy["connect-src"] == policy["base-uri"] == [OWN]
    assert policy["object-src"] == [NOBODY]
    sources = [source for name, found in policy.items() for source in found]
    assert not [source for source in sources if "http" in source or "." in source]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "data:", "*"} & {*policy["script-src"]}


def test_of_scripts_that_stand_in_a_page_only_those_of_streamlits_own_first_page_run():
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    inline = re.findall(r"<script>(.*?)</script>", page.read_text("utf-8"), re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in inline]
    policy = directives(headers()["Content-Security-Policy"])
    assert [s for s in policy["script-src"] if "sha256" in s] == [f"'sha256-{h}'" for h in hashes]


@pytest.mark.parametrize(
    ("allowed", "framed", "otherwise"),
    [
        ("", EVERYBODY, OWN),
        ("  ", EVERYBODY, OWN),
        ("none", NOBODY, NOBODY),
        (MOODLE, f"{OWN} {MOODLE}", f"{OWN} {MOODLE}"),
        (f"{MOODLE} https://*.org:8443", f"{OWN} {MOODLE} https://*.org:8443", None),
        ("*", f"{OWN} *", f"{OWN} *"),
        (f"{MOODLE}; script-src *", NOBODY, NOBODY),
        ("'none'", NOBODY, NOBODY),
        ("https://a.org/;x\r\nSet-Cookie:a=b", NOBODY, NOBODY),
    ],
)
def test_who_may_frame_the_app_is_chosen_and_nothing_else_is(
    monkeypatch, allowed, framed, otherwise
):
    monkeypatch.setenv(FRAMES, allowed)
    assert ancestors(embedded=True) == framed
    assert ancestors(embedded=False) == (otherwise or framed)
    policy = directives(answered(b"x=founding&embed=true")["content-security-policy"])
    assert policy["frame-ancestors"] == framed.split()
    assert policy["script-src"] == directives(headers()["Content-Security-Policy"])["script-src"]


def test_only_an_address_that_says_so_may_be_framed_by_everybody():
    for query in (b"", b"embed=false", b"x=embed=true", b"embed=true1"):
        assert "frame-ancestors 'self'" in answered(query)["content-security-policy"]


@pytest.mark.parametrize(
    ("allowed", "said"),
    [
        (MOODLE, f"Only pages of {MOODLE} can show it"),
        ("none", "lets no page show it"),
    ],
)
def test_who_copies_the_embed_code_is_told_who_can_show_it(monkeypatch, allowed, said):
    monkeypatch.setenv(FRAMES, allowed)
    assert said in share(session_at())["words"]["embedded"]


def test_where_every_page_can_show_it_nothing_more_is_said(monkeypatch):
    monkeypatch.delenv(FRAMES, raising=False)
    assert "embedded" not in share(session_at())["words"]
