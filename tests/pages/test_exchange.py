from lstm_core.exercise.presets import PRESETS
from lstm_core.layers.around import seen_from
from lstm_core.layers.examples import EXAMPLES
from lstm_core.layers.stack import Place
from lstm_core.layers.token import to_token
from lstm_core.variants.changes import Change, varied
from lstm_files.exports.table import EXPORTS
from tests.core.exercises import some
from tests.pages.app import opened, session

PAGE = "pages/share/exchange.py"


def buttons(app):
    return [button.proto.label for button in app.get("download_button")]


def test_every_format_can_be_taken_out():
    app = opened(PAGE, x="unsaturated")
    assert not app.exception
    assert set(buttons(app)) >= {export.label for export in EXPORTS.values()}


def test_the_weights_of_a_variant_are_no_layer_of_a_framework():
    cell = varied(PRESETS["moving"].cell, Change("squashed", "none", ("C",)))
    app = opened(PAGE, x=PRESETS["moving"].in_variant(cell).token())
    assert not app.exception
    assert any("No framework has a layer for the LSTM" in info.value for info in app.info)
    assert set(buttons(app)) == {export.label for export in EXPORTS.values()}


def test_a_large_exercise_keeps_the_formats_that_hold_it_and_the_others_say_why():
    app = opened(PAGE, x=some(n=12, m=12, T=60).token())
    assert not app.exception
    assert "CSV, a number a row" in buttons(app)
    assert "LaTeX" not in buttons(app)
    assert any("at most 5" in info.value for info in app.info)


def test_a_layer_of_a_stack_goes_out_with_the_others():
    lane, around = seen_from(EXAMPLES["both_ways"], Place(0))
    app = opened(PAGE, x=lane.token(), stack=to_token(around))
    assert not app.exception
    files = ["PyTorch, safetensors", "PyTorch, npz", "JSON of all layers"]
    assert buttons(app)[-3:] == files
    assert not set(files) & set(buttons(opened(PAGE, x="unsaturated")))


def test_the_page_keeps_the_exercise():
    assert session(opened(PAGE, x="unsaturated")).exercise == PRESETS["unsaturated"]
