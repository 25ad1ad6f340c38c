"""Nothing that a reader, a link or a file holds changes unnoticed.

Each text of surface.py is compared with the one that was taken of it, by its digest. A change that
is meant is taken anew, `python -m tests.pins.test_pins`, and the commit says what changed and why.

The last bit of a sum or of a tanh depends on the processor, and some pages show it: whether two
sums agree, how wide the widest of 17 digits is, where a chaotic cell is after fifty time steps. So
the texts are taken by a process of its own, in which NumPy keeps to what all processors have.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve()
PINS = HERE.with_name("pins.json")
PLAIN = {
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    "OPENBLAS_CORETYPE": "Prescott",
}


def digests(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """One digest for each kind of text, the first word of its key."""
    kinds: dict[str, hashlib._Hash] = {}
    for key, text in texts:
        kinds.setdefault(key.split()[0], hashlib.sha256()).update(f"{key}\n{text}\n".encode())
    return {kind: found.hexdigest()[:16] for kind, found in kinds.items()}


def all_digests() -> dict[str, dict[str, str]]:
    """Those of each exercise and of each worksheet's code, as this process sees them."""
    from tests.pins.surface import EXERCISES, RECIPES, exercise_texts, worksheet_texts

    pins = {name: digests(exercise_texts(name)) for name in EXERCISES}
    return pins | {recipe.code: digests(worksheet_texts(recipe)) for recipe in RECIPES}


def in_a_plain_process() -> str:
    """What this module prints where NumPy has no more than every processor."""
    run = [sys.executable, "-m", "tests.pins.test_pins", "--print"]
    return subprocess.run(
        run, cwd=HERE.parents[2], env=os.environ | PLAIN, check=True, capture_output=True, text=True
    ).stdout


def test_nothing_shows_or_holds_anything_else_than_it_did():
    now, taken = json.loads(in_a_plain_process()), json.loads(PINS.read_text("utf-8"))
    assert [*now] == [*taken]
    changed = {
        name: [kind for kind in found if found[kind] != taken[name].get(kind)]
        for name, found in now.items()
        if found != taken[name]
    }
    assert not changed


if __name__ == "__main__":
    if "--print" in sys.argv:
        print(json.dumps(all_digests(), indent=1))
    else:
        PINS.write_text(in_a_plain_process(), "utf-8")
