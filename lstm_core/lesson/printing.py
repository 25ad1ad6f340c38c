"""Numbers of a trace as they are printed: those that a squash has made keep their zeros.

And what a column of printed numbers lacks of its printed sum.
"""

from collections.abc import Sequence
from decimal import Context, Decimal, localcontext
from functools import lru_cache

from lstm_core.cell import Cell
from lstm_core.looks.connected import following
from lstm_core.ops import SIGMOID, TANH
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address, Trace

# Enough digits for any sum of doubles: from 1.8e308 down to the last place of 5e-324.
_EXACT = Context(prec=1400)


def printed(trace: Trace, address: Address, decimals: int | None) -> str:
    """Return the number at an address with so many decimals (None: every digit)."""
    rounded = address.step in rounded_names(trace.cell, address.t)
    return numeral(float(trace[address]), decimals, rounded)


def rounded_names(cell: Cell, t: int = 0) -> frozenset[str]:
    """Return the names downstream of a squash at time step t: irrational numbers."""
    return _rounded(cell, t > 0)


@lru_cache(maxsize=256)
def _rounded(cell: Cell, later: bool) -> frozenset[str]:
    # After the first time step a squash has made the states, too. So it has at any time what the
    # next time step hands back, in a backward pass.
    states = {name for name in cell.states if later or name.endswith("_next")}
    squashed = states | {step.name for step in cell.steps if step.op in (SIGMOID, TANH)}
    return frozenset(squashed | {step.name for step in following(cell.steps, squashed)})


def remainder(addends: Sequence[str], total: str) -> str:
    """Return what printed addends lack of a printed total, exactly; "" where their sum is true.

    Every number was rounded by itself when it was printed, so a column of them need not add up.
    What is no number, as ∞, cannot be added: then there is nothing to say.
    """
    try:
        with localcontext(_EXACT):
            printed = [Decimal(text.replace("−", "-")) for text in (total, *addends)]
            lacking = (printed[0] - sum(printed[1:])).normalize()
    except ArithmeticError:
        return ""
    if not lacking:
        return ""
    plainly = -15 < lacking.adjusted() < 15
    return format(lacking, "f" if plainly else "e").replace("-", "−").replace("e+", "e")
