from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.frameworks.convert import find_layers
from lstm_files.weights.read import EXTENSIONS, read_weights
from tests.files.weights.weight_files import SOUND


def one_sentence_or_arrays(data, name):
    told = "."
    try:
        arrays = read_weights(data, name)
        assert sum(array.nbytes for array in arrays.values()) <= 40_000_000
        find_layers(arrays)
    except ValueError as error:
        told = str(error)
    assert told.endswith(".")
    assert told.isprintable()


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300), st.sampled_from(EXTENSIONS))
def test_arbitrary_bytes(data, kind):
    one_sentence_or_arrays(data, f"a.{kind}")


@settings(deadline=None, max_examples=300)
@given(st.sampled_from([k for k in SOUND if k != "xlsx"]), st.data())
def test_arbitrary_damage(kind, data):
    changed = bytearray(SOUND[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at] = data.draw(st.integers(0, 255))
    one_sentence_or_arrays(bytes(changed), f"a.{kind}")


@settings(deadline=None, max_examples=30)
@given(st.integers(0, len(SOUND["xlsx"]) - 1), st.integers(0, 255))
def test_a_damaged_spreadsheet(at, byte):
    data = SOUND["xlsx"]
    one_sentence_or_arrays(data[:at] + bytes([byte]) + data[at + 1 :], "a.xlsx")


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(list(SOUND)), st.data())
def test_a_file_cut_short(kind, data):
    whole = SOUND[kind]
    one_sentence_or_arrays(whole[: data.draw(st.integers(1, len(whole) - 1))], f"a.{kind}")
