from dataclasses import replace
from pathlib import Path

import pytest

from lstm_core.cell import Cell
from lstm_core.cells import CELLS, cell_named, lstm
from lstm_core.ops import RELU
from lstm_ui.diagram.served import _drawing, drawing
from lstm_ui.diagram.svg import svg
from lstm_ui.house import HOUSE
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.diagram import changed, names, numbers
from lstm_ui.shell import static_files
from tests.ui.sessions import FOUNDING, UNSATURATED, do, session_at

CELL = lstm(readout=True)


def test_each_part_is_named_and_each_number_written():
    on_desk = desk(session_at(exercise=FOUNDING.with_readout(2)))
    assert {*CELL.names} <= names(on_desk).keys()
    assert {name for name, text in numbers(on_desk).items() if not text} == {"v"}


@pytest.mark.parametrize("name", CELLS)
def test_the_drawing_of_each_cell_is_a_file_that_the_browser_keeps(name):
    cell = cell_named(name, "xh")
    url = drawing(cell)
    assert url == drawing(Cell(cell.name, cell.steps, dict(cell.carry)))
    file = Path(HOUSE, "static", url.removeprefix("app/static/"))
    assert file.read_text("utf-8") == svg(cell)
    assert drawing(cell.with_readout()) != url


def test_the_drawing_of_a_changed_cell_leaves_no_file():
    changed_cell = CELL.with_step(replace(CELL["squashed"], op=RELU))
    before = sorted(Path(HOUSE, "static").iterdir())
    assert drawing(changed_cell) == svg(changed_cell)
    assert sorted(Path(HOUSE, "static").iterdir()) == before


def test_where_no_file_can_be_made_the_drawing_itself_goes_along(monkeypatch, tmp_path):
    (tmp_path / "static").write_text("a file, where a folder should be")
    monkeypatch.setattr(static_files, "STATIC", tmp_path / "static")
    _drawing.cache_clear()
    assert drawing(CELL) == svg(CELL)
    _drawing.cache_clear()


@pytest.mark.parametrize("exercise", [FOUNDING, UNSATURATED.with_readout(2)])
def test_numbers_and_names_are_those_of_the_open_unit(exercise):
    on_desk = desk(session_at("h", exercise, entry=1))
    trace, written, called = exercise.trace(), numbers(on_desk), names(on_desk)
    for step in exercise.cell.steps[1:]:
        text = on_desk.text(step.name, trace[0, step.name][1])
        assert written[step.name] == text
        assert called[step.name] == f"{step.title}: {on_desk.entry(step.name, 1)} = {text}"
    assert written["h_prev"] == on_desk.text("h_prev", exercise.start["h_prev"][1])
    assert written["unit"] == "numbers of unit 2"
    assert called["x"].startswith("xₜ[2] = ")


def test_a_long_number_is_shortened():
    session = session_at("f", FOUNDING)
    session.show(None)
    assert numbers(desk(session))["C"] == "0.70"


def test_without_numbers_no_name_tells_one():
    called = names(desk(session_at()), with_numbers=False)
    assert called["f"] == "Forget gate"
    assert not any("=" in name for name in called.values())


@pytest.mark.parametrize(
    ("name", "fed"),
    [("v", ["Wv_f", "Wv_i", "Wv_C", "Wv_o"]), ("C", ["squashed"]), ("h", ["Wv_y"]), ("y", [])],
)
def test_a_step_feeds_those_that_read_it(name, fed):
    assert [step.name for step in CELL.readers(name)] == fed


def test_what_an_edit_changed_is_marked():
    session = session_at()
    assert changed(desk(session)) == []
    do(session, "edit", cell="b_o:0", text="0.5")
    assert changed(desk(session)) == ["z_o", "o", "h"]


def test_another_size_marks_nothing_of_that_size():
    session = session_at()
    session.change(FOUNDING.resized(n=4)[0])
    assert changed(desk(session)) == []
