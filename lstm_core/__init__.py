"""The mathematics of the LSTM cell, as data: NumPy and the standard library only.

    from lstm_core import lstm, run
    trace = run(lstm(order="xh"), params, xs, {"h_prev": h, "C_prev": C})
    trace[0, "f"]  # every intermediate value, by the name it has on the board

Letters: x_t (m,) the input, h_t (n,) the hidden state, C_t (n,) the cell state, v (n+m,) their
concatenation; W_f W_i W_C W_o (n, n+m) and b_f b_i b_C b_o (n,) weights and biases; z = W·v + b;
f i o gates, C_tilde the candidate; kept = f∘C_{t-1}, written = i∘C_tilde, squashed = tanh(C_t);
W_y (p, n), b_y, z_y, y the optional read-out. m inputs, n hidden units, T time steps, p outputs.

The kernel is six files that import nothing else of the package: ops, cell, cells, shapes, trace and
gradients; beside it, fast is trace for many time steps. The folders stand on it, each with one
idea: text, exercise, lesson, backpropagation, marking, worksheets, frameworks, looks.
"""

from lstm_core.cell import Cell, Step
from lstm_core.cells import coupled_lstm, gru, lstm, no_forget_lstm, peephole_lstm, rnn
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS
from lstm_core.frameworks.convert import (
    describe_conversion,
    find_layers,
    from_framework,
    to_framework,
)
from lstm_core.gradients import backward
from lstm_core.lesson.backward_rows import backprop
from lstm_core.lesson.explain import Explanation, explain
from lstm_core.marking.check import Verdict, check, first_wrong
from lstm_core.marking.slips.naming import Mistake
from lstm_core.text.parsing import parse_matrix, parse_number
from lstm_core.trace import Address, Trace, run

__all__ = [
    "PRESETS",
    "Address",
    "Cell",
    "Exercise",
    "Explanation",
    "Mistake",
    "Step",
    "Trace",
    "Verdict",
    "backprop",
    "backward",
    "check",
    "coupled_lstm",
    "describe_conversion",
    "explain",
    "find_layers",
    "first_wrong",
    "from_framework",
    "gru",
    "lstm",
    "no_forget_lstm",
    "parse_matrix",
    "parse_number",
    "peephole_lstm",
    "rnn",
    "run",
    "to_framework",
]
