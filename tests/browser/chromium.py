"""Where a Chromium or Chrome is on this machine. Run as a script, it says so, or fails."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, BrowserType, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ADVICE = "No Chromium or Chrome found: install one, set CHROMIUM_PATH, or run `playwright install`."


def chosen() -> str | None:
    """Return the browser that CHROMIUM_PATH names; fail if there is nothing to run there."""
    path = os.environ.get("CHROMIUM_PATH")
    if path and shutil.which(path) is None:
        raise FileNotFoundError(f"CHROMIUM_PATH is {path!r}, which is no program.")
    return path or None


def installed() -> str | None:
    """Return the first installed browser."""
    return next((found for name in (*NAMES, *MAC_APPS) if (found := shutil.which(name))), None)


def executable(chromium: BrowserType) -> str:
    """Return the browser to drive: chosen, else installed, else the one Playwright downloaded."""
    path = chosen() or installed() or chromium.executable_path
    if not Path(shutil.which(path) or path).exists():
        raise FileNotFoundError(ADVICE)
    return path


def launch(playwright: Playwright) -> Browser:
    """Start a headless browser that calls nobody; without its sandbox, as containers need."""
    return playwright.chromium.launch(
        executable_path=executable(playwright.chromium), args=FLAGS, chromium_sandbox=False
    )


def main() -> None:
    """Print which browser starts here, or why none does."""
    with sync_playwright() as playwright:
        try:
            browser = launch(playwright)
        except Exception as error:
            sys.exit(str(error))
        print(f"{executable(playwright.chromium)} {browser.version}")
        browser.close()


if __name__ == "__main__":
    main()
