import html
import io

import numpy as np
import pytest
import safetensors.numpy
import torch

from lstm_core.exercise.presets import PRESETS
from lstm_core.frameworks.convert import find_layers
from lstm_core.trace import run
from lstm_files.exports.table import EXPORTS
from lstm_files.weights.read import read_weights
from lstm_ui.exchange.bring_in import (
    Chosen,
    convert,
    exercise_in,
    exercise_of,
    own_arrays,
    own_cells,
)
from lstm_ui.exchange.conversion import bands, rows
from tests.core.exercises import ONE_SENTENCE, some
from tests.core.samples import CELLS, NAMES

UNSATURATED = PRESETS["unsaturated"]


def model(place=""):
    torch.manual_seed(1)
    layer = torch.nn.LSTM(3, 5, num_layers=2, dtype=torch.float64)
    arrays = {place + name: array.numpy() for name, array in layer.state_dict().items()}
    return layer, safetensors.numpy.save(arrays)


def converted(place="", units=None, inputs=None):
    _, data = model(place)
    arrays = read_weights(data, "model.safetensors")
    found = find_layers(arrays)[0]
    chosen = Chosen(found, units or range(found.n), inputs or range(found.m))
    return convert(arrays, chosen)


def test_a_model_s_file_becomes_an_exercise_with_its_own_outputs():
    layer, _ = model()
    exercise = exercise_of(converted(), "model.safetensors")
    with torch.no_grad():
        first = torch.nn.LSTMCell(3, 5, dtype=torch.float64)
        names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        first.load_state_dict({k: layer.state_dict()[f"{k}_l0"] for k in names})
        h = c = torch.zeros(5, dtype=torch.float64)
        for t, x in enumerate(exercise.xs):
            h, c = first(torch.from_numpy(x.copy()), (h, c))
            np.testing.assert_allclose(exercise.trace()[t, "h"], h.numpy(), atol=1e-14)


def test_a_part_of_a_layer_is_its_rows_and_columns():
    whole, part = converted().params, converted(units=range(1, 3), inputs=range(2)).params
    columns = [1, 2, 5, 6]
    np.testing.assert_array_equal(part["W_C"], whole["W_C"][1:3][:, columns])
    assert exercise_of(converted(units=range(1, 3)), "x").sizes == {"m": 3, "n": 2, "T": 3}


def test_the_table_has_every_block_and_says_where_it_goes():
    found = rows(converted())
    assert len(found) == 16
    assert found[1] == {
        "array": "weight_ih_l0",
        "gate there": "f",
        "rows and columns there": "6 to 10 · 1 to 3",
        "transposed": "no",
        "goes to": "W_f",
        "part": "columns for x",
        "rows and columns here": "1 to 5 · 6 to 8",
    }


def test_the_bands_show_their_order_of_the_gates_and_ours():
    shown = bands(converted())
    theirs = [shown.index(f"{gate} → W<sub>") for gate in "ifgo"]
    assert theirs == sorted(theirs)
    ours = [shown.index(f">W<sub>{gate}</sub>") for gate in "fiCo"]
    assert ours == sorted(ours)


def test_a_hostile_name_stays_text():
    place = '<img src=x onerror="alert(1)">.'
    assert "<img" not in bands(converted(place))
    assert html.escape("<img src=x")[:8] in bands(converted(place))


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_our_own_arrays_come_back_as_they_were(cell):
    exercise = some(cell)
    data = EXPORTS["npz"].write(exercise)
    arrays = read_weights(data, "calculation.npz")
    assert cell.name in own_cells(arrays)
    back = own_arrays(arrays, cell.name)
    mine = exercise.reordered("hx")
    trace = run(mine.cell, mine.params, mine.xs, mine.start)
    np.testing.assert_allclose(back.trace()[1, "h"], trace[1, "h"], atol=1e-14)


def test_an_exercise_comes_back_to_the_last_bit():
    exercise = UNSATURATED.with_note("v", "first")
    assert exercise_in(EXPORTS["json"].write(exercise), "a.JSON") == exercise
    assert exercise_in(b"{}", "model.npz") is None


@pytest.mark.parametrize("arrays", [{}, {"a": np.zeros(2)}, {"W_f": np.zeros((2, 4))}])
def test_a_file_without_a_layer_is_refused_with_a_sentence(arrays):
    with pytest.raises(ValueError, match="No recurrent layer was found") as refused:
        own_cells(arrays)
    assert ONE_SENTENCE.fullmatch(str(refused.value))


def test_what_is_too_large_for_a_format_is_said_before_it_is_made():
    large = some(n=32, m=32, T=40)
    with pytest.raises(ValueError, match="this format is made for at most 5,000") as refused:
        EXPORTS["latex"].check(large)
    assert ONE_SENTENCE.fullmatch(str(refused.value).replace(",", ""))
    EXPORTS["csv"].check(large)
    assert io.BytesIO(EXPORTS["npz"].write(large)).read(2) == b"PK"
