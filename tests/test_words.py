"""Each text that the code asks the lesson's files for is there, and all that it wants filled in is.

Read from the source: wherever heading and name are written out. What is chosen while a page is made
is read in tests/ui/test_words.py.
"""

import ast
import importlib
from pathlib import Path

import pytest

from lstm_core.lesson.words import FOLDER, Words, placeholders, words

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("classes", "exchange", "sidebar", "worksheets")  # no cell and no choice leads to others
ROOMS = ("lstm_core", "lstm_files", "lstm_ui")
SOURCES = {
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."): path.read_text("utf-8")
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
}


def files_of(module):
    """The words that a module holds, by the name that it has for them."""
    held = vars(importlib.import_module(module)).items()
    return {name: value for name, value in held if isinstance(value, Words)}


def literals(node):
    """The texts that an expression can be: of a choice, both."""
    branches = [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
    return [one.value for one in branches if isinstance(one, ast.Constant)]


def calls():
    """Each call of .text: its module, the words, heading, name, and what is filled in, if told."""
    for module in (name for name, source in SOURCES.items() if ".text(" in source):
        held = files_of(module)
        for node in ast.walk(ast.parse(SOURCES[module])):
            if isinstance(node, ast.Call) and ast.unparse(node.func).removesuffix(".text") in held:
                file = held[ast.unparse(node.func).removesuffix(".text")]
                heading, name, *known = node.args
                for pair in ((h, n) for h in literals(heading) for n in literals(name)):
                    yield module, file, *pair, known


CALLS = list(calls())


def test_there_are_many():
    assert len(CALLS) > 100


@pytest.mark.parametrize(
    ("file", "heading", "name", "known"),
    [call[1:] for call in CALLS],
    ids=[f"{module}: {heading}, {name}" for module, _, heading, name, _ in CALLS],
)
def test_a_text_that_is_asked_for_is_there_with_all_that_it_wants(file, heading, name, known):
    wanted = placeholders(file.template(heading, name))
    if not known:
        assert not wanted
    elif isinstance(known[0], ast.Dict) and None not in known[0].keys:
        assert wanted <= {key.value for key in known[0].keys}


@pytest.mark.parametrize("file", PAGES)
def test_each_text_of_a_page_is_asked_for(file):
    asked = {(heading, name) for _, of, heading, name, _ in CALLS if of is words(file)}
    source = "".join(source for source in SOURCES.values() if f'words("{file}")' in source)
    for heading, texts in words(file).texts.items():
        for name in texts:  # where a name is chosen before, it is at least written out
            chosen = heading == "cell"  # by the name of a cell
            assert (heading, name) in asked or f'"{name}"' in source or chosen


def test_every_file_of_words_is_read():
    read = "".join(SOURCES.values())
    for path in FOLDER.glob("*.txt"):
        assert f'words("{path.stem}")' in read
