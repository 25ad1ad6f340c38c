import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.backpropagation.rows import backward_steps
from lstm_core.cells import lstm
from lstm_core.marking.check import check, first_wrong
from lstm_core.trace import Address
from tests.core.exercises import some
from tests.core.marking.sheets import by_hand, problem, text
from tests.core.samples import CELLS
from tests.core.samples import NAMES as CELL_NAMES
from tests.quickest import seconds_of

NAMES = [step.name for step in lstm().steps]
BACK = [step.name for step in backward_steps(lstm()) if not step.name.startswith("dW")]
ANY = st.one_of(
    st.text(max_size=12),
    st.floats().map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
    st.sampled_from(["1/3", "2^-1", "sqrt(2)", "0,62", "-0", "1e308", "1/1e308", "9" * 99, "٣"]),
)
STATES = {"right", "follow", "truncated", "drift", "wrong", "impossible"}
MOST = 0.05  # seconds for one field
# The same lines very often: the LSTM and a GRU, whose gate is read twice, cover them.
REPEATED = {"no_forget_lstm-hx", "peephole_lstm-hx", "projected_lstm-hx", "lstm-hx-y", "mgu-hx"}
ONE_OF_EACH = [
    pytest.param(cell, id=name, marks=pytest.mark.no_cover if name in REPEATED else ())
    for cell, name in zip(CELLS[:9], CELL_NAMES[:9], strict=True)
]


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(NAMES + BACK), st.integers(0, 1), st.lists(ANY, max_size=2))
def test_any_text_in_any_field(name, t, texts):
    found = check(some(T=2), {(t, name): texts})
    assert {at.step for at in found} == {name}
    typed = {at.index: v.typed for at, v in found.items()}
    assert [typed[j,] for j in range(len(texts))] == texts


@pytest.mark.parametrize("cell", ONE_OF_EACH)
def test_a_wrong_number_in_any_step_of_any_cell(cell):
    exercise = some(cell)
    for step in (*cell.steps, *backward_steps(cell)):
        found = check(exercise, {(1, step.name): ["0.123", "-7"], (0, "h"): ["", "0.5"]})
        assert found[next(at for at in found if (at.step, at.t) == (step.name, 1))].state in STATES
        lone = check(exercise, {(1, step.name): ["0.9"]})
        assert first_wrong(lone) in {None, next(iter(lone))}


@settings(max_examples=5, deadline=None)
@given(st.lists(ANY, min_size=60, max_size=60))
def test_any_text_in_all_fields(texts):
    exercise = some(T=2)
    sizes = {step.name: len(exercise.trace()[0, step.name]) for step in exercise.cell.steps}
    fields = iter(texts)
    answers = {(0, name): [next(fields) for _ in range(size)] for name, size in sizes.items()}
    found = check(exercise, answers)
    assert [verdict.typed for verdict in found.values()] == texts[: len(found)]
    limit = MOST * len(found)
    assert seconds_of(lambda: check(exercise, answers), enough=limit) < limit


@pytest.mark.parametrize("sizes", [(3, 2, 2), (8, 8, 3), (32, 32, 2)])
@pytest.mark.parametrize("name", ["v", "z_i", "C", "h"])
def test_a_wrong_number_in_one_field_is_marked_quickly(sizes, name):
    exercise = problem(5, *sizes)
    t = exercise.T - 1
    answers = {(t, name): [text(exercise.trace()[t, name][0] + 0.1234, 4)]}
    assert check(exercise, answers)[Address(name, t, (0,))].state == "wrong"
    assert seconds_of(lambda: check(exercise, answers), runs=12, enough=MOST) < MOST


@pytest.mark.parametrize("sizes", [(3, 2, 2), (32, 32, 1)])
def test_a_whole_sheet_is_marked_quickly(sizes):
    exercise = problem(5, *sizes)
    sheet = by_hand(exercise, 4)
    for name in ("z_f", "kept", "h"):
        sheet[0, name][0] = text(float(sheet[0, name][0]) + 0.1234, 4)
    assert seconds_of(lambda: check(exercise, sheet), enough=MOST) < MOST


def test_long_sequences_are_marked_too():
    exercise = problem(5, T=20)
    wrong = [text(x, 4) for x in np.tanh(exercise.trace()[19, "h"])]
    assert {v.state for v in check(exercise, {(19, "h"): wrong}).values()} == {"wrong"}
    assert seconds_of(lambda: check(exercise, {(19, "h"): wrong}), enough=MOST) < MOST
