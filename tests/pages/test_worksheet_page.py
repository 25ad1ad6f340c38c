"""The page that makes worksheets, opened as a reader opens it."""

from dataclasses import replace

import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.worksheets.recipe import Recipe, generate
from lstm_core.worksheets.search import find
from lstm_core.worksheets.task import task_of
from lstm_files.worksheet.sheet import key_html, worksheet_html
from lstm_ui.sheet.plain_text import escaped
from lstm_ui.worksheets.choice import chosen, link_of
from tests.core.exercises import some
from tests.pages.app import button, opened, payload, session

PAGE = "pages/practice/worksheet.py"


@pytest.fixture
def app():
    return opened(PAGE)


def preview(app):
    (frame,) = app.main.get("iframe")
    return frame.proto.srcdoc


def test_the_page_shows_the_worksheet_of_its_code(app):
    assert preview(app) == worksheet_html(task_of(Recipe()), link_of(Recipe(), None))
    labels = [one.label for one in app.get("download_button")]
    assert labels == [
        *("Download the worksheet", "Download the key", "Download it for Moodle"),
    ]


def test_the_key_is_a_click_away(app):
    app.main.radio[1].set_value("Key").run()
    assert preview(app) == key_html(task_of(Recipe()), link_of(Recipe(), None))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("m", 3),
        ("n", 2),
        ("T", 2),
        ("order", "xh"),
        ("decimals", 4),
        ("level", "unsaturated"),
        ("steps", "gates"),
    ],
)
def test_each_control_makes_another_worksheet(app, key, value):
    app.selectbox(key=f"w_{key}").set_value(value).run()
    recipe = find(Recipe(**{key: value}))
    assert chosen(session(app)) == recipe
    assert payload(app, "sheet")["query"].endswith(f"w={recipe.code}")
    assert recipe.code in preview(app)
    assert app.selectbox(key=f"w_{key}").value == value


def test_another_one(app):
    button(app, "Another one").click().run()
    assert chosen(session(app)) == find(Recipe(), 1)
    assert find(Recipe(), 1).code in preview(app)


def test_a_link_opens_its_worksheet():
    recipe = Recipe(n=2, level="integers", steps="states", seed=5)
    app = opened(PAGE, w=recipe.code)
    assert recipe.code in preview(app)
    assert app.selectbox(key="w_steps").value == "states"
    told = [markdown.value for markdown in app.main.markdown]
    assert any("some mistakes look like others" in text for text in told)


def test_a_broken_link_says_so():
    app = opened(PAGE, w="6PZP-4833")
    assert "is no worksheet code" in app.warning[0].value
    assert Recipe().code in preview(app)


def test_a_code_from_paper_opens_the_page_that_marks_it(app):
    recipe = Recipe(steps="gates", seed=3)
    app.text_input(key="w_code").set_value(recipe.code.lower()).run()
    assert session(app).exercise == generate(recipe)
    assert not app.main.get("iframe")
    assert payload(app, "sheet")["query"].startswith(f"x={recipe.code}")


@pytest.mark.parametrize("text", ["6PZP-4833", "K7", "**bold** <b> $x$", "0" * 40])
def test_a_wrong_code_is_refused_beside_its_field(app, text):
    app.text_input(key="w_code").set_value(text).run()
    button(app, "Open it").click().run()
    assert len(app.error) == 1
    assert "worksheet code" in app.error[0].value
    assert app.text_input(key="w_code").value == text
    assert app.main.get("iframe")


def test_a_hostile_code_is_no_markup(app):
    app.text_input(key="w_code").set_value(":red[x]").run()
    assert app.error[0].value.endswith("given “\\:”\\.")


def test_the_worksheet_on_screen_can_be_checked(app):
    button(app, "Check answers to it").click().run()
    assert session(app).exercise == generate(Recipe())
    assert not app.main.get("iframe")


def test_many_at_once(app):
    app.number_input(key="w_count").set_value(3).run()
    button(app, "Make 3 variants").click().run()
    assert not app.exception
    assert "Download them" in [one.label for one in app.get("download_button")]
    app.run()
    assert "Download them" in [one.label for one in app.get("download_button")]
    button(app, "Another one").click().run()
    assert "Download them" not in [one.label for one in app.get("download_button")]


def test_a_worksheet_of_the_exercise_on_screen_with_its_own_title():
    own = replace(PRESETS["unsaturated"].with_readout(2), title="Monday", source="by me")
    app = opened(PAGE, x=own.token())
    app.radio(key="w_of").set_value("screen").run()
    assert "<h1>Monday</h1>" in preview(app)
    app.selectbox(key="w_asks").select("f").run()
    app.number_input(key="w_points").set_value(12).run()
    assert "forget gate alone" in preview(app)
    assert "asks=f&points=12" in payload(app, "sheet")["query"].replace("of=screen&", "")
    assert "/ 12</em>" in preview(app)
    assert not [one for one in app.button if one.label == "Another one"]


def test_a_title_is_no_markup():
    hostile = "**b** :red[x] $\\rule{1em}{1em}$ <img src=x> [a](http://b)"
    app = opened(PAGE, x=replace(PRESETS["unsaturated"], title=hostile).token(), of="screen")
    (label,) = (text for text in app.radio(key="w_of").options if "img" in text)
    assert label.endswith(escaped(hostile))


def test_named_sheets_of_the_exercise_on_screen():
    app = opened(PAGE, x="founding", of="screen", asks="gates")
    assert not [one for one in app.button if one.label.startswith("Make")]
    app.text_area(key="w_names").set_value("Ada Lovelace\nAlan Turing").run()
    button(app, "Make 2 worksheets with names").click().run()
    assert not app.exception
    assert "Download them" in [one.label for one in app.get("download_button")]


def test_a_list_without_names_says_so():
    app = opened(PAGE)
    app.text_area(key="w_names").set_value("1\n2").run()
    assert "No name is here" in app.error[0].value
    assert app.text_area(key="w_names").value == "1\n2"
    button(app, "Make 30 variants")


def test_too_many_boxes_are_refused_in_a_sentence():
    app = opened(PAGE, x=some(n=16, m=4, T=9).token(), of="screen")
    assert "boxes to fill in" in app.info[0].value
    assert not app.main.get("iframe")
