"""What goes wrong in a page behind the test's back."""

import re
from urllib.parse import urlparse

from playwright.sync_api import ConsoleMessage, Error, Page, Request

# What a page says, in Chromium's words and in Streamlit's, while its server is away.
SERVER_AWAY = (
    "ERR_CONNECTION_REFUSED|WebSocket|Failed to load resource|disconnected"
    "|Client Error in reaching server endpoint|Streamlit server is not responding"
)


class Console:
    """The errors of one page, but for those that its test announces."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self._allowed: list[str] = []

    def allow(self, pattern: str) -> None:
        """Announce an error: in this test, those that match the expression are as they should."""
        self._allowed.append(pattern)

    def unexpected(self) -> list[str]:
        """Return the errors that nobody announced."""
        return [e for e in self.errors if not any(re.search(p, e) for p in self._allowed)]

    def listen(self, page: Page) -> None:
        """Hear the page's errors, and requests for anything that is not on this machine."""
        page.on("console", self._on_message)
        page.on("pageerror", self._on_error)
        page.on("request", self._on_request)

    def leave(self, page: Page) -> None:
        """Hear no more of the page: another test is about to use it."""
        page.remove_listener("console", self._on_message)
        page.remove_listener("pageerror", self._on_error)
        page.remove_listener("request", self._on_request)

    def _on_error(self, error: Error) -> None:
        self.errors.append(f"uncaught: {error}")

    def _on_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def _on_request(self, request: Request) -> None:
        address = urlparse(request.url)
        if address.scheme in ("http", "https") and address.hostname != "127.0.0.1":
            self.errors.append(f"asked another machine: {request.url}")
