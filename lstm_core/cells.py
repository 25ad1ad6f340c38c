"""The cells, each a table of steps: the LSTM, and its relatives, of the same few operations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from typing import Literal, NamedTuple

from lstm_core.cell import Cell, Order, Step
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
)


def affine(gate: str, stage: str, v: str = "v") -> tuple[Step, ...]:
    """Return the two steps W·v and z = W·v + b of one gate."""
    W, b, Wv, z = f"W_{gate}", f"b_{gate}", f"Wv_{gate}", f"z_{gate}"
    product = Step(Wv, MATVEC, (W, v), rf"W_{gate} \cdot v", f"Weights times v ({W}·v)", stage)
    total = Step(z, ADD, (Wv, b), rf"z_{gate}", f"Add the bias (pre-activation {z})", stage)
    return product, total


def concat(order: Order) -> Step:
    """Return the step that joins h_{t-1} and x_t; ValueError for an order that is none."""
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


@cache
def lstm(order: Order = "hx", readout: bool = False) -> Cell:
    """Return the LSTM cell (Hochreiter & Schmidhuber 1997; forget gate: Gers et al. 2000).

    `order` says which of h_{t-1} and x_t comes first in v, and so in the columns of every W;
    `readout` appends y_t = σ(W_y·h_t + b_y).
    """
    steps = (
        concat(order),
        *(*affine("f", "forget"), _FORGET),
        *(*affine("i", "input"), _INPUT),
        *(*affine("C", "candidate"), _CANDIDATE),
        *(_KEPT, _WRITTEN, _CELL_STATE),
        *(*affine("o", "hidden state"), _OUTPUT),
        *(_SQUASHED, _HIDDEN),
    )
    cell = Cell("lstm", steps, {"h": "h_prev", "C": "C_prev"})
    return cell.with_readout() if readout else cell


def _peephole(gate: str, state: str, symbol: str, stage: str) -> tuple[Step, ...]:
    """W·v + b as ever, then the peephole p∘C on top, so that z has three parts."""
    Wv, sum_ = affine(gate, stage)
    p, a, pC = f"p_{gate}", f"a_{gate}", f"pC_{gate}"
    return (
        Wv,
        replace(sum_, name=a, symbol=a),
        Step(pC, HADAMARD, (p, state), rf"{p} \circ {symbol}", "Look at the cell state", stage),
        Step(f"z_{gate}", ADD, (a, pC), f"z_{gate}", "Add what was seen", stage),
    )


@cache
def peephole_lstm(order: Order = "hx") -> Cell:
    """Return the LSTM whose gates see the cell state (Gers et al. 2002).

    f and i see C_{t-1} and o sees the new C_t, each unit its own through p_f, p_i, p_o (n,).
    """
    seen = {
        "f": _peephole("f", "C_prev", "C_{t-1}", "forget"),
        "i": _peephole("i", "C_prev", "C_{t-1}", "input"),
        "o": _peephole("o", "C", "C_t", "hidden state"),
    }
    steps: list[Step] = []
    for step in lstm(order).steps:
        gate = step.name.rpartition("_")[2]
        if gate not in seen or step.name == gate:
            steps.append(step)
        elif step.name.startswith("Wv_"):
            steps.extend(seen[gate])
    return replace(lstm(order), name="peephole_lstm", steps=tuple(steps))


def _without(order: Order, name: str, left_out: tuple[str, ...], changed: Step) -> Cell:
    """The LSTM under another name, some of its steps left out and one changed."""
    kept = tuple(step for step in lstm(order).steps if step.name not in left_out)
    steps = tuple(changed if step.name == changed.name else step for step in kept)
    return replace(lstm(order), name=name, steps=steps)


@cache
def coupled_lstm(order: Order = "hx") -> Cell:
    """Return the LSTM with one gate fewer: what is forgotten is what is written, i = 1 − f."""
    title = "Input gate, coupled to the forget gate"
    coupled = Step("i", ONE_MINUS, ("f",), "i_t", title, "input")
    return _without(order, "coupled_lstm", ("Wv_i", "z_i"), coupled)


@cache
def no_forget_lstm(order: Order = "hx") -> Cell:
    """Return the LSTM of 1997, which has no forget gate: C_t = C_{t-1} + i∘C̃."""
    state = Step("C", ADD, ("C_prev", "written"), "C_t", "New cell state", "cell state")
    return _without(order, "no_forget_lstm", ("Wv_f", "z_f", "f", "kept"), state)


def _gru_candidate(order: Order, reset: str) -> tuple[Step, ...]:
    stage, named = "candidate", "Reset hidden state"
    if reset == "before":
        parts = ("reset_h", "x") if order == "hx" else ("x", "reset_h")
        return (
            Step("reset_h", HADAMARD, ("r", "h_prev"), r"r_t \circ h_{t-1}", named, stage),
            Step("v_r", CONCAT, parts, "v_r", "Join it with the input", stage),
            *affine("h", stage, "v_r"),
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


_MIXED = "hidden state"
_GRU_HIDDEN = (
    Step("h_tilde", TANH, ("z_h",), r"\tilde{h}_t", "Candidate", "candidate"),
    Step("one_minus_z", ONE_MINUS, ("z",), "1 - z_t", "How much is written", _MIXED),
    Step(
        "written",
        HADAMARD,
        ("one_minus_z", "h_tilde"),
        r"(1 - z_t) \circ \tilde{h}_t",
        "What is written",
        _MIXED,
    ),
    Step("kept", HADAMARD, ("z", "h_prev"), r"z_t \circ h_{t-1}", "What is kept", _MIXED),
    Step("h", ADD, ("written", "kept"), "h_t", "New hidden state", _MIXED),
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
        concat(order),
        *(*affine("z", "update"), Step("z", SIGMOID, ("z_z",), "z_t", "Update gate", "update")),
        *(*affine("r", "reset"), Step("r", SIGMOID, ("z_r",), "r_t", "Reset gate", "reset")),
        *_gru_candidate(order, reset),
        *_GRU_HIDDEN,
    )
    return Cell(f"gru_{reset}", steps, {"h": "h_prev"})


@cache
def rnn(order: Order = "hx", activation: Literal["tanh", "relu"] = "tanh") -> Cell:
    """Return the plain recurrent cell h_t = tanh(W_h·v + b_h), or ReLU (Elman 1990)."""
    if activation not in ("tanh", "relu"):
        raise ValueError(f'activation must be "tanh" or "relu", given {activation!r}.')
    squash = {"tanh": TANH, "relu": RELU}[activation]
    hidden = Step("h", squash, ("z_h",), "h_t", "New hidden state", "hidden state")
    steps = (concat(order), *affine("h", "hidden state"), hidden)
    return Cell(f"rnn_{activation}", steps, {"h": "h_prev"})


class Named(NamedTuple):
    """How a cell is made, what it is called, and whose words hold for it in the lesson."""

    make: Callable[[Order], Cell]
    title: str
    kind: str  # of two words: first its own, then the common ones


CELLS: Mapping[str, Named] = {
    "lstm": Named(lstm, "LSTM", "lstm"),
    "peephole_lstm": Named(peephole_lstm, "peephole LSTM", "peephole"),
    "coupled_lstm": Named(coupled_lstm, "coupled LSTM", "coupled"),
    "no_forget_lstm": Named(no_forget_lstm, "LSTM of 1997", "no_forget"),
    "gru_before": Named(partial(gru, reset="before"), "GRU", "gru"),
    "gru_after": Named(partial(gru, reset="after"), "GRU", "gru"),
    "rnn_tanh": Named(partial(rnn, activation="tanh"), "tanh RNN", "rnn"),
    "rnn_relu": Named(partial(rnn, activation="relu"), "ReLU RNN", "relu rnn"),
}


@dataclass(frozen=True)
class Facts:
    """What can be said of a cell, so that nobody has to ask for its name.

    `memory` is the state that lasts: C, or h where there is no C. `keeps` is the gate that the old
    memory is multiplied by (f; z in a GRU), None where there is none: then the memory is `carried`
    on as it is, or all of it is made anew. `candidate` is the step that makes what is new, and
    `letter` that of its weights: C for W_C and b_C.
    """

    title: str
    kind: str
    memory: str
    keeps: str | None
    carried: bool
    candidate: str
    letter: str


@lru_cache(maxsize=256)
def facts(cell: Cell) -> Facts:
    """Return what can be said of a cell: of any cell, for most of it follows from the table."""
    _, title, kind = CELLS.get(cell.name, (None, cell.name, ""))
    memory = "C" if "C" in cell.carry else next(iter(cell.carry))
    previous, made = cell.carry[memory], cell[memory]
    parts = [cell.get(name) for name in made.inputs] if made.op is ADD else []
    products = [s for s in parts if s and s.op is HADAMARD and previous in s.inputs]
    gates = [name for step in products for name in step.inputs if name != previous]
    unchanged = made.op is ADD and previous in made.inputs
    new = next((name for name in cell.names if name.endswith("_tilde")), memory)
    keeps = gates[0] if gates and not unchanged else None
    letter = cell[new].inputs[0].removeprefix("z_")
    return Facts(title, kind, memory, keeps, bool(gates) or unchanged, new, letter)


@cache
def cell_named(name: str, order: Order, readout: bool = False) -> Cell:
    """Return the cell that calls itself `name`; ValueError where there is none, or no such order.

    `order` and `readout` are those of `lstm`.
    """
    if name not in CELLS:
        raise ValueError(f"the cell must be one of {', '.join(CELLS)}.")
    cell = CELLS[name].make(order)
    return cell.with_readout() if readout else cell
