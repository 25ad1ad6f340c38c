"""Who may import whom: app, pages → lstm_ui → lstm_files → lstm_core → numpy, never upward."""

import ast
import sys
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("lstm_core", "lstm_files", "lstm_ui", "pages", "explainer", "app")  # from the ground up
LEVEL = {"lstm_core": 0, "lstm_files": 1, "lstm_ui": 2, "pages": 3, "explainer": 4, "app": 5}
ANYWHERE_BELOW = {"streamlit", "plotly"}  # what only lstm_ui and above may know
# All of lstm_ui that knows Streamlit: what else is there can be tested, and read, without it.
ON_SCREEN = {
    *(f"lstm_ui/shell/{name}.py" for name in ("head", "menu", "page", "sidebar", "state")),
    *(f"lstm_ui/sheet/{name}.py" for name in ("component", "diagram", "live_figure")),
    *(f"lstm_ui/classes/{name}.py" for name in ("hand_in", "outcome")),
    *(f"lstm_ui/exchange/{name}.py" for name in ("bring_in", "layers_out", "take_out")),
    "lstm_ui/learned/view.py",
    *(f"lstm_ui/serving/{name}.py" for name in ("early", "headers", "opening")),
    *(f"lstm_ui/training/{name}.py" for name in ("form", "results")),
    "lstm_ui/shell/room_field.py",
    "lstm_ui/shell/title_fields.py",
    *(f"lstm_ui/worksheets/{name}.py" for name in ("many", "view")),
}
ONLY_IN = {"session_state": "lstm_ui/shell/state.py", "query_params": "lstm_ui/shell/state.py"}


def package_of(path):
    """The dotted package that relative imports in this file start from."""
    return PurePosixPath(path).parent.parts


