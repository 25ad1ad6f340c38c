import re

from hypothesis import given
from hypothesis import strategies as st

from lstm_ui.sheet.plain_text import escaped


def test_markdown_is_escaped():
    assert escaped("a_b **c** [x](y) :red[z] $x$ 0.5 “é”") == (
        r"a\_b \*\*c\*\* \[x\]\(y\) \:red\[z\] \$x\$ 0\.5 “é”"
    )


@given(st.text())
def test_no_punctuation_is_left_bare(text):
    mark = r"[!-/:-@\[-`{-~]"
    assert not re.search(mark, re.sub(rf"\\{mark}", "", escaped(text)))
    assert re.sub(rf"\\({mark})", r"\1", escaped(text)) == text
