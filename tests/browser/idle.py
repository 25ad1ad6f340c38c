"""When a page has come to rest: how Streamlit marks it."""

from playwright.sync_api import Page, TimeoutError

WAIT_MS = 60_000  # a page that is well needs a second; a machine that is busy, much longer
APP = '[data-testid="stApp"]'
# Connected, no script running, nothing still a placeholder.
IDLE = f"""() => {{
  const app = document.querySelector('{APP}');
  return app?.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    && document.querySelector('[data-testid="stMainBlockContainer"]')?.children.length
    && !document.querySelector('[data-testid="stSkeleton"]');
}}"""
STATE = f"""() => {{
  const app = document.querySelector('{APP}');
  return {{
    ...app?.dataset,
    visible: document.visibilityState,
    skeletons: [...document.querySelectorAll('[data-testid="stSkeleton"]')].map(
      (node) => node.parentElement?.outerHTML.slice(0, 300)),
  }};
}}"""


def wait_until_idle(page: Page) -> None:
    """Return when the app is connected and no script runs.

    Right after an edit the script may not have started yet: then wait for what the edit should
    show (`expect(…)`), not for this.
    """
    try:
        page.wait_for_function(IDLE, timeout=WAIT_MS)
    except TimeoutError as error:
        raise AssertionError(f"{page.url} never came to rest: {page.evaluate(STATE)}") from error
