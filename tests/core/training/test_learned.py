"""What is said of a unit, against the same numbers worked out plainly from traces."""

import numpy as np
import pytest

from lstm_core.cells import cell_named
from lstm_core.exercise.exercise import Exercise
from lstm_core.training.knockout import gates, with_gate, without_unit
from lstm_core.training.learned import Seen, seen, units
from lstm_core.training.learning import Learner, Settings
from lstm_core.training.tasks.table import TASKS
from lstm_core.training.tasks.task import Chance
from tests.core.samples import random_exercise

T = 10


@pytest.fixture(scope="module")
def trained():
    learner = Learner(Settings("outbreak", n=3, T=T, rate=0.03))
    for _ in range(200):
        learner.step()
    return learner.exercise(2)


def counter(n=1):
    """A cell that counts cases as they come, and is told by nobody when to stop: C grows by x."""
    cell = cell_named("lstm", "hx", True)
    drawn = {name: np.zeros(shape) for name, shape in shapes_of(n).items()}
    drawn["b_f"], drawn["b_i"] = np.full(n, 1000.0), np.full(n, 1000.0)
    drawn["W_C"][:, n] = 0.01
    return Exercise(cell, drawn, np.zeros((1, 1)), {"h_prev": np.zeros(n), "C_prev": np.zeros(n)})


def shapes_of(n):
    gates_ = {f"W_{g}": (n, n + 1) for g in "fiCo"} | {f"b_{g}": (n,) for g in "fiCo"}
    return gates_ | {"W_y": (2, n), "b_y": (2,)}


def test_means_and_correlations_are_those_of_its_traces(trained):
    task = TASKS["outbreak"]
    run = seen(trained, task, T, count=8, seed=5)
    found = units(run)
    for k, unit in enumerate(found):
        C, cases = run.memory[:, k], run.facts[unit.fact]
        a, b = C - C.mean(), cases - cases.mean()
        assert unit.follows == pytest.approx((a @ b) / np.sqrt((a @ a) * (b @ b)))
        assert unit.per_one == pytest.approx((a @ b) / (b @ b)) or unit.binary
        event, gate = unit.drops
        assert gate == pytest.approx(run.keeps[run.events[event], k].mean())
        assert all(gate <= run.keeps[at, k].mean() for at in run.events.values())
        event, size = unit.opens
        assert size == pytest.approx(np.abs(run.written[run.events[event], k]).mean())


def test_what_was_seen_is_what_the_traces_say(trained):
    task, chance = TASKS["outbreak"], Chance(5)
    run = seen(trained, task, T, count=2, seed=5)
    for k in range(2):
        xs = task.draw(chance, T)
        trace = trained.with_array("xs", xs).trace()
        assert np.array_equal(run.memory[k * T + 4], trace[4, "C"])
        assert np.array_equal(run.keeps[k * T + 4], trace[4, "f"])
        assert run.facts["lasts"][k * T + 4] == task.answers(xs)[0][4, 0]


def test_of_a_cell_without_gates_only_its_memory_is_told():
    cell = cell_named("rnn_tanh", "hx", True)
    drawn = random_exercise(cell, 2, 1, p=2)
    run = seen(Exercise(cell, drawn.params, drawn.xs, drawn.start), TASKS["outbreak"], T, 3)
    assert run.memory.shape == (3 * T, 2)
    assert [(unit.opens, unit.drops) for unit in units(run)] == [(None, None)] * 2


def test_a_counter_is_known_for_one():
    facts = {"so far": np.arange(6.0), "yes": np.array([0.0, 1, 0, 1, 0, 1])}
    relevant = np.ones(6, bool)
    run = Seen(np.arange(6.0)[:, None] / 2, None, None, facts, {"ever": relevant}, relevant)
    (unit,) = units(run)
    assert (unit.fact, unit.follows) == ("so far", pytest.approx(1.0))
    assert unit.per_one == pytest.approx(0.5)
    assert unit.named
    assert unit.opens is None
    assert unit.drops is None


def test_a_unit_that_never_moves_keeps_nothing():
    facts = {"yes": np.array([0.0, 1, 0, 1])}
    still = Seen(np.ones((4, 1)), None, None, facts, {}, np.ones(4, bool))
    (unit,) = units(still)
    assert not unit.named
    assert unit.follows == 0.0


@pytest.mark.parametrize("name", ["lstm", "gru_after", "rnn_tanh", "peephole_lstm"])
@pytest.mark.parametrize("order", ["hx", "xh"])
def test_without_a_unit_nothing_is_heard_of_it(name, order):
    cell = cell_named(name, order, True)
    drawn = random_exercise(cell, 3, 2, 4, p=2)
    whole = Exercise(cell, drawn.params, drawn.xs, drawn.start)
    cut = without_unit(whole, 1)
    other = whole.start["h_prev"] + np.array([0.0, 9.0, 0.0])
    moved = cut.with_array("h_prev", other).trace()
    if name != "gru_after":  # its z keeps h itself, and so its own unit
        assert np.array_equal(cut.trace()[3, "h"][[0, 2]], moved[3, "h"][[0, 2]])
    assert np.array_equal(cut.trace()[3, "y"], moved[3, "y"])
    assert not np.array_equal(whole.trace()[3, "y"], cut.trace()[3, "y"])


@pytest.mark.parametrize("value", [0.0, 1.0, 0.3, [0.1, 0.0, 1.0]])
@pytest.mark.parametrize(
    ("name", "gate"), [("lstm", "f"), ("gru_before", "z"), ("peephole_lstm", "o")]
)
def test_a_gate_held_still_has_that_value_whatever_comes_in(name, gate, value):
    cell = cell_named(name, "hx", True)
    drawn = random_exercise(cell, 3, 2, 4, p=1)
    held = with_gate(Exercise(cell, drawn.params, drawn.xs, drawn.start), gate, value)
    for t in range(4):
        assert np.allclose(held.trace()[t, gate], value, rtol=1e-14, atol=0)


def test_what_is_no_gate_or_no_unit_is_refused():
    whole = counter()
    with pytest.raises(ValueError, match="no gate"):
        with_gate(whole, "C_tilde", 0.5)
    with pytest.raises(ValueError, match=r"between 0 and 1; given 1\.5"):
        with_gate(whole, "f", 1.5)
    with pytest.raises(IndexError, match="no unit 2: this cell has 1"):
        without_unit(whole, 1)


def test_the_gates_of_a_cell_are_those_with_weights_of_their_own():
    assert gates(counter()) == ("f", "i", "o")
    cell = cell_named("coupled_lstm", "hx", True)
    drawn = random_exercise(cell, 2, 1)
    assert gates(Exercise(cell, drawn.params, drawn.xs, drawn.start)) == ("f", "o")
