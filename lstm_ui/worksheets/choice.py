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
from lstm_ui.session.session import Session

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
    exercise = generate(recipe)
    if exercise != session.exercise:
        session.load(exercise)
        session.answers = {}  # those were to other numbers; Undo brings both back
    t, step = asked(recipe)[0]
    session.visit(CHECK, Address(step, t, (0,)))
    session.notice = WORDS.text("preview", "opened", {"code": recipe.code})


def link_of(recipe: Recipe, here: str | None) -> str:
    """Return where a worksheet's answers are checked; `here` is this page's own address."""
    base = here if here and _ADDRESS.fullmatch(here) else _NOWHERE
    base = base.rstrip("/").removesuffix(f"/{HERE}")
    return f"{base}/{CHECK}?x={recipe.code}"


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