def named(node, package):
    """The modules that one node of the syntax tree imports, dotted."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        above = package[: len(package) + 1 - node.level] if node.level else ()
        base = ".".join([*above, *filter(None, [node.module])])
        return [f"{base}.{alias.name}".lstrip(".") for alias in node.names]
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
        ("import_module", "__import__")
    ):
        return [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
    return []


@cache
def imports(path, source):
    """Every module that a file imports, dotted, wherever in the file."""
    tree, package = ast.parse(source), package_of(path)
    return [module for node in ast.walk(tree) for module in named(node, package)]


def room_of(path):
    return PurePosixPath(path).parts[0].removesuffix(".py")


def is_pure(path):
    return room_of(path) == "lstm_ui" and path not in ON_SCREEN


def forbidden(path, module):
    """Why this file may not import this module; None where it may."""
    room, top = room_of(path), module.split(".")[0]
    level = LEVEL.get(room, 9)  # tests, benchmarks and scripts stand on top of everything
    rules = {
        "nothing imports pages": top == "pages",
        "benchmarks may use the tests, and no test a benchmark": top == "benchmarks"
        and room != "benchmarks",
        "never upward": LEVEL.get(top, -1) > level,
        "lstm_core knows numpy and the standard library only": room == "lstm_core"
        and top not in {"numpy", "lstm_core", *sys.stdlib_module_names},
        "only lstm_ui and above know Streamlit and Plotly": level < 2 and top in ANYWHERE_BELOW,
        "pages import neither numpy nor plotly nor pandas": room == "pages"
        and top in {"numpy", "plotly", "pandas"},
        "of lstm_ui, few files know Streamlit": is_pure(path) and top == "streamlit",
    }
    return next((rule for rule, broken in rules.items() if broken), None)


def violations(path, source):
    """Every broken rule in one file, as "path: module (rule)"; `path` from the root, with /."""
    pairs = [(module, forbidden(path, module)) for module in imports(path, source)]
    found = [f"{path}: {module} ({rule})" for module, rule in pairs if rule]
    for word, home in ONLY_IN.items():
        if word in source and path != home and room_of(path) in OURS:
            found.append(f"{path}: only {home} mentions {word}")
    return found


def files():
    rooms = [path for room in OURS for path in sorted((ROOT / room).rglob("*.py"))]
    others = [
        path for room in ("tests", "benchmarks", "scripts") for path in ROOT.glob(f"{room}/**/*.py")
    ]
    return [
        path for path in (*rooms, *others, ROOT / "explainer.py", ROOT / "app.py") if path.exists()
    ]


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def closure(name, sources):
    """The files of ours that a file imports, and the files that those import, and so on."""
    reached, waiting = set(), [name]
    while waiting:
        path = waiting.pop()
        if path in sources and path not in reached:
            reached.add(path)
            for module in imports(path, sources[path]):
                whole, parent = (
                    module.replace(".", "/"),
                    module.rpartition(".")[0].replace(".", "/"),
                )
                waiting += [f"{whole}.py", f"{whole}/__init__.py", f"{parent}.py"]
    return reached


def reaches_streamlit(sources):
    """The pure files of lstm_ui that bring Streamlit in through another file."""
    return [
        f"{name}: through {path}"
        for name in filter(is_pure, sources)
        for path in sorted(closure(name, sources))
        if any(module.split(".")[0] == "streamlit" for module in imports(path, sources[path]))
    ]


def test_the_rule_is_kept():
    broken = [
        line for path in files() for line in violations(name_of(path), path.read_text("utf-8"))
    ]
    assert broken == []


def test_what_is_pure_reaches_no_streamlit_in_a_roundabout_way():
    assert reaches_streamlit({name_of(p): p.read_text("utf-8") for p in files()}) == []


def test_there_is_something_to_check():
    assert {"lstm_core/cell.py", *ON_SCREEN} <= {*map(name_of, files())}


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("lstm_core/ops.py", "import torch"),
        ("lstm_core/ops.py", "from streamlit import write"),
        ("lstm_core/ops.py", "import lstm_ui.sheet.theme"),
        ("lstm_core/ops.py", "def f():\n    from lstm_files import csv"),
        ("lstm_core/ops.py", "from .. import lstm_ui"),
        ("lstm_core/ops.py", "import importlib\nimportlib.import_module('scipy.special')"),
        ("lstm_core/ops.py", "__import__('pandas')"),
        ("lstm_files/csv.py", "from lstm_ui import theme"),
        ("lstm_files/csv.py", "import streamlit as st"),
        ("lstm_files/csv.py", "import plotly.graph_objects as go"),
        ("lstm_ui/sheet/panels.py", "import app"),
        ("lstm_ui/sheet/panels.py", "from pages.learn import training"),
        ("lstm_ui/sheet/theme.py", "import streamlit"),
        ("lstm_ui/figures/step.py", "if True:\n    import streamlit as st"),
        ("lstm_ui/through_time/figure.py", "from streamlit.components import v1"),
        ("lstm_ui/figures/heat.py", "import streamlit"),
        ("lstm_ui/sheet/panels.py", "from streamlit import write"),
        ("lstm_ui/shell/sidebar.py", "import streamlit as st\nst.session_state['a'] = 1"),
        ("lstm_ui/shell/page.py", "import streamlit as st\nst.query_params.clear()"),
        ("lstm_ui/shell/page.py", "from streamlit import session_state"),
        ("pages/learn/training.py", "import numpy as np"),
        ("pages/learn/training.py", "import plotly.express as px"),
        ("pages/learn/training.py", "from pandas import DataFrame"),
        ("pages/learn/training.py", "import app"),
        ("pages/learn/training.py", "from pages.share import exchange"),
        ("pages/learn/training.py", "getattr(st, 'session_state')"),
        ("explainer.py", "from pages.learn import training"),
        ("explainer.py", "import app"),
        ("tests/pages/test_training.py", "import pages.learn.training"),
        ("tests/core/test_cell.py", "from benchmarks.core import sizes"),
    ],
)
def test_a_planted_violation_is_caught(path, source):
    assert len(violations(path, source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("lstm_core/ops.py", "import math\nimport numpy as np\nfrom lstm_core.cells import lstm"),
        ("lstm_core/ops.py", "from . import cell\nfrom .cell import lstm"),
        ("lstm_files/csv.py", "import openpyxl\nfrom lstm_core import run"),
        ("lstm_ui/figures/step.py", "import plotly.graph_objects as go\nimport numpy as np"),
        ("lstm_ui/shell/state.py", "import streamlit as st\nst.session_state['a'] = 1"),
        ("lstm_ui/shell/state.py", "import streamlit as st\nst.query_params.clear()"),
        ("pages/learn/training.py", "import streamlit as st\nfrom lstm_ui import panels"),
        ("explainer.py", "import streamlit as st\nfrom lstm_ui import state"),
        ("tests/ui/test_state.py", "import numpy, streamlit, lstm_ui\nst.session_state"),
    ],
)
def test_what_is_allowed_passes(path, source):
    assert violations(path, source) == []


def test_a_roundabout_way_is_caught():
    sources = {
        "lstm_ui/__init__.py": "",
        "lstm_ui/figures/step.py": "from lstm_ui.words import title",
        "lstm_ui/words.py": "from lstm_ui.shell import state",
        "lstm_ui/shell/state.py": "import streamlit as st",
    }
    through = [
        f"lstm_ui/{name}.py: through lstm_ui/shell/state.py" for name in ("figures/step", "words")
    ]
    assert reaches_streamlit(sources) == through
    assert reaches_streamlit({**sources, "lstm_ui/words.py": "import math"}) == []
