"""A link still opens after it went through prose, mail and other programs: the whole family."""

import html
import quopri
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.exercise.presets import PRESETS
from lstm_core.worksheets.recipe import Recipe
from lstm_ui.session.options import RESERVED
from lstm_ui.shell import link
from lstm_ui.shell.mending import mended
from tests.core.exercises import some

SERVER = "https://lstm.example.org/lecture?"
OWN = some(n=3, m=2, T=4, decimals=4)
ADDRESSES = [
    {"x": "founding", "step": "Wv_f"},
    {"x": OWN.token(), "step": "z_f", "t": "3", "entry": "2", "predict": "walk", "seen": "3f"},
    {"x": Recipe().code},
    {"x": "3DZP-483K"},  # it looks like an = that mail has quoted
    {"x": "unsaturated", "step": "C", "point": "0.5,-1"},
    {"step": "Wv_f"},
]


def in_mail(query):
    """As it stands in the source of a mail, whose lines end after 76 characters."""
    return quopri.encodestring((SERVER + query).encode()).decode().partition("?")[2]


def halved(query, with_):
    return query[: len(query) // 2] + with_ + query[len(query) // 2 :]


HARMS = {
    "nothing": lambda query: query,
    "a full stop": lambda query: query + ".",
    "a bracket": lambda query: query + ")",
    "a bracket and a full stop": lambda query: query + ").",
    "an angle bracket": lambda query: query + ">",
    "an escaped angle bracket": lambda query: query + "%3E",
    "a comma": lambda query: query + ",",
    "a semicolon": lambda query: query + ";",
    "quotation marks": lambda query: query + quote("”"),
    "an ellipsis": lambda query: query + quote("…"),
    "stars": lambda query: query + "**",
    "a blank behind": lambda query: query + "%20",
    "a blank inside": lambda query: halved(query, "%20"),
    "blanks that cannot be seen": lambda query: halved(query, quote("\u200b\u00ad")),
    "a line's end inside": lambda query: halved(query, "%0D%0A"),
    "a line broken as mail does": in_mail,
    "an & for HTML": html.escape,
    "an & for HTML twice": lambda query: html.escape(html.escape(query)),
    "an & for HTML, in mail": lambda query: in_mail(html.escape(query)),
    "everything escaped once more": quote,
    "everything escaped twice more": lambda query: quote(quote(query)),
    "only the per cent signs escaped": lambda query: query.replace("%", "%25"),
    "a question mark inside": lambda query: "?" + query,
}


def arrives(query):
    """As the browser hands a query over: it takes out what ends a line."""
    typed = query.replace("\r", "").replace("\n", "")
    return dict(parse_qsl(typed, keep_blank_values=True))


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.get("x", "none")[:12])
def test_a_link_survives(address, harm):
    assert mended(arrives(HARMS[harm](urlencode(address)))) == address


@pytest.mark.parametrize("harm", HARMS)
def test_its_numbers_are_those_of_the_exercise(harm):
    address = mended(arrives(HARMS[harm](urlencode(ADDRESSES[1]))))
    found = link.read(PRESETS["founding"], address)
    assert (found.exercise, found.problem) == (OWN, "")
    assert (found.place.step, found.place.t, found.place.index) == ("z_f", 2, (1,))


@given(st.integers(0, 300))
def test_a_line_may_be_broken_anywhere(at):
    whole = urlencode({"x": OWN.token(), "step": "Wv_f", "t": "2"})
    broken = f"{whole[:at]}=\n{whole[at:]}"
    assert mended(arrives(broken)) == dict(parse_qsl(whole))


def test_what_was_cut_off_is_said_in_one_sentence():
    half = mended(arrives(urlencode({"x": OWN.token()[:-20]})))
    assert link.read(PRESETS["founding"], half).problem.startswith("This link is broken:")


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=40), max_size=5))
def test_any_address_is_read(address):
    found = mended(address)
    assert all(isinstance(value, str) for value in found.values())


@given(
    st.dictionaries(st.sampled_from(sorted(RESERVED)), st.from_regex(r"[\w-]{1,9}", fullmatch=True))
)
def test_what_is_whole_stays_as_it_is(address):
    harmless = {name: value for name, value in address.items() if not value.startswith("3D")}
    assert mended(harmless) == harmless
