from lstm_ui.classes.hand_in import top_blocks
from tests.ui.classes.marked_class import FOUNDING
from tests.ui.sessions import session_at


def test_the_head_says_which_exercise():
    lines = [block["lines"] for block in top_blocks(session_at()) if block["kind"] == "text"]
    assert FOUNDING.title in lines[0][0]["text"]
    assert "(m = 3, n = 3, T = 1)" in lines[0][0]["text"]
