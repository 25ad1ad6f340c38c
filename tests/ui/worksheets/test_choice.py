import pytest

from lstm_core.trace import Address
from lstm_core.worksheets.recipe import Recipe, generate
from lstm_core.worksheets.search import alike, find
from lstm_ui.shell import link
from lstm_ui.worksheets.choice import (
    CODE,
    another,
    change,
    check,
    chosen,
    confusions_sentence,
    link_of,
    problem,
    show,
)
from tests.core.exercises import ONE_SENTENCE
from tests.ui.sessions import session_at

OTHER = Recipe(n=2, seed=77)


@pytest.mark.parametrize("text", ["", "6PZP-4833", "<b>", "nothing"])
def test_an_address_without_a_code_shows_the_first_worksheet(text):
    session = session_at()
    session.options = {"w": text}
    assert chosen(session) == Recipe()
    assert problem(session).endswith(f" Here is worksheet {Recipe().code}.")


def test_a_code_in_the_address_is_the_worksheet():
    session = session_at()
    assert (chosen(session), problem(session)) == (Recipe(), "")
    session.options = {"w": OTHER.code.lower().replace("-", "")}
    assert (chosen(session), problem(session)) == (OTHER, "")


def test_the_address_holds_the_code_unless_it_is_the_first():
    session = session_at()
    assert "w=" not in link.query(session, [CODE])[0]
    show(session, OTHER)
    assert f"w={OTHER.code}" in link.query(session, [CODE])[0].split("&")


def test_a_change_keeps_the_rest_and_finds_good_numbers():
    session = session_at()
    show(session, OTHER)
    session.options["mode"] = "dark"
    change(session, steps="gates", level="integers", n=4)
    recipe = chosen(session)
    assert recipe == find(Recipe(n=4, level="integers", steps="gates"), 77)
    assert alike(recipe) == ()
    assert session.options["mode"] == "dark"


def test_another_one_is_the_next_good_one():
    session = session_at()
    another(session)
    assert chosen(session) == find(Recipe(), 1)
    show(session, Recipe(seed=99_999))
    another(session)
    assert chosen(session) == find(Recipe())


def test_a_worksheet_is_opened_on_the_page_that_marks_it():
    session = session_at()
    recipe = Recipe(steps="output", T=2)
    check(session, recipe.code.lower())
    assert session.exercise == session.base == generate(recipe)
    assert session.leaving == "check_my_work"
    assert session.place == Address("Wv_o", 0, (0,))
    assert recipe.code in session.notice


def test_the_answers_to_other_numbers_are_put_away_and_undo_brings_them_back():
    session = session_at()
    session.answer({Address("f", 0, (0,)): "0.5"})
    check(session, OTHER.code)
    assert session.answers == {}
    mine = {Address("C", 0, (1,)): "1.2"}
    session.answer(mine)
    check(session, OTHER.code)
    assert session.answers == mine
    session.undo()
    session.undo()
    assert (session.exercise, len(session.answers)) == (session_at().exercise, 1)


def test_a_wrong_code_changes_nothing():
    session = session_at()
    with pytest.raises(ValueError, match=ONE_SENTENCE):
        check(session, "6PZP-4833")
    assert (session.exercise, session.leaving) == (session_at().exercise, None)


@pytest.mark.parametrize(
    ("here", "base"),
    [
        (None, "http://localhost:8501"),
        ("", "http://localhost:8501"),
        ("javascript:alert(1)/worksheet", "http://localhost:8501"),
        ("https://a.example/ <b>", "http://localhost:8501"),
        ("https://a.example/" + "x" * 300, "http://localhost:8501"),
        ("https://lstm.example.org/worksheet", "https://lstm.example.org"),
        ("https://lstm.example.org/a/worksheet/", "https://lstm.example.org/a"),
        ("https://lstm.example.org/a/", "https://lstm.example.org/a"),
    ],
)
def test_the_link_leads_to_the_page_that_marks_it(here, base):
    assert link_of(OTHER, here) == f"{base}/check_my_work?x={OTHER.code}"
    assert link.read(generate(Recipe()), {"x": OTHER.code}).exercise == generate(OTHER)


def test_what_cannot_be_told_apart_is_said_and_nothing_else():
    assert confusions_sentence(find(Recipe())) == ""
    few = find(Recipe(m=1, n=1, level="integers", steps="gates", decimals=2))
    words = confusions_sentence(few)
    assert words.count("“") == 6
    assert "more. More decimals" in words
    sheets = (Recipe(m=2, n=2, level="integers", seed=seed) for seed in range(50))
    words = confusions_sentence(next(sheet for sheet in sheets if len(alike(sheet)) == 1))
    assert words.count("“") == 2
    assert "more. More" not in words
