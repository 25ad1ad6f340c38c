"""What the tests of marking share: one step marked, and an exercise with plain numbers."""

from dataclasses import replace

from lstm_core.cells import lstm
from lstm_core.marking.check import check
from lstm_core.trace import Address
from tests.core.exercises import some


def one(exercise, name, texts, t=0, **earlier):
    """The verdicts of one step, after answers to earlier ones."""
    answers = {(0, step): row for step, row in earlier.items()} | {(t, name): texts}
    verdicts = check(exercise, answers)
    return [verdict for at, verdict in verdicts.items() if (at.step, at.t) == (name, t)]


def states(*args, **kwargs):
    return [verdict.state for verdict in one(*args, **kwargs)]


def known(**arrays):
    """A cell of one unit with v = [0.5, 2], W = [1, 1] and b = 0, but for what is given."""
    params = {f"W_{g}": [[1.0, 1.0]] for g in "fiCo"} | {f"b_{g}": [0.0] for g in "fiCo"}
    ex = some(lstm(), n=1, m=1, T=2)
    start = {"h_prev": [0.5], "C_prev": [3.0]}
    return replace(ex, params=params | arrays, xs=[[2.0], [1.0]], start=start)


def codes(verdict):
    return {mistake.code for mistake in verdict.mistakes}


def entry(exercise, name, value, j=0, **earlier):
    answers = {(0, step): row for step, row in earlier.items()}
    answers[0, name] = [""] * j + [value]
    return check(exercise, answers)[Address(name, 0, (j,))]
