"""The kernel is small and stands alone: what a lecture quotes can be read in one sitting."""

import pytest

from tests.test_import_rule import ROOT, imports

KERNEL = ("ops", "cell", "cells", "shapes", "trace", "gradients")
FAST = "fast"  # the same interpreter for many time steps; it stands beside the kernel
MOST_LINES = 800


def source(name):
    return (ROOT / "lstm_core" / f"{name}.py").read_text("utf-8")


def inside(name):
    """The modules of lstm_core that one of its files imports, by their names."""
    found = imports(f"lstm_core/{name}.py", source(name))
    return {module.split(".")[1] for module in found if module.startswith("lstm_core")}


def test_nothing_else_lies_beside_it():
    files = {path.stem for path in (ROOT / "lstm_core").glob("*.py")}
    assert files == {*KERNEL, FAST, "__init__"}


def test_it_is_short():
    assert sum(source(name).count("\n") for name in KERNEL) <= MOST_LINES


@pytest.mark.parametrize("name", [*KERNEL, FAST])
def test_it_knows_nothing_of_the_rest(name):
    assert inside(name) <= {*KERNEL, FAST}


def test_each_file_rests_on_those_before_it():
    for k, name in enumerate(KERNEL):
        assert inside(name) <= {*KERNEL[:k], FAST}
