"""What a page will need is said with the page itself, so that a browser asks for it at once.

Otherwise it learns of our scripts only from the first answer over the websocket, and of plotly.js
only from our scripts: each would be asked for when what comes before it has been read.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lstm_ui.house import HOUSE
from lstm_ui.shell.pages import BY_NAME
from lstm_ui.shell.static_files import SCRIPTS, STYLES, assets_url

_STREAMLIT = Path(streamlit.__file__).parent / "static"
_FIRST = ("BidiComponent", "Html")  # Streamlit's parts that draw our components and a heading
_IMPORT = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')


class Early:
    """Adds the header to each page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does; also "not modified" has the header: the old one may be stale."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            return await self.app(scope, receive, send)

        async def linked(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in (200, 304):
                name = scope["path"].rpartition("/")[2]
                MutableHeaders(scope=message)["Link"] = ", ".join(links(name))
            await send(message)

        return await self.app(scope, receive, linked)


@cache
def _links() -> tuple[str, ...]:
    """What every page needs; the addresses are relative, as pages lie beside each other."""
    ours, theirs = assets_url(), [f"static/js/{name}" for name in _streamlit_parts()]
    modules = [f"<{address}>; rel=modulepreload" for address in (f"{ours}/{SCRIPTS}", *theirs)]
    return f"<{ours}/{STYLES}>; rel=preload; as=style", *modules


def links(page: str) -> tuple[str, ...]:
    """Return what is needed for a page of this name, each as the header Link says it."""
    if page not in BY_NAME or not _has_figure(page):
        return _links()
    plotly = f"{assets_url()}/vendor/plotly.min.js"
    return *_links(), f"<{plotly}>; rel=preload; as=script; fetchpriority=low"  # it is drawn last


@cache
def _has_figure(page: str) -> bool:
    """Whether its script shows one at once."""
    return "live_figure(" in (HOUSE / BY_NAME[page].script).read_text("utf-8")


def _streamlit_parts() -> list[str]:
    """The files of Streamlit's that its own first page does not name already."""
    folder, page = _STREAMLIT / "static" / "js", (_STREAMLIT / "index.html").read_text("utf-8")
    starts = [path.name for part in _FIRST for path in folder.glob(f"{part}.*.js")]
    found = dict.fromkeys(name for start in starts for name in _with_imports(folder, start, page))
    return [*found]


def _with_imports(folder: Path, name: str, page: str) -> Iterator[str]:
    if name not in page:
        yield name
        for other in _IMPORT.findall((folder / name).read_text("utf-8")):
            yield from _with_imports(folder, other, page)
