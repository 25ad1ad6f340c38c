"""The moment in which the server begins to answer: the browser of whoever started it opens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from streamlit import cli_util, config
from streamlit.starlette import App
from streamlit.web.server import server_util


@asynccontextmanager
async def opened(_: App) -> AsyncIterator[None]:
    """Open the browser, as `streamlit run` does for an app without headers of its own."""
    if not config.get_option("server.headless"):
        cli_util.open_browser(server_util.get_url(_address()))
    yield


def _address() -> str:
    """Return what a browser on this computer calls the server."""
    said = config.get_option("browser.serverAddress")
    return str(said if config.is_manually_set("browser.serverAddress") else "localhost")
