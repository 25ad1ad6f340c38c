"""Files for the browser go out compressed where they lie beside themselves in that form."""

import gzip

import pytest

from lstm_ui.serving import compressed
from lstm_ui.serving.compressed import Compressed

TAKES = (b"accept-encoding", b"br, gzip")
FILE = "/app/static/assets-1/core/page.js"


@pytest.fixture(autouse=True)
def static(tmp_path, monkeypatch):
    """A folder with one script in it, and a text that only somebody else has compressed."""
    monkeypatch.setattr(compressed, "STATIC", tmp_path)
    folder = tmp_path / "assets-1" / "core"
    folder.mkdir(parents=True)
    for name in ("page.js.gz", "page.txt.gz"):
        (folder / name).write_bytes(gzip.compress(b"one"))
    (tmp_path.parent / "outside.js.gz").write_bytes(b"")


def asked(path=FILE, headers=(TAKES,), status=200, kind="http"):
    """What the app behind is asked for, and the headers that the browser gets."""
    scopes, sent = [], []

    async def app(scope, receive, send):
        scopes.append(scope)
        own = [(b"content-type", b"application/gzip"), (b"etag", b"1")]
        await send({"type": "http.response.start", "status": status, "headers": own})
        await send({"type": "http.response.body", "body": b"x"})

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "path": path, "headers": list(headers)}
    with pytest.raises(StopIteration):  # at its end: it waits for nothing, so it needs no loop
        Compressed(app)(scope, None, send).send(None)
    return scopes[0], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


@pytest.mark.parametrize("before", ["", "/lessons/lstm"])
def test_the_compressed_file_is_sent_as_what_it_is(before):
    scope, headers = asked(before + FILE)
    assert (scope["path"], scope["raw_path"]) == (
        f"{before}{FILE}.gz",
        f"{before}{FILE}.gz".encode(),
    )
    assert headers == {
        "content-type": "text/javascript; charset=utf-8",
        "content-encoding": "gzip",
        "vary": "Accept-Encoding",
        "etag": "1",
    }


def test_it_is_not_compressed_once_more():
    assert asked()[0]["headers"] == []


@pytest.mark.parametrize(
    "other",
    [
        {"headers": ()},
        {"headers": [(b"accept-encoding", b"br")]},
        {"headers": [TAKES, (b"range", b"bytes=0-1")]},
        {"path": "/app/static/assets-1/core/missing.js"},
        {"path": "/app/static/assets-1/core/page.txt"},
        {"path": "/app/static/assets-1/core/page.js.gz"},
        {"path": "/app/static/assets-1/../../outside.js"},
        {"path": "/app/static/outside.js"},
        {"path": "/static/assets-1/core/page.js"},
        {"kind": "websocket"},
    ],
    ids=str,
)
def test_all_else_is_left_alone(other):
    scope, headers = asked(**other)
    assert scope["path"] == other.get("path", FILE)
    assert headers == {"content-type": "application/gzip", "etag": "1"}


@pytest.mark.parametrize("status", [304, 404])
def test_an_answer_without_the_file_does_not_say_how_it_is_compressed(status):
    assert "content-encoding" not in asked(status=status)[1]
