import json
from pathlib import Path

from lstm_ui.shell.guide import STOPS, WORDS, as_json

GUIDE = json.loads(as_json())
README = (Path(__file__).parents[3] / "README.md").read_text("utf-8")


def test_every_gesture_of_the_readme_is_behind_the_question_mark():
    table = README.partition("## How to use a page")[2].partition("## ")[0]
    wanted = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")]
    assert len(wanted) > 8
    assert {*wanted[1:]} <= {want for want, _ in GUIDE["help"]["rows"]}


def test_the_tour_has_a_title_and_a_sentence_for_each_thing_that_it_points_at():
    assert [stop["at"] for stop in GUIDE["tour"]["stops"]] == [*STOPS.values()]
    assert {*WORDS.texts["stops"]} == {*STOPS} | {f"{name} title" for name in STOPS}
    assert GUIDE["tour"]["counts"][-1] == f"{len(STOPS)} of {len(STOPS)}"
    assert all(20 < len(stop["text"]) < 140 for stop in GUIDE["tour"]["stops"])
