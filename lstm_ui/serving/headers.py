"""The headers of every answer: what a browser may load for a page, and who may frame it.

A page loads nothing from elsewhere, so the policy allows nothing else: if a text of a reader were
ever taken for code, the browser would not run it. Streamlit asks for exceptions: the scripts of
components are blobs that the page itself makes, its first page holds a script of one line, which is
allowed by its hash, its reader of messages tries WebAssembly, and styles stand in elements.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lstm_ui.serving.frames import ancestors

_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' blob: 'wasm-unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # An address holds a reader's numbers: nobody else is told where a visitor comes from.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


FOR_EVER = "public, max-age=31536000, immutable"
_NAMED_BY_HASH = re.compile("/app/static/[a-z]+-[0-9a-f]{12}/")  # as shell/static_files.py writes


class Secure:
    """Adds the headers to every answer over HTTP."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, with the headers."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        found = {**headers(b"embed=true" in scope["query_string"].split(b"&"))}
        kept = keeping(scope.get("path", ""))

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(
                    found | (kept if message["status"] == HTTPStatus.OK else {})
                )
            await send(message)

        return await self.app(scope, receive, secured)


def keeping(path: str) -> dict[str, str]:
    """Return how long a browser may keep a file of ours: for ever, if its name says what is in it.

    Streamlit says nothing of it, and a browser would ask for the scripts again at each visit.
    """
    return {"Cache-Control": FOR_EVER} if _NAMED_BY_HASH.search(path) else {}


SECURED = [Middleware(Secure)]


def headers(embedded: bool = False) -> Mapping[str, str]:
    """Return the headers of an answer; `embedded` if its address says that it stands in a frame."""
    scripts = f"{_POLICY['script-src']} {' '.join(inline_scripts())}"
    directives = _POLICY | {
        "script-src": scripts,
        "frame-ancestors": ancestors(embedded),
    }
    policy = "; ".join(f"{name} {value}" for name, value in directives.items())
    return {"Content-Security-Policy": policy, **_ALWAYS}


@cache
def inline_scripts() -> tuple[str, ...]:
    """Return the hash of each script that stands in Streamlit's first page itself."""
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = re.findall(r"<script>(.*?)</script>", page.read_text("utf-8"), re.DOTALL)
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts]
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
