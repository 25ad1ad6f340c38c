import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.exercise.presets import PRESETS
from lstm_files.classes.marking import mark_class
from lstm_ui.classes.figure import MOST, mistakes_figure
from lstm_ui.classes.outcome import told, unexplained
from lstm_ui.classes.view import escaped, top_blocks
from tests.ui.sessions import session_at

FOUNDING = PRESETS["founding"]
HEADERS = ["Name", "z_i[1]", "z_i[2]", "z_i[3]"]
BIAS = ["Bo", "22", "42", "62"]


def result(*rows):
    return mark_class(FOUNDING, [HEADERS, *rows])


def test_a_bar_is_as_long_as_the_students_who_made_the_mistake():
    found = result(
        BIAS, ["Cy", "21", "43", "64"], ["Di", "21", "42", "64"], ["Ed", "22", "43", "64"]
    )
    figure = mistakes_figure(found)
    (bars,) = figure["data"]
    assert dict(zip(bars["y"], bars["x"], strict=True)) == {
        "bias-omitted": 3,
        "bias-subtracted": 1,
    }
    assert bars["y"] == [mistake.code for mistake in found.mistakes]
    assert bars["text"] == ["3", "1"]
    assert figure["layout"]["yaxis"]["autorange"] == "reversed"
    assert figure["alt"] == (
        "Bars: how many of 4 students made each mistake. "
        "bias-omitted, the bias was left out: 3 students; "
        "bias-subtracted, the bias was subtracted: 1 student."
    )


@pytest.mark.parametrize(("students", "step"), [(1, 1), (6, 1), (7, 2), (30, 5), (200, 50)])
def test_the_axis_counts_whole_students(students, step):
    axis = mistakes_figure(result(*[BIAS] * students))["layout"]["xaxis"]
    assert axis["dtick"] == step
    assert axis["range"][1] > students


def test_only_the_most_frequent_are_drawn():
    common = result(BIAS).mistakes[0]
    many = result(BIAS)
    object.__setattr__(many, "mistakes", (common,) * (MOST + 3))
    figure = mistakes_figure(many)
    assert len(figure["data"][0]["x"]) == MOST
    assert figure["alt"].endswith(f"The {MOST} most frequent.")


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([BIAS], "1 student, 3 entries. Right: 1, wrong: 2."),
        (
            [BIAS, ["Ed", "22", "", "64"]],
            "2 students, 6 entries. Right: 3, wrong: 2, not answered: 1.",
        ),
    ],
)
def test_what_it_comes_to(rows, text):
    assert told(result(*rows)) == text


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (["Ed", "22", "43", "64"], "Nothing is wrong."),
        (["Ed", "22.5", "43", "64"], "1 wrong entry is explained by none."),
        (["Ed", "22.5", "42.5", "64"], "2 wrong entries are explained by none."),
        (BIAS, "Where several mistakes fit, the likeliest is counted."),
    ],
)
def test_what_no_mistake_explains(row, text):
    assert unexplained(result(row)).endswith(text)


def test_the_head_says_which_exercise():
    lines = [block["lines"] for block in top_blocks(session_at()) if block["kind"] == "text"]
    assert FOUNDING.title in lines[0][0]["text"]
    assert "(m = 3, n = 3, T = 1)" in lines[0][0]["text"]


def test_markdown_is_escaped():
    assert escaped("a_b **c** [x](y) :red[z] $x$ 0.5 “é”") == (
        r"a\_b \*\*c\*\* \[x\]\(y\) \:red\[z\] \$x\$ 0\.5 “é”"
    )


@given(st.text())
def test_no_punctuation_is_left_bare(text):
    mark = r"[!-/:-@\[-`{-~]"
    assert not re.search(mark, re.sub(rf"\\{mark}", "", escaped(text)))
    assert re.sub(rf"\\({mark})", r"\1", escaped(text)) == text
