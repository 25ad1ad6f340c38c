"""What the guides say is true: their code runs, their links and the places that they name exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GUIDES = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/adding.md",
    "deploy/README.md",
)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
PLACE = re.compile(
    r"`((?:lstm_core|lstm_files|lstm_ui|tests|pages|assets|benchmarks|docs|deploy)/[\w./]*)`"
)


def text(guide):
    return (ROOT / guide).read_text("utf-8")


@pytest.mark.parametrize("guide", GUIDES)
def test_every_place_that_a_guide_names_exists(guide):
    base = (ROOT / guide).parent
    assert [link for link in LINK.findall(text(guide)) if not (base / link).exists()] == []
    assert [place for place in PLACE.findall(text(guide)) if not (ROOT / place).exists()] == []


def test_the_code_in_the_readme_runs():
    (code,) = PYTHON.findall(text("README.md"))
    exec(code, {})


def test_the_cell_in_the_guide_is_the_one_in_the_tree():
    blocks = PYTHON.findall(text("docs/adding.md"))[:2]
    source = text("lstm_core/cells.py")
    assert [block.strip() in source for block in blocks] == [True, True]
    assert blocks[0].startswith("def mgu(")


def test_each_place_that_the_guide_names_for_a_cell_has_something_of_it():
    words = Path("lstm_core/lesson/words")
    assert "[mgu f]" in text(words / "steps.txt")
    assert "\nmgu = " in text(words / "sidebar.txt")
    assert '"cell": "mgu"' in text("lstm_core/exercise/family.json")
    assert all("mgu" in text(f"tests/core/{name}.py") for name in ("samples", "test_oracle"))
