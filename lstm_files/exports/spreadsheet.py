"""XLSX with live formulas: change a number, and the spreadsheet works every step out again.

One sheet holds what is given; in the other, each step of each time step is a row of formulas.
"""

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.letters import plain
from lstm_files.exports import spreadsheet_cells as cells
from lstm_files.exports.names import title
from lstm_files.exports.spreadsheet_formulas import EXCEL, WORDS, Place
from lstm_files.exports.workbook import xlsx_bytes

GIVEN, CALCULATION, NOTES = "Given", "Calculation", "Notes"
Places = dict[str, Place]

_HINT = "Change any number on a yellow cell: the sheet Calculation works every step out again."
_HEADER = ("stage", "step", "letter", "how")
_FIRST = len(_HEADER) + 1  # the column of the first entry


def spreadsheet(exercise: Exercise) -> bytes:
    """Return an .xlsx whose every step is a formula over cells."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    given = _given(workbook.create_sheet(GIVEN), exercise)
    values = _calculation(workbook.create_sheet(CALCULATION), exercise, given)
    if exercise.notes:
        _notes(workbook.create_sheet(NOTES), exercise)
    return xlsx_bytes(workbook, {CALCULATION: values})


def _given(sheet: Worksheet, exercise: Exercise) -> Places:
    """Write what is given, and return where each array stands."""
    cells.put_text(sheet, 1, 1, title(exercise), cells.TITLE)
    cells.put_text(sheet, 2, 1, exercise.source)
    cells.put_text(sheet, 3, 1, _HINT)
    places: Places = {}
    row = 5
    for name in ("xs", *exercise.cell.states, *exercise.params):
        values = exercise.arrays[name]
        places[name] = Place(row + 1, 2, values.shape[-1], GIVEN)
        cells.put_text(sheet, row, 1, _heading(exercise, name), cells.HEADING)
        cells.put_labels(sheet, row, 2, _labels(exercise, name))
        cells.put_numbers(sheet, places[name], values)
        rows = len(values) if values.ndim == 2 else 0
        for j in range(rows):
            word = f"t = {j + 1}" if name == "xs" else f"row {j + 1}"
            cells.put_text(sheet, row + 1 + j, 1, word, cells.LABEL)
        row += max(rows, 1) + 2
    cells.set_widths(sheet, (32,), 11)
    cells.set_page(sheet)
    sheet.freeze_panes = "B4"
    return places


def _heading(exercise: Exercise, name: str) -> str:
    if name == "xs":
        return f"{plain(exercise.cell, 'x')}, the inputs"
    letter = plain(exercise.cell, name)
    return f"{letter}, before t = 1" if name in exercise.cell.states else letter


def _labels(exercise: Exercise, name: str) -> list[str]:
    """Return a label for each column: the entry of v that it meets, or its number."""
    if exercise.arrays[name].ndim == 1:
        return [str(j + 1) for j in range(exercise.arrays[name].size)]
    meets = {"xs": ("x",), "W_y": ("h_prev",), "W_p": ("m_t",)}
    parts = meets.get(name, exercise.cell["v"].inputs)
    sizes = {"x": exercise.m, "h_prev": exercise.r, "m_t": exercise.n}
    return [f"{part[0]}{j + 1}" for part in parts for j in range(sizes[part])]


def _calculation(sheet: Worksheet, exercise: Exercise, given: Places) -> dict[str, float]:
    """Write every step of every time step, and return what each formula gives."""
    for k, word in enumerate(_HEADER, 1):
        cells.put_text(sheet, 1, k, word, cells.LABEL)
    cells.put_labels(sheet, 1, _FIRST, map(str, range(1, exercise.n + exercise.m + 1)))
    writer = _Writer(sheet, exercise)
    for t in range(exercise.T):
        given = writer.time_step(t, given)
    cells.set_widths(sheet, (14, 40, 14, 18), 11)
    cells.set_page(sheet, "1:1")
    sheet.freeze_panes = sheet.cell(2, _FIRST)
    return writer.values


def _notes(sheet: Worksheet, exercise: Exercise) -> None:
    """Write the teacher's notes, each beside the name of its step."""
    for row, (name, text) in enumerate(exercise.notes.items(), 1):
        cells.put_text(sheet, row, 1, exercise.cell[name].title, cells.LABEL)
        cells.put_text(sheet, row, 2, text)
        sheet.cell(row, 2).alignment = cells.WRAPPED
    cells.set_widths(sheet, (40, 100), 11)
    cells.set_page(sheet)


class _Writer:
    """Writes rows one under the other, and keeps what their formulas give."""

    def __init__(self, sheet: Worksheet, exercise: Exercise):
        self.sheet, self.cell, self.trace = sheet, exercise.cell, exercise.trace()
        self.form = "General" if exercise.decimals is None else f"0.{'0' * exercise.decimals}"
        self.row = 1
        self.values: dict[str, float] = {}

    def time_step(self, t: int, places: Places) -> Places:
        """Write one time step from where its operands stand; return where the next one's do."""
        self.row += 2
        heading = f"Time step {t + 1} of {len(self.trace)}"
        cells.put_text(self.sheet, self.row, 1, heading, cells.HEADING)
        xs = places["xs"]
        here = places | {"x": Place(xs.row + t, xs.column, xs.width, xs.sheet)}
        for name in ("x", *self.cell.states):
            source, size = here[name], len(self.trace[t, name])
            formulas = [source.cell(j) for j in range(size)]
            here[name] = self.formulas(
                t, name, ("", "given" if t == 0 else "carried", ""), formulas
            )
        for step in self.cell.steps:
            parts = [here[name] for name in step.inputs]
            formulas = [EXCEL[step.op.name](parts, j) for j in range(len(self.trace[t, step.name]))]
            how = WORDS[step.op.name].format(*(plain(self.cell, name) for name in step.inputs))
            here[step.name] = self.formulas(t, step.name, (step.stage, step.title, how), formulas)
        return places | {state: here[name] for name, state in self.cell.carry.items()}

    def formulas(
        self, t: int, name: str, words: tuple[str, str, str], formulas: list[str]
    ) -> Place:
        """Write one row: stage, step, letter, how, and a formula for each entry."""
        self.row += 1
        stage, title, how = words
        texts = (stage, title, plain(self.cell, name), how)
        for k, text in enumerate(texts, 1):
            cells.put_text(self.sheet, self.row, k, text)
            if stage in cells.STAGE_FILLS:
                self.sheet.cell(self.row, k).fill = cells.STAGE_FILLS[stage]
        place = Place(self.row, _FIRST, len(formulas))
        cells.put_formulas(self.sheet, place, formulas, self.form)
        for j, value in enumerate(self.trace[t, name].tolist()):
            self.values[place.cell(j).replace("$", "")] = value
        return place
