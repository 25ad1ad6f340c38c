"""How likely it is that a number fits by accident: the case for silence.

A random wrong number lies anywhere from −s to s, where s is the larger of what was typed and what
is right. So it meets one given number, at a unit u, with the chance u/2s; and one of k different
numbers with k times that. A mistake that fits several entries of one step has to be met in each.
"""

from collections.abc import Iterable
from math import comb, prod

SILENT = 0.015  # above this chance nobody is accused
WHOLE = 0.2  # the same for whole numbers, which nobody has rounded: 42 is 42, and not 41.7
LOOSE = 0.25  # that an entry off by its rounding alone is just what a mistake makes, by accident
STRANGE = 5.0  # how much likelier an accident is for each wrong entry beside it that nothing fits
LOOSELY = ("truncated", "drift")  # the states of such entries


def width(typed: float, unit: float, right: float) -> float:
    """Return how large a part of the likely numbers one unit is."""
    return unit / max(abs(right), abs(typed), unit) / 2


def by_chance(tried: int, own: int, widths: Iterable[float], of: int) -> float:
    """Return the chance that some mistake fits these entries, of so many wrong ones.

    `tried` numbers were tried on an entry in all, `own` by this one mistake.
    """
    each = [min(1.0, own * share) for share in widths]
    return comb(of, len(each)) * tried / own * prod(each)


def limit(whole: bool, strange: int) -> float:
    """Return the chance above which nobody is accused, of so many entries that nothing fits."""
    return WHOLE if whole else SILENT / STRANGE**strange
