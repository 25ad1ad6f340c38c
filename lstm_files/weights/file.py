"""What a file of weights says: its arrays, what was passed over, and facts on its layers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from numpy.typing import NDArray

from lstm_core.cell import Order
from lstm_core.variants.changes import Change

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class LayerFacts:
    """What a file says of one layer beside its numbers.

    `cell` is exactly our cell, "" where the file does not say, of which `changes` swap rows;
    `backwards` is whether it reads the inputs from the last to the first; `refusal` is a sentence
    where no cell here gives its h. Of a layer that runs both ways, `joins` says how it joins them;
    `between` names what lies between it and the recurrent layer below, where that changes numbers.
    """

    cell: str = ""
    backwards: bool = False
    refusal: str = ""
    joins: str = "concat"
    between: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, eq=False)
class WeightFile:
    """Arrays by name; `remarks`, a sentence each, on what was passed over or read in one way.

    `facts` are by the place of a layer, as its names have it. `order` is that of the columns of
    every W where the file says it, "" where it does not.
    """

    arrays: Arrays
    remarks: tuple[str, ...] = ()
    facts: Mapping[str, LayerFacts] = field(default_factory=lambda: MappingProxyType({}))
    order: Order | None = None
