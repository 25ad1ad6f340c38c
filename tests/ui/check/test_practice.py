from lstm_core.cells import gru
from lstm_core.worksheets.recipe import Recipe, generate
from lstm_ui.session.names import name_of
from tests.core.exercises import some
from tests.ui.blocks import of_kind
from tests.ui.check.answered import answered
from tests.ui.check.test_blocks import blocks
from tests.ui.sessions import FOUNDING, do, session_at


def tools(session):
    bars = [bar for bar in of_kind(blocks(session), "toolbar") if bar["id"] == "practice"]
    return [item["act"] for bar in bars for item in bar["items"]]


def test_after_a_mistake_it_can_be_practised():
    assert tools(session_at()) == []
    assert tools(answered(("22",))) == ["again"]
    assert tools(answered()) == ["practise", "again"]
    other = do(session_at("h", some(gru())), "answer", cell="h:0", text="0.123")
    assert tools(other) == []


def test_practise_opens_a_short_sheet_on_the_step_that_went_wrong_and_undo_goes_back():
    session = do(answered(), "practise")
    recipe = Recipe.from_code(name_of(session.exercise))
    assert (recipe.steps, recipe.m, recipe.n, recipe.order) == ("input", 3, 3, "xh")
    assert (session.place.step, session.answers, session.aside) == ("Wv_i", {}, {})
    assert recipe.code in session.notice
    do(session, "undo")
    assert session.exercise == FOUNDING
    assert len(session.answers) == 3


def test_another_like_it_asks_the_same_with_other_numbers():
    first = Recipe(steps="gates", decimals=4)
    session = do(session_at("f", generate(first)), "answer", cell="f:0", text="0.5")
    do(session, "again")
    other = Recipe.from_code(name_of(session.exercise))
    assert (other.steps, other.decimals) == ("gates", 4)
    assert other != first


def test_where_there_are_no_worksheets_nothing_happens():
    session = session_at("h", some(gru()))
    assert do(session, "again").exercise == some(gru())
