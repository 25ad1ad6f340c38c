"""Which worksheet is on screen, and what can be done with it.

Its code is all there is to know: it stands in the address, and each control makes another code.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lstm_core.lesson.words import words
from lstm_core.marking.slips.words import WORDS as MISTAKES
from lstm_core.trace import Address
from lstm_core.worksheets.recipe import SEEDS, Recipe, asked, generate
from lstm_core.worksheets.search import Alike, alike, find
from lstm_core.worksheets.task import Task, asks, task_of
from lstm_ui.classes.choices import POINTS
from lstm_ui.session.options import Choice, Word
from lstm_ui.session.session import Session
from lstm_ui.shell import link

WORDS = words("worksheets")
CHECK = "check_my_work"  # the page that marks the answers
HERE = "worksheet"
_NOWHERE = "http://localhost:8501"  # where Streamlit serves when nobody says otherwise
_ADDRESS = re.compile(r"https?://[!-~]{1,200}")
_MOST = 3  # pairs of mistakes that are listed


@dataclass(frozen=True)
class Code:
    """An option that is the code of a worksheet."""

    name: str

    def of(self, chosen: Mapping[str, str]) -> str:
        """Return the code that was chosen, as it is printed; the plainest one where it is none."""
        try:
            return Recipe.from_code(chosen.get(self.name, "")).code
        except ValueError:
            return Recipe().code


CODE = Code("w")
FROM = Choice("of", ("code", "screen"))  # which exercise the worksheet is about
ASKS = Word("asks")  # which steps are asked of the exercise on screen
SIDES = Choice("sides", ("two", "one"))  # how many worksheets are printed
OPTIONS = (CODE, FROM, ASKS, SIDES, POINTS)


def chosen(session: Session) -> Recipe:
    """Return the worksheet on screen."""
    return Recipe.from_code(CODE.of(session.options))


def problem(session: Session) -> str:
    """Return why the code in the address is none, in a sentence; nothing where all is well."""
    try:
        Recipe.from_code(session.options.get(CODE.name, CODE.of({})))
    except ValueError as error:
        return f"{error} Here is worksheet {CODE.of({})}."
    return ""


def change(session: Session, **values: Any) -> None:
    """Make it a worksheet of another kind, with the first good numbers from its own on."""
    recipe = replace(chosen(session), **values)
    show(session, find(recipe, recipe.seed))


def another(session: Session) -> None:
    """Make it the next worksheet of the same kind."""
    recipe = chosen(session)
    show(session, find(recipe, (recipe.seed + 1) % SEEDS))


def show(session: Session, recipe: Recipe) -> None:
    """Put a worksheet on screen, and its code into the address."""
    session.options = {**session.options, CODE.name: recipe.code}


def check(session: Session, code: str) -> None:
    """Open a worksheet's exercise on the page that marks it; ValueError for a code that is none."""
    recipe = Recipe.from_code(code)
    open_exercise(session, recipe)
    session.visit(CHECK, session.place)
    session.notice = WORDS.text("preview", "opened", {"code": recipe.code})


def open_exercise(session: Session, recipe: Recipe, notice: str = "") -> None:
    """Open a worksheet's exercise, at the first step that it asks for."""
    exercise = generate(recipe)
    if exercise != session.exercise:
        session.load(exercise, notice)
    t, step = asked(recipe)[0]
    session.place = Address(step, t, (0,))


def link_of(recipe: Recipe, here: str | None) -> str:
    """Return where a worksheet's answers are checked; `here` is this page's own address."""
    return f"{_base(here)}/{CHECK}?x={recipe.code}"


def confusions_sentence(recipe: Recipe) -> str:
    """Return what this worksheet cannot tell apart, as a sentence; nothing where it can."""
    pairs = list(dict.fromkeys(map(_pair_words, alike(recipe))))
    if not pairs:
        return ""
    listed = pairs[:_MOST]
    if len(pairs) > _MOST:
        listed.append(WORDS.text("alike", "more", {"count": len(pairs) - _MOST}))
    return WORDS.text("alike", "pairs", {"pairs": "; ".join(listed)})


def _pair_words(pair: Alike) -> str:
    other = MISTAKES.get(pair.other) or WORDS.text("alike", "nothing wrong")
    return WORDS.text("alike", "pair", {"one": MISTAKES[pair.code], "other": other})


def set_option(session: Session, name: str, value: str) -> None:
    """Choose one of the page's options."""
    session.options = {**session.options, name: value}


def of_screen(session: Session) -> bool:
    """Tell whether the worksheet is about the exercise on screen."""
    return FROM.of(session.options) == "screen"


def asks_of(session: Session) -> str:
    """Return what is asked of the exercise on screen: a key of `asks`; everything by default."""
    wanted = ASKS.of(session.options)
    return wanted if wanted in asks(session.exercise.cell) else "every"


def task(session: Session) -> Task:
    """Return what the worksheet on screen asks."""
    if of_screen(session):
        return Task(session.exercise, asks(session.exercise.cell)[asks_of(session)])
    return task_of(chosen(session))


def task_link(session: Session, here: str | None) -> str:
    """Return where its answers are checked; nothing where the exercise is too large for a link."""
    if not of_screen(session):
        return link_of(chosen(session), here)
    asked = task(session).asked.names
    search = link.search(session, Address(asked[0], 0, (0,)))
    some = asks_of(session) in ("gates", "states")
    return f"{_base(here)}/{CHECK}{search}{'&ask=states' if some else ''}" if search else ""


def _base(here: str | None) -> str:
    base = here if here and _ADDRESS.fullmatch(here) else _NOWHERE
    return base.rstrip("/").removesuffix(f"/{HERE}")
