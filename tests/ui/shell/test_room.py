"""The address for the room: what is read as one, what is refused, and where a warning stands."""

import socket

import pytest

from lstm_ui.shell.room import PROBLEM, is_local, on_network, outward, parse_address, warning
from tests.ui.sessions import do, session_at

HERE = "http://127.0.0.1:8501/worksheet"
LOCAL = [
    "http://127.0.0.1:8501/?x=founding",
    "http://127.9.9.9/",
    "http://localhost:8501",
    "http://LOCALHOST/",
    "http://lstm.localhost:8501/",
    "http://[::1]:8501/",
    "http://0.0.0.0:8501/",
]
ELSEWHERE = ["http://192.168.0.17:8501/", "https://lstm.example.org/", "http://localhost.example/"]


@pytest.mark.parametrize("href", LOCAL)
def test_an_address_that_no_telephone_can_open_warns(href):
    assert is_local(href)
    assert "nobody else can open" in warning(href)


@pytest.mark.parametrize("href", [*ELSEWHERE, "", "nonsense", "http://[bad"])
def test_any_other_address_does_not(href):
    assert not is_local(href)
    assert warning(href) == ""


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("192.168.0.17:8501", "http://192.168.0.17:8501"),
        ("192.168.0.17", "http://192.168.0.17:8501"),  # the port that the app has here
        (" lstm.example.org/ ", "http://lstm.example.org:8501"),
        ("https://lstm.example.org", "https://lstm.example.org"),
        ("http://lstm.example.org/course/lstm/", "http://lstm.example.org/course/lstm"),
        ("[fe80::1]:8501", "http://[fe80::1]:8501"),
    ],
)
def test_a_host_or_an_address_is_read(typed, read):
    assert parse_address(typed, HERE) == read
    session = do(session_at(), "room", text=typed, here=HERE)
    assert (session.room, outward(session, HERE)) == (read, read)


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "ftp://lstm.example.org",
        "http://",
        "http://user:word@lstm.example.org",
        "lstm.example.org?x=1",
        "lstm.example.org#a",
        "lstm example",
        "<b>",
        "a" * 201,
        "lstm.example.org:99999",
        "http://[bad",
        "lstm.example.org/“",
    ],
)
def test_anything_else_is_refused_with_a_sentence_and_changes_nothing(typed):
    session = do(session_at(), "room", text="10.0.0.5:80", here=HERE)
    do(session, "room", text=typed, here=HERE)
    assert session.problems[PROBLEM].startswith("The address must be a host")
    assert len(session.problems[PROBLEM]) < 250
    assert session.room == "http://10.0.0.5:80"


def test_an_empty_address_takes_it_away():
    session = do(session_at(), "room", text="10.0.0.5:80", here=HERE)
    assert do(session, "room", text=" ", here=HERE).room == ""
    assert outward(session, HERE) == HERE


def test_the_network_address_is_offered_only_where_the_app_answers():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert on_network(f"http://127.0.0.1:{listener.getsockname()[1]}/") == ""
    with socket.create_server(("", 0)) as listener:
        port = listener.getsockname()[1]
        found = on_network(f"http://localhost:{port}/")
    # A machine without a network has no such address.
    assert found == "" or (found.endswith(f":{port}") and not is_local(found))
