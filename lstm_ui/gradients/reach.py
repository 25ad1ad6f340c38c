"""How far back a gradient reaches: what was chosen for it, and what was worked out. No Streamlit.

The trial numbers, a scale and a bias, are no edits: they change the curves, not the exercise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lstm_core.exercise.exercise import Exercise
from lstm_core.looks.reach import Paths, Trial, longest, reach, tried, tried_rnn, unit_paths
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_core.trace import Trace
from lstm_ui.gradients.walk import SHOW, unit_choice, walk_options
from lstm_ui.session.address import read_point
from lstm_ui.session.options import Choice, Number, Option
from lstm_ui.session.session import Session
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import subscripted

STEPS = Number("steps", 5, 200, 20, whole=True)
RECURRENT = Number("recurrent", 0.0, 3.0, 1.0)
FORGET = Number("forget", -8.0, 8.0, 0.0)
AXIS = Choice("axis", ("log", "linear"))
NAMES = {
    "lstm": "LSTM",
    "peephole_lstm": "peephole LSTM",
    "coupled_lstm": "coupled LSTM",
    "no_forget_lstm": "LSTM of 1997",
    "gru_before": "GRU",
    "gru_after": "GRU",
    "rnn_tanh": "tanh RNN",
    "rnn_relu": "ReLU RNN",
}


def options(exercise: Exercise) -> tuple[Option, ...]:
    """Return everything that can be chosen on the page, for the address."""
    of_paths = (STEPS, RECURRENT, FORGET, AXIS, since_choice(200), unit_choice(exercise.n))
    return SHOW, *walk_options(exercise), *of_paths


def since_choice(T: int) -> Number:
    """Return the choice of the time step that a gradient is followed back to, from 1."""
    return Number("since", 1, T, 1, whole=True)


@dataclass(frozen=True, eq=False)
class Reach:
    """The exercise over many time steps, with the trial numbers, and the unit looked at."""

    desk: Desk
    trial: Trial
    unit: int

    @property
    def exercise(self) -> Exercise:
        """The exercise on screen."""
        return self.desk.exercise

    @property
    def session(self) -> Session:
        """The reader's session."""
        return self.desk.session

    @cached_property
    def trace(self) -> Trace:
        """The trace of the trial."""
        return tried(self.exercise, self.trial)

    @property
    def T(self) -> int:
        """The number of time steps that are looked at."""
        return len(self.trace)

    @property
    def since(self) -> int:
        """The time step that is looked back to, from 0."""
        return since_choice(self.T).int_of(self.session.options) - 1

    @cached_property
    def paths(self) -> Paths:
        """The direct product and the whole derivative of the unit."""
        return unit_paths(self.trace, self.unit)

    def other(self, **changed: float) -> "Reach":
        """Return the same with other trial numbers."""
        numbers = {"recurrent": self.trial.recurrent, "forget": self.trial.forget, **changed}
        return Reach(self.desk, Trial(self.trial.steps, **numbers), self.unit)

    @cached_property
    def curves(self) -> Mapping[str, Array]:
        """How much of a push at each t arrives at the last h: by what is pushed, and in what."""
        own, exercise = NAMES[self.exercise.cell.name], self.exercise
        states = ("C", "h") if "C" in exercise.cell.carry else ("h",)
        found = {f"{own}, {state}ₜ": reach(self.trace, state) for state in states}
        for activation in ("tanh", "relu"):
            name = NAMES[f"rnn_{activation}"]
            if name != own:
                found[f"{name}, hₜ"] = reach(tried_rnn(exercise, self.trial, activation), "h")
        return found

    @property
    def keeps(self) -> str | None:
        """The bias that decides how much is kept: b_f, of a GRU b_z."""
        return next((name for name in ("b_f", "b_z") if name in self.exercise.params), None)

    def text(self, x: float) -> str:
        """Return a derivative as the exercise's decimals print it: 1.0000 is not quite 1."""
        return numeral(float(x), self.exercise.decimals, rounded=True)

    @property
    def cut(self) -> str:
        """Say that not all time steps are looked at, where this is so."""
        most = longest(self.exercise.n)
        said = f"Of {self.exercise.T} time steps, the first {most} are looked at."
        return said * (most < self.exercise.T)


def seen(desk: Desk) -> Reach:
    """Return what was chosen on the page."""
    chosen = desk.session.options
    trial = Trial(STEPS.int_of(chosen), RECURRENT.of(chosen), FORGET.of(chosen))
    return Reach(desk, trial, int(unit_choice(desk.exercise.n).of(chosen)) - 1)


def derivative(found: Reach) -> str:
    """Return what is looked at, in letters: ∂C₂₀/∂C₁."""
    of = found.paths.memory
    return f"∂{subscripted(of, found.T)}/∂{subscripted(of, found.since + 1)}"


def direct_name(found: Reach) -> str:
    """Return what the direct product is: f₂ · … · f₂₀."""
    gate, first, last = found.paths.gate, found.since + 2, found.T
    if gate is None:
        return "direct path: 1"
    if first > last:
        return f"product of no {gate}"
    ends = dict.fromkeys((subscripted(gate, first), subscripted(gate, last)))
    dots = " … " if last > first + 1 else " · "
    return f"direct: {dots.join(ends)}"


def clicked(session: Session, place: str) -> None:
    """Look back to the time step that was clicked in a figure."""
    t = round(read_point(place)[0])
    session.options = {**session.options, "since": str(max(1, t))}
