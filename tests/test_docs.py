"""What the guides say is true: their code runs, their links and the places that they name exist."""

import re
from pathlib import Path

import numpy as np
import pytest

from lstm_core import backward, run
from lstm_core.ops import sigmoid
from lstm_core.shapes import letters, numbers

ROOT = Path(__file__).resolve().parents[1]
GUIDES = ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/adding.md")
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
PLACE = re.compile(
    r"`((?:lstm_core|lstm_files|lstm_ui|tests|pages|assets|benchmarks|docs)/[\w./]*)`"
)


def text(guide):
    return (ROOT / guide).read_text("utf-8")


@pytest.mark.parametrize("guide", GUIDES)
def test_every_place_that_a_guide_names_exists(guide):
    base = (ROOT / guide).parent
    assert [link for link in LINK.findall(text(guide)) if not (base / link).exists()] == []
    assert [place for place in PLACE.findall(text(guide)) if not (ROOT / place).exists()] == []


def test_the_code_in_the_readme_runs():
    (code,) = PYTHON.findall(text("README.md"))
    exec(code, {})


@pytest.mark.parametrize("order", ["hx", "xh"])
def test_the_cell_in_the_guide_is_the_minimal_gated_unit(order):
    made = {}
    exec(PYTHON.findall(text("docs/adding.md"))[0], made)
    cell, rng = made["mgu"](order), np.random.default_rng(3)
    sizes = {"n": 3, "m": 2}
    params = {name: rng.normal(size=numbers(letters(name), sizes)) for name in cell.params}
    xs, h = rng.normal(size=(4, 2)), rng.normal(size=3)
    trace = run(cell, params, xs, {"h_prev": h})
    for t, x in enumerate(xs):
        v = np.concatenate((h, x) if order == "hx" else (x, h))
        f = sigmoid(params["W_f"] @ v + params["b_f"])
        v = np.concatenate((f * h, x) if order == "hx" else (x, f * h))
        h = (1 - f) * h + f * np.tanh(params["W_h"] @ v + params["b_h"])
        np.testing.assert_allclose(trace[t, "h"], h, rtol=1e-12)
    assert np.abs(backward(trace, {(3, "h"): np.ones(3)}).params["W_f"]).min() > 0
