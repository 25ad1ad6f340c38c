import pytest

from lstm_core.cells import gru
from lstm_core.exercise.presets import PRESETS
from lstm_core.marking.check import check
from lstm_core.worksheets.practice import after, like
from lstm_core.worksheets.recipe import ASKED, Recipe, generate
from lstm_core.worksheets.search import alike
from tests.core.exercises import some
from tests.core.marking.sheets import SLIPS, by_hand


def test_it_has_the_sizes_of_the_exercise_as_far_as_worksheets_have_them():
    unsaturated = like(PRESETS["unsaturated"])
    assert (unsaturated.m, unsaturated.n, unsaturated.T, unsaturated.order) == (2, 3, 3, "hx")
    large = like(some(m=20, n=9, T=7, decimals=None))
    assert (large.m, large.n, large.T, large.decimals) == (6, 6, 4, 3)
    assert like(PRESETS["founding"]).order == "xh"
    assert like(PRESETS["founding"].with_readout(1)) == like(PRESETS["founding"].with_readout(1))


def test_of_another_kind_of_cell_there_is_none():
    assert like(some(gru())) is None


def test_another_one_asks_the_same_with_other_numbers():
    recipe = Recipe(steps="gates", decimals=4)
    other = after(recipe)
    assert (other.steps, other.decimals) == ("gates", 4)
    assert other.seed != recipe.seed


@pytest.mark.parametrize(
    ("step", "steps"), [("z_i", "input"), ("f", "forget"), ("kept", "every"), ("C", "states")]
)
def test_it_asks_for_as_little_as_leads_through_the_step(step, steps):
    assert after(Recipe(), step).steps == steps


@pytest.mark.parametrize("code", ["bias-omitted", "tanh-for-sigmoid"])
def test_the_mistake_that_was_made_shows_there_and_is_named(code):
    recipe = after(Recipe(decimals=4), SLIPS[code].step)
    exercise = generate(recipe)
    assert not alike(recipe)
    names = ASKED[recipe.steps].names
    sheet = {at: row for at, row in by_hand(exercise, 4, SLIPS[code]).items() if at[1] in names}
    found = check(exercise, sheet)
    assert {v.mistakes[0].code for v in found.values() if v.state == "wrong"} == {code}
