"""Text of a reader is text: no call takes it for HTML, Markdown, LaTeX or a formula by accident.

Streamlit reads what its elements are given as Markdown, labels too. So each of these is a text of
our own, or goes through a function that escapes it, or stands in a list below with the reason why
nothing in it was typed by a reader. The browser's scripts may make elements from text in the few
places that are listed, and tables go out through writers that guard against formulas.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCREENS = [
    ROOT / "explainer.py",
    *(ROOT / "lstm_ui").rglob("*.py"),
    *(ROOT / "pages").rglob("*.py"),
]

# What Streamlit reads as Markdown or HTML: the first argument of these, and these keywords.
_READ = re.compile(
    "button|caption|checkbox|code|download_button|error|expander|file_uploader|header|html|iframe"
    "|info|latex|markdown|multiselect|number_input|pills|popover|progress|radio|segmented_control"
    "|selectbox|slider|spinner|status|subheader|success|tabs|text_area|text_input|title|toast"
    "|toggle|warning|write"
)
_KEYWORDS = {"help", "label", "text"}
_OPTIONS = {"radio", "segmented_control", "pills", "progress"}  # their second one is read as well
_RAW = {"unsafe_allow_html", "unsafe_allow_javascript", "latex", "write", "write_stream"}

# No reader has typed what is in these, and why.
NUMBERS = "only numbers are filled in"
OURS = "words and names of our own tables"
COUNTED = "how far something is"
ESCAPED = "HTML, and escaped"
KNOWN = {
    "bring_in: bands(conversion)": "HTML, made with escape: tests/ui/exchange",
    "bring_in: f'{what.capitalize()}, of {size}'": NUMBERS,
    "bring_in: titles": OURS,
    "form: f\"{WORDS.text('page', 'own')}: {TASKS.text(task, 'typed')}\"": OURS,
    "form: help_": OURS,
    "form: label": OURS,
    "hand_in: done / of": COUNTED,
    "hand_in: f'Download the {what} as {label}'": OURS,
    "hand_in: f'{done} of {of}'": COUNTED,
    "hand_in: label": OURS,
    "head: _HEAD.format(title=escape(page.title), line=escape(page.line), help=button)": ESCAPED,
    "head: _PART.format(title=escape(title))": ESCAPED,
    "layers_out: label": OURS,
    "many: WORDS.text('many', case, {'count': count})": NUMBERS,
    "many: done / count": COUNTED,
    "many: f'0 of {count}'": COUNTED,
    "many: f'{done} of {count}'": COUNTED,
    "outcome: WORDS.text('outcome', 'points, help', {'entries': entries})": NUMBERS,
    "outcome: WORDS.text('outcome', case, {'count': len(every)})": NUMBERS,
    "outcome: page": "HTML, made with escape: tests/files/classes",
    "results: VIEWS": OURS,
    "results: settings_line(one.settings, one.own)": NUMBERS,
    "results: lambda name: WORDS.text('figure', name)": OURS,
    "results: one.run.step / one.settings.steps": COUNTED,
    "results: status(one.run)": NUMBERS,
    "room_field: label": OURS,
    "room_field: offer": "the address that this computer has on its network",
    "sidebar: DRAWS.text('choices', 'forget bias', {'name': bias})": OURS,
    "sidebar: WORDS.text('order', 'mix-up', {'order': ORDERS[other]})": OURS,
    "sidebar: WORDS.text('order', 'same network', {'order': ORDERS[other]})": OURS,
    "sidebar: WORDS.text('sizes', 'help', {'size': size, 'most': most})": NUMBERS,
    "sidebar: _parameters(exercise)": NUMBERS,
    "sidebar: f\"Order of v: **{ORDERS[exercise.cell.order].replace('[', chr(92) + '[')}**\"": OURS,
    "sidebar: letter": OURS,
    "take_out: export.label": OURS,
    "view: LEVELS[recipe.level].meaning": OURS,
    "view: _LABELS[name]": OURS,
    "view: _PAGES": OURS,
    "view: choice.FROM.words": OURS,
    "view: confusions": OURS,
    "view: label": OURS,
    "view: lambda word: WORDS.text('of', word, {'title': title})": "`title` is escaped above",
    "view: shown[page]": "HTML, made with escape: tests/files/worksheet",
}


def is_streamlits(node):
    """Whether a call goes to `st`, or to what it has made: a column, an empty place, a bar."""
    made = {"st", "bar", "place", "top", "left", "right", "column", "file_side", "text_side"}
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value).split(".")[0] in made
    )


def arguments(node):
    """What a call of Streamlit's takes for Markdown or HTML."""
    name = node.func.attr
    if _READ.fullmatch(name):
        yield from node.args[: 2 if name in _OPTIONS else 1]
        read = _KEYWORDS | ({"format_func"} if name in _OPTIONS else set())
        yield from (word.value for word in node.keywords if word.arg in read)


