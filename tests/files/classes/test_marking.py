import io
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from lstm_core.exercise.presets import PRESETS
from lstm_core.marking.check import check
from lstm_core.trace import Address
from lstm_core.worksheets.recipe import Recipe, generate
from lstm_files.classes.marking import BLANK_ROWS, mark_class, template
from lstm_files.classes.reading import read_class
from lstm_files.classes.results import (
    mistakes_table,
    results_csv,
    results_table,
    results_xlsx,
    steps_table,
)
from lstm_files.tables.csv_text import write_csv
from lstm_files.tables.read import read_table
from lstm_files.tables.xlsx import write_xlsx
from lstm_files.worksheet.variants import recipes
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES

FOUNDING, STEPS3 = PRESETS["founding"], PRESETS["unsaturated"]
HEADERS = ["Name", "Group", "z_i[1]", "z_i[2]", "z_i[3]", "i[1]"]
ROWS = [
    HEADERS,
    ["Ann", "A", "22", "43", "64", "1"],
    ["Bo", "B", "22", "42", "62", "1"],
    ["", "", "", "", "", ""],
    ["Cy", "A", "21", "42", "63", ""],
    ["Cy", "A", "x1", "43", "999", "1.5"],
]


@pytest.fixture
def marked():
    return mark_class(FOUNDING, ROWS)


def test_the_students(marked):
    assert [(s.row, s.names) for s in marked.students] == [
        (2, ("Ann", "A")),
        (3, ("Bo", "B")),
        (5, ("Cy", "A")),
        (6, ("Cy", "A")),
    ]
    assert marked.name_headers == ("Name", "Group")
    assert marked.columns == (*(Address("z_i", 0, (j,)) for j in range(3)), Address("i", 0, (0,)))


def test_the_founding_example_is_marked_as_it_is_alone(marked):
    bo = marked.students[1].summary
    assert bo.counts == {"right": 2, "wrong": 2}
    assert bo.first_wrong == Address("z_i", 0, (1,))
    assert bo.codes == (("bias-omitted", 1), ("bias-subtracted", 1))


def test_only_what_has_a_column_is_counted(marked):
    ann, _, cy, last = (student.summary for student in marked.students)
    assert ann.counts == {"right": 4}
    assert cy.counts == {"wrong": 3, "blank": 1}
    assert last.counts == {"right": 1, "wrong": 1, "impossible": 1, "unreadable": 1}


def test_the_steps(marked):
    assert marked.steps == {
        (0, "z_i"): {"right": 5, "wrong": 6, "unreadable": 1},
        (0, "i"): {"right": 2, "blank": 1, "impossible": 1},
    }


def test_the_mistakes(marked):
    first, second = marked.mistakes
    assert (first.code, first.students, first.entries) == ("bias-omitted", 2, 4)
    assert first.why == "the bias was left out"
    assert first.example == "z_i[2]: 42 is W_i·v before the bias; 42 + 1 = 43."
    assert (second.code, second.students, second.entries) == ("bias-subtracted", 1, 1)
    assert marked.unexplained == 2


def test_what_cannot_be_read_is_said_and_where(marked):
    (told,) = marked.problems
    assert told.startswith("Row 6, column 3 (z_i[1]): “x1” is not a number")
    headers = ["Name", "z_i[1]", "z_q[1]", "z_i[9]", "z_i1"]
    told = mark_class(FOUNDING, [headers, ["Ann", "22", "1", "2", "3"]]).problems
    assert [line.partition(":")[0] for line in told] == [f"Row 1, column {k}" for k in (3, 4, 5)]


def test_a_title_may_stand_above_and_columns_in_any_order():
    rows = [["Class 4b"], [], ["i[1]", "z_i[2]", "Name"], ["1", "42", "Bo"], ["1"]]
    found = mark_class(FOUNDING, rows)
    assert [(s.row, s.names) for s in found.students] == [(4, ("Bo",)), (5, ("",))]
    assert found.students[0].summary.first_wrong == Address("z_i", 0, (1,))
    assert [s.summary.counts for s in found.students] == [
        {"wrong": 1, "right": 1},
        {"blank": 1, "right": 1},
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["Name", "Group"], ["Ann", "A"]], "expected a row of headers such as h[1], as in the"),
        ([], "expected a row of headers"),
        ([HEADERS], "There are headers and nothing below them"),
        ([HEADERS, [""] * 6], "There are headers and nothing below them"),
    ],
)
def test_what_is_no_class(rows, told):
    with pytest.raises(ValueError, match=r"^[^\n]+\.$") as caught:
        mark_class(FOUNDING, rows)
    assert told in str(caught.value)


