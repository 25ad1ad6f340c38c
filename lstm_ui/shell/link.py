"""The address bar as text: exercise, step, time step, entry, answers, options.

A step is a place to come back to, so it makes an entry in the browser's history. An edit is not:
it changes the address in place, and Back goes to the step before, not to each keystroke.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypedDict
from urllib.parse import parse_qsl, urlencode

from lstm_core.exercise.exercise import Exercise
from lstm_core.layers import token as layers_token
from lstm_core.layers.around import Around
from lstm_core.trace import Address
from lstm_ui.check.answer_token import from_token, to_token
from lstm_ui.session.address import from_link, to_link
from lstm_ui.session.names import as_own, exercise_named, name_of, title_of
from lstm_ui.session.options import Option, Text, is_option, options_in
from lstm_ui.session.session import Session, TypedAnswers
from lstm_ui.sheet.blocks import Target, Visit
from lstm_ui.shell.mending import mended

FULL = "full"
LONGEST = 7000  # characters: what common proxies pass on
LINKLESS = (
    "This exercise is too large for a link: the address keeps the last one that fitted. "
    "The page Import and export has it as a file."
)
PINLESS = "What is pinned is too large for the link: the address holds the exercise without it."
UNREADABLE_PIN = "The pinned setting in this link could not be read, so nothing is pinned."
STACKLESS = (
    "The other layers are too large for the link: the address holds this layer without them."
)
TEXTLESS = "What you typed is too long for the link: the address holds everything but that."
ANSWERLESS = "Your answers are too many for the link: the address holds the exercise without them."


@dataclass(frozen=True, eq=False)
class Link:
    """What an address says; `problem` is a plain sentence where it could not be read."""

    exercise: Exercise
    base: Exercise
    place: Address
    problem: str = ""
    answers: TypedAnswers = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    untouched: bool = False  # it names no exercise
    pinned: Exercise | None = None
    around: Around | None = None


def parameters(exercise: Exercise, base: Exercise, place: Address) -> dict[str, str]:
    """Return the address's parameters: an exercise by its name or, if it has none, as its token.

    Of an exercise that is too large for a link the token is empty.
    """
    found = {"x": name_of(exercise) or _token(exercise), **to_link(place, exercise.T)}
    if (known := exercise_named(name_of(exercise))) and exercise.decimals != known.decimals:
        found["decimals"] = FULL if exercise.decimals is None else str(exercise.decimals)
    if base != exercise and (name := name_of(base)) and name != found["x"]:
        found["from"] = name
    return found


def query(session: Session, options: Iterable[Option] = ()) -> tuple[str, str]:
    """Return the address's query string, and a sentence where it cannot hold everything.

    `options` are those of the page on screen; the query is empty where even the exercise alone
    would be too long for a link.
    """
    found = parameters(session.exercise, session.base, session.place)
    if not _fits(found):
        return "", LINKLESS
    if session.untouched:
        del found["x"]  # each page has an example of its own: see opening.py
    found, problem = found | _chosen(session, options), ""
    stack = {} if session.untouched else _stack(session.around)
    for more, why in (
        (stack, STACKLESS),
        (_pin(session), PINLESS),
        (_answered(session), ANSWERLESS),
        (_texts(session, options), TEXTLESS),
    ):
        if "" in more.values() or len(urlencode(found | more)) > LONGEST:
            problem = why
        else:
            found |= more
    return urlencode(found), problem


def _pin(session: Session) -> dict[str, str]:
    """The pinned exercise, by its name or as its token; the token is empty if it is too large."""
    pinned = session.pinned
    return {"pin": name_of(pinned) or _token(pinned)} if pinned else {}


def _stack(around: Around | None) -> dict[str, str]:
    """The other layers of a stack, as their token; it is empty if they are too large."""
    return {"stack": _stack_token(around)} if around else {}


def _answered(session: Session) -> dict[str, str]:
    return {"answers": to_token(session.answers)} if session.answers else {}


def _texts(session: Session, options: Iterable[Option]) -> dict[str, str]:
    """What was typed as a text on this page: it may be too long for a link."""
    texts = [option for option in options if isinstance(option, Text)]
    return {one.name: one.of(session.options) for one in texts if one.of(session.options)}


def _chosen(session: Session, options: Iterable[Option]) -> dict[str, str]:
    """The options that are not as they would be without an address, where they are short."""
    options = [option for option in options if not isinstance(option, Text)]
    found = {option.name: _text(option.of(session.options)) for option in options}
    plain = {option.name: _text(option.of({})) for option in options}
    changed = {name: text for name, text in found.items() if text != plain[name]}
    return {name: text for name, text in changed.items() if is_option(name, text)}


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.12g}"


def href(session: Session, page: str, place: Address) -> str:
    """Return a link to a place on another page of the app, for a new tab or to send."""
    return f"./{page}{search(session, place)}"


def target(session: Session, page: str, place: Address) -> Target:
    """Return such a link with what a plain click reports: the place on the page."""
    return {
        "href": href(session, page, place),
        "page": page,
        "step": place.step,
        "t": place.t,
        "entry": place.index[0] if place.index else 0,
    }


def visit(session: Session, label: str, page: str, place: Address) -> Visit:
    """Return the same with a label, to stand behind a sentence."""
    return {"label": label, **target(session, page, place)}


def opening(
    exercise: Exercise, place: Address, label: str, page: str = "", **options: str
) -> Visit | None:
    """Return a link that makes an exercise the reader's, with options of the page that it leads to.

    None where the exercise is too large for a link.
    """
    found = parameters(exercise, exercise, place) | options
    if not _fits(found):
        return None
    query = f"?{urlencode(found)}"
    return {
        "label": label,
        "href": f"./{page}{query}",
        "page": page,
        "step": place.step,
        "t": place.t,
        "entry": place.index[0] if place.index else 0,
        "look_up": query,
    }


def search(session: Session, place: Address) -> str:
    """Return the part of such a link after the page; nothing where it would be too long.

    Where the other layers of a stack are too large for it, it holds the exercise without them.
    """
    found = parameters(session.exercise, session.base, place)
    stack = _stack(session.around)
    whole = found | stack if stack.get("stack") else found
    for one in (whole, found):
        if _fits(one):
            return f"?{urlencode(one)}"
    return ""


def whole_search(session: Session) -> str:
    """Return the part of a link after the page that names the exercise, its stack, and no place.

    Nothing where it would be too long.
    """
    found = parameters(session.exercise, session.base, session.place)
    whole = {key: text for key, text in found.items() if key not in ("step", "t", "entry")}
    whole |= _stack(session.around)
    return f"?{urlencode(whole)}" if "" not in whole.values() and _fits(whole) else ""


def _fits(found: Mapping[str, str]) -> bool:
    return found["x"] != "" and len(urlencode(found)) <= LONGEST


@lru_cache(maxsize=64)
def _stack_token(around: Around) -> str:
    return layers_token.short_token(around, LONGEST) or ""


@lru_cache(maxsize=256)  # a page asks for its link twice: for the address bar, and to share it
def _token(exercise: Exercise) -> str:
    return exercise.short_token(LONGEST) or ""


def read(default: Exercise, address: Mapping[str, str]) -> Link:
    """Return what an address says; where it is broken, the default and a sentence."""
    try:
        exercise = _exercise(address, default)
    except ValueError as error:
        return Link(
            default, default, from_link(default, {}), f"{error} Here is {title_of(default)}."
        )
    exercise, around, lost = _stacked(address, exercise)
    base = replace(_known(address.get("from", "")) or exercise, decimals=exercise.decimals)
    place, options = from_link(exercise, address), options_in(address)
    answers, problem = _answers(address.get("answers", ""))
    pinned, unreadable = _pinned(address.get("pin", ""), exercise.decimals)
    untouched = not address.get("x")
    problem = problem or unreadable or lost
    return Link(exercise, base, place, problem, answers, options, untouched, pinned, around)


def _stacked(address: Mapping[str, str], exercise: Exercise) -> tuple[Exercise, Around | None, str]:
    """The exercise with what it reads in its stack, or the lane that the address names instead."""
    if not (text := address.get("stack", "")):
        return exercise, None, ""
    try:
        found = layers_token.from_token(text, exercise)
        return *layers_token.lane_of(address.get("lane", ""), *found), ""
    except ValueError as error:
        return exercise, None, f"{error} Here is this layer alone."


def _pinned(text: str, decimals: int | None) -> tuple[Exercise | None, str]:
    if not text:
        return None, ""
    try:
        found = exercise_named(text) or as_own(Exercise.from_token(text))
    except ValueError:
        return None, UNREADABLE_PIN
    return replace(found, decimals=decimals), ""


def _answers(token: str) -> tuple[TypedAnswers, str]:
    try:
        return from_token(token), ""
    except ValueError as error:
        return {}, str(error)


def _known(name: str) -> Exercise | None:
    with suppress(ValueError):
        return exercise_named(name)
    return None


def _exercise(address: Mapping[str, str], default: Exercise) -> Exercise:
    text = address.get("x", "")
    exercise = exercise_named(text) or (as_own(Exercise.from_token(text)) if text else default)
    places = address.get("decimals", "")
    if places == FULL:
        return replace(exercise, decimals=None)
    if places in map(str, range(1, 11)):
        return replace(exercise, decimals=int(places))
    return exercise


def parse(search: str) -> dict[str, str]:
    """Return the parameters in an address's query, as the browser writes it: ?x=…&step=…"""
    if len(search) > 2 * LONGEST:
        return {}
    return mended(dict(parse_qsl(search.removeprefix("?"), keep_blank_values=True)))


class AddressBar(TypedDict):
    """What the address bar should hold, why it cannot hold all, and whether Back leads here."""

    query: str
    problem: str
    push: bool


def address_bar(session: Session, options: Iterable[Option], walks: bool) -> AddressBar:
    """Return the query that the browser should show, and whether it is a new place to go Back from.

    `walks` tells whether each step is a place of its own on this page. The sheet's script puts the
    query there. Through Streamlit every change would be a new entry of the history, and would
    redraw the whole page.
    """
    here = (walks, session.place.step if walks else "", session.place.t)
    before, session.in_address_bar = session.in_address_bar, here
    moved = before is not None and before != here and before[0] == walks
    text, problem = query(session, options)
    return {"query": text, "problem": problem, "push": moved}
