"""Two containers behind nginx, and a lesson that outlives each of them.

The containers' steps are done without an engine, see image.py; nginx is a real one.
"""

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.browser.idle import WAIT_MS, wait_until_idle
from tests.browser.lesson import AFTER, BEFORE, HOME, shows, type_in
from tests.deploy.image import Replica, as_its_user, built
from tests.deploy.nginx import Nginx

MARK, XSRF = "lstm_reader", "_streamlit_xsrf"
ONLY_THERE = "app/static/drawing-of-another-version.svg"


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """What the Dockerfile's steps make."""
    return built(tmp_path_factory.mktemp("image"))


@pytest.fixture(scope="module")
def replicas(image):
    both = [Replica(image), Replica(image)]
    try:
        with ThreadPoolExecutor() as pool:
            [*pool.map(Replica.start, both)]
        yield both
    finally:
        for replica in both:
            replica.__exit__()


@pytest.fixture(scope="module")
def nginx(replicas, tmp_path_factory):
    nginx = Nginx(tmp_path_factory.mktemp("nginx"))
    nginx.list_replicas(*map(address, replicas))
    with nginx:
        yield nginx


def address(replica):
    return f"127.0.0.1:{replica.port}"


def sessions(replica):
    """How many pages a replica shows at the moment."""
    found = requests.get(f"{replica.url}/_stcore/metrics?families=active_sessions", timeout=9).text
    return int(float(re.search(r"^active_sessions (\S+)$", found, re.MULTILINE)[1]))


def test_the_image_starts_as_a_user_who_may_write_nothing_and_is_healthy(image, replicas):
    tries = [str(image.root / "app" / "static" / "x"), str(image.root / "app" / "x")]
    touched = subprocess.run([*as_its_user(image), "touch", *tries], capture_output=True, text=True)
    assert touched.stderr.count("Permission denied") == len(tries)
    check = [image.inside(part) for part in image.healthy]
    assert check[-1] != (check := [*check[:-1], check[-1].replace("8501", str(replicas[0].port))])
    assert subprocess.run([*as_its_user(image), *check]).returncode == 0
    assert image.user.split(":")[0] not in ("0", "root")


def test_files_for_browsers_come_small_and_are_kept_for_ever(image, nginx):
    (folder,) = (image.root / "app" / "static").glob("assets-*")
    url = f"{nginx.url}/app/static/{folder.name}/core/outbox.js"
    for _ in range(2):  # from a replica, and from what nginx keeps
        answer = requests.get(url, timeout=9)
        assert answer.text == (folder / "core" / "outbox.js").read_text("utf-8")
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Encoding"] == "gzip"
    page = requests.get(nginx.url, timeout=9)
    assert "immutable" not in page.headers["Cache-Control"]


def test_a_replica_that_has_not_got_a_file_is_passed_over(replicas, tmp_path):
    for name, text in {ONLY_THERE: "<svg/>", "_stcore/health": "ok"}.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text)
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path / "site")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as of_another_version:
        Thread(target=of_another_version.serve_forever, daemon=True).start()
        nginx = Nginx(tmp_path)
        nginx.list_replicas(address(replicas[0]), f"127.0.0.1:{of_another_version.server_port}")
        with nginx:
            for reader in range(4):
                url, mark = f"{nginx.url}/{ONLY_THERE}?{reader}", {MARK: str(reader)}
                assert requests.get(url, cookies=mark, timeout=9).text == "<svg/>"
            nowhere = requests.get(f"{nginx.url}/app/static/nowhere.svg", timeout=9)
        of_another_version.shutdown()
    assert nowhere.status_code == HTTPStatus.NOT_FOUND
    assert "immutable" not in nowhere.headers.get("Cache-Control", "")


def test_an_upload_arrives_where_its_page_is_and_a_large_one_is_refused(nginx, replicas):
    before = [sessions(replica) for replica in replicas]
    with ExitStack() as open_ones:
        readers = [open_ones.enter_context(Reader(nginx, f"reader-{i}")) for i in range(6)]
        among = [sessions(replica) - had for replica, had in zip(replicas, before, strict=True)]
        assert min(among) > 0
        assert sum(among) == len(readers)
        assert [reader.uploads(b"1,2\n") for reader in readers] == [HTTPStatus.NO_CONTENT] * 6
        assert readers[0].uploads(bytes(42 << 20)) == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_only_a_first_visit_is_given_a_mark(nginx):
    first = requests.get(nginx.url, timeout=9)
    again = requests.get(nginx.url, cookies=first.cookies, timeout=9)
    assert MARK in first.cookies
    assert MARK not in again.cookies


class Reader:
    """A browser as far as an upload needs it."""

    def __init__(self, nginx, mark):
        self.base, self.http = nginx.url, requests.Session()
        self.http.cookies.set(MARK, mark)
        self.http.get(f"{nginx.url}/_stcore/health", timeout=9)

    def __enter__(self):
        cookies = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        stream = f"{self.base.replace('http', 'ws')}/_stcore/stream"
        headers = {"Cookie": cookies}
        self.connection = connect(stream, subprotocols=["streamlit"], additional_headers=headers)
        self.socket = self.connection.__enter__()
        self.session = self.opened()
        return self

    def __exit__(self, *error):
        self.connection.__exit__(*error)

    def opened(self):
        """Ask for the page; return the session that shows it."""
        ask, answer = BackMsg(), ForwardMsg()
        ask.rerun_script.query_string = ""
        self.socket.send(ask.SerializeToString())
        while answer.WhichOneof("type") != "new_session":
            answer.ParseFromString(self.socket.recv(WAIT_MS / 1000))
        return answer.new_session.initialize.session_id

    def uploads(self, data):
        """Send a file as the page does; return the status of the answer."""
        url = f"{self.base}/_stcore/upload_file/{self.session}/a-file"
        token = {"X-Xsrftoken": self.http.cookies[XSRF]}
        return self.http.put(url, files={"file": data}, headers=token, timeout=20).status_code


def test_a_lesson_goes_on_when_a_replica_is_killed_drained_and_added(browser, nginx, replicas):
    page = browser.new_page()
    page.context.add_cookies([{"name": MARK, "value": "reader-0", "url": nginx.url}])
    page.goto(f"{nginx.url}{HOME}")
    wait_until_idle(page)
    shows(page, "Wv_f", BEFORE)
    gone, other = sorted(replicas, key=sessions, reverse=True)

    gone.process.kill()
    type_in(page, "W_f:0:1", "7")
    shows(page, "Wv_f", AFTER)
    assert sessions(other) == 1

    gone.stop()
    gone.start()  # added, while the other one is drained: who is at work there stays
    nginx.list_replicas(address(gone), f"{address(other)} down")
    nginx.reload()
    type_in(page, "W_f:1:1", "9")
    shows(page, "Wv_f", ["101", "181", "133"])
    assert sessions(other) == 1

    other.stop()  # with no reader lost
    type_in(page, "W_f:2:1", "6")
    shows(page, "Wv_f", ["101", "181", "137"])
    page.reload()
    wait_until_idle(page)
    shows(page, "Wv_f", ["101", "181", "137"])
    page.close()
