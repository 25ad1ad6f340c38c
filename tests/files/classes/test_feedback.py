from dataclasses import replace
from html import unescape

import pytest

from lstm_files.classes.feedback import (
    feedback_csv,
    feedback_html,
    feedback_table,
    rows_of,
    summary_sentence,
)
from lstm_files.classes.marking import mark_class, marked
from lstm_files.classes.reading import read_class
from lstm_files.tables.read import read_table
from tests.files.classes.test_marking import FOUNDING, RECIPES, ROWS, variants
from tests.files.worksheet.test_sheet import Page

HOSTILE = "=cmd|'/c calc'!A1 <script>alert(1)</script>"


@pytest.fixture
def found():
    return mark_class(FOUNDING, ROWS)


def test_every_entry_has_its_verdict_and_what_is_wrong_a_reason(found):
    rows = {row[0]: row[1:] for row in rows_of(found.students[1])}
    assert rows["z_i[1]"] == ("22", "✓ right", "22", "")
    typed, verdict, right, why = rows["z_i[2]"]
    assert (typed, verdict, right) == ("42", "✗ wrong", "43")
    assert why.startswith("42 is W_i·v before the bias; 42 + 1 = 43.")
    assert {row[0]: row[2] for row in rows_of(found.students[2])}["i[1]"] == "not answered"
    assert "is not a number" in rows_of(found.students[3])[0][4]
    assert rows_of(found.students[3])[2][4] == "No known mistake gives this number."


def test_what_follows_from_earlier_values_is_said_beside_the_truth():
    rows = [["Name", "z_f[1]", "f[1]"], ["Ann", "1.2", "0.769"]]
    exercise = replace(FOUNDING, decimals=3)
    followed = rows_of(mark_class(exercise, rows).students[0])[1]
    assert followed[2:4] == ("→ right from earlier values", "1.000 (from your values 0.769)")


def test_each_student_has_a_page_of_their_own(found):
    page = Page(feedback_html(found, "Monday", 8).decode())
    assert page.all("h1") == ["Ann A", "Bo B", "Cy A", "Cy A"]
    assert len(page.all("article")) == 4
    points = [text for text in page.all("strong") if "points" in text]
    assert points == [
        "8 of 8 points, 100 %",
        "4 of 8 points, 50 %",
        "0 of 8 points, 0 %",
        "2 of 8 points, 25 %",
    ]
    told = "".join(page.all("article")[1:2])
    assert "The first wrong entry is z_i[2]. 42 is W_i·v before the bias" in told
    one = Page(feedback_html(found, "Monday", 8, found.students[1:2]).decode())
    assert one.all("h1") == ["Bo B"]


def test_a_worksheet_of_ones_own_is_named():
    page = Page(feedback_html(mark_class(FOUNDING, variants(lambda r: r.code)), "x").decode())
    assert [f"worksheet {recipe.code}" for recipe in RECIPES] == [
        text for text in page.all("p") if text.startswith("worksheet ")
    ]


def test_names_and_answers_stay_text_and_no_cell_is_a_formula():
    rows = [[HOSTILE, "z_i[1]"], [HOSTILE, HOSTILE], ["@x", "\t=1"], ["-2+3", "22"]]
    found = mark_class(FOUNDING, rows)
    text = feedback_html(found, HOSTILE).decode()
    assert Page(text).all("script") == []
    assert HOSTILE in unescape(text)
    data = feedback_csv(found).decode("utf-8-sig")
    cells = [cell for row in data.splitlines() for cell in row.split('","')]
    assert not [cell for cell in cells if cell.lstrip('"')[:1] in {*"=+-@\t"}]


def test_the_csv_has_what_a_course_system_looks_for():
    """Moodle's importer finds Identifier, Grade, Last modified (grade) and Feedback comments."""
    top = ["Identifier", "Full name", "Grade", "Maximum Grade", "Last modified (grade)", "z_i[1]"]
    row = ["Participant 17", "Ann B", "", "10", "Monday, 30 November 2026", "21"]
    found = mark_class(FOUNDING, [top, row])
    rows = read_table(feedback_csv(found, 10), "feedback.csv")
    assert rows[0] == [
        *("Identifier", "Full name", "Maximum Grade"),
        *("Grade", "Last modified (grade)", "Feedback comments"),
    ]
    assert rows[1][:5] == ["Participant 17", "Ann B", "10", "0", "Monday, 30 November 2026"]
    told = "z_i[1] = 21: wrong. 21 is W_i·v before the bias; 21 + 1 = 22."
    assert rows[1][5].startswith(told)


def test_without_names_the_row_is_the_name():
    rows = feedback_table(mark_class(FOUNDING, [["z_i[1]"], ["22"], [""]]))
    assert [row[0] for row in rows] == ["Student", "Row 2"]
    assert rows[1][1:] == [1, "", "All right."]


def test_how_far_marking_is_is_told():
    told = []
    marked(read_class(FOUNDING, ROWS), lambda done, of: told.append((done, of)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_column_can_be_made_the_one_with_the_codes():
    rows = variants(lambda recipe: recipe.code)
    rows += [["S", "unreadable", "1", "2", "3"]] * 4
    assert read_class(FOUNDING, rows).codes is None
    assert read_class(FOUNDING, rows, {1: "worksheet code"}).codes == 1
    assert read_class(FOUNDING, rows[:4], {1: "name"}).codes is None


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (("1.200", "0.769"), "Nothing is wrong."),
        (("", ""), "Not answered: 2."),
        (("1.2", "1"), "Nothing is wrong. Too coarse to tell: 1."),
        (("1", "1"), "Too coarse to tell: 2."),
    ],
)
def test_of_what_is_neither_right_nor_wrong_it_is_not_only_said_that_nothing_is_wrong(
    answers, said
):
    exercise = replace(
        FOUNDING, decimals=3, params={**FOUNDING.params, "b_f": FOUNDING.params["b_f"] * 0 + 1.2}
    )
    exercise = replace(exercise, params={**exercise.params, "W_f": exercise.params["W_f"] * 0})
    found = mark_class(exercise, [["Name", "z_f[1]", "f[1]"], ["Ann", *answers]])
    assert summary_sentence(found.students[0]) == said
