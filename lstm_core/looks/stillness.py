"""Whether a gate can move at all: where every entry is saturated, a change of z changes nothing."""

from lstm_core.looks.activations import activation, gates_of
from lstm_core.trace import Trace


def still_gates(trace: Trace) -> tuple[str, ...]:
    """Return the gates of which every entry is saturated at every time step."""
    return tuple(
        step.name
        for step in gates_of(trace.cell)
        if all(activation(step).saturated(frame[step.inputs[0]]).all() for frame in trace.frames)
    )
