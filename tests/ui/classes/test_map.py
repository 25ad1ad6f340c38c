from lstm_files.classes.results import group_of
from lstm_ui.classes.map import _COLOURS, MOST, class_map, legend
from tests.ui.classes.marked_class import BIAS, result

HOSTILE = "<a href='http://b'>x</a> & <b>y"


def test_each_cell_has_the_sign_of_its_verdict_and_no_two_signs_are_alike():
    found = result(BIAS, ["Cy", "", "x", "64.4"])
    (cells,) = class_map(found)["data"]
    assert cells["text"] == [["✓", "✗", "✗"], ["", "?", "✗"]]
    for student, numbers in zip(found.students, cells["z"], strict=True):
        groups = [group_of(student.verdicts[at]) for at in found.columns]
        assert len(set(zip(groups, numbers, strict=True))) == len(set(groups))
    assert len(set(legend().split("; ")[0].split(", "))) == 6


def test_each_number_falls_into_the_band_of_one_colour():
    (cells,) = class_map(result(BIAS))["data"]
    low, high = cells["zmin"], cells["zmax"]
    scale = cells["colorscale"]
    for k, colour in enumerate(_COLOURS):
        share = (k - low) / (high - low)
        left = [c for x, c in scale if x <= share][-1]
        right = next(c for x, c in scale if x >= share)
        assert left == right == colour


def test_a_click_reports_the_row_of_the_student():
    (cells,) = class_map(result(BIAS, ["", "", "", ""], ["Cy", "1", "2", "3"]))["data"]
    assert cells["customdata"] == [["2"] * 3, ["4"] * 3]


def test_names_and_answers_are_no_markup():
    figure = class_map(result([HOSTILE, HOSTILE, "42", "64"]))
    texts = [*figure["layout"]["yaxis"]["ticktext"], *figure["data"][0]["hovertext"][0]]
    assert not any("<a" in text or "<b>" in text for text in texts)
    assert texts[0].startswith("&lt;a href='http://b'")


def test_the_alternative_names_what_went_wrong_most():
    found = result(BIAS, ["Cy", "22", "42", "64"], ["Di", "22", "43", "64"])
    assert class_map(found)["alt"] == (
        "Map of the class, 3 students by 3 entries. Most often wrong: z_i[2] (2 students), "
        "z_i[3] (1 student). The tables below have each number."
    )
    assert "Nothing is wrong." in class_map(result(["Di", "22", "43", "64"]))["alt"]


def test_of_a_large_class_the_first_are_drawn_and_that_is_said():
    figure = class_map(result(*[["Di", "22", "43", "64"]] * (MOST + 1)))
    assert len(figure["data"][0]["z"]) == MOST
    assert f"The first {MOST} of them." in figure["alt"]
