"""What the tests of layouts share: random parameters for any cell, and a layer run by our cell."""

import numpy as np

from lstm_core.cells import cell_named
from lstm_core.frameworks.convert import describe_conversion
from lstm_core.trace import run
from tests.core.samples import random_exercise

CLOSE = {"float32": {"rtol": 0, "atol": 1e-6}, "float64": {"rtol": 0, "atol": 1e-12}}


def random_params(name, n=3, m=2, order="hx"):
    cell = cell_named(name, order)
    # A projection makes h shorter: by one entry here, of one unit more.
    return random_exercise(cell, n + cell.projected, m, r=n if cell.projected else None).params


def same(params, others):
    """Equal names and, to the last bit, equal numbers."""
    return params.keys() == others.keys() and all(
        np.array_equal(params[name], others[name]) for name in params
    )


def hidden(conversion, xs, start):
    """Every h of the converted layer, in the order of the inputs, also where it runs backwards."""
    step = -1 if conversion.found.direction == "reverse" else 1
    cell = cell_named(conversion.found.cell, conversion.order)
    trace = run(cell, conversion.params, xs[::step], start)
    return np.array([trace[t, "h"] for t in range(len(xs))])[::step]


def both_directions(framework, arrays, xs, starts, **options):
    """The outputs of one bidirectional layer: forward and reverse side by side."""
    parts = [
        hidden(describe_conversion(framework, arrays, direction=direction, **options), xs, start)
        for direction, start in zip(("forward", "reverse"), starts, strict=True)
    ]
    return np.concatenate(parts, axis=1)
