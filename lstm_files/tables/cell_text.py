"""A spreadsheet's values as its cells show them: the decimals on screen are the ones that count."""

import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Context, Decimal

_CONTEXT = Context(prec=400, rounding=ROUND_HALF_UP)
_MOST_PLACES = 30  # what spreadsheets allow
_DECORATION = re.compile(r'"[^"]*"|\[[^]]*\]|\\.|[_*].|[()$€£ ]')
_FORMAT = re.compile(r"(?:[#0?,]*[#0?])?(?:\.([0#?]*))?(E[+-]?[0#?]+)?(%?)", re.I)


def cell_text(value: object, number_format: str) -> str:
    """Return a cell's value as a text: 0.62 in the format 0.000 is 0.620, True is TRUE.

    A percentage is given as the number that it is: 62.0 % as 0.620. Where a format says nothing of
    decimals, a number has the digits that it was saved with.
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime):
        return str(value).removesuffix(" 00:00:00")
    return str(value).strip()


def _number(value: int | float, number_format: str) -> str:
    plain = _DECORATION.sub("", number_format.partition(";")[0])
    form = _FORMAT.fullmatch(plain)
    if not plain or form is None:
        return repr(value)
    places = form[1] or ""
    most, least = len(places), len(places.rstrip("#"))
    if form[3]:
        most, least = most + 2, least + 2
    return repr(value) if most > _MOST_PLACES else _written(value, most, least, bool(form[2]))


def _written(value: int | float, most: int, least: int, scientific: bool) -> str:
    if scientific:
        return f"{value:.{most}e}"
    text = f"{Decimal(repr(value)).quantize(Decimal(1).scaleb(-most), context=_CONTEXT):f}"
    optional = text[len(text) - (most - least) :] if most > least else ""
    kept = text[: len(text) - len(optional)] + optional.rstrip("0")
    return kept.removesuffix(".")
