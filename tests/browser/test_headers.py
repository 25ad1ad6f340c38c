"""The app under its own headers: every page works, and another site can show one step of it."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import AFTER, HOME, at_step
from tests.browser.test_share import dialog

PLANTED = """async (script) => {
  const refused = new Promise((tell) => addEventListener(
    "securitypolicyviolation", ({ effectiveDirective }) => tell(effectiveDirective)));
  document.body.insertAdjacentHTML("beforeend", script);
  return await refused;
}"""


def test_a_script_that_a_text_had_brought_in_would_not_run(open_app, console):
    """That pages themselves need nothing that is forbidden, each test here shows: see conftest."""
    page = open_app(HOME)
    console.allow("Content Security Policy")
    attack = "<img src=missing: onerror='window.hacked = 1'>"
    assert page.evaluate(PLANTED, attack) == "script-src-attr"
    assert page.evaluate("window.hacked") is None


class Course(BaseHTTPRequestHandler):
    """A page of a course, on a site of its own."""

    html = ""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.html.encode())

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def course():
    """Return a server whose page can be set; its name makes it another site than the app's."""
    with ThreadingHTTPServer(("localhost", 0), Course) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_course_page_shows_a_step_by_the_embed_code_and_numbers_can_be_changed_in_it(
    page, open_app, course, console
):
    console.allow("asked another machine: http://localhost|favicon|404")
    open_app(HOME)
    at_step(page, "Wv_f")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Share").click()
    dialog(page).get_by_role("button", name="Copy embed code").click()
    expect(dialog(page).get_by_role("status").first).to_have_text("Copied.")
    Course.html = f"<h1>Week 3</h1>{page.evaluate('navigator.clipboard.readText()')}"
    page.goto(f"http://localhost:{course.server_port}/week3")
    frame = page.frame_locator("iframe[title='LSTM, step by step']")
    field = frame.locator('.sheet [data-cell="W_f:0:1"]')
    field.fill("7")
    field.press("Enter")
    product = frame.locator('.sheet [data-matrix="Wv_f"] button.number')
    expect(product).to_have_text(AFTER)
    frame.get_by_role("button", name="Next step").click()
    expect(frame.locator('.sheet [data-matrix="z_f"]')).to_be_visible()
    expect(frame.get_by_role("navigation", name="Pages")).not_to_be_in_viewport()
    assert re.search("step=z_f.*&embed=true$", page.frames[1].url)
