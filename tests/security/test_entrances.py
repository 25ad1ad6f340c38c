"""Whatever comes in, nothing breaks: one plain sentence, in bounded time, and no work is lost.

In the test command these are short. `LSTM_FUZZ=minutes pytest tests/security/test_entrances.py`
runs each as long as that; fuzz.py beside it goes by what the readers' own lines have reached.
"""

import base64
import json
import os
import re
import time
import tracemalloc
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lstm_ui.shell.events import EVENTS
from lstm_ui.shell.pages import PAGES
from tests.pages.app import opened, session
from tests.security import entrances
from tests.security.damage import changed, damaged
from tests.ui.sessions import do, send, session_at

ROOT = Path(__file__).resolve().parents[2]
LONG = 20_000 * int(os.environ.get("LSTM_FUZZ", "0"))  # examples: about as many in a minute
CORPUS = sorted((Path(__file__).parent / "corpus").rglob("*.bin"))
MEGABYTE = 1_000_000
TYPED = {"W_f:0:1": "7.5"}  # the reader's work, which nothing may take away


def few(examples):
    """So many examples in the test command, and many more in a long run."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    return settings(max_examples=LONG or examples, suppress_health_check=slow)


# ---- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", entrances.SEEDS)
@few(40)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_by_a_sentence(kind, data):
    entrances.of_file(kind)(data.draw(damaged(entrances.SEEDS[kind])))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_was_found_interesting_before_is_read_or_refused(path):
    entrances.of_file(path.parent.name)(path.read_bytes())


@pytest.mark.parametrize("kind", ["json", "npz", "csv", "safetensors", "h5", "onnx", "xlsx"])
def test_ten_megabytes_of_one_sign_take_neither_long_nor_much(kind):
    start = entrances.SEEDS.get(kind, b"")[:8]
    tracemalloc.start()
    begun = time.process_time()
    for sign in (b"\x00", b"[", b"9"):
        entrances.of_file(kind)(start + sign * (9 * MEGABYTE))
    seconds, (_, peak) = time.process_time() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seconds < 9
    assert peak < 300 * MEGABYTE


# ---- links ---------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda part: (
        st.lists(part, max_size=4) | st.dictionaries(st.text(max_size=3), part, max_size=3)
    ),
    max_leaves=8,
)


def head_of(token):
    """The JSON that a token holds, and its version."""
    version, _, text = token.partition(".")
    raw = zlib.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return version, json.loads(raw.partition(b"\n")[0])


def token_of(version, value):
    """A token that is whole, whatever it holds."""
    raw = zlib.compress(json.dumps(value).encode())
    return f"{version}.{base64.urlsafe_b64encode(raw).decode().rstrip('=')}"


@few(120)
@given(st.sampled_from(entrances.TOKENS), st.data())
def test_a_link_with_a_damaged_token_opens_something(token, data):
    text = data.draw(changed(token.encode())).decode("utf-8", "replace")
    name = data.draw(st.sampled_from(["x", "pin", "stack", "answers", "from"]))
    entrances.address(f"?x=founding&{name}={text}")


@few(120)
@given(st.sampled_from(entrances.TOKENS), st.sampled_from("123"), st.data())
def test_a_link_whose_token_holds_something_else_opens_something(token, version, data):
    _, head = head_of(token)
    if data.draw(st.booleans()):
        head[data.draw(st.integers(0, len(head) - 1))] = data.draw(JSON)
    else:
        head = data.draw(JSON)
    text = token_of(version, head)
    for name in ("x", "pin", "stack", "answers"):
        entrances.address(f"?x=founding&{name}={text}")


@few(100)
@given(st.text(max_size=60), st.text(max_size=40))
def test_any_address_code_and_answers_are_read_or_refused(text, more):
    entrances.address(f"?{text}={more}&step={more}&t={text}&entry={more}")
    entrances.code(text)
    entrances.answers(f"1.{more}")


# ---- options -------------------------------------------------------------------------------------

FOLDERS = {"": "step_by_step", "check_my_work": "check", "worksheet": "worksheets"}
FOLDERS |= {"mark_class": "classes"}
NASTY = ("-1", "0", "999999", "1e308", "nan", "٣", "none", "f", "C:9", "1,2", "9" * 160, "zz")


def option_names(page):
    """The names of all options that a page knows, as its sources write them; at most 16."""
    folder = ROOT / "lstm_ui" / FOLDERS.get(page, page)
    source = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.py")))
    found = re.findall(r'\b(?:Choice|Number|Bits|Word)\(\s*"(\w+)"', source)
    return [*dict.fromkeys(["unit", *found])][:16]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name or "start")
def test_a_page_is_drawn_whatever_its_options_are(page):
    names = option_names(page.name)
    for shift in range(len(NASTY) if LONG else 1):
        begin = len(page.name) + shift
        address = {name: NASTY[(begin + k) % len(NASTY)] for k, name in enumerate(names)}
        session(opened(page.script, x="unsaturated", step="C", t="2", **address))


# ---- events --------------------------------------------------------------------------------------

ANY = {
    str: st.sampled_from(
        ["", "W_f:0:1", "v:5", "C", "z_f", "1", "-", "=", "[[1]]", "f:0", "1\t2\n3"]
    )
    | st.text(max_size=8),
    int: st.integers(-3, 9) | st.integers(),
}
WRONG = st.none() | st.booleans() | st.floats() | st.lists(st.integers(), max_size=2) | st.just({})


@st.composite
def events(draw):
    """An event of any kind, most with what it needs, some with what it does not expect."""
    kind = draw(st.sampled_from(sorted(EVENTS)))
    fields, _ = EVENTS[kind]
    found = {name: draw(ANY.get(type_, WRONG)) for name, type_ in fields.items()}
    if found and draw(st.integers(0, 5)) == 0:
        found[draw(st.sampled_from(sorted(found)))] = draw(WRONG)
    return {"kind": kind, "seq": draw(st.integers(2, 40)), **found}


def worked_on():
    """A session with something in it that its reader has typed."""
    here = session_at()
    for at, text in TYPED.items():
        do(here, "edit", cell=at, text=text)
    return here


def can_be_brought_back(here):
    """Whether the reader's number is there, or comes back by Undo."""
    for _ in range(300):
        if here.exercise.params.get("W_f") is not None and here.exercise.params["W_f"][0, 1] == 7.5:
            return True
        if not here.past:
            return False
        do(here, "undo")
    return False


@few(120)
@given(st.lists(events(), max_size=8), st.randoms(use_true_random=False))
def test_events_in_any_order_and_twice_lose_nothing(found, random):
    here = worked_on()
    send(here, *found)
    state, last = here.exercise, here.last_event
    again = [event for event in found if event["seq"] <= last]
    random.shuffle(again)
    send(here, *again)  # what has been dealt with is not done twice
    assert here.exercise is state
    assert here.exercise.trace()[0, "h"].size
    taken_back = any(event["kind"] == "undo" for event in found)  # by the reader's own wish
    assert taken_back or can_be_brought_back(here)


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_ten_megabytes_in_an_event_are_refused_soon(kind):
    here, fields = worked_on(), EVENTS[kind][0]
    begun = time.process_time()
    for name, type_ in fields.items():
        if type_ is str:
            rest = {n: "W_f:0:1" if t is str else 1 for n, t in fields.items() if n != name}
            do(here, kind, **rest, **{name: "1 " * (5 * MEGABYTE)})
    assert time.process_time() - begun < 2
    assert can_be_brought_back(here)
