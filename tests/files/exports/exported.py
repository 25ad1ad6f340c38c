"""What the tests of exports share: every cell, hostile titles, numbers that overflow."""

import numpy as np
from hypothesis import strategies as st

from lstm_core.exercise.exercise import Exercise
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES, VARIANTS

EVERY_CELL = dict(zip(NAMES, (some(cell, n=3, m=2, T=2) for cell in CELLS), strict=True)) | {
    cell.name: some(cell, n=3, m=2, T=2, title=cell.name) for cell in VARIANTS
}

HOSTILE = [
    "",
    "=1+1",
    '=HYPERLINK("http://a.example","b")',
    "@SUM(A1)",
    "</title><script>alert(1)</script>",
    "a_b *c* `d` [e](javascript:f) ![g](h) | i ~~j~~ # k",
    r"$\href{javascript:alert(1)}{x}$ \(a\) \\(b\\) $$c$$ \begin{x} @@0@@",
    r"\input{/etc/passwd} \end{document} % # & ^ ~ { }",
    "''' \"\"\" \\' {0} %s $HOME",
    "-- ?` !` << >> fi",
    "é ñ ő ğ å Ł ß “q” – σ(h + x) × ≤ 中文 😀 ₜ",
    "\u202eleft\u2066 \u200b \uffff \ufffe \U0001ffff e\u0301",
    "x" * 200,
]
TITLES = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40
) | st.sampled_from(HOSTILE)


def titled(title, exercise=None):
    """Return an exercise with this title and source."""
    base = exercise or some(n=2, m=1, T=1)
    return Exercise(base.cell, base.params, base.xs, base.start, title=title, source=title)


def noted(text):
    """Return an exercise with this note on two steps, once on two lines."""
    return titled("a").with_note("f", text).with_note("h", f"{text}\n{text}")


def overflowing():
    """Return an exercise whose numbers become infinite, and then undefined."""
    exercise = some(n=2, m=2, T=2)
    W = np.full((2, 4), 1e308) * [[1], [-1]]
    exercise = exercise.with_array("W_C", W).with_array("W_o", W)
    return exercise.with_array("xs", [[1e5, 1e5], [1e5, -1e5]])


def numbers(exercise):
    """Give every number of the calculation: t, name, index, value."""
    trace = exercise.trace()
    for t, frame in enumerate(trace.frames):
        for step in exercise.cell.steps:
            for index in np.ndindex(frame[step.name].shape):
                yield t, step.name, index, float(frame[step.name][index])