def is_safe(node):
    """Whether it is a text of ours, or escaped."""
    if isinstance(node, ast.Constant):
        return True
    if not isinstance(node, ast.Call):
        return False
    called = ast.unparse(node.func)
    return called == "escaped" or (called.endswith(".text") and len(node.args) == 2)


def found(source):
    """Each argument that is neither, as it is written."""
    calls = filter(is_streamlits, ast.walk(ast.parse(source)))
    return [ast.unparse(a) for call in calls for a in arguments(call) if not is_safe(a)]


def test_what_streamlit_reads_as_markdown_or_html_was_not_typed_by_a_reader_or_is_escaped():
    every = {f"{path.stem}: {text}" for path in SCREENS for text in found(path.read_text("utf-8"))}
    assert every - KNOWN.keys() == set(), "escape it (lstm_ui/sheet/plain_text.py), or say why not"
    assert KNOWN.keys() - every == set(), "nothing of the kind is left: take the reason away"


@pytest.mark.parametrize(
    "source",
    [
        "st.markdown(exercise.title)",
        "st.error(str(error))",
        "column.button(f'Open {name}')",
        "st.selectbox(WORDS.text('a', 'b'), x, help=student.name)",
        "st.radio('Layer', names)",
        "st.warning(WORDS.text('a', 'b', {'name': name}))",
        "st.html(escaped)",
    ],
)
def test_what_is_not_escaped_is_found(source):
    assert len(found(source)) == 1


def test_nothing_asks_for_raw_html_or_has_streamlit_set_a_formula():
    nodes = [node for path in SCREENS for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    words = {node.arg for node in nodes if isinstance(node, ast.keyword)}
    calls = {node.func.attr for node in filter(is_streamlits, nodes)}
    assert not _RAW & (words | calls)


def test_tables_that_streamlit_offers_as_csv_are_guarded():
    """Their cells come from these alone, each of which guards what a file or a reader has named."""
    calls = re.compile(r"st\.(?:dataframe|data_editor|table)\(\s*((?:[\w.]+\()+[\w.]+)")
    every = {text for path in SCREENS for text in calls.findall(path.read_text("utf-8"))}
    assert every == {
        "_frame(table",  # guarded: lstm_ui/classes/outcome.py
        "_frame(mistakes_table(result",
        "pd.DataFrame(columns",  # guarded: lstm_ui/classes/hand_in.py
        "compared(every",  # titles of ours and numbers
        "rows(conversion",  # guarded: lstm_ui/exchange/conversion.py
    }


_WRITER = re.compile(r"csv\.(?:writer|DictWriter)\(|\.to_(?:csv|excel|html)\(|\bWorkbook\(")
WRITERS = {
    "lstm_files/exports/csv_rows.py",  # names of ours and numbers
    "lstm_files/exports/spreadsheet.py",  # through put_text of spreadsheet_cells.py
    "lstm_files/tables/csv_text.py",  # guarded
    "lstm_files/tables/xlsx.py",  # texts stay texts
}


def test_tables_leave_through_the_writers_that_are_known():
    rooms = [ROOT / room for room in ("lstm_core", "lstm_files", "lstm_ui", "pages")]
    every = {
        path.relative_to(ROOT).as_posix()
        for room in rooms
        for path in room.rglob("*.py")
        if _WRITER.search(path.read_text("utf-8"))
    }
    assert every == WRITERS


# Where the browser's scripts make elements, code or addresses of a text, and of which.
SINKS = {
    ("assets/core/share.js", "outerHTML"),  # read only: how an element is written, escaped
    ("assets/diagrams/cell_diagram.js", "innerHTML"),  # our drawing: lstm_ui/diagram/svg.py
    ("assets/core/formula.js", "katex.render"),  # LaTeX from our tables; it trusts no command
}
_SINK = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|DOMParser"
    r"|createContextualFragment|setHTML\w*|katex\.render|parseHTML|javascript:|trust"
    r"|set(?:Timeout|Interval)\(\s*[\"'`]|\.on\w+ ?= ?[\"'`]"
)


def test_the_browsers_scripts_make_elements_of_text_in_the_known_places_alone():
    scripts = [path for path in (ROOT / "assets").rglob("*.js") if "vendor" not in path.parts]
    every = {
        (path.relative_to(ROOT).as_posix(), sink)
        for path in scripts
        for sink in _SINK.findall(path.read_text("utf-8"))
    }
    assert every == SINKS
