"""What breaks with another activation, in sentences with the numbers of the trial.

The sentences stand in words/activations.txt, those of the other blocks of the page as well.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from lstm_core.lesson.printing import printed
from lstm_core.lesson.words import words
from lstm_core.looks.swap import STEPS, Finding, Swap, difference, product
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_core.trace import Trace
from lstm_ui.session.address import entry_name

WORDS = words("activations")
_GROWS = {"tanh", "relu", "none"}  # in σ's place, these keep to 0 … 1 only while z does


@dataclass(frozen=True, eq=False)
class Found:
    """A finding, and its entry of every vector of both cells: with its name, and as printed."""

    trial: Swap
    finding: Finding
    decimals: int | None

    def entry(self, name: str) -> str:
        """Return the name of this entry of a vector: C[2]; of tanh(C)[2] with σ in it, σ(C)[2]."""
        text = entry_name(self.trial.own.cell, name, self.finding.at.index)
        function, bracket, rest = text.partition("(")
        if name != self.trial.name or function != self.trial.kind.name:
            return text
        none = self.trial.other.code == "none"
        return rest.replace(")", "", 1) if none else f"{self.trial.other.name}{bracket}{rest}"

    def text(self, name: str, trace: Trace | None = None) -> str:
        """Return this entry of a vector: of the changed cell, unless another is given."""
        at = replace(self.finding.at, step=name)
        return printed(trace or self.trial.changed, at, self.decimals)

    def range(self, values: Array) -> str:
        """Return from where to where values of this entry, (T, n), go over time: −0.4 to 0.9."""
        one = values[:, self.finding.at.index[0]]
        ends = (float(np.min(one)), float(np.max(one)))
        return " to ".join(numeral(end, self.decimals) for end in ends)

    def apart(self) -> float:
        """Return how far this entry of the memory is apart with the two."""
        at = self.finding.at
        return float(difference(self.trial)[at.t, at.index[0]])

    def numbers(self) -> dict[str, object]:
        """Return what the sentences are filled in with."""
        name, memory, at = self.trial.name, self.trial.memory, self.finding.at
        own, changed = self.trial.values
        return {
            "t": at.t + 1,
            "steps": STEPS,
            "own": self.trial.kind.name,
            "entry": self.entry(name),
            "is": f"{self.entry(name)} = {self.text(name)}",
            "range": self.range(changed),
            "own range": self.range(own),
            "memory": self.entry(memory),
            "value": trial_number(float(self.trial.changed[at]), self.decimals),
            "before": self.text(memory, self.trial.own),
            "after": self.text(memory),
            "apart": trial_number(self.apart(), self.decimals),
            **self._product(),
        }

    def _product(self) -> dict[str, str]:
        """The product that the values go into, with its numbers: kept[2] = (−0.5)·3 = −1.5."""
        if not (parts := product(self.trial)):
            return {}
        name, other = parts
        numbers = (self.text(self.trial.name), self.text(other))
        factors = "·".join(f"({text})" if text.startswith("−") else text for text in numbers)
        line = f"{self.entry(name)} = {factors} = {self.text(name)}"
        return {"product": line, "product before": self.text(name, self.trial.own)}


def trial_number(x: float, decimals: int | None) -> str:
    """Return a number of a trial; what has run away altogether is none any more."""
    return numeral(x, decimals) if np.isfinite(x) else WORDS.text("trial", "beyond numbers")


def finding_sentence(trial: Swap, found: Finding, decimals: int | None) -> str:
    """Return what was found, for people."""
    numbers = Found(trial, found, decimals).numbers()
    return WORDS.text(found.code, _CASES[found.code](trial), numbers)


def _gate(trial: Swap) -> str:
    return "gate" if product(trial) else "no gate"


def _memory_or_gate(trial: Swap) -> str:
    parts = product(trial)
    return "memory" if parts and parts[1] == "C_prev" else _gate(trial)


def _whose_memory(trial: Swap) -> str:
    return "cell state" if trial.memory == "C" else "other"


def _whether_it_breaks(trial: Swap) -> str:
    harmless = trial.kind.code == "sigmoid" and trial.other.code in _GROWS
    return "nothing breaks" if harmless else "not the same"


# For each finding, which of its sentences holds.
_CASES: Mapping[str, Callable[[Swap], str]] = {
    "below": _memory_or_gate,
    "above": _gate,
    "beyond": _gate,
    "one-sided": _whose_memory,
    "runaway": lambda _: "memory",
    "differs": _whether_it_breaks,
    "same": lambda _: "all",
}
