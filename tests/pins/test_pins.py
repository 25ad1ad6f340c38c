"""Nothing that a reader, a link or a file holds changes unnoticed.

Each text of surface.py is compared with the one that was taken of it, by its digest. A change that
is meant is taken anew, `python -m tests.pins.test_pins`, and the commit says what changed and why.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.pins.surface import EXERCISES, RECIPES, exercise_texts, worksheet_texts

PINS = Path(__file__).with_name("pins.json")


def digests(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """One digest for each kind of text, the first word of its key."""
    kinds: dict[str, hashlib._Hash] = {}
    for key, text in texts:
        kinds.setdefault(key.split()[0], hashlib.sha256()).update(f"{key}\n{text}\n".encode())
    return {kind: found.hexdigest()[:16] for kind, found in kinds.items()}


def taken() -> dict[str, dict[str, str]]:
    return json.loads(PINS.read_text("utf-8"))


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_shows_what_it_showed(name):
    assert digests(exercise_texts(name)) == taken()[name]


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.code)
def test_a_code_gives_what_it_gave(recipe):
    assert digests(worksheet_texts(recipe)) == taken()[recipe.code]


def test_every_pin_is_compared():
    assert [*taken()] == [*EXERCISES, *(recipe.code for recipe in RECIPES)]


if __name__ == "__main__":
    pins = {name: digests(exercise_texts(name)) for name in EXERCISES}
    pins |= {recipe.code: digests(worksheet_texts(recipe)) for recipe in RECIPES}
    PINS.write_text(json.dumps(pins, indent=1) + "\n", "utf-8")
