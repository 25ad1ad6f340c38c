"""The style of the house, where a machine can see it. What only people see is reviewed."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("lstm_core", "lstm_files", "lstm_ui", "pages")
LONGEST_FUNCTION, LONGEST_FILE = 25, 350
# Lines: what a page is made of stands in its folder.
SHORT = {"app.py": 20, "explainer.py": 25, "pages": 30}
SCRIPTS = [ROOT / "app.py", ROOT / "explainer.py"]
FILES = [*SCRIPTS, *(path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))]


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def functions(source):
    """Each function with the number of its lines, the docstring left out."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            begins = node.body[1:] if ast.get_docstring(node) else node.body
            yield node.name, node.end_lineno - begins[0].lineno + 1 if begins else 0


def long_functions(source):
    return [name for name, lines in functions(source) if lines > LONGEST_FUNCTION]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_is_one_idea_and_a_function_fits_on_a_screen(path):
    source = path.read_text("utf-8")
    most = SHORT.get(name_of(path).split("/")[0], LONGEST_FILE)
    assert len(source.splitlines()) <= most
    assert long_functions(source) == []


def test_a_long_function_is_caught():
    fits = 'def fits():\n    """Say it in one line."""\n' + "    x = 1\n" * LONGEST_FUNCTION
    assert long_functions(fits) == []
    assert long_functions(f"{fits}    x = 1\n") == ["fits"]


def test_each_kind_of_block_is_made_in_one_place():
    source = "".join(p.read_text("utf-8") for p in FILES if name_of(p).startswith("lstm_ui"))
    kinds = Counter(re.findall(r'"kind": "(\w+)",\s+"id"', source))
    assert kinds["heading"] == 1
    # A group that is a card is one of its own.
    assert [kind for kind, times in kinds.items() if times > 1] == ["group"]


def test_numbers_of_an_exercise_are_printed_by_the_desk_alone():
    pattern = re.compile(r"numeral\(.*exercise\.decimals")
    places = [name_of(path) for path in FILES if pattern.search(path.read_text("utf-8"))]
    assert [name for name in places if name.startswith("lstm_ui")] == ["lstm_ui/sheet/desk.py"]


def test_every_room_is_checked_by_mypy():
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    assert "ignore_errors" not in settings
    assert '"lstm_ui"' in settings


def test_what_browser_tests_wait_for_is_a_function():
    """The page's policy lets no text be run; only what is written as a function is handed over."""
    texts = re.compile(r"wait_for_function\(\s*f?(\"[^\"]*\"|'[^']*')")
    sources = [path.read_text("utf-8") for path in ROOT.glob("tests/browser/*.py")]
    found = [text for source in sources for text in texts.findall(source)]
    assert found
    assert [text for text in found if "=>" not in text] == []
