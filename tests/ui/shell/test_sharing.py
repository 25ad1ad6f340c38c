import pytest
import segno

from lstm_ui.shell.sharing import FROM_THE_BACK, FROM_THE_FRONT, share
from tests.core.exercises import some
from tests.ui.sessions import UNSATURATED, do, session_at

HERE = "http://127.0.0.1:8501/?x=unsaturated&step=C"


def shared(href=HERE, **place):
    return share(do(session_at(exercise=UNSATURATED, **place), "share", href=href))


def squares(block):
    """Read the path back: which squares are dark."""
    side, dark = block["code"]["side"], block["code"]["path"].split("M")[1:]
    rows = [[False] * side for _ in range(side)]
    for square in dark:
        x, _, rest = square.partition(" ")
        rows[int(rest.partition("h")[0])][int(x)] = True
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
        (FROM_THE_BACK + 1, True, "front rows"),
        (FROM_THE_FRONT, True, "front rows"),
        (FROM_THE_FRONT + 1, False, "521 characters"),
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
