import html
import io

import numpy as np
import pytest
import safetensors.numpy
import torch

from lstm_core.cells import gru
from lstm_core.exercise.presets import PRESETS
from lstm_core.frameworks.convert import find_layers, named_arrays
from lstm_files.exports.table import EXPORTS
from lstm_files.weights.file import LayerFacts, WeightFile
from lstm_files.weights.read import open_weights
from lstm_ui.exchange.conversion import bands, rows
from lstm_ui.exchange.layer import Chosen, compared, exercise_of, remarks, title_of, ways
from tests.core.exercises import ONE_SENTENCE, some

UNSATURATED = PRESETS["unsaturated"]


def model(place=""):
    torch.manual_seed(1)
    layer = torch.nn.LSTM(3, 5, num_layers=2, dtype=torch.float64)
    arrays = {place + name: array.numpy() for name, array in layer.state_dict().items()}
    return layer, safetensors.numpy.save(arrays)


def converted(place="", units=None, inputs=None):
    """The one way to read the first layer of a model's file, and the file."""
    _, data = model(place)
    file = open_weights(data, "model.safetensors")
    found = find_layers(file.arrays)[0]
    (way,) = ways(file, Chosen(found, units or range(found.n), inputs or range(found.m)))
    return way, file


def test_a_model_s_file_becomes_an_exercise_with_its_own_outputs():
    layer, _ = model()
    exercise = exercise_of(*converted(), "model.safetensors")
    with torch.no_grad():
        first = torch.nn.LSTMCell(3, 5, dtype=torch.float64)
        names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        first.load_state_dict({k: layer.state_dict()[f"{k}_l0"] for k in names})
        h = c = torch.zeros(5, dtype=torch.float64)
        for t, x in enumerate(exercise.xs):
            h, c = first(torch.from_numpy(x.copy()), (h, c))
            np.testing.assert_allclose(exercise.trace()[t, "h"], h.numpy(), atol=1e-14)


def test_a_part_of_a_layer_is_its_rows_and_columns():
    whole = converted()[0].params
    part = converted(units=range(1, 3), inputs=range(2))[0].params
    columns = [1, 2, 5, 6]
    np.testing.assert_array_equal(part["W_C"], whole["W_C"][1:3][:, columns])
    assert exercise_of(*converted(units=range(1, 3)), "x").sizes == {"m": 3, "n": 2, "T": 3}


def test_the_table_has_every_block_and_says_where_it_goes():
    found = rows(converted()[0])
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
    shown = bands(converted()[0])
    theirs = [shown.index(f"{gate} → W<sub>") for gate in "ifgo"]
    assert theirs == sorted(theirs)
    ours = [shown.index(f">W<sub>{gate}</sub>") for gate in "fiCo"]
    assert ours == sorted(ours)


def test_a_hostile_name_stays_text():
    place = '<img src=x onerror="alert(1)">.'
    assert "<img" not in bands(converted(place)[0])
    assert html.escape("<img src=x")[:8] in bands(converted(place)[0])


def file_of(arrays, **says):
    """A file, its only layer, and every way to read it."""
    file = WeightFile(arrays, **says)
    (found,) = find_layers(arrays)
    return file, ways(file, Chosen(found, range(found.n), range(found.m)))


def test_the_order_of_v_is_asked_for_where_no_name_says_it_and_both_are_shown():
    file, every = file_of(dict(UNSATURATED.params))
    assert [title_of(way) for way in every] == ["By hand, v = [h, x]", "By hand, v = [x, h]"]
    table = compared(every, file, "a.csv")
    assert [row["read as"] for row in table] == ["By hand, v = [h, x]", "By hand, v = [x, h]"]
    assert table[0]["h1"] != table[1]["h1"]
    _, known = file_of(dict(UNSATURATED.params), order="hx")
    assert len(known) == 1


def test_onnx_may_reset_before_or_after_and_the_page_asks():
    arrays = named_arrays("onnx", some(gru()).params)
    _, every = file_of(arrays)
    assert [way.found.cell for way in every] == ["gru_before", "gru_after"]
    assert "linear_before_reset=0" in title_of(every[0])
    assert "linear_before_reset=1" in title_of(every[1])


def test_the_file_s_own_inputs_and_states_are_taken_and_said():
    xs, h = np.arange(6.0).reshape(3, 2), np.array([0.1, 0.2, 0.3])
    file, every = file_of({**UNSATURATED.params, "xs": xs, "h_prev": h}, order="hx")
    exercise = exercise_of(every[0], file, "a.csv")
    np.testing.assert_array_equal(exercise.xs, xs)
    np.testing.assert_array_equal(exercise.start["h_prev"], h)
    assert exercise.start["C_prev"].tolist() == [0, 0, 0]
    assert "Taken from the file as well: x, h_prev." in remarks(every[0], file)


def test_an_example_is_called_one():
    way, file = converted()
    assert remarks(way, file)[-1].startswith("The file holds no inputs, so x is an example;")


def test_a_part_of_a_layer_takes_its_part_of_the_inputs_and_states():
    own = {"x": np.arange(6.0).reshape(3, 2), "h0": np.arange(3.0)}
    file = WeightFile({**UNSATURATED.params, **own}, order="hx")
    (found,) = find_layers(file.arrays)
    (way,) = ways(file, Chosen(found, range(1, 3), range(1)))
    exercise = exercise_of(way, file, "a")
    assert exercise.xs.tolist() == [[0], [2], [4]]
    assert exercise.start["h_prev"].tolist() == [1, 2]


def test_a_layer_that_reads_backwards_says_so_and_has_its_inputs_in_that_order():
    layer = torch.nn.LSTM(3, 2, bidirectional=True)
    arrays = {name: array.numpy() for name, array in layer.state_dict().items()}
    file = WeightFile({**arrays, "x": np.arange(6.0).reshape(2, 3)})
    forward, reverse = find_layers(file.arrays)
    (way,) = ways(file, Chosen(reverse, range(2), range(3)))
    assert exercise_of(way, file, "a").xs.tolist() == [[3, 4, 5], [0, 1, 2]]
    assert any("from the last to the first" in sentence for sentence in remarks(way, file))
    (way,) = ways(file, Chosen(forward, range(2), range(3)))
    assert not any("from the last to the first" in sentence for sentence in remarks(way, file))


def test_a_file_that_says_another_cell_than_it_holds_is_refused():
    arrays = {f"a/{name}": array for name, array in UNSATURATED.params.items()}
    facts = {"a": LayerFacts("gru_after")}
    with pytest.raises(ValueError, match="says that it is a gru_after"):
        file_of(arrays, facts=facts)


def test_what_is_too_large_for_a_format_is_said_before_it_is_made():
    large = some(n=32, m=32, T=40)
    with pytest.raises(ValueError, match="this format is made for at most 5,000") as refused:
        EXPORTS["latex"].check(large)
    assert ONE_SENTENCE.fullmatch(str(refused.value).replace(",", ""))
    EXPORTS["csv"].check(large)
    assert io.BytesIO(EXPORTS["npz"].write(large)).read(2) == b"PK"
