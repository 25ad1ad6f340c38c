"""What to practise next: another exercise like this one, or one on the step that went wrong."""

from lstm_core.exercise.presets import PRESETS
from lstm_core.marking.summary import Summary
from lstm_core.worksheets.practice import after, like
from lstm_core.worksheets.recipe import ASKED, Recipe
from lstm_ui.check.answers import verdicts_on
from lstm_ui.check.hints import WORDS
from lstm_ui.session.names import name_of
from lstm_ui.session.session import Session
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Toolbar
from lstm_ui.worksheets.choice import open_exercise


def recipe_of(session: Session) -> Recipe | None:
    """Return the worksheet on screen, or the one that comes nearest to the exercise there."""
    name = name_of(session.exercise)
    known = name and name not in PRESETS
    return Recipe.from_code(name) if known else like(session.exercise)


def again(session: Session) -> None:
    """Open another exercise like this one."""
    _open(session, "")


def practise(session: Session) -> None:
    """Open an exercise on the step that went wrong first."""
    first = next((at for at, v in verdicts_on(session).items() if v.mistakes), None)
    _open(session, first.step if first else "")


def _open(session: Session, step: str) -> None:
    recipe = recipe_of(session)
    if recipe is None:
        return
    recipe = after(recipe, step)
    known = {"code": recipe.code, "asked": ASKED[recipe.steps].title}
    open_exercise(session, recipe, WORDS.text("practice", "opened", known))
    session.aside = {}  # they are done with, and Undo brings them back


def tools(session: Session, found: Summary) -> list[Toolbar]:
    """Return the buttons that lead on; none where there are no worksheets of this cell."""
    if recipe_of(session) is None:
        return []
    words = WORDS.texts["practice"]
    every = [blocks.tool("again", words["again"], True, words["again, help"])]
    if found.codes:
        every.insert(0, blocks.tool("practise", words["practise"], True, words["practise, help"]))
    return [blocks.toolbar(*every, key="practice")]
