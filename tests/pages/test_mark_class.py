"""The page that marks a class, opened as a reader opens it, with tables that were pasted."""

import pytest

from tests.pages.app import button, opened, payload, session

PAGE = "pages/practice/mark_class.py"
TABLE = "Name\tz_i[1]\tz_i[2]\tz_i[3]\nBo\t22\t42\t62\nAnn\t22\t43\tx1\n\nCy\t22\t42\t64"


@pytest.fixture
def app():
    return opened(PAGE, x="founding")


def pasted(app, text, marks=True):
    """Paste a table and, where it can be read, have it marked."""
    app.text_area(key="class_text").set_value(text).run()
    assert not app.exception, app.exception
    if marks and (found := [one for one in app.button if one.label.startswith("Mark ")]):
        found[0].click().run()  # what was marked in this session stays so
        assert not app.exception, app.exception
    return app


def texts(app):
    return [text.value for text in app.main.text]


def test_the_page_says_what_stays_and_what_does_not(app):
    said = " ".join(markdown.value for markdown in app.main.markdown)
    assert "The exercise is in this page's address; the table is not" in said
    assert not app.main.dataframe


def test_the_empty_table_is_offered_twice(app):
    assert [one.label for one in app.get("download_button")] == [
        "Download the empty table as XLSX",
        "Download the empty table as CSV",
    ]


def test_an_exercise_too_large_for_a_table_says_so(app):
    for letter, size in (("n", 8), ("T", 50)):
        app.number_input(key=letter).set_value(size).run()
    assert "columns; expected at most" in app.info[0].value.replace("\\", "")  # it is escaped
    assert not app.get("download_button")


def test_a_class_is_marked(app):
    pasted(app, TABLE)
    assert texts(app)[0] == "3 students, 9 entries. Right: 5, wrong: 3, not a number: 1."
    assert texts(app)[1].startswith("Row 3, column 4 (z_i[3]): “x1” is not a number")
    taken, mistakes, students, steps = (frame.value for frame in app.main.dataframe)
    assert list(taken["Taken for"]) == ["name", "z_i[1]", "z_i[2]", "z_i[3]"]
    assert list(mistakes["Code"]) == ["bias-omitted", "bias-subtracted"]
    assert list(mistakes["Students"]) == [2, 1]
    assert list(students["Name"]) == ["Bo", "Ann", "Cy"]
    assert list(students["Wrong"]) == [2, 0, 1]
    assert list(students["First wrong"]) == ["z_i[2]", "", "z_i[2]"]
    assert list(steps["Students first wrong here"]) == [2]
    figure = payload(app, "class_figure")
    assert figure["data"][0]["x"] == [2, 1]
    assert "bias-omitted, the bias was left out: 2 students" in figure["alt"]
    assert len(app.get("download_button")) == 6


def test_another_exercise_marks_the_same_table_anew(app):
    pasted(app, TABLE)
    app.selectbox(key="example").select("unsaturated").run()
    assert not texts(app)
    pasted(app, TABLE)
    assert app.text_area(key="class_text").value == TABLE
    assert texts(app)[0] == "3 students, 9 entries. Wrong: 8, not a number: 1."


def test_nothing_is_marked_before_the_columns_are_agreed_on(app):
    pasted(app, f"{TABLE}\nDi\t22", marks=False)
    assert list(app.main.dataframe[0].value["Taken for"]) == ["name", "z_i[1]", "z_i[2]", "z_i[3]"]
    assert button(app, "Mark 4 students")
    assert len(app.main.dataframe) == 1
    assert texts(app) == []


def test_a_students_sheet_and_points_are_chosen_in_the_address(app):
    pasted(app, TABLE)
    assert not app.main.get("iframe")
    app.selectbox(key="class_student").select(2).run()
    (frame,) = app.main.get("iframe")
    assert "<h1>Bo</h1>" in frame.proto.srcdoc
    assert "1 of 3 points, 33.3 %" in frame.proto.srcdoc
    app.number_input(key="class_points").set_value(12).run()
    (frame,) = app.main.get("iframe")
    assert "4 of 12 points, 33.3 %" in frame.proto.srcdoc
    assert "points=12&row=2" in payload(app, "sheet")["query"]
    students = app.main.dataframe[2].value
    assert list(students["Points"]) == [4, 8, 8]


def test_the_map_has_a_sign_for_each_entry_and_a_click_opens_the_sheet(app):
    pasted(app, TABLE)
    figure = payload(app, "class_map")
    assert figure["data"][0]["text"] == [["✓", "✗", "✗"], ["✓", "✓", "?"], ["✓", "✗", "✓"]]
    assert figure["data"][0]["customdata"][1] == ["3", "3", "3"]
    assert "3 students by 3 entries" in figure["alt"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Name\nBo", "No column is an answer"),
        ("Name,z_i[1]", "There are headers and nothing below them"),
        ('Name,z_i[1]\n"Bo,22', "is not closed"),
        ("Name,z_i[1]\nBo," + "9" * 1001, "1\\,001 characters"),
    ],
)
def test_what_cannot_be_read_is_said_and_stays_in_its_field(app, text, told):
    pasted(app, text)
    assert told in app.error[0].value
    assert app.text_area(key="class_text").value == text
    by_hand = told == "No column is an answer"  # then it can be chosen what each column is
    assert [one.key for one in app.main.dataframe] == ["class_columns"] * by_hand
    assert not [one for one in app.main.button if one.label.startswith("Mark ")]
    pasted(app, TABLE)
    assert not app.error


def test_names_are_no_markup(app):
    hostile = "**b** :red[x] $\\rule{1em}{1em}$ <img src=x> [a](http://b)"
    pasted(app, f"Name\tz_i[1]\tz_q[1]\n{hostile}\t{hostile}\t1\nBo\t22\t2")
    assert hostile[:20] in texts(app)[2]
    assert hostile in list(app.main.dataframe[1].value["Name"])
    markdown = [one.value for one in (*app.main.markdown, *app.main.caption, *app.error)]
    assert not any("img" in text or ":red" in text for text in markdown)


def test_no_table_on_the_page_holds_a_formula(app):
    pasted(app, "=1+1\tz_i[1]\n=cmd|'/c calc'!A1\t22")
    taken, shown, *_ = (frame.value for frame in app.main.dataframe)
    assert next(iter(taken["Header"])) == "'=1+1"
    assert list(shown.columns)[1] == "'=1+1"
    assert list(shown["'=1+1"]) == ["'=cmd|'/c calc'!A1"]


def test_two_columns_of_one_name_are_told_apart(app):
    pasted(app, "Name\tName\tName (2)\tz_i[1]\nAda\tB\tC\t22")
    assert list(app.main.dataframe[1].value.columns)[1:4] == ["Name", "Name (2)", "Name (2) (2)"]


def test_all_right_needs_no_figure(app):
    pasted(app, "Name\tz_i[1]\nBo\t22")
    assert "Nothing is wrong." in texts(app)
    with pytest.raises(KeyError):
        payload(app, "class_figure")


def test_the_table_comes_back_after_another_page(app):
    pasted(app, TABLE)
    app.switch_page("pages/learn/all_steps.py").run()
    assert session(app).exercise.title
    app.switch_page(PAGE).run()
    assert app.text_area(key="class_text").value == TABLE
    assert texts(app)[0].startswith("3 students")
