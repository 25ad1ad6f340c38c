"""A cell is data: a table of steps, each one operation on values that have a name.

The tables below are the whole difference between an LSTM, its relatives and a GRU.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Literal

from lstm_core.ops import (
    ADD,
    CONCAT,
    HADAMARD,
    MATVEC,
    MATVEC_FIRST,
    MATVEC_LAST,
    ONE_MINUS,
    RELU,
    SIGMOID,
    TANH,
    Array,
    Op,
)

Order = Literal["hx", "xh"]


@dataclass(frozen=True)
class Step:
    """One row of a cell: `name` is what `op` makes of the values named in `inputs`."""

    name: str
    op: Op
    inputs: tuple[str, ...]
    symbol: str  # LaTeX
    title: str  # what the step is called, in plain words
    stage: str  # the group it is shown in


@dataclass(frozen=True, eq=False)
class Cell:
    """A recurrent cell: `steps` in the order of reading; `carry` says what becomes what next.

    Parameters are the names that no step defines and that are neither the input `x` nor carried
    (in an LSTM: W_f, b_f, …). Raises ValueError where a step uses a name before it is defined.
    """

    name: str
    steps: tuple[Step, ...]
    carry: Mapping[str, str]

    def __post_init__(self) -> None:
        later = {step.name for step in self.steps}
        for step in self.steps:
            if used := [name for name in step.inputs if name in later]:
                raise ValueError(f"Step {step.name} uses {used[0]} before it is defined.")
            later.discard(step.name)

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The names of the incoming states: ("h_prev", "C_prev") in an LSTM."""
        return tuple(self.carry.values())

    @cached_property
    def params(self) -> tuple[str, ...]:
        """The names of weights and biases, in the order of first use."""
        given = {"x", *self.states, *(step.name for step in self.steps)}
        names = (name for step in self.steps for name in step.inputs)
        return tuple(dict.fromkeys(name for name in names if name not in given))

    @cached_property
    def given(self) -> tuple[str, ...]:
        """The names of all arrays that a run needs beside the inputs: parameters, then states."""
        return (*self.params, *self.states)

    def rounded(self, t: int = 0) -> frozenset[str]:
        """Return the names downstream of a squash: irrational numbers, however short they print.

        After the first time step these are also the states, which a squash has made by then.
        """
        return self._squashed if t == 0 else self._squashed_later

    @cached_property
    def _squashed(self) -> frozenset[str]:
        return self._downstream(set())

    @cached_property
    def _squashed_later(self) -> frozenset[str]:
        return self._downstream(set(self.states))

    def _downstream(self, found: set[str]) -> frozenset[str]:
        for step in self.steps:
            if step.op in (SIGMOID, TANH) or found.intersection(step.inputs):
                found.add(step.name)
        return frozenset(found)

    @cached_property
    def plan(self) -> tuple[tuple[str, Callable[..., Array], str, str | None], ...]:
        """The table as the interpreter reads it: name, forward, first and second operand."""
        return tuple((s.name, s.op.forward, s.inputs[0], (*s.inputs, None)[1]) for s in self.steps)

    def __getitem__(self, name: str) -> Step:
        """Return the step of this name; KeyError where there is none."""
        for step in self.steps:
            if step.name == name:
                return step
        raise KeyError(name)

    @cached_property
    def order(self) -> Order:
        """Which state comes first in v, and so in the columns of every W."""
        return "xh" if self["v"].inputs[0] == "x" else "hx"

    @cached_property
    def readout(self) -> bool:
        """Whether the cell goes on to y_t = σ(W_y·h_t + b_y)."""
        return any(step.name == "y" for step in self.steps)

    def with_step(self, step: Step) -> "Cell":
        """Return the same cell with the step of that name replaced."""
        steps = tuple(step if old.name == step.name else old for old in self.steps)
        return replace(self, steps=steps)

    def with_readout(self) -> "Cell":
        """Return the same cell followed by the read-out y_t."""
        return replace(self, steps=self.steps + _READOUT)


def _affine(gate: str, stage: str, v: str = "v") -> tuple[Step, ...]:
    """The two steps W·v and z = W·v + b of one gate."""
    W, b, Wv, z = f"W_{gate}", f"b_{gate}", f"Wv_{gate}", f"z_{gate}"
    product = Step(Wv, MATVEC, (W, v), rf"W_{gate} \cdot v", f"Weights times v ({W}·v)", stage)
    total = Step(z, ADD, (Wv, b), rf"z_{gate}", f"Add the bias (pre-activation {z})", stage)
    return product, total


