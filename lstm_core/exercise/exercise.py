"""An exercise: a cell, its numbers and how they are shown; all that it takes to redo a screen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lstm_core.cell import Cell, Order
from lstm_core.cells import cell_named, facts
from lstm_core.exercise import json_text as as_json
from lstm_core.exercise import parts
from lstm_core.exercise import token as as_token
from lstm_core.exercise.changing import CellChange, change_of, changed
from lstm_core.exercise.draws import UNIFORM, drawn
from lstm_core.exercise.parts import check_sizes, existing, tenths
from lstm_core.exercise.residue import without_residue
from lstm_core.exercise.resizing import fitted, resizing_sentence
from lstm_core.ops import Array
from lstm_core.shapes import check_shapes, expect, letters, written
from lstm_core.trace import Trace, run
from lstm_core.variants.changes import in_form, is_variant


@dataclass(frozen=True, eq=False)
class Exercise:
    """A cell with its parameters, inputs `xs` (T, m) and starting states, and how to show them.

    Arrays are copied and made read-only; names that the cell does not use are left out. `notes`
    are the teacher's own words on a step, by its name. `decimals` runs from 1 to 10, and None means
    every digit. Two exercises are equal where all of this is, to the last bit of each number.
    Raises ValueError, in one plain sentence, where something does not fit, is not finite or is too
    large.
    """

    cell: Cell
    params: Mapping[str, Array]
    xs: Array
    start: Mapping[str, Array]
    decimals: int | None = 4
    title: str = ""
    source: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        params = parts.used_arrays(self.params, self.cell.params)
        start = parts.used_arrays(self.start, self.cell.states)
        xs = parts.as_array("xs", self.xs)
        check_shapes(self.cell, params | start, xs)
        object.__setattr__(self, "params", MappingProxyType(params))
        object.__setattr__(self, "start", MappingProxyType(start))
        object.__setattr__(self, "xs", xs)
        check_sizes(self.sizes)
        parts.check_words(self.decimals, self.title, self.source)
        notes = MappingProxyType(parts.checked_notes(self.notes, self.cell))
        object.__setattr__(self, "notes", notes)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Exercise):
            return NotImplemented
        return self is other or (
            self._words == other._words
            and parts.same_cell(self.cell, other.cell)
            and parts.same_arrays(self.arrays, other.arrays)
        )

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Worked out once: the numbers can be many, and the dictionaries ask again and again."""
        return hash((self.cell.name, self._words, *(a.tobytes() for a in self.arrays.values())))

    @property
    def _words(self) -> tuple[object, ...]:
        return self.decimals, self.title, self.source, tuple(self.notes.items())

    @property
    def sizes(self) -> dict[str, int]:
        """The letters' values: m, n, T and, with a projection, r, with a read-out, p."""
        T, m = self.xs.shape
        sizes = {"m": m, "n": self.start[self.cell.states[-1]].size, "T": T}
        if self.cell.projected:
            sizes["r"] = self.start["h_prev"].size
        return sizes | {"p": self.params["b_y"].size} if self.cell.readout else sizes

    @property
    def m(self) -> int:
        """The input size."""
        return self.sizes["m"]

    @property
    def n(self) -> int:
        """The hidden size."""
        return self.sizes["n"]

    @property
    def r(self) -> int:
        """How many entries h has: n, unless a projection makes them fewer."""
        return self.sizes.get("r", self.n)

    @property
    def T(self) -> int:
        """The number of time steps."""
        return self.sizes["T"]

    @property
    def p(self) -> int:
        """The size of the read-out; 0 where there is none."""
        return self.sizes.get("p", 0)

    @property
    def order(self) -> Order:
        """Which of h and x comes first in v: "hx" or "xh"."""
        return self.cell.order

    @property
    def arrays(self) -> dict[str, Array]:
        """Every array by name: the parameters, xs and the starting states."""
        return {**self.params, "xs": self.xs, **self.start}

    def trace(self) -> Trace:
        """Run the cell. It costs microseconds, so nothing is kept.

        A sum that cancels is 0 here, and not what rounding leaves of it: see residue.py.
        """
        return without_residue(run(self.cell, self.params, self.xs, self.start))

    def with_array(self, name: str, values: ArrayLike) -> "Exercise":
        """Return it with a parameter, a starting state or "xs" replaced, in the same sizes.

        Only the number of time steps may change, with "xs".
        """
        array = parts.as_array(existing(name, self.arrays), values)
        steps = {"T": len(array)} if array.ndim else {}
        expect(name, array.shape, self.sizes | steps if name == "xs" else self.sizes)
        return self._with({name: array})

    def with_entry(self, name: str, index: tuple[int, ...], value: float) -> "Exercise":
        """Return it with one number replaced: `index` is (row,) or (row, column), from 0."""
        array = self.arrays[existing(name, self.arrays)].copy()
        inside = (0 <= i < size for i, size in zip(index, array.shape, strict=False))
        if len(index) != array.ndim or not all(inside):
            raise ValueError(f"{name} has no entry {list(index)}: it is {written(array.shape)}.")
        array[index] = parts.as_array(f"{name}{list(index)}", value)
        return self._with({name: array})

    def resized(
        self,
        *,
        m: int | None = None,
        n: int | None = None,
        T: int | None = None,
        p: int | None = None,
        r: int | None = None,
    ) -> tuple["Exercise", str]:
        """Return it in other sizes, and a sentence that says what became of the arrays.

        What fits is kept, in every W the part for h and the part for x each by itself; new
        entries are small random numbers. Where n falls below r, r goes along. Raises ValueError
        for a size out of range, for p without a read-out, and for r without a projection.
        """
        given = {"m": m, "n": n, "T": T, "p": p, "r": r}
        new = self.sizes | {letter: size for letter, size in given.items() if size is not None}
        if "p" in new and not self.cell.readout:
            raise ValueError("There is no read-out, so there is no p: add the read-out first.")
        if "r" in new and not self.cell.projected:
            raise ValueError("There is no projection, so h has n entries, and there is no r.")
        if n is not None and r is None and "r" in new:
            new["r"] = min(new["r"], n)
        check_sizes(new)
        arrays = fitted(self.arrays, self.order, self.sizes, new)
        return self._with(arrays), resizing_sentence(self.sizes, new)

    def redrawn(
        self, names: Iterable[str] = (), rule: str = UNIFORM, forget_bias: bool = False
    ) -> "Exercise":
        """Return it with these arrays, or with all, drawn anew by one of the RULES of draws.py.

        The numbers follow from those that are there now, so that drawing again gives others. With
        `forget_bias` the bias of the gate that keeps is 1, wherever it is among what is drawn.
        """
        chosen = [existing(name, self.arrays) for name in names] or [*self.arrays]
        new = drawn(chosen, self.arrays, self.sizes, self.order, rule)
        kept_by = f"b_{facts(self.cell).keeps}"
        if forget_bias and kept_by in new:
            new[kept_by] = np.ones(self.n)
        return self._with(new)

    def reordered(self, order: Order) -> "Exercise":
        """Return the same network in another order of v: the columns of every W move in step.

        The results are the same, up to the order in which products are summed.
        """
        first = self.m if self.order == "xh" else self.r
        of_v = [name for name in self.params if letters(name) == ("n", "n+m")]
        moved = {name: np.roll(self.params[name], -first, axis=1) for name in of_v}
        return self.relabelled(order)._with(moved if order != self.order else {})

    def relabelled(self, order: Order) -> "Exercise":
        """Return it with the matrices kept and v in another order: what a mix-up does."""
        return self._with({}, in_form(self.cell, order, self.cell.readout))

    def in_cell(self, name: str) -> tuple["Exercise", CellChange]:
        """Return it in the cell of this name, and what was kept, what is new, what is left out.

        Inputs, sizes, order, decimals and the read-out stay, as do arrays of the same name, the
        candidate's weights, and the notes on steps of the same name; what only the new cell has is
        small random numbers. It has no title and no source: what was published is another cell's.
        With a projection, h begins with as many entries as it had.
        ValueError where no cell has this name.
        """
        cell = cell_named(name, self.order, self.cell.readout)
        if self.cell.projected and not cell.projected:  # h as long as C again
            return self.resized(r=self.n)[0]._in_cell(cell)
        return self._in_cell(cell)

    def _in_cell(self, cell: Cell) -> tuple["Exercise", CellChange]:
        change = change_of(self.cell, cell)
        sizes = self.sizes | ({"r": self.r} if cell.projected else {})
        other = self._with(changed(change, cell, self.arrays, sizes), cell)
        return replace(other, title="", source=""), change

    def in_variant(self, cell: Cell) -> "Exercise":
        """Return it in a variant of its cell, on the same numbers, called by what was changed.

        A parameter that the variant no longer reads is left out; one that it has again, because a
        row was changed back, is small random numbers. The source is left out: what was published is
        another cell's.
        """
        new = [name for name in cell.given if name not in self.arrays]
        fresh = drawn(new, self.arrays, self.sizes, self.order) if new else {}
        title = facts(cell).title if is_variant(cell) else ""
        return replace(self._with(fresh, cell), title=title, source="")

    def with_readout(self, p: int = 1) -> "Exercise":
        """Return it with a read-out of p entries; what is new in it runs 0.1, 0.2, … 0.9, 0.1."""
        if self.cell.readout:
            return self.resized(p=p)[0]
        check_sizes({"p": p})
        new = {"W_y": tenths(p, self.r), "b_y": tenths(p)}
        return self._with(new, in_form(self.cell, self.order, True))

    def without_readout(self) -> "Exercise":
        """Return it without the read-out and its parameters."""
        return self._with({}, in_form(self.cell, self.order, False))

    def with_note(self, step: str, text: str) -> "Exercise":
        """Return it with a note on a step; an empty text takes the note away."""
        return replace(self, notes={**self.notes, self.cell[step].name: text})

    def _with(self, arrays: Mapping[str, Array], cell: Cell | None = None) -> "Exercise":
        every = {**self.arrays, **arrays}  # each field takes from it what is its own
        return replace(self, cell=cell or self.cell, params=every, xs=every["xs"], start=every)

    def to_json(self) -> str:
        """Return it as JSON that people can read and edit; numbers are exact."""
        return as_json.to_json(self._fields())

    @classmethod
    def from_json(cls, text: str) -> "Exercise":
        """Return the exercise in `text`; ValueError, in one plain sentence, where there is none."""
        try:
            return cls(**as_json.from_json(text))
        except ValueError as error:
            raise ValueError(f"This exercise cannot be read: {error}") from error

    def token(self) -> str:
        """Return it as text for a link, exact, under 6,500 characters for n = m = 8 and T = 5.

        Raises ValueError for a cell that is neither one of CELLS nor a variant of one.
        """
        return self._token

    @cached_property
    def _token(self) -> str:
        """Made once: each link of a page has it."""
        return as_token.to_token(self._fields(), self.sizes)

    def short_token(self, most: int) -> str | None:
        """Return the token where it has no more than `most` characters, else None, much sooner."""
        if "_token" not in vars(self) and not as_token.may_fit(self._fields(), self.sizes, most):
            return None
        return token if len(token := self.token()) <= most else None

    def _fields(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @classmethod
    def from_token(cls, token: str) -> "Exercise":
        """Return the exercise in a link; ValueError, in one plain sentence, where it is broken."""
        try:
            return cls(**as_token.from_token(token))
        except ValueError as error:
            raise ValueError(f"This link is broken: {error}") from error
