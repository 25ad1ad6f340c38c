"""The cells, each a table of steps: the LSTM, and its relatives, of the same few operations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from typing import Literal, NamedTuple

from lstm_core.cell import Cell, Order, Step
from lstm_core.ops import ADD, CONCAT, HADAMARD, MATVEC, ONE_MINUS, OPS, SIGMOID, TANH


def affine(gate: str, stage: str, v: str = "v") -> tuple[Step, ...]:
    """Return the two steps W·v and z = W·v + b of one gate."""
    W, b, Wv, z = f"W_{gate}", f"b_{gate}", f"Wv_{gate}", f"z_{gate}"
    product = Step(Wv, MATVEC, (W, v), rf"W_{gate} \cdot v", f"Weights times {v} ({W}·{v})", stage)
    total = Step(z, ADD, (Wv, b), rf"z_{gate}", f"Add the bias (pre-activation {z})", stage)
    return product, total


def concat(order: Order, h: str = "h_prev") -> Step:
    """Return the step that joins h_{t-1} and x_t; ValueError for an order that is none."""
    if order not in ("hx", "xh"):
        raise ValueError(f'order must be "hx" or "xh", given {order!r}.')
    inputs = (h, "x") if order == "hx" else ("x", h)
    first, second = ("hidden state", "input") if order == "hx" else ("input", "hidden state")
    return Step("v", CONCAT, inputs, "v", f"Join the {first} and the {second}", "concatenate")


def gate(name: str, title: str, stage: str) -> tuple[Step, ...]:
    """Return the three steps of a gate: W·v, z = W·v + b, and σ(z), which is 0 to 1."""
    return *affine(name, stage), Step(name, SIGMOID, (f"z_{name}",), f"{name}_t", title, stage)


def _share(name: str, of: tuple[str, str], symbol: str, stage: str = "hidden state") -> Step:
    """What is kept, or written: a state, or a candidate, times a gate."""
    return Step(name, HADAMARD, of, symbol, f"What is {name}", stage)


_C_TILDE = Step("C_tilde", TANH, ("z_C",), r"\tilde{C}_t", "Candidate", "candidate")
_FORGET, _INPUT = gate("f", "Forget gate", "forget"), gate("i", "Input gate", "input")
_CANDIDATE = (*affine("C", "candidate"), _C_TILDE)
_OUTPUT = gate("o", "Output gate", "hidden state")
_KEPT = _share("kept", ("f", "C_prev"), r"f_t \circ C_{t-1}", "cell state")
_WRITTEN = _share("written", ("i", "C_tilde"), r"i_t \circ \tilde{C}_t", "cell state")
_CELL_STATE = Step("C", ADD, ("kept", "written"), "C_t", "New cell state", "cell state")
_MEMORY = (_KEPT, _WRITTEN, _CELL_STATE)
_SQUASHED = Step("squashed", TANH, ("C",), r"\tanh(C_t)", "Squashed cell state", "hidden state")
_HIDDEN = Step("h", HADAMARD, ("o", "squashed"), "h_t", "New hidden state", "hidden state")
_SHOWN = (*_OUTPUT, _SQUASHED, _HIDDEN)
_H_TILDE = Step("h_tilde", TANH, ("z_h",), r"\tilde{h}_t", "Candidate", "candidate")
_MIX = Step("h", ADD, ("written", "kept"), "h_t", "New hidden state", "hidden state")


def _cell(name: str, order: Order, *steps: Step) -> Cell:
    """A cell that begins with v; it carries h from step to step and, where it makes one, C."""
    made = {step.name for step in steps}
    return Cell(name, (concat(order), *steps), {k: f"{k}_prev" for k in "hC" if k in made})


@cache
def lstm(order: Order = "hx", readout: bool = False) -> Cell:
    """Return the LSTM cell (Hochreiter & Schmidhuber 1997; forget gate: Gers et al. 2000).

    `order` says which of h_{t-1} and x_t comes first in v, and so in the columns of every W;
    `readout` appends y_t = σ(W_y·h_t + b_y).
    """
    cell = _cell("lstm", order, *_FORGET, *_INPUT, *_CANDIDATE, *_MEMORY, *_SHOWN)
    return cell.with_readout() if readout else cell


def _seeing(gate: tuple[Step, ...], state: str, symbol: str) -> tuple[Step, ...]:
    """A gate with a peephole: W·v + b as ever, then p∘C on top, so that z has three parts."""
    Wv, z, squash = gate
    p, a, pC = f"p_{squash.name}", f"a_{squash.name}", f"pC_{squash.name}"
    return (
        Wv,
        replace(z, name=a, symbol=a),
        Step(pC, HADAMARD, (p, state), rf"{p} \circ {symbol}", "Look at the cell state", z.stage),
        replace(z, inputs=(a, pC), title="Add what was seen"),
        squash,
    )


@cache
def peephole_lstm(order: Order = "hx") -> Cell:
    """Return the LSTM whose gates see the cell state (Gers et al. 2002).

    f and i see C_{t-1} and o sees the new C_t, each unit its own through p_f, p_i, p_o (n,).
    """
    f, i = (_seeing(gate, "C_prev", "C_{t-1}") for gate in (_FORGET, _INPUT))
    shown = *_seeing(_OUTPUT, "C", "C_t"), _SQUASHED, _HIDDEN
    return _cell("peephole_lstm", order, *f, *i, *_CANDIDATE, *_MEMORY, *shown)


@cache
def coupled_lstm(order: Order = "hx") -> Cell:
    """Return the LSTM with one gate fewer: what is forgotten is what is written, i = 1 − f."""
    coupled = Step("i", ONE_MINUS, ("f",), "i_t", "Input gate, coupled to the forget gate", "input")
    return _cell("coupled_lstm", order, *_FORGET, coupled, *_CANDIDATE, *_MEMORY, *_SHOWN)


@cache
def no_forget_lstm(order: Order = "hx") -> Cell:
    """Return the LSTM of 1997, which has no forget gate: C_t = C_{t-1} + i∘C̃."""
    memory = _WRITTEN, replace(_CELL_STATE, inputs=("C_prev", "written"))
    return _cell("no_forget_lstm", order, *_INPUT, *_CANDIDATE, *memory, *_SHOWN)


@cache
def projected_lstm(order: Order = "hx") -> Cell:
    """Return the LSTM that shows fewer numbers than it keeps: h_t = W_p·m_t (Sak et al. 2014).

    m_t = o∘tanh(C_t) has n entries as C_t has, W_p is (r, n), and h_t has r ≤ n: v = [h, x] has
    r + m. PyTorch calls r proj_size.
    """
    m = replace(_HIDDEN, name="cell_output", symbol="m_t", title="Cell output, not yet projected")
    h = replace(_HIDDEN, op=MATVEC, inputs=("W_p", "cell_output"))
    return _cell("projected_lstm", order, *lstm(order).steps[1:-1], m, h)


def _of_gated_h(gate: str, order: Order, title: str = "Reset hidden state") -> tuple[Step, ...]:
    """The candidate where a gate decides what of h_{t-1} it may see: z_h = W_h·v_r + b_h."""
    symbol, stage = rf"{gate}_t \circ h_{{t-1}}", "candidate"
    inputs = concat(order, "reset_h").inputs
    return (
        Step("reset_h", HADAMARD, (gate, "h_prev"), symbol, title, stage),
        Step("v_r", CONCAT, inputs, "v_r", "Join it with the input", stage),
        *affine("h", stage, "v_r"),
        _H_TILDE,
    )


def _reset_after(order: Order) -> tuple[Step, ...]:
    """The candidate where r comes after the product: z_h = W_hx·x + b_h + r∘(W_hh·h + b_hh)."""
    sides = ("first", "last") if order == "hx" else ("last", "first")
    of_h, of_x = (OPS[f"matvec_{side}"] for side in sides)
    named, stage = "Reset hidden state", "candidate"
    return (
        Step("Wh_h", of_h, ("W_h", "h_prev"), r"W_{hh} \cdot h_{t-1}", "Weights times h", stage),
        Step("a_h", ADD, ("Wh_h", "b_hh"), "a_h", "Add the bias inside the reset", stage),
        Step("reset_h", HADAMARD, ("r", "a_h"), r"r_t \circ a_h", named, stage),
        Step("Wx_h", of_x, ("W_h", "x"), r"W_{hx} \cdot x_t", "Weights times x", stage),
        Step("a_x", ADD, ("Wx_h", "b_h"), "a_x", "Add the bias", stage),
        Step("z_h", ADD, ("a_x", "reset_h"), "z_h", "Pre-activation z_h", stage),
        _H_TILDE,
    )


@cache
def gru(order: Order = "hx", reset: Literal["before", "after"] = "before") -> Cell:
    """Return the GRU with h_t = (1 − z)∘h̃ + z∘h_{t-1} (Cho et al. 2014).

    reset="before" applies r to h_{t-1} before the product with W_h; "after" applies it to the
    product, with a bias b_hh of its own inside, as cuDNN, PyTorch and Keras do.
    """
    if reset not in ("before", "after"):
        raise ValueError(f'reset must be "before" or "after", given {reset!r}.')
    return _cell(
        f"gru_{reset}",
        order,
        *(*gate("z", "Update gate", "update"), *gate("r", "Reset gate", "reset")),
        *(_of_gated_h("r", order) if reset == "before" else _reset_after(order)),
        Step("one_minus_z", ONE_MINUS, ("z",), "1 - z_t", "How much is written", "hidden state"),
        _share("written", ("one_minus_z", "h_tilde"), r"(1 - z_t) \circ \tilde{h}_t"),
        _share("kept", ("z", "h_prev"), r"z_t \circ h_{t-1}"),
        _MIX,
    )


@cache
def mgu(order: Order = "hx") -> Cell:
    """Return the minimal gated unit: one gate f, h_t = (1 − f)∘h_{t-1} + f∘h̃ (Zhou et al. 2016)."""
    return _cell(
        "mgu",
        order,
        *_FORGET,
        *_of_gated_h("f", order, "Gated hidden state"),
        Step("one_minus_f", ONE_MINUS, ("f",), "1 - f_t", "How much is kept", "hidden state"),
        _share("kept", ("one_minus_f", "h_prev"), r"(1 - f_t) \circ h_{t-1}"),
        _share("written", ("f", "h_tilde"), r"f_t \circ \tilde{h}_t"),
        replace(_MIX, inputs=("kept", "written")),
    )


@cache
def rnn(order: Order = "hx", activation: Literal["tanh", "relu"] = "tanh") -> Cell:
    """Return the plain recurrent cell h_t = tanh(W_h·v + b_h), or ReLU (Elman 1990)."""
    if activation not in ("tanh", "relu"):
        raise ValueError(f'activation must be "tanh" or "relu", given {activation!r}.')
    hidden = Step("h", OPS[activation], ("z_h",), "h_t", "New hidden state", "hidden state")
    return _cell(f"rnn_{activation}", order, *affine("h", "hidden state"), hidden)


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
    "projected_lstm": Named(projected_lstm, "projected LSTM", "projected"),
    "gru_before": Named(partial(gru, reset="before"), "GRU", "gru_before gru"),
    "gru_after": Named(partial(gru, reset="after"), "GRU", "gru_after gru"),
    "mgu": Named(mgu, "minimal gated unit", "mgu"),
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
    base, joined, changes = cell.name.partition(" with ")  # what a variant is called: see variants/
    _, title, kind = CELLS.get(base, (None, base, ""))
    title, kind = f"{title}{joined}{changes}", f"changed {kind}" if changes else kind
    memory = "C" if "C" in cell.carry else next(iter(cell.carry))
    ways = _ways(cell, memory, cell.carry[memory])
    way = ways[0] if len(ways) == 1 and len(ways[0]) < 2 else None
    new = next((name for name in cell.names if name.endswith("_tilde")), memory)
    letter, keeps = cell[new].inputs[0].removeprefix("z_"), way[0] if way else None
    return Facts(title, kind, memory, keeps, way is not None, new, letter)


def _ways(cell: Cell, name: str, previous: str) -> list[tuple[str, ...]]:
    """What the old memory is multiplied by on each direct way to a step, through + and ∘ alone."""
    found: list[tuple[str, ...]] = [()] if name == previous else []
    step = cell.get(name)
    if step and step.op.name in ("add", "hadamard", "left_out"):
        for part in step.inputs:
            factors = [other for other in step.inputs if step.op is HADAMARD and other != part]
            found += [(*way, *factors) for way in _ways(cell, part, previous)]
    return found


@cache
def cell_named(name: str, order: Order, readout: bool = False) -> Cell:
    """Return the cell of that name; ValueError where there is none, or no such order."""
    if name not in CELLS:
        raise ValueError(f"the cell must be one of {', '.join(CELLS)}.")
    cell = CELLS[name].make(order)
    return cell.with_readout() if readout else cell
