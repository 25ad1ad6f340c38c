"""The notebook and the script: run, they agree; with one number changed, they fail."""

import re

import nbformat
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from lstm_core import PRESETS, gru, lstm
from lstm_files.exports.code import literal
from lstm_files.exports.pytorch_cells import NATIVE
from lstm_files.exports.table import EXPORTS
from tests.core.exercises import SHORT, some
from tests.files.exports.exported import EVERY_CELL, HOSTILE, TITLES, overflowing, titled

OWN = "My own numbers"  # what is called nothing

EXERCISES = {**EVERY_CELL, **SHORT, "overflowing": overflowing()}


def chaotic():
    """Return an exercise in which the last bit of a product decides what comes 50 steps later."""
    exercise = some(n=3, m=1, T=50)
    for name, array in exercise.params.items():
        exercise = exercise.with_array(name, 30 * array)
    return exercise


EXERCISES["chaotic"] = chaotic()
EXTREME = {
    f"{scale:g}": some(n=3, m=2, T=2).with_array("W_f", scale * np.ones((3, 5)))
    for scale in (1e3, -1e3, 1e200, 5e-324)
}


def script(exercise):
    return EXPORTS["pytorch"].write(exercise).decode()


def cells(exercise):
    notebook = nbformat.reads(EXPORTS["notebook"].write(exercise).decode(), as_version=4)
    nbformat.validate(notebook)
    return notebook


def code(notebook):
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")


def ran(source):
    names = {}
    with np.errstate(all="ignore"):
        exec(compile(source, "export", "exec"), names)
    return names


LONG = re.compile(r"(\d\.\d{5})(\d)(?=\d{6})")


def changed(source, at):
    """Return the code with the sixth decimal changed of its `at`-th long number."""
    found = [*LONG.finditer(source)][at]
    return f"{source[: found.end(1)]}{(int(found[2]) + 5) % 10}{source[found.end() :]}"


@pytest.mark.parametrize("exercise", (EXERCISES | EXTREME).values(), ids=EXERCISES | EXTREME)
def test_the_script_works_every_step_out(exercise, capsys):
    names = ran(script(exercise))
    assert capsys.readouterr().out.endswith("Every step agrees.\n")
    last = exercise.trace().frames[-1]
    for name in exercise.cell.carry:
        assert np.array_equal(names[name].numpy(), last[name], equal_nan=True)


@pytest.mark.parametrize("exercise", (EXERCISES | EXTREME).values(), ids=EXERCISES | EXTREME)
def test_the_code_of_the_notebook_works_every_step_out(exercise, capsys):
    names = ran(code(cells(exercise)))
    assert capsys.readouterr().out == "Every step agrees.\n"
    last = exercise.trace().frames[-1]
    for step in exercise.cell.steps:
        assert np.array_equal(names[step.name], last[step.name], equal_nan=True)


@pytest.mark.parametrize("name", EVERY_CELL)
def test_without_the_comparison_code_works_out_what_the_cell_does(name, capsys):
    exercise = EVERY_CELL[name]
    trace = exercise.trace()
    for source in (script(exercise), code(cells(exercise))):
        assert "CHECK = True" in source
        names = ran(source.replace("CHECK = True", "CHECK = False"))
        assert capsys.readouterr().out.endswith("Nothing was compared.\n")
        for state in exercise.cell.carry:
            assert np.allclose(names[state], trace[exercise.T - 1, state], rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("exercise", [some(lstm("xh"), T=1), some(gru("hx", "after"), T=1)])
@pytest.mark.parametrize("write", [script, lambda exercise: code(cells(exercise))])
def test_a_changed_number_is_found_wherever_it_is(write, exercise):
    source = write(exercise)
    found = len(LONG.findall(source))
    assert found > 40
    for at in range(found):
        with pytest.raises(AssertionError, match="differs"):
            ran(changed(source, at))


@pytest.mark.parametrize("name", NATIVE)
@pytest.mark.parametrize("order", ["hx", "xh"])
def test_the_frameworks_own_cell_is_compared_as_well(name, order):
    source = script(EVERY_CELL[f"{name}-{order}"])
    assert f"torch.nn.{NATIVE[name].name}(" in source
    for part in ("of_x", "of_h", "bias"):
        assert f"copy_({part})" in source
        with pytest.raises(AssertionError, match="differs"):
            ran(source.replace(f"copy_({part})", f"copy_(0.5 * {part})"))


def test_the_gate_order_of_the_framework_matters():
    source = script(EVERY_CELL["lstm-hx"])
    right = "[W_i, W_f, W_C, W_o]"
    assert right in source
    with pytest.raises(AssertionError, match="h differs"):
        ran(source.replace(right, "[W_f, W_i, W_C, W_o]"))


def test_a_cell_that_the_framework_lacks_has_no_such_function():
    assert "framework_cell" not in script(EVERY_CELL["peephole_lstm-hx"])


@pytest.mark.parametrize("name", ["unsaturated", "founding"])
def test_the_notebook_runs_in_jupyter(name):
    notebook = cells(PRESETS[name])
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    assert notebook.cells[-1].outputs[0].text == "Every step agrees.\n"
    shown = {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}
    trace = PRESETS[name].trace()
    assert shown["t1-C"][0].data["text/plain"] == repr(np.array(trace[0, "C"]))


def test_the_notebook_with_a_wrong_weight_stops_in_jupyter():
    notebook = cells(PRESETS["unsaturated"])
    given = next(cell for cell in notebook.cells if cell.id == "parameters")
    given.source = given.source.replace("0.7", "0.8", 1)
    with pytest.raises(CellExecutionError, match="differs: "):
        NotebookClient(notebook, timeout=60, kernel_name="python3").execute()


def test_the_notebook_says_what_each_step_does_once():
    notebook = cells(PRESETS["unsaturated"])
    words = [cell.source for cell in notebook.cells if cell.id.endswith("-f-why")]
    assert len(words) == 3
    assert words[0].startswith(
        "### 4. Forget gate\n\n$$f_t = \\sigma(z_f)$$\n\nSquashes $z_f$ into"
    )
    assert words[1:] == ["### 4. Forget gate\n\n$$f_t = \\sigma(z_f)$$"] * 2


def test_every_cell_of_the_notebook_has_an_identity_of_its_own():
    identities = [cell.id for cell in cells(EVERY_CELL["lstm-hx-y"]).cells]
    assert len(set(identities)) == len(identities)
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", identity) for identity in identities)


@given(title=TITLES)
@settings(max_examples=40, deadline=None)
def test_a_title_is_no_code(title):
    source = script(titled(title))
    called = title.strip() or OWN
    assert re.findall("^TITLE = .*$", source, re.M) == [f"TITLE = {called!r}"]
    named = source.replace(f"TITLE = {called!r}\n", f"TITLE = {OWN!r}\n")
    assert named.replace(f"SOURCE = {title!r}\n", "SOURCE = ''\n") == script(titled(""))
    with_title, without = cells(titled(title)), cells(titled(""))
    assert with_title.cells[1:] == without.cells[1:]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_script_runs_whatever_the_title(title, capsys):
    assert ran(script(titled(title)))["TITLE"] == (title or OWN)


def test_literals_keep_every_number_and_fit_on_a_line():
    values = np.array([[0.1, np.inf, -np.inf], [np.nan, -5e-324, 1.7976931348623157e308]])
    for package, module in (("np", np), ("torch", torch)):
        text = literal(np.tile(values, 9), package)
        assert np.array_equal(eval(text, {package: module}), np.tile(values, 9), equal_nan=True)
        assert max(map(len, text.splitlines())) <= 96
