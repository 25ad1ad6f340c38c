"""Every way in which bytes or text of a stranger come in, each as one function.

An entrance may refuse what it is given by one plain sentence, as a ValueError. Whatever else comes
out of it is a fault: another exception, a sentence that is none, or numbers beyond its bounds.
"""

import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BytesIO

from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS
from lstm_core.frameworks.convert import find_layers
from lstm_core.worksheets.recipe import Recipe
from lstm_files.classes.marking import mark_class
from lstm_files.tables.read import read_table
from lstm_files.weights.own import own_exercise
from lstm_files.weights.read import open_weights
from lstm_files.weights.stack_json import own_stack
from lstm_ui.check.answer_token import from_token
from lstm_ui.shell import link
from tests.core.exercises import some
from tests.files.weights.test_onnx import layer
from tests.files.weights.weight_files import SOUND, npy

MOST_BYTES = 40_000_000  # of all arrays that a file gives
FOUNDING = PRESETS["founding"]


def plain(error: ValueError) -> None:
    """Fail unless this is one plain sentence, or a few."""
    told = str(error)
    assert told.endswith((".", ".”")), told
    assert told.isprintable(), told
    assert len(told) < 1000, told


def weights(data: bytes, name: str) -> None:
    """Bring in a file, as the page Import and export does."""
    try:
        if own_stack(data) or own_exercise(data, name):
            return
        file = open_weights(data, name)
        assert sum(array.nbytes for array in file.arrays.values()) <= MOST_BYTES
        find_layers(file.arrays)
    except ValueError as error:
        plain(error)


def table(data: bytes, name: str) -> None:
    """Bring in the table of a class, and mark it."""
    try:
        rows = read_table(data, name)
        if len(rows) * max(map(len, rows), default=0) <= 2_000:
            mark_class(FOUNDING, rows)
    except ValueError as error:
        plain(error)


def address(search: str) -> None:
    """Open a link; whatever it says, there is an exercise and a place in it."""
    found = link.read(FOUNDING, link.parse(search))
    exercise = found.exercise
    assert found.place.step in exercise.cell.names
    assert 0 <= found.place.t < exercise.T
    assert exercise.trace()[0, found.place.step].size
    if found.problem:
        plain(ValueError(found.problem))


def code(text: str) -> None:
    """Read the code of a worksheet."""
    try:
        Recipe.from_code(text)
    except ValueError as error:
        plain(error)


def answers(token: str) -> None:
    """Read the answers in a link."""
    try:
        from_token(token)
    except ValueError as error:
        plain(error)


def of_file(kind: str) -> Callable[[bytes], None]:
    """Return the entrance for a file with this extension."""
    read = table if kind == "table" else weights
    return lambda data: read(data, f"a.{'csv' if kind == 'table' else kind}")


SMALL = some(n=2, m=1, T=2, title="A", notes={"f": "Why?"})
ROWS = "Student,z_i[1],z_i[2]\nAda,22,43\nBob,“=1”,\n".encode()
SEEDS: Mapping[str, bytes] = {
    **{kind: SOUND[kind] for kind in ("npz", "safetensors", "h5", "keras", "csv", "xlsx")},
    "npy": npy(),
    "onnx": layer("peephole_lstm", activations=["HardSigmoid", "Tanh", "Tanh"])[0],
    "json": SMALL.to_json().encode(),
    "table": ROWS,
}
TOKENS = (
    SMALL.token(),
    Exercise(SMALL.cell, SMALL.params, SMALL.xs, SMALL.start).token(),
    PRESETS["unsaturated"].token(),
)


def unpacked(data: bytes) -> dict[str, bytes] | None:
    """Return the members of an archive; None where it is none."""
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
    return None


def packed(members: Mapping[str, bytes]) -> bytes:
    """Return an archive of these members."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()
