"""How far back a gradient reaches: the exercise over many time steps, with the trial numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from lstm_core.cells import CELLS, facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.letters import as_plain, composite
from lstm_core.looks.reach import (
    Deciding,
    Paths,
    Trial,
    deciding_bias,
    reach,
    relative,
    tried,
    tried_lstm,
    tried_rnn,
    unit_paths,
)
from lstm_core.ops import Array
from lstm_core.trace import Trace
from lstm_ui.gradients.choices import FORGET, RECURRENT, STEPS, since_choice
from lstm_ui.session.session import Session
from lstm_ui.sheet.choices import chosen_unit
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import subscripted


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

    @property
    def direct(self) -> Array:
        """The direct product (T,): asked for only where there is a direct path."""
        assert self.paths.direct is not None
        return self.paths.direct

    def other(self, **changed: float) -> "Reach":
        """Return the same with other trial numbers."""
        numbers = {"recurrent": self.trial.recurrent, "forget": self.trial.forget, **changed}
        return replace(self, trial=Trial(self.trial.steps, **numbers))

    @cached_property
    def curves(self) -> Mapping[str, Array]:
        """How much of a push at each t arrives at the last h, beside one at T itself (T,)."""
        return {name: relative(y) for name, y in self.arriving.items()}

    @cached_property
    def arriving(self) -> Mapping[str, Array]:
        """How much of a push at each t arrives at the last h: by what is pushed, and in what."""
        exercise, known = self.exercise, facts(self.exercise.cell)
        states, own = dict.fromkeys((known.memory, "h")), known.title
        found = {f"{own}, {state}ₜ": reach(self.trace, state) for state in states}
        for activation in ("tanh", "relu"):
            name = CELLS[f"rnn_{activation}"].title
            if name != own:
                found[f"{name}, hₜ"] = reach(tried_rnn(exercise, self.trial, activation), "h")
        return found if known.carried else found | self._of_lstm()

    def _of_lstm(self) -> dict[str, Array]:
        """The same of the LSTM that stands beside a plain RNN."""
        title, beside = CELLS["lstm"].title, tried_lstm(self.exercise, self.trial)
        return {f"{title}, {state}ₜ": reach(beside, state) for state in ("C", "h")}

    @property
    def bias(self) -> Deciding | None:
        """The bias that decides how much is kept: b_f, of a GRU b_z."""
        return deciding_bias(self.exercise.cell)

    def text(self, x: float) -> str:
        """Return a derivative as the page prints it."""
        return self.desk.slope(x)

    @property
    def derivative(self) -> str:
        """What is looked at, in letters: ∂C₂₀/∂C₁."""
        of = self.paths.memory
        return f"∂{subscripted(of, self.T)}/∂{subscripted(of, self.since + 1)}"

    @property
    def gate(self) -> str | None:
        """The letter of the direct factor: f, of a GRU z, of a minimal gated unit (1 − f)."""
        name = self.paths.gate
        symbol = self.exercise.cell[name].symbol if name else ""
        return f"({as_plain(symbol).replace('ₜ', '')})" if composite(symbol) else name

    @property
    def direct_name(self) -> str:
        """What the direct product is: f₂ · … · f₂₀."""
        gate, first, last = self.gate, self.since + 2, self.T
        if gate is None:
            return "direct path: 1"
        if first > last:
            return f"product of no {gate}"
        ends = dict.fromkeys((subscripted(gate, first), subscripted(gate, last)))
        dots = " … " if last > first + 1 else " · "
        return f"direct: {dots.join(ends)}"


def chosen_reach(desk: Desk) -> Reach:
    """Return what was chosen on the page."""
    options = desk.session.options
    trial = Trial(STEPS.int_of(options), RECURRENT.of(options), FORGET.of(options))
    return Reach(desk, trial, chosen_unit(desk.session, desk.exercise.n))
