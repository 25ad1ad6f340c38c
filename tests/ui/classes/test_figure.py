import pytest

from lstm_ui.classes.figure import MOST, mistakes_figure
from tests.ui.classes.marked_class import BIAS, result


def test_a_bar_is_as_long_as_the_students_who_made_the_mistake():
    found = result(
        BIAS, ["Cy", "21", "43", "64"], ["Di", "21", "42", "64"], ["Ed", "22", "43", "64"]
    )
    figure = mistakes_figure(found)
    (bars,) = figure["data"]
    assert dict(zip(figure["layout"]["yaxis"]["ticktext"], bars["x"], strict=True)) == {
        "the bias was left out": 3,
        "the bias was subtracted": 1,
    }
    assert bars["y"] == [0, 1]
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
