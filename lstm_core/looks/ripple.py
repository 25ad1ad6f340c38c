"""How far an edit travels: the values that it can reach, those that it moves, and where it stops.

A value can be reached where it is worked out from the edited number, whatever the numbers are. It
moves where it then is another one, and is seen to move where it is so at the decimals shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm_core.cell import Cell, Step
from lstm_core.looks.activations import SATURATED, activated, activation
from lstm_core.ops import ADD, CONCAT, HADAMARD, Array, columns
from lstm_core.text.numerals import TOO_LONG
from lstm_core.trace import Address, Trace

Mask = NDArray[np.bool_]
Masks = dict[str, Mask]  # by name: which entries; a name with none is left out


@dataclass(frozen=True)
class Stop:
    """The first value on an edit's way that is not seen to move, and why.

    `why` is "flat": an activation has the `slope` there; "off": a ReLU is; "zero" or "weak": the
    change is multiplied by the number at `by`; "cancels": another operand moves against it;
    "small": it is too small a change to be seen.
    """

    at: Address
    why: str
    slope: float | None = None
    by: Address | None = None


@dataclass(frozen=True, eq=False)
class Ripple:
    """How far an edit of some numbers, `edited` of them, has travelled; `first` is one of them.

    Of the `total` of values that are worked out from them, `moved` are seen to move, in the time
    steps `times`, and `hidden` move by less than is shown. `last` is the one furthest on that is
    seen to move, None where none is. There it comes to a `stop`; or nothing is worked out from
    `last` in its time step, and `most` is where that value moves most.
    """

    edited: int
    first: Address
    total: int
    moved: int
    hidden: int
    times: tuple[int, ...]
    last: Address | None
    stop: Stop | None
    most: Address | None


def gates_and_states(cell: Cell) -> tuple[str, ...]:
    """Return the values that have a letter at each time step, states last: f, i, C̃, o, C, h.

    What follows from the states, as the read-out y, comes after them.
    """
    named = [s.name for s in cell.steps if s.symbol.endswith("_t") and " " not in s.symbol]
    states = [name for name in named if name in cell.carry]
    ends = named.index(states[-1])
    gates = [name for name in named[:ends] if name not in states]
    return (*gates, *states, *named[ends + 1 :])


def ripple(before: Trace, after: Trace, decimals: int | None) -> Ripple | None:
    """Compare the runs before and after an edit, at the decimals shown (None: all).

    None where no number is another one, and where the cells or the sizes differ.
    """
    if not _comparable(before, after):
        return None
    given, xs = _edited(before, after)
    if not (given or xs.any()):
        return None
    with np.errstate(all="ignore"):  # an overflow is a value to show
        moves = _Moves(before, after, _reached(after, given, xs), decimals)
        return _ripple(moves, _first(given, xs), sum(int(m.sum()) for m in (*given.values(), xs)))


def _comparable(before: Trace, after: Trace) -> bool:
    same = before.cell.steps == after.cell.steps and len(before) == len(after)
    return same and all(
        before[0, name].shape == after[0, name].shape for name in ("x", *after.cell.given)
    )


def _edited(before: Trace, after: Trace) -> tuple[Masks, Mask]:
    """Which entries of parameters and starting states, and of the inputs (T, m), are others now."""
    pairs = {name: before[0, name] != after[0, name] for name in after.cell.given}
    xs = [before[t, "x"] != after[t, "x"] for t in range(len(after))]
    return {name: mask for name, mask in pairs.items() if mask.any()}, np.stack(xs)


def _first(given: Masks, xs: Mask) -> Address:
    for name, mask in given.items():
        return Address(name, 0, _place(mask))
    t, k = _place(xs)
    return Address("x", t, (k,))


def _place(mask: Mask) -> tuple[int, ...]:
    """The place of the first entry that is True."""
    return tuple(int(k) for k in np.unravel_index(int(mask.argmax()), mask.shape))


# ---- what can be reached -------------------------------------------------------------------------


def _reached(trace: Trace, given: Masks, xs: Mask) -> list[Masks]:
    """Which entries of which values are worked out from what was edited, at each time step."""
    cell, found = trace.cell, list[Masks]()
    params = {name: mask for name, mask in given.items() if name in cell.params}
    states = {name: mask for name, mask in given.items() if name in cell.states}
    for t, frame in enumerate(trace.frames):
        masks = {**params, **states, **({"x": xs[t]} if xs[t].any() else {})}
        _spread(cell, masks, frame)
        found.append(masks)
        carried = {prev: masks[name] for name, prev in cell.carry.items() if name in masks}
        if _same(carried, states) and not xs[t:].any():  # and so it goes on
            return [*found, *[masks] * (len(trace) - t - 1)]
        states = carried
    return found


def _same(a: Masks, b: Masks) -> bool:
    return a.keys() == b.keys() and all(np.array_equal(mask, b[name]) for name, mask in a.items())


def _spread(cell: Cell, masks: Masks, frame: Mapping[str, Array]) -> None:
    for step in cell.steps:
        if any(name in masks for name in step.inputs):
            mask = _spread_to(step, masks, frame)
            if mask.any():
                masks[step.name] = mask


def _spread_to(step: Step, masks: Masks, frame: Mapping[str, Array]) -> Mask:
    parts = [masks.get(name, np.zeros(frame[name].shape, bool)) for name in step.inputs]
    if step.op is CONCAT:
        return np.concatenate(parts)
    if frame[step.inputs[0]].ndim == 2:  # a product: every row uses all of v
        W, v = parts
        used = columns(step.op, *(frame[name] for name in step.inputs))
        return np.asarray(W[:, used].any(axis=1) | v.any())
    return np.asarray(np.logical_or.reduce(parts))


# ---- what moves ----------------------------------------------------------------------------------


class _Moves:
    """What moves of what can be reached: for each name an array (T, entries)."""

    def __init__(
        self, before: Trace, after: Trace, reached: Sequence[Masks], decimals: int | None
    ) -> None:
        self.before, self.after, self.decimals = before, after, decimals
        self.reached, self.moved, self.seen = Masks(), Masks(), Masks()
        self.sizes: dict[str, Array] = {}
        for name in after.cell.names:
            if any(name in masks for masks in reached):
                self._add(name, reached)

    def _add(self, name: str, reached: Sequence[Masks]) -> None:
        old, new = (np.stack([f[name] for f in run.frames]) for run in (self.before, self.after))
        nowhere = np.zeros(old.shape[1], bool)
        inside = np.stack([masks.get(name, nowhere) for masks in reached])
        moved = inside & (old != new) & ~(np.isnan(old) & np.isnan(new))
        self.reached[name], self.moved[name] = inside, moved
        self.seen[name] = moved & self._visible(old, new)
        self.sizes[name] = np.nan_to_num(np.abs(new - old), nan=np.inf)

    def _visible(self, old: Array, new: Array) -> Mask:
        if self.decimals is None:
            return np.ones(old.shape, bool)
        differ = np.round(old, self.decimals) != np.round(new, self.decimals)
        return np.asarray(differ | (np.abs(new) >= TOO_LONG))

    def count(self, masks: Masks) -> int:
        """How many values there are in these masks."""
        return sum(int(mask.sum()) for mask in masks.values())

    def times(self) -> tuple[int, ...]:
        """The time steps in which something is seen to move."""
        seen = [mask.any(axis=1) for mask in self.seen.values()]
        return tuple(int(t) for t in np.flatnonzero(np.logical_or.reduce(seen)))

    def largest(self, name: str, times: slice) -> Address:
        """Return where a value moves most, of what is seen to move in these time steps."""
        sizes = np.where(self.seen[name], self.sizes[name], -1.0)[times]
        t, j = np.unravel_index(int(sizes.argmax()), sizes.shape)
        return Address(name, (times.start or 0) + int(t), (int(j),))


def _ripple(moves: _Moves, first: Address, edited: int) -> Ripple:
    times, last, most, cell = moves.times(), None, None, moves.after.cell
    if times:
        name = [name for name, mask in moves.seen.items() if mask[times[-1]].any()][-1]
        last = moves.largest(name, slice(times[-1], times[-1] + 1))
        most = None if cell.readers(name) else moves.largest(name, slice(None))
    moved, all_moved = moves.count(moves.seen), moves.count(moves.moved)
    return Ripple(
        edited=edited,
        first=first,
        total=moves.count(moves.reached),
        moved=moved,
        hidden=all_moved - moved,
        times=times,
        last=last,
        stop=None if most else _stop(moves, last or first),
        most=most,
    )


# ---- where it stops ------------------------------------------------------------------------------


def _stop(moves: _Moves, last: Address) -> Stop:
    """Return what is worked out first from the last value that moves, and why it does not move."""
    cell, trace = moves.after.cell, moves.after
    uses = ((step, _use(step, trace, last)) for step in cell.readers(last.step))
    step, (at, factor) = next((step, use) for step, use in uses if use is not None)
    if step in activated(cell):
        return _at_activation(step, at, trace)
    if factor is not None and abs(trace[factor]) < SATURATED:
        return Stop(at, "zero" if trace[factor] == 0.0 else "weak", by=factor)
    if step.op is ADD and all(
        moves.before[there] != trace[there]
        for there in (Address(name, at.t, at.index) for name in step.inputs)
    ):
        return Stop(at, "cancels")
    return Stop(at, "small")


def _use(step: Step, trace: Trace, of: Address) -> tuple[Address, Address | None] | None:
    """Return the entry of a step that uses a number, and what it is multiplied by there.

    None of a column of W that the step does not use. Where all rows use it, it is the first.
    """
    a, *others = step.inputs
    if trace[of.t, a].ndim == 2:
        return _use_in_product(step, trace, of)
    index, factor = of.index, None
    if step.op is CONCAT and of.step != a:
        index = (len(trace[of.t, a]) + of.index[0],)
    if step.op is HADAMARD:
        factor = Address(others[0] if of.step == a else a, of.t, of.index)
    return Address(step.name, of.t, index), factor


def _use_in_product(step: Step, trace: Trace, of: Address) -> tuple[Address, Address] | None:
    W, v = step.inputs
    start = columns(step.op, trace[of.t, W], trace[of.t, v]).start
    if of.step == v:
        return Address(step.name, of.t, (0,)), Address(W, of.t, (0, start + of.index[0]))
    row, k = of.index[0], of.index[1] - start
    if not 0 <= k < len(trace[of.t, v]):
        return None
    return Address(step.name, of.t, (row,)), Address(v, of.t, (k,))


def _at_activation(step: Step, at: Address, trace: Trace) -> Stop:
    slope = float(activation(step).slope(trace[Address(step.inputs[0], at.t, at.index)]))
    if slope == 0.0 and activation(step).code == "relu":
        return Stop(at, "off", slope)
    return Stop(at, "flat" if slope < SATURATED else "small", slope)