def test_the_tables(marked):
    top, *rows = results_table(marked)
    assert top == [
        *("Row", "Name", "Group", "Points", "Percent"),
        *("Right", "Right from earlier values", "Right but for rounding", "Too coarse to tell"),
        *("Wrong", "Not a number", "Not answered", "First wrong", "Mistakes"),
    ]
    assert rows == [
        [2, "Ann", "A", 4, 100.0, 4, 0, 0, 0, 0, 0, 0, "", ""],
        [3, "Bo", "B", 2, 50.0, 2, 0, 0, 0, 2, 0, 0, "z_i[2]", "bias-omitted, bias-subtracted"],
        [5, "Cy", "A", 0, 0.0, 0, 0, 0, 0, 3, 0, 1, "z_i[1]", "bias-omitted"],
        [6, "Cy", "A", 1, 25.0, 1, 0, 0, 0, 2, 1, 0, "z_i[3]", ""],
    ]
    assert steps_table(marked) == [
        ["Step", *top[5:12], "Students first wrong here"],
        ["z_i", 5, 0, 0, 0, 6, 1, 0, 3],
        ["i", 2, 0, 0, 0, 1, 0, 1, 0],
    ]
    assert mistakes_table(marked)[1] == [
        *("the bias was left out", "bias-omitted", 2, 4),
        "z_i[2]: 42 is W_i·v before the bias; 42 + 1 = 43.",
    ]


def test_the_tables_of_time_steps_and_nameless_rows():
    found = mark_class(STEPS3, [["h[1]@t2", "h[1]@t1"], ["9", "9"]])
    assert steps_table(found)[0][:2] == ["t", "Step"]
    assert [row[:2] for row in steps_table(found)[1:]] == [[1, "h"], [2, "h"]]
    assert results_table(found)[0][:2] == ["Row", "Student"]
    assert results_table(found)[1][:2] == [2, "Row 2"]
    assert results_table(found)[1][-2] == "h[1]@t1"


def all_steps(exercise, T=None):
    return [(t, step.name) for t in range(T or exercise.T) for step in exercise.cell.steps]


def filled(exercise, asked, students, text):
    """The template with a row for each student; `text` writes a number."""
    trace = exercise.trace()
    numbers = [float(x) for t, name in asked for x in trace[t, name]]
    top = template(exercise, asked)[0]
    return [top, *([f"S{k}", *(text(k, x) for x in numbers)] for k in range(students))]


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_the_template_filled_in_with_the_truth_is_right(cell):
    exercise = some(cell)
    rows = filled(exercise, all_steps(exercise), 2, lambda _, x: f"{x:.4f}")
    for student in mark_class(exercise, rows).students:
        assert student.summary.counts == {"right": len(rows[0]) - 1}


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_the_template_goes_out_and_comes_back(write):
    asked = [(0, "z_i"), (0, "h")]
    rows = template(FOUNDING, asked)
    assert rows[0] == ["Student", *(f"{name}[{j}]" for _, name in asked for j in (1, 2, 3))]
    assert rows[1:] == [[""] * 7] * BLANK_ROWS
    assert read_table(write(rows), "class") == rows[:1]
    rows[3] = ["=Ann", "22", "42.0", "62.00", "", "", "-0.50"]
    back = read_table(write(rows), "class")
    assert back[3] == rows[3]
    found = mark_class(FOUNDING, back).students
    assert [(s.row, s.names) for s in found] == [(4, ("=Ann",))]


def test_a_class_is_marked_as_each_student_is():
    def text(k, x):
        return f"{x + (0.1 if k % 3 == 1 else 0):.{2 + k % 2}f}"

    rows = filled(FOUNDING, all_steps(FOUNDING), 4, text)
    found = mark_class(FOUNDING, rows)
    for row, student in zip(rows[1:], found.students, strict=True):
        cells = iter(row[1:])
        sizes = {name: len(FOUNDING.trace()[0, name]) for _, name in all_steps(FOUNDING)}
        answers = {(0, name): [next(cells) for _ in range(n)] for name, n in sizes.items()}
        states = [verdict.state for verdict in check(FOUNDING, answers).values()]
        assert student.summary.counts == {state: states.count(state) for state in {*states}}


