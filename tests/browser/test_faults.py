"""A lesson goes on, to the digit, whatever happens to the server, the line, the disk or the clock.

The app runs in a copy of its own here, since its files are taken away from under it.
"""

import re
import shutil
import signal

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import RETURNING
from tests.browser.console import SERVER_AWAY
from tests.browser.idle import WAIT_MS, wait_until_idle
from tests.browser.lesson import AFTER, at_step, go_to, shows, type_in
from tests.browser.server import Server
from tests.test_first_run import clone

HOME = "/?x=founding&step=Wv_f"
STREAM = re.compile("/_stcore/stream")
SCRIPT = "assets/core/sheet.js"


class Line:
    """The connections between browsers and the server: to be cut, and to be kept down."""

    def __init__(self):
        self.open, self.is_down = [], False

    def connect(self, socket):
        if self.is_down:
            socket.close()
            return
        socket.connect_to_server()
        self.open.append(socket)

    def cut(self):
        for socket in self.open:
            socket.close()
        self.open.clear()


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return the app's folder, in which one script is as it was in the version before."""
    folder = clone(tmp_path_factory.mktemp("app") / "copy")
    new = (folder / SCRIPT).read_text("utf-8")
    (folder / SCRIPT).write_text(f"// The version before.\n{new}", "utf-8")
    return folder


@pytest.fixture
def served(copy):
    with Server("app.py", copy) as server:
        yield server


@pytest.fixture
def line():
    return Line()


@pytest.fixture
def reader(browser, console, line):
    """Return a reader: a window of their own, whose connections go through the line."""
    console.allow(f"{SERVER_AWAY}|/all_steps/_stcore/|does not seem to exist")
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(WAIT_MS)
    context.add_init_script(RETURNING)
    context.route_web_socket(STREAM, line.connect)
    yield context
    context.close()
    assert not console.unexpected(), "\n".join(console.unexpected())


def opened(reader, console, address):
    page = reader.new_page()
    console.listen(page)
    page.goto(address)
    wait_until_idle(page)
    return page


def test_a_lesson_goes_on_to_the_digit(reader, console, served, copy, line):
    page = opened(reader, console, served.url + HOME)
    type_in(page, "W_f:0:1", "7")
    shows(page, "Wv_f", AFTER)

    # The server is killed, and a new version comes in its place, without the files of the old one.
    served.process.send_signal(signal.SIGKILL)
    served.process.wait()
    shutil.rmtree(copy / "static")
    script = (copy / SCRIPT).read_text("utf-8")
    (copy / SCRIPT).write_text(script.partition("\n")[2], "utf-8")
    (copy / "static").mkdir()
    served.start()
    type_in(page, "W_f:1:0", "0")
    shows(page, "Wv_f", ["101", "170", "133"])

    # The line is cut: for a moment, and for as long as it takes to go on typing meanwhile.
    line.cut()
    type_in(page, "W_f:1:1", "0")
    shows(page, "Wv_f", ["101", "158", "133"])
    line.is_down = True
    line.cut()
    expect(page.locator('[data-testid="stApp"]')).not_to_have_attribute(
        "data-test-connection-state", "CONNECTED"
    )
    type_in(page, "W_f:1:2", "0")
    line.is_down = False
    shows(page, "Wv_f", ["101", "137", "133"])

    # The files for browsers are deleted, and a full disk lets nobody make them again.
    shutil.rmtree(copy / "static")
    (copy / "static").write_text("No folder can be made here.")
    type_in(page, "W_f:2:0", "0")
    shows(page, "Wv_f", ["101", "137", "130"])
    go_to(page, "all_steps")
    expect(page.locator('[data-block="Wv_f"] button.number')).to_have_text(["101", "137", "130"])
    (copy / "static").unlink()

    # There is room again: the next page brings them back, and another tab shows the same.
    go_to(page, "")
    shows(page, "Wv_f", ["101", "137", "130"])
    tab = opened(reader, console, page.url)
    shows(tab, "Wv_f", ["101", "137", "130"])

    # In two tabs of one reader each has numbers of its own.
    type_in(tab, "W_f:2:1", "0")
    shows(tab, "Wv_f", ["101", "137", "122"])
    type_in(page, "W_f:0:0", "0")
    shows(page, "Wv_f", ["100", "137", "130"])
    shows(tab, "Wv_f", ["101", "137", "122"])

    # The clock is set back by a day.
    page.evaluate("() => { const now = Date.now; Date.now = () => now() - 86_400_000 }")
    type_in(page, "W_f:0:2", "0")
    shows(page, "Wv_f", ["91", "137", "130"])
    go_to(page, "all_steps")
    type_in(page, "W_f:0:3", "0")
    expect(page.locator('[data-block="Wv_f"] button.number')).to_have_text(["75", "137", "130"])
    assert "Traceback" not in served.log()


def test_back_and_forward_through_thirty_places_come_to_each_one(open_app):
    page = open_app("/?x=unsaturated&step=v")
    at_step(page, "v")
    first, begun = page.url, page.evaluate("history.length")
    places = [first]
    for _ in range(30):
        page.keyboard.press("Alt+n")
        page.wait_for_function("(before) => location.href !== before", arg=places[-1])
        places.append(page.url)
    numbers = results_of(page)
    assert page.evaluate("history.length") == begun + 30
    for place in reversed(places[:-1]):  # as fast as the addresses come
        page.evaluate("() => history.back()")
        page.wait_for_function("(there) => location.href === there", arg=place)
    at_step(page, "v")
    page.evaluate("() => history.go(30)")
    expect(page).to_have_url(places[-1])
    expect(page.locator(".sheet button.number")).to_have_text(numbers)


def results_of(page):
    """Return the numbers of the step on screen, once it is the one that the address names."""
    step = re.search("step=([^&]+)", page.url)[1]
    at_step(page, step)
    return page.locator(".sheet button.number").all_inner_texts()
