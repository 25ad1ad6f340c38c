from dataclasses import replace

import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.worksheets.recipe import Recipe, generate
from lstm_ui.session.names import TITLES, as_own, name_of, title_of
from tests.core.exercises import some

FOUNDING = PRESETS["founding"]


def test_an_example_is_called_on_screen_what_it_is_whatever_its_title_in_links_and_files():
    assert title_of(FOUNDING) == "The Stack Exchange example"
    assert title_of(replace(FOUNDING, decimals=1)) == "The Stack Exchange example"
    assert name_of(FOUNDING) == "founding"


def test_any_other_exercise_has_its_own_title():
    assert [title_of(some(title=title)) for title in ("", "Mine", "gru [x]")] == [
        "My own numbers",
        "Mine",
        "gru [x]",
    ]
    assert {PRESETS[name].title for name in PRESETS} >= TITLES.texts.keys() - {"own numbers"}


EDITED = FOUNDING.with_entry("b_f", (0,), 7.0)
SHEET = generate(Recipe(seed=3))


@pytest.mark.parametrize("exercise", [FOUNDING, SHEET])
def test_edited_numbers_do_not_keep_the_title_and_citation_of_what_they_were(exercise):
    edited = exercise.with_entry("b_f", (0,), 7.0)
    assert (as_own(edited).title, as_own(edited).source) == ("", "")
    assert as_own(replace(edited, title="Mine", source="")).title == "Mine"
    assert as_own(edited).arrays == edited.arrays


@pytest.mark.parametrize("exercise", [*PRESETS.values(), SHEET], ids=lambda one: one.title)
def test_published_numbers_keep_theirs_with_any_decimals_and_notes(exercise):
    shown = replace(exercise, decimals=2, notes={"h": "Look."})
    assert as_own(shown) is shown


def test_numbers_that_are_the_first_ones_again_are_that_example_again():
    assert as_own(replace(FOUNDING, title="", source=""), FOUNDING) == FOUNDING
    assert as_own(replace(EDITED, title="", source=""), FOUNDING).title == ""


@pytest.mark.parametrize("title", ["Worksheet 3", "Worksheet 6PZP-4833", "Worksheet", "x" * 200])
def test_a_teachers_own_title_stays(title):
    assert as_own(replace(EDITED, title=title, source="")).title == title
