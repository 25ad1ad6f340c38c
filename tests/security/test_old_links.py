"""A link that somebody has kept opens what it opened, in each version that a token ever had."""

import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_ui.shell import link

FIRST = (
    "1.eNqLVsopLslV0lHKqFDSqVbKVbIy1FHKA5MhQLJWx0RHyT8nBahASSfaUM9AR9dAzxxEGOhAGcY6BhBhYxBhqmO"
    "oZwZiGIEIIMsQwgKpAosbxsYCAA8-GLo"
)
SECOND = (
    "2.eNotjTkKgEAQBL8iHbfLjidsIr7AxEzMRASPREFF_Ls7alIUTUE3mNZtBjEc4IUZTojlZe15MyGqqfMB2IixDK3JFZ"
    "a_xLTfHCtSislUIoU3-Uyrd5fW3_RwKNfRBftwFrjbB_rmHhY"
)
THIRD = (
    "3.eNotjUsKwyAARO8y66lo0w-47RHanbgIVEihMRYNKYh3r5puHm-GgTF4xzSDmL5gxgytCN_5qCw8EfdtDME96wg0Sk"
    "gepLg2SP5loNzroeFMJS5Njg3V1G5t1XtlmQtNRkwuQCN-1jFO_WFp2S_eVX_5sKYIbXCDLdb-AOXQK1Q"
)


@pytest.mark.parametrize(
    ("token", "title", "notes", "cell", "h"),
    [
        (FIRST, "Old", {}, "lstm", "0.1127"),
        (SECOND, "Old", {"f": "Ask: why?"}, "lstm", "0.1127"),
        (THIRD, "Swapped", {}, "lstm with tanh(Cₜ) left out", "0.1221"),
    ],
)
def test_an_old_link_opens_what_it_opened(token, title, notes, cell, h):
    found = link.read(PRESETS["founding"], link.parse(f"?x={token}&step=h"))
    exercise = found.exercise
    assert not found.problem
    assert (exercise.title, dict(exercise.notes), exercise.cell.name) == (title, notes, cell)
    assert f"{exercise.trace()[0, 'h'][0]:.4f}" == h
    assert found.place.step == "h"
