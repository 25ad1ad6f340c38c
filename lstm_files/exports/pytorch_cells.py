"""The cells that PyTorch itself has, loaded with our weights: gate order, blocks, two biases."""

from collections.abc import Mapping
from dataclasses import dataclass

from lstm_core.cell import Cell

_APART = "one matrix for x and one for h"


@dataclass(frozen=True)
class Native:
    """A cell of torch.nn: its class and options, the order of its gates, and its second bias."""

    name: str
    gates: str
    stacked: str
    options: str = ""
    inner: str = "0 * bias"
    biases: str = "only their sum matters, so that the second is 0 here"


NATIVE: Mapping[str, Native] = {
    "lstm": Native("LSTMCell", "ifCo", f"gates stacked as i, f, g, o (g is C_tilde), {_APART}"),
    "gru_after": Native(
        "GRUCell",
        "rzh",
        f"gates stacked as r, z, n (n is h_tilde), {_APART}",
        inner="torch.cat([0 * b_r, 0 * b_z, b_hh])",
        biases="the candidate's second stands inside the product with r",
    ),
    "rnn_tanh": Native("RNNCell", "h", _APART),
    "rnn_relu": Native("RNNCell", "h", _APART, options=', nonlinearity="relu"'),
}
_COLUMNS = {
    "hx": "weight[:, : len(h_prev)], weight[:, len(h_prev) :]",
    "xh": "weight[:, len(x) :], weight[:, : len(x)]",
}
_TEMPLATE = '''\
def framework_cell(t, x, {states}):
    """Do the same time step with torch.nn.{name}.

    It has {stacked}.
    It has two biases: {biases}.
    """
    weight, bias = torch.cat([{W}]), torch.cat([{b}])
    of_h, of_x = {columns}
    cell = torch.nn.{name}(len(x), len(h_prev){options}, dtype=torch.float64)
    with torch.no_grad():
        cell.weight_ih.copy_(of_x)
        cell.weight_hh.copy_(of_h)
        cell.bias_ih.copy_(bias)
        cell.bias_hh.copy_({inner})
        {made} = cell(x, {given})
    terms = (abs(of_h) @ abs(h_prev) + abs(of_x) @ abs(x)).max()
{checks}
'''


def framework_cell(cell: Cell) -> str:
    """Return code that does one time step with torch.nn and compares; "" where it has no such."""
    native = NATIVE.get(cell.name)
    if native is None:
        return ""
    states = ", ".join(cell.states)
    size = " * (1 + abs(C_prev).max())" if "C_prev" in cell.states else ""
    checks = (f'    same(t, "{name}", {name}, terms{size})' for name in cell.carry)
    return _TEMPLATE.format(
        **vars(native),
        states=states,
        W=", ".join(f"W_{gate}" for gate in native.gates),
        b=", ".join(f"b_{gate}" for gate in native.gates),
        columns=_COLUMNS[cell.order],
        made=", ".join(cell.carry),
        given=f"({states})" if len(cell.states) > 1 else states,
        checks="\n".join(checks),
    )
