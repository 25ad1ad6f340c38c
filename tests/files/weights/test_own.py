"""What this app exports comes back as the exercise that it was, inputs and states and all."""

import numpy as np
import pytest

from lstm_core.cells import cell_named
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS
from lstm_core.variants.changes import Change, variant
from lstm_files.exports.table import EXPORTS
from lstm_files.weights.own import own_exercise
from lstm_files.weights.recorded import variant_of
from tests.core.exercises import SHORT, some
from tests.core.samples import CELLS, NAMES
from tests.files.archives import refused, zipped
from tests.files.tables.workbooks import saved
from tests.files.weights.weight_files import SOUND, book

FORMATS = ("json", "trace", "npz", "csv", "xlsx")
EXERCISES = {
    **SHORT,
    **{name: some(cell) for name, cell in zip(NAMES, CELLS, strict=True)},
    "with a read-out": some(CELLS[0].with_readout()),
}


@pytest.mark.parametrize("key", FORMATS)
@pytest.mark.parametrize("name", EXERCISES)
def test_every_export_comes_back(name, key):
    exercise = EXERCISES[name]
    back = own_exercise(EXPORTS[key].write(exercise), f"calculation.{key}")
    assert back is not None
    assert (back.cell.name, back.order) == (exercise.cell.name, exercise.order)
    for array, own in exercise.arrays.items():
        np.testing.assert_array_equal(back.arrays[array], own)
    if key in ("json", "trace"):
        assert back == exercise
    if key == "xlsx":
        assert back.title == exercise.title.strip() or not exercise.title


VARIED = {
    "a hard gate": ("lstm", [Change("f", "hard_six", ("z_f",))]),
    "tanh left out": ("peephole_lstm", [Change("squashed", "none", ("C",))]),
    "a gate left out": ("lstm", [Change("h", "left_out", ("squashed",))]),
    "product for sum, and old C": (
        "coupled_lstm",
        [Change("C", "hadamard", ("kept", "written")), Change("squashed", "tanh", ("C_prev",))],
    ),
    "a GRU of ReLU": ("gru_before", [Change("h_tilde", "relu", ("z_h",))]),
    "an RNN of σ": ("rnn_tanh", [Change("h", "sigmoid", ("z_h",))]),
}


@pytest.mark.parametrize("key", FORMATS)
@pytest.mark.parametrize(("base", "changes"), VARIED.values(), ids=VARIED)
def test_a_variant_comes_back_with_what_was_swapped(base, changes, key):
    exercise = some(variant(cell_named(base, "xh"), tuple(changes)), T=3)
    back = own_exercise(EXPORTS[key].write(exercise), f"calculation.{key}")
    assert (back.cell.name, back.cell.order) == (exercise.cell.name, "xh")
    np.testing.assert_array_equal(back.trace()[2, "h"], exercise.trace()[2, "h"])


def test_numbers_that_no_swapped_row_gives_are_not_ours():
    exercise = some(cell_named("lstm", "hx"), T=2)
    frames = exercise.trace().frames
    steps = {name: np.stack([frame[name] for frame in frames]) for name in exercise.cell.names}
    read = {**exercise.arrays, **steps}
    assert variant_of(exercise.cell, read) is exercise.cell
    for name in ("f", "Wv_f", "h"):
        assert variant_of(exercise.cell, read | {name: read[name] + 0.1}) is None
    assert variant_of(exercise.cell, read | {"W_f": np.ones((7, 7))}) is None
    assert variant_of(exercise.cell, read | {"h_prev": np.ones(9)}) is None
    assert variant_of(exercise.cell, read | {"f": np.ones(())}) is None
    four = {f"z_{gate}": read[f"z_{gate}"] for gate in "fioC"}
    swapped = read | {"f": four["z_f"], "i": four["z_i"], "C_tilde": four["z_C"]}
    assert variant_of(exercise.cell, swapped) is None  # and so on: the rows after them are wrong


@pytest.mark.parametrize("data", [*SOUND.values(), b'{"W_f": [[1, 2]]}', b"W_f\n1,2\n", b"1"])
def test_other_files_are_left_alone(data):
    assert own_exercise(data, "a") is None


def test_a_broken_exercise_says_why():
    for data in (b'{"cell": "lstm"}', b"{", b'{"exercise": {}, "frames": []}'):
        assert "This exercise cannot be read" in refused(lambda d=data: own_exercise(d, "a"), ".")


def changed(exercise, name, **arrays):
    """The export of NumPy with other arrays in it."""
    import io

    held = io.BytesIO()
    read = dict(np.load(io.BytesIO(EXPORTS["npz"].write(exercise))))
    np.savez(held, **{k: v for k, v in (read | arrays).items() if k != name})
    return held.getvalue()


def test_what_was_changed_is_no_longer_our_own_calculation():
    exercise = PRESETS["unsaturated"]
    assert isinstance(own_exercise(changed(exercise, ""), "a.npz"), Exercise)
    assert own_exercise(changed(exercise, "", h=np.ones((9, 9))), "a.npz") is None
    assert own_exercise(changed(exercise, "", W_f=2 * exercise.params["W_f"]), "a.npz") is None
    assert own_exercise(changed(exercise, "C_prev"), "a.npz") is None
    assert own_exercise(changed(exercise, "b_f"), "a.npz") is None


def test_a_table_with_numbers_missing_says_so():
    lines = EXPORTS["csv"].write(PRESETS["unsaturated"]).decode().splitlines()
    data = "\n".join([*lines[:3], *lines[4:]]).encode()
    assert "Some numbers of this table are missing" in refused(lambda: own_exercise(data, "a"), ".")


def test_a_spreadsheet_that_is_called_as_ours_is_not_ours():
    assert own_exercise(saved(book(Given=[["W_f"], [1], [2], [3], [4], [5]])), "a.xlsx") is None
    assert own_exercise(zipped({"a": b""}), "a.zip") is None