def test_the_results_to_take_away(marked):
    assert read_table(results_csv(marked), "a.csv") == [
        [str(cell) for cell in row] for row in results_table(marked)
    ]
    book = load_workbook(io.BytesIO(results_xlsx(marked)))
    assert book.sheetnames == ["Students", "Steps", "Mistakes"]
    tables = (results_table(marked), steps_table(marked), mistakes_table(marked))
    for sheet, table in zip(book, tables, strict=True):
        values = [[cell.value if cell.value is not None else "" for cell in row] for row in sheet]
        assert values == table


def test_a_large_class_takes_seconds():
    rows = filled(STEPS3, all_steps(STEPS3, T=1), 200, lambda k, x: f"{x + 0.1 * (k % 7 == 0):.3f}")
    assert len(rows[0]) > 50
    started = time.process_time()
    found = mark_class(STEPS3, rows)
    assert time.process_time() - started < 20
    assert len(found.students) == 200


RECIPES = list(recipes(Recipe(m=2, n=2, decimals=3), 3))


def variants(code, some=RECIPES):
    """A table in which everyone has a worksheet of their own, filled in right."""
    rows = [["Name", "Worksheet", "f[1]", "h[1]", "h[2]"]]
    for k, recipe in enumerate(some):
        trace = generate(recipe).trace()
        answers = (trace[0, "f"][0], *trace[0, "h"])
        rows.append([f"S{k}", code(recipe), *(f"{x:.3f}" for x in answers)])
    return rows


@pytest.mark.parametrize(
    "code",
    [
        lambda recipe: recipe.code,
        lambda recipe: recipe.code.lower().replace("-", ""),
        lambda recipe: f" https://example.org/check_my_work?x={recipe.code}&step=f ",
    ],
)
def test_variants_are_marked_in_one_go_each_by_its_own_numbers(code):
    found = mark_class(FOUNDING, variants(code))
    assert [student.code for student in found.students] == [recipe.code for recipe in RECIPES]
    assert [student.summary.counts for student in found.students] == [{"right": 3}] * 3
    assert results_table(found)[1][:4] == [2, "S0", RECIPES[0].code, 3]
    assert found.problems == ()
    assert dict(found.taken)["Worksheet"] == "worksheet code"
    swapped = variants(code)
    swapped[1][1], swapped[2][1] = swapped[2][1], swapped[1][1]
    assert mark_class(FOUNDING, swapped).students[0].summary.counts != {"right": 3}


def test_a_row_without_a_code_or_of_another_size_is_said_and_not_marked():
    other = Recipe(m=2, n=3, decimals=3)
    rows = variants(lambda recipe: recipe.code, [*RECIPES, other])
    rows += [["Di", "6PZP-4833", "1", "1", "1"], ["Ed", "", "1", "1", "1"], ["Flo"]]
    found = mark_class(FOUNDING, rows)
    assert [student.names for student in found.students] == [("S0",), ("S1",), ("S2",)]
    assert [problem.partition(" has ")[0] for problem in found.problems] == [
        *("Row 5", "Row 6", "Row 7", "Row 8"),
    ]
    assert f"worksheet {other.code}, of another size" in found.problems[0]
    assert "“6PZP-4833” where its worksheet's code should be" in found.problems[1]
    assert "no code where" in found.problems[3]


def test_thirty_variants_take_seconds():
    thirty = list(recipes(RECIPES[0], 30))
    started = time.process_time()
    found = mark_class(FOUNDING, variants(lambda recipe: recipe.code, thirty))
    assert time.process_time() - started < 10
    assert all(student.summary.counts == {"right": 3} for student in found.students)


def test_too_coarse_answers_stand_apart():
    f = STEPS3.trace()[0, "f"]
    row = [f"{x:.0f}" for x in f]
    found = mark_class(STEPS3, [[f"f[{j}]" for j in range(1, len(row) + 1)], row])
    assert found.students[0].summary.counts == {"too coarse": len(row)}
    assert results_table(found)[1][2] == 0  # no points
    two = [f"{x:.2f}" for x in f]
    found = mark_class(STEPS3, [[f"f[{j}]" for j in range(1, len(row) + 1)], two])
    assert found.students[0].summary.counts == {"right": len(row)}


def test_whole_numbers_that_are_whole_are_not_coarse():
    assert mark_class(FOUNDING, ROWS[:2]).students[0].summary.counts == {"right": 4}
    exact = replace(FOUNDING, decimals=None)
    assert mark_class(exact, ROWS[:2]).students[0].summary.counts == {"right": 4}


