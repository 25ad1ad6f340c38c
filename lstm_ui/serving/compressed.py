"""Files for the browser go out compressed, and were so before anybody asked for them.

Streamlit would compress a file anew for each browser that asks: for plotly.js that is a tenth of a
second, in which nobody else is answered. `lstm_ui/shell/static_files.py` has written it beside.
"""

import re
from pathlib import PurePosixPath

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lstm_ui.shell.static_files import COMPRESSED, STATIC, URL

_FILE = re.compile(rf".*/{URL}/((?:[\w-][\w.-]*/)+[\w-][\w.-]*)", re.ASCII)
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


class Compressed:
    """Answers with the compressed file where there is one and the browser takes it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, but for such a file."""
        kind = _compressed(scope) if scope["type"] == "http" else ""
        if not kind:
            return await self.app(scope, receive, send)
        about = {"Content-Type": kind, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                MutableHeaders(scope=message).update(about)
            await send(message)

        return await self.app(_beside(scope), receive, marked)


def _compressed(scope: Scope) -> str:
    """Return the type of the file that is asked for; empty where it has to go out as it is."""
    asked, found = Headers(scope=scope), _FILE.fullmatch(scope["path"])
    takes = "gzip" in asked.get("accept-encoding", "") and "range" not in asked
    if not (found and takes and (STATIC / f"{found[1]}{COMPRESSED}").is_file()):
        return ""
    return _TYPES.get(PurePosixPath(found[1]).suffix, "")


def _beside(scope: Scope) -> Scope:
    """Return the question for the compressed file, which nobody has to compress once more."""
    kept = [(name, text) for name, text in scope["headers"] if name != b"accept-encoding"]
    path = scope["path"] + COMPRESSED
    return {**scope, "path": path, "raw_path": path.encode(), "headers": kept}
