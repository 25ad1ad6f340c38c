from lstm_files.classes.reading import read_class
from lstm_ui.classes.hand_in import corrections_of, top_blocks
from tests.ui.classes.marked_class import BIAS, FOUNDING, HEADERS
from tests.ui.sessions import session_at


def test_the_head_says_which_exercise():
    about = next(block for block in top_blocks(session_at()) if block["id"] == "about")
    assert "The Stack Exchange example" in about["lines"][0]["text"]
    assert "(m = 3, n = 3, T = 1)" in about["lines"][0]["text"]


def test_what_the_reader_corrects_is_read_in_place_of_the_header():
    found = read_class(FOUNDING, [HEADERS, BIAS])
    assert corrections_of(found, ["name", "z_i[1]", "z_i[2]", "z_i[3]"]) == ()
    assert corrections_of(found, ["nothing", "name", "i[1]", "worksheet code"]) == (
        (0, ""),
        (1, "name"),
        (2, "i[1]"),
        (3, "worksheet code"),
    )