def _concat(order: Order) -> Step:
    if order not in ("hx", "xh"):
        raise ValueError(f'order must be "hx" or "xh", given {order!r}.')
    inputs = ("h_prev", "x") if order == "hx" else ("x", "h_prev")
    return Step("v", CONCAT, inputs, "v", "Join the hidden state and the input", "concatenate")


_FORGET = Step("f", SIGMOID, ("z_f",), "f_t", "Forget gate", "forget")
_INPUT = Step("i", SIGMOID, ("z_i",), "i_t", "Input gate", "input")
_CANDIDATE = Step("C_tilde", TANH, ("z_C",), r"\tilde{C}_t", "Candidate", "candidate")
_OUTPUT = Step("o", SIGMOID, ("z_o",), "o_t", "Output gate", "hidden state")
_KEPT = Step("kept", HADAMARD, ("f", "C_prev"), r"f_t \circ C_{t-1}", "What is kept", "cell state")
_WRITTEN = Step(
    "written", HADAMARD, ("i", "C_tilde"), r"i_t \circ \tilde{C}_t", "What is written", "cell state"
)
_CELL_STATE = Step("C", ADD, ("kept", "written"), "C_t", "New cell state", "cell state")
_SQUASHED = Step("squashed", TANH, ("C",), r"\tanh(C_t)", "Squashed cell state", "hidden state")
_HIDDEN = Step("h", HADAMARD, ("o", "squashed"), "h_t", "New hidden state", "hidden state")
_COUPLED = Step("i", ONE_MINUS, ("f",), "i_t", "Input gate, coupled to the forget gate", "input")
_UNFORGETTING = Step("C", ADD, ("C_prev", "written"), "C_t", "New cell state", "cell state")
_READOUT = (
    Step("Wv_y", MATVEC, ("W_y", "h"), r"W_y \cdot h_t", "Weights times h_t (W_y·h_t)", "read-out"),
    Step("z_y", ADD, ("Wv_y", "b_y"), "z_y", "Add the bias (pre-activation z_y)", "read-out"),
    Step("y", SIGMOID, ("z_y",), "y_t", "Read-out", "read-out"),
)
_LSTM_CARRY = {"h": "h_prev", "C": "C_prev"}


@cache
def lstm(order: Order = "hx", readout: bool = False) -> Cell:
    """Return the LSTM cell (Hochreiter & Schmidhuber 1997; forget gate: Gers et al. 2000).

    `order` says which of h_{t-1} and x_t comes first in v, and so in the columns of every W;
    `readout` appends y_t = σ(W_y·h_t + b_y).
    """
    steps = (
        _concat(order),
        *(*_affine("f", "forget"), _FORGET),
        *(*_affine("i", "input"), _INPUT),
        *(*_affine("C", "candidate"), _CANDIDATE),
        *(_KEPT, _WRITTEN, _CELL_STATE),
        *(*_affine("o", "hidden state"), _OUTPUT),
        *(_SQUASHED, _HIDDEN),
    )
    cell = Cell("lstm", steps, _LSTM_CARRY)
    return cell.with_readout() if readout else cell


def _peephole(gate: str, state: str, symbol: str, stage: str) -> tuple[Step, ...]:
    """W·v + b as ever, then the peephole p∘C on top, so that z has three parts."""
    Wv, affine = _affine(gate, stage)
    affine = replace(affine, name=f"a_{gate}", symbol=f"a_{gate}")
    peep = Step(
        f"pC_{gate}",
        HADAMARD,
        (f"p_{gate}", state),
        rf"p_{gate} \circ {symbol}",
        "Look at the cell state",
        stage,
    )
    z = Step(f"z_{gate}", ADD, (f"a_{gate}", f"pC_{gate}"), f"z_{gate}", "Add what was seen", stage)
    return Wv, affine, peep, z


@cache
def peephole_lstm(order: Order = "hx") -> Cell:
    """Return the LSTM whose gates see the cell state (Gers et al. 2002).

    f and i see C_{t-1} and o sees the new C_t, each unit its own through p_f, p_i, p_o (n,).
    """
    steps = (
        _concat(order),
        *(*_peephole("f", "C_prev", "C_{t-1}", "forget"), _FORGET),
        *(*_peephole("i", "C_prev", "C_{t-1}", "input"), _INPUT),
        *(*_affine("C", "candidate"), _CANDIDATE),
        *(_KEPT, _WRITTEN, _CELL_STATE),
        *(*_peephole("o", "C", "C_t", "hidden state"), _OUTPUT),
        *(_SQUASHED, _HIDDEN),
    )
    return Cell("peephole_lstm", steps, _LSTM_CARRY)


