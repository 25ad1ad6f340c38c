"""Of each cell every sentence of every page is true: it names nothing that the cell has not."""

import re

import numpy as np
import pytest

from lstm_core.cells import CELLS, cell_named
from lstm_core.trace import run
from tests.core.exercises import some
from tests.ui.every_sentence import sentences
from tests.ui.spoken import wrong

# Each cell over time; with one time step, and so little that moves; with every gate saturated.
MAKES = {"hx": {"T": 3}, "xh": {"T": 1}, "hx with y": {"T": 2, "size": 40.0}}
BOUNDED = re.compile(r"its h stays between −1 and 1|every entry of h is below 1")


def made(name, make):
    return cell_named(name, make[:2], "y" in make)


@pytest.mark.parametrize("make", MAKES)
@pytest.mark.parametrize("name", CELLS)
def test_no_sentence_speaks_of_what_the_cell_has_not(name, make):
    cell = made(name, make)
    read = sentences(cell, **MAKES[make])
    assert len(read) > 200
    assert [(page, text, found) for page, text in read if (found := wrong(cell, text))] == []


@pytest.mark.parametrize("name", CELLS)
def test_h_is_called_bounded_only_where_it_is(name):
    """Whatever it starts from, and however large the weights are."""
    make = "hx with y"
    texts = [text for _, text in sentences(made(name, make), **MAKES[make])]
    claims = [text for text in texts if BOUNDED.search(text)]
    begun = some(made(name, make), n=3, m=2, T=1)
    far = {key: np.full_like(array, 9.0) for key, array in begun.start.items()}
    params = {key: 9.0 * array for key, array in begun.params.items()}
    h = run(begun.cell, params, begun.xs, far)[0, "h"]
    assert not claims or np.abs(h).max() <= 1.0
