"""The numbers that a student goes on with: their own, and what follows from them elsewhere."""

from types import MappingProxyType

import numpy as np

from lstm_core.exercise.exercise import Exercise
from lstm_core.marking.typed import Answers, Place
from lstm_core.marking.work import Work
from lstm_core.trace import Trace, frozen


def own_trace(exercise: Exercise, answers: Answers, at: Place) -> Trace:
    """Return the trace of a student's numbers, in which the step at `at` is done as it should be.

    What was typed stands in it, as far as it can be gone on with; whatever was not follows from it.
    Where `at` is a row of the backward pass, the trace has all of them, for L = Σ h_T.
    """
    with np.errstate(all="ignore"):  # typed numbers can be huge
        work = Work(exercise, {**answers, at: answers.get(at, ())})
        own, row = work.carried, work.program.by_place[at]
        frames = [
            {name: frozen(own[t, name]) for name in frame} for t, frame in enumerate(work.truth)
        ]
        frames[at[0]][at[1]] = frozen(own.made(row))
    return Trace(work.table, exercise.params, tuple(MappingProxyType(f) for f in frames))