def test_duplicates_are_flagged(marked):
    assert marked.duplicates == ("Rows 5 and 6 have the same name, “Cy A”.",)
    copied = ["22", "42", "62", "0.3"]
    rows = [HEADERS, ["A", "", *copied[:3], "1.2"], ["B", "", *copied[:3], "1.2"]]
    assert mark_class(FOUNDING, rows).duplicates == (
        "Rows 2 and 3 give the same answers, the wrong ones among them.",
    )


def test_what_each_column_was_taken_for(marked):
    assert marked.taken == (
        ("Name", "name"),
        ("Group", "name"),
        *((header, header) for header in HEADERS[2:]),
    )
    rows = [["Name", "F1", "", "z_q[1]"], ["Ann", "1", "2", "3"]]
    assert mark_class(FOUNDING, rows).taken[1:] == (
        ("F1", "f[1]"),
        ("", "nothing"),
        ("z_q[1]", "nothing"),
    )
    corrected = mark_class(FOUNDING, rows, {2: "f[2]", 3: "name"})
    assert [taken for _, taken in corrected.taken] == ["name", "f[1]", "f[2]", "name"]


def test_headers_in_two_rows():
    rows = [["", "z_i", "", ""], ["Name", "1", "2", "3"], ["Ann", "22", "43", "64"]]
    found = mark_class(FOUNDING, rows)
    assert found.students[0].summary.counts == {"right": 3}
    assert (found.students[0].row, found.name_headers) == (3, ("Name",))


def test_questions_above_and_entries_below():
    rows = [
        ["Timestamp", "What is z_i?", "", ""],
        ["", "Entry 1 (3 decimals)", "Entry 2 (3 decimals)", "Entry 3 (3 decimals)"],
        ["2026/11/1 10:00", "22", "43", "64"],
    ]
    found = mark_class(FOUNDING, rows)
    assert [one.summary.counts for one in found.students] == [{"right": 3}]
    assert found.name_headers == ("Timestamp",)


def test_where_no_header_is_an_answer_each_column_can_be_chosen_by_hand():
    rows = [
        ["Class 4b"],
        ["Who", "First", "Second"],
        ["", "(number)", "(number)"],
        ["Ann", "22", "43"],
    ]
    reading = read_class(FOUNDING, rows)
    assert [taken for _, taken in reading.taken] == ["name", "name", "name"]
    assert reading.problem.startswith("No column is an answer")
    found = mark_class(FOUNDING, rows, {1: "z_i[1]", 2: "z_i[2]"})
    assert [(one.row, one.name, one.summary.counts) for one in found.students] == [
        (4, "Ann", {"right": 2})
    ]
    one = mark_class(FOUNDING, [["Who", "First"], ["Ann", "22"]], {1: "z_i[1]"})
    assert [(one.row, one.right) for one in one.students] == [(2, 1)]


def test_a_correction_does_not_move_where_the_headers_are():
    rows = [["Class 4b", ""], ["Name", "z_i[1]", "mine"], ["Ann", "22", "43"]]
    found = mark_class(FOUNDING, rows, {2: "z_i[2]"})
    assert [(one.row, one.summary.counts) for one in found.students] == [(3, {"right": 2})]


def test_a_worksheet_that_two_rows_have_by_mistake_is_flagged():
    many = list(recipes(Recipe(m=2, n=2, decimals=3), 8))
    rows = variants(lambda recipe: recipe.code, many)
    assert mark_class(FOUNDING, rows).duplicates == ()
    rows[2][1] = many[2].code
    assert mark_class(FOUNDING, rows).duplicates == (
        f"Rows 3 and 4 have the same worksheet, “{many[2].code}”.",
    )
    rows[5][1] = many[5].code  # now half of them share, as where there are a few variants
    assert mark_class(FOUNDING, rows).duplicates == ()


def test_a_semicolon_says_what_a_comma_means():
    data = b"Name;z_i[1];z_i[2];z_i[3]\nAnn;22,000;43,00;64\n"
    found = mark_class(FOUNDING, read_table(data, "a.csv"))
    assert found.students[0].summary.counts == {"right": 3}
    assert found.problems == ()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.text(max_size=8), min_size=6, max_size=6), min_size=1, max_size=4))
def test_any_text_in_any_cell(cells):
    rows = [HEADERS, ["Ann", "A", "1", "", "", ""], *cells]
    found = mark_class(FOUNDING, rows)
    assert len(found.students) == 1 + sum(any(c.strip() for c in row) for row in cells)
    for table in (results_table(found), steps_table(found), mistakes_table(found)):
        assert len({len(row) for row in table}) == 1
        assert read_table(write_xlsx(table), "a")[0] == table[0]
