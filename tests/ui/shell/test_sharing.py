import re
from urllib.parse import parse_qs

import pytest
import segno

from lstm_core.exercise.exercise import Exercise
from lstm_ui.shell import room
from lstm_ui.shell.sharing import FROM_THE_BACK, FROM_THE_FRONT, LARGEST, share
from tests.core.exercises import some
from tests.ui.sessions import UNSATURATED, do, session_at

HERE = "http://127.0.0.1:8501/?x=unsaturated&step=C"


def shared(href=HERE, **place):
    return share(do(session_at(exercise=UNSATURATED, **place), "share", href=href))


def squares(block):
    """Read the path back: which squares are dark."""
    side, dark = block["code"]["side"], block["code"]["path"].split("M")[1:]
    rows = [[False] * side for _ in range(side)]
    for stretch in dark:
        x, y, length = map(int, re.match(r"(\d+) (\d+)h(\d+)v1", stretch).groups())
        rows[y][x : x + length] = [True] * length
    return rows


def test_the_code_is_the_link():
    wanted = segno.make(HERE, error="l", micro=False).matrix
    assert squares(shared()) == [[bool(square) for square in row] for row in wanted]


def test_a_code_is_drawn_only_when_it_is_asked_for_and_goes_with_the_next_act():
    session = session_at()
    assert share(session)["code"] is None
    do(session, "share", href=HERE)
    assert share(session)["code"]["path"]
    do(session, "walk", by=1)
    assert share(session)["code"] is None


@pytest.mark.parametrize(
    ("size", "drawn", "said"),
    [
        (FROM_THE_BACK, True, ""),
        (FROM_THE_BACK + 1, True, "let it fill the screen"),
        (FROM_THE_FRONT, True, "let it fill the screen"),
        (FROM_THE_FRONT + 1, True, "521 characters: it fills the screen"),
        (LARGEST, True, "2,953 characters"),
        (LARGEST + 1, False, "more than any code can hold"),
    ],
)
def test_what_is_too_long_to_be_read_across_a_room_is_said_plainly(size, drawn, said):
    code = shared(HERE.ljust(size, "x"))["code"]
    assert bool(code["path"]) == drawn
    assert said in code["said"]
    assert bool(said) == bool(code["said"])


@pytest.mark.parametrize("href", ["javascript:alert(1)", "", "http://" + "x" * 20_000])
def test_what_is_no_link_of_ours_is_dropped(href):
    assert shared(href)["code"] is None


def test_links_to_the_same_step_on_the_pages_for_a_room():
    block = shared(step="C", t=1, entry=2)
    assert [place["href"] for place in block["places"]] == [
        f"./{page}?x=unsaturated&step=C&t=2&entry=3" for page in ("", "check_my_work", "lecture")
    ]


def test_an_exercise_too_large_for_a_link_says_so():
    assert "too large for a link" in share(session_at(exercise=some(n=32, m=32)))["problem"]


def noted():
    return session_at(exercise=UNSATURATED.with_note("C", "Ask: why 6?"), step="C")


def test_notes_stay_out_of_links_and_stand_in_those_that_are_to_have_them():
    places = share(noted())["places"]
    assert [place["href"] for place in places] == [
        place["href"] for place in share(session_at(exercise=UNSATURATED, step="C"))["places"]
    ]
    for place in places:
        token = parse_qs(place["noted"].partition("?")[2])["x"][0]
        assert Exercise.from_token(token).notes == {"C": "Ask: why 6?"}
    assert "noted" not in share(session_at())["places"][0]


def test_an_address_that_is_this_computer_alone_warns_and_offers_the_networks(monkeypatch):
    monkeypatch.setattr(room, "on_network", lambda here: "http://10.0.0.5:8501")
    found = shared()["room"]
    assert found["warning"].startswith("127.0.0.1:8501 is this computer alone")
    assert found["offer"] == "http://10.0.0.5:8501"
    assert shared("https://lstm.example.org/?x=founding")["room"]["warning"] == ""


def test_where_the_network_has_no_way_to_the_app_that_is_said(monkeypatch):
    monkeypatch.setattr(room, "on_network", lambda here: "")
    found = shared()["room"]
    assert (found["offer"], "Others on the network cannot reach" in found["warning"]) == ("", True)


def test_nothing_is_asked_of_the_network_while_no_code_is_wanted(monkeypatch):
    monkeypatch.setattr(room, "on_network", lambda here: pytest.fail("asked"))
    assert share(session_at())["room"]["warning"] == ""


def test_what_is_typed_as_address_and_what_is_wrong_with_it_come_back():
    session = do(session_at(), "room", text="10.0.0.5:80", here=HERE)
    assert share(session)["room"]["address"] == "http://10.0.0.5:80"
    problem = share(do(session, "room", text="no host", here=HERE))["room"]["problem"]
    assert "given “no host”" in problem
