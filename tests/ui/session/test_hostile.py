"""Whatever comes from a browser, it cannot break a session."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_ui.shell.events import EVENTS as KINDS
from tests.core.exercises import VALUES
from tests.ui.sessions import FOUNDING, do, send, session_at

BLOCK_3x3 = "1 2 3\n4 5 6\n7 8 9"
SPOILT = st.dictionaries(st.sampled_from(["kind", "seq", "cell", "text", "ticks"]), VALUES)
CELLS = st.sampled_from(["W_f:0:0", "v:5", "x:0", "f:0", "W_f:-1:0"]) | st.text(max_size=12)
EVENTS = st.fixed_dictionaries(
    {"kind": st.sampled_from(sorted(KINDS)), "seq": st.integers(0, 20)},
    optional={
        "cell": CELLS,
        "text": st.text(max_size=12) | st.sampled_from(["1", BLOCK_3x3, "1e308"]),
        "ticks": st.integers(),
        "gesture": st.text(max_size=2),
        "by": st.integers(),
        "step": st.sampled_from(["C", "y"]) | st.text(max_size=4),
        "t": st.integers(),
        "offer": st.text(max_size=3),
    },
)


@settings(max_examples=150, deadline=None)
@given(st.lists(EVENTS, max_size=6))
def test_events_of_known_kinds_never_raise(events):
    session = session_at()
    send(session, *events)
    assert session.exercise.trace()[0, "h"].shape == (session.exercise.n,)


@settings(max_examples=150, deadline=None)
@given(st.lists(SPOILT | VALUES | EVENTS.flatmap(lambda e: st.just(e | {"seq": None})), max_size=5))
def test_what_is_no_event_is_dropped(events):
    session = session_at()
    send(session, *events)
    assert session.exercise == FOUNDING


@pytest.mark.parametrize("kind", ["", "change", "handle", "__init__", "Edit", None, 5, [], {}])
def test_an_unknown_kind_is_dropped(kind):
    session = do(session_at(), kind, cell="b_f:0", text="5")
    assert (session.exercise, session.last_event) == (FOUNDING, 0)
