"""What breaks with another activation, in sentences with the numbers of the trial."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from lstm_core.lesson.printing import rounded_names
from lstm_core.looks.swap import STEPS, Finding, Swap, product
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_core.trace import Trace
from lstm_ui.figures.view import View
from lstm_ui.session.address import entry_name

_GROWS = {"tanh", "relu", "none"}  # in σ's place, these keep to 0 … 1 only while z does


@dataclass(frozen=True, eq=False)
class Told:
    """A finding with the numbers that its sentence needs, as they are printed."""

    trial: Swap
    found: Finding
    here: View

    @property
    def t(self) -> int:
        """The time step, counted from 1."""
        return self.found.at.t + 1

    @property
    def parts(self) -> tuple[str, str] | None:
        """The product that the values go into and its other factor; None for no gate."""
        return product(self.trial)

    def entry(self, name: str) -> str:
        """Return the name of this entry of a vector: C[2]; of tanh(C)[2] with σ in it, σ(C)[2]."""
        text = entry_name(self.trial.own.cell, name, self.found.at.index)
        function, bracket, rest = text.partition("(")
        if name != self.trial.name or function != self.trial.kind.name:
            return text
        none = self.trial.other.code == "none"
        return rest.replace(")", "", 1) if none else f"{self.trial.other.name}{bracket}{rest}"

    def text(self, name: str, trace: Trace | None = None) -> str:
        """Return this entry of a vector: of the changed cell, unless another is given."""
        of, t = trace or self.trial.changed, self.found.at.t
        value = float(of[t, name][self.found.at.index])
        return numeral(value, self.here.exercise.decimals, name in rounded_names(of.cell, t))

    def equals(self, name: str) -> str:
        """Return the entry with its number: C[2] = 1.5."""
        return f"{self.entry(name)} = {self.text(name)}"

    def range(self, values: Array) -> str:
        """Return from where to where values of this entry go over time: −0.4 to 0.9."""
        one = values[:, self.found.at.index[0]]
        ends = (float(np.min(one)), float(np.max(one)))
        return " to ".join(numeral(end, self.here.exercise.decimals) for end in ends)


def printed(x: float, decimals: int | None) -> str:
    """Return a number of a trial; what has run away altogether is none any more."""
    return numeral(x, decimals) if np.isfinite(x) else "beyond every number that can be stored"


def sentence(trial: Swap, found: Finding, here: View) -> str:
    """Return what was found, for people."""
    return _SENTENCES[found.code](Told(trial, found, here))


def _factors(told: Told, name: str, other: str) -> str:
    numbers = (told.text(told.trial.name), told.text(other))
    factors = "·".join(f"({text})" if text.startswith("−") else text for text in numbers)
    return f"{told.entry(name)} = {factors} = {told.text(name)}"


def _below(told: Told) -> str:
    start = f"{told.equals(told.trial.name)} at t = {told.t}: below 0."
    if told.parts is None:
        return f"{start} As a chance, or a share, that means nothing."
    name, other = told.parts
    turned = (
        "The memory changes its sign" if other == "C_prev" else "What it lets through is turned"
    )
    return f"{start} {turned}: {_factors(told, name, other)}."


def _above(told: Told) -> str:
    start = f"{told.equals(told.trial.name)} at t = {told.t}: above 1."
    if told.parts is None:
        return f"{start} As a chance that means nothing; as a value to predict it is allowed."
    return f"{start} More comes out than there is: {_factors(told, *told.parts)}."


def _beyond(told: Told) -> str:
    start = f"{told.equals(told.trial.name)} at t = {told.t}: beyond ±1."
    if told.parts is None:
        return f"{start} It is fed back as it is, and nothing bounds it any more."
    name, other = told.parts
    own = told.text(name, told.trial.own)
    return f"{start} {_factors(told, name, other)}; with {told.trial.kind.name} it was {own}."


def _one_sided(told: Told) -> str:
    name, kind = told.trial.name, told.trial.kind.name
    own, changed = told.trial.values
    memory = "can only be raised" if told.trial.memory == "C" else "is never pushed below 0"
    return (
        f"{told.entry(name)} is never below 0: it runs from {told.range(changed)}, with "
        f"{kind} from {told.range(own)}. {told.entry(told.trial.memory)} {memory} "
        "by it."
    )


def _runaway(told: Told) -> str:
    name, at = told.trial.memory, told.found.at
    value = printed(float(told.trial.changed[at]), told.here.exercise.decimals)
    return (
        f"It runs away: after {STEPS} time steps {told.entry(name)} is {value}; with "
        f"{told.trial.kind.name} it is {told.text(name, told.trial.own)}."
    )


def _differs(told: Told) -> str:
    name = told.trial.memory
    own = told.text(name, told.trial.own)
    difference = (
        f"the largest difference in {STEPS} time steps is {told.equals(name)} at t = {told.t}, "
        f"with {told.trial.kind.name} {own}."
    )
    if told.trial.kind.code == "sigmoid" and told.trial.other.code in _GROWS:
        return (
            f"Nothing breaks here, and {difference} Move a z below 0, or above 1, and look again."
        )
    return f"Not the same: {difference}"


_SENTENCES: Mapping[str, Callable[[Told], str]] = {
    "below": _below,
    "above": _above,
    "beyond": _beyond,
    "one-sided": _one_sided,
    "runaway": _runaway,
    "differs": _differs,
}