def _without(cell: Cell, *names: str) -> tuple[Step, ...]:
    return tuple(step for step in cell.steps if step.name not in names)


@cache
def coupled_lstm(order: Order = "hx") -> Cell:
    """Return the LSTM with one gate fewer: what is forgotten is what is written, i = 1 − f."""
    steps = _without(lstm(order), "Wv_i", "z_i")
    return Cell("coupled_lstm", steps, _LSTM_CARRY).with_step(_COUPLED)


@cache
def no_forget_lstm(order: Order = "hx") -> Cell:
    """Return the LSTM of 1997, which has no forget gate: C_t = C_{t-1} + i∘C̃."""
    steps = _without(lstm(order), "Wv_f", "z_f", "f", "kept")
    return Cell("no_forget_lstm", steps, _LSTM_CARRY).with_step(_UNFORGETTING)


def _gru_candidate(order: Order, reset: str) -> tuple[Step, ...]:
    stage, named = "candidate", "Reset hidden state"
    if reset == "before":
        parts = ("reset_h", "x") if order == "hx" else ("x", "reset_h")
        return (
            Step("reset_h", HADAMARD, ("r", "h_prev"), r"r_t \circ h_{t-1}", named, stage),
            Step("v_r", CONCAT, parts, "v_r", "Join it with the input", stage),
            *_affine("h", stage, "v_r"),
        )
    of_h, of_x = (MATVEC_FIRST, MATVEC_LAST) if order == "hx" else (MATVEC_LAST, MATVEC_FIRST)
    return (
        Step("Wh_h", of_h, ("W_h", "h_prev"), r"W_{hh} \cdot h_{t-1}", "Weights times h", stage),
        Step("a_h", ADD, ("Wh_h", "b_hh"), "a_h", "Add the bias inside the reset", stage),
        Step("reset_h", HADAMARD, ("r", "a_h"), r"r_t \circ a_h", named, stage),
        Step("Wx_h", of_x, ("W_h", "x"), r"W_{hx} \cdot x_t", "Weights times x", stage),
        Step("a_x", ADD, ("Wx_h", "b_h"), "a_x", "Add the bias", stage),
        Step("z_h", ADD, ("a_x", "reset_h"), "z_h", "Pre-activation z_h", stage),
    )


@cache
def gru(order: Order = "hx", reset: Literal["before", "after"] = "before") -> Cell:
    """Return the GRU with h_t = (1 − z)∘h̃ + z∘h_{t-1} (Cho et al. 2014).

    reset="before" applies r to h_{t-1} before the product with W_h; "after" applies it to the
    product, with a bias b_hh of its own inside, as cuDNN, PyTorch and Keras do.
    """
    if reset not in ("before", "after"):
        raise ValueError(f'reset must be "before" or "after", given {reset!r}.')
    steps = (
        _concat(order),
        *(*_affine("z", "update"), Step("z", SIGMOID, ("z_z",), "z_t", "Update gate", "update")),
        *(*_affine("r", "reset"), Step("r", SIGMOID, ("z_r",), "r_t", "Reset gate", "reset")),
        *_gru_candidate(order, reset),
        Step("h_tilde", TANH, ("z_h",), r"\tilde{h}_t", "Candidate", "candidate"),
        Step("one_minus_z", ONE_MINUS, ("z",), "1 - z_t", "How much is written", "hidden state"),
        Step(
            "written",
            HADAMARD,
            ("one_minus_z", "h_tilde"),
            r"(1 - z_t) \circ \tilde{h}_t",
            "What is written",
            "hidden state",
        ),
        Step(
            "kept",
            HADAMARD,
            ("z", "h_prev"),
            r"z_t \circ h_{t-1}",
            "What is kept",
            "hidden state",
        ),
        Step("h", ADD, ("written", "kept"), "h_t", "New hidden state", "hidden state"),
    )
    return Cell(f"gru_{reset}", steps, {"h": "h_prev"})


@cache
def rnn(order: Order = "hx", activation: Literal["tanh", "relu"] = "tanh") -> Cell:
    """Return the plain recurrent cell h_t = tanh(W_h·v + b_h), or ReLU (Elman 1990)."""
    if activation not in ("tanh", "relu"):
        raise ValueError(f'activation must be "tanh" or "relu", given {activation!r}.')
    squash = {"tanh": TANH, "relu": RELU}[activation]
    hidden = Step("h", squash, ("z_h",), "h_t", "New hidden state", "hidden state")
    steps = (_concat(order), *_affine("h", "hidden state"), hidden)
    return Cell(f"rnn_{activation}", steps, {"h": "h_prev"})
