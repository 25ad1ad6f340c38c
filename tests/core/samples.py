"""What the core tests share: every cell, and random exercises for any of them."""

from types import SimpleNamespace

import numpy as np

from lstm_core.cells import (
    coupled_lstm,
    gru,
    lstm,
    mgu,
    no_forget_lstm,
    peephole_lstm,
    projected_lstm,
    rnn,
)
from lstm_core.shapes import shape_in
from lstm_core.trace import run
from lstm_core.variants.changes import Change, variant

CELLS = [
    make(order, **options)
    for order in ("hx", "xh")
    for make, options in [
        (lstm, {}),
        (lstm, {"readout": True}),
        (peephole_lstm, {}),
        (coupled_lstm, {}),
        (no_forget_lstm, {}),
        (projected_lstm, {}),
        (mgu, {}),
        (gru, {"reset": "before"}),
        (gru, {"reset": "after"}),
        (rnn, {"activation": "tanh"}),
        (rnn, {"activation": "relu"}),
    ]
]
VARIANTS = [  # with each operation that only a variant has
    variant(lstm(), (Change("squashed", "none", ("C",)),)),
    variant(lstm("xh"), (Change("f", "hard", ("z_f",)), Change("h", "left_out", ("squashed",)))),
    variant(gru(), (Change("z", "hard_six", ("z_z",)), Change("kept", "add", ("z", "h_prev")))),
]
NAMES = [f"{cell.name}-{cell.order}{'-y' * cell.readout}" for cell in CELLS]


def random_exercise(cell, n, m, T=1, p=2, seed=0, r=None):
    """Draw parameters, inputs and starting states that fit `cell`, and none of which is zero.

    With a projection h has as many entries as C, unless `r` says how many.
    """
    rng = np.random.default_rng((seed, n, m, T))
    known = {"n": n, "m": m, "p": p} | ({"r": r or n} if cell.projected else {})
    draw = {name: shape_in(name, known) for name in (*cell.params, *cell.states)}
    arrays = {name: rng.normal(0, 0.7, shape) for name, shape in draw.items()}
    start = {name: arrays.pop(name) for name in cell.states}
    return SimpleNamespace(params=arrays, xs=rng.normal(0, 1, (T, m)), start=start)


def random_trace(cell, *sizes, **options):
    """Run `cell` on a random exercise."""
    exercise = random_exercise(cell, *sizes, **options)
    return run(cell, exercise.params, exercise.xs, exercise.start)
