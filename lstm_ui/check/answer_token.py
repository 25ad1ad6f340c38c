"""Answers as text for a link: exactly what was typed, entry by entry.

Under the name of a step and its time step there is a list of texts, of a matrix a list of such.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from lstm_core.trace import Address
from lstm_ui.session.packed import packed, unpacked
from lstm_ui.session.session import TypedAnswers

LONGEST = 200  # characters of one answer that are kept
_MOST = 100_000  # bytes, unpacked
_BROKEN = "The answers in this link are broken: they were cut short, or changed on their way."
Texts = list[Any]  # of texts, or of lists of texts
_STEP = re.compile(r"\w{1,24}")


def to_token(answers: TypedAnswers) -> str:
    """Return the answers as letters, digits, `-` and `_`, after a version and a dot."""
    rows: dict[str, dict[str, Texts]] = defaultdict(dict)
    for at, text in sorted(answers.items()):
        row = rows[at.step].setdefault(str(at.t), [])
        for k in at.index[:-1]:
            row += [[] for _ in range(k + 1 - len(row))]
            row = row[k]
        row += [""] * (at.index[-1] - len(row)) + [text]
    return packed(json.dumps(rows, ensure_ascii=False, separators=(",", ":")))


def from_token(token: str) -> TypedAnswers:
    """Return the answers in a token; ValueError, in one plain sentence, where it is broken."""
    if not token:
        return {}
    try:
        return dict(_answers(json.loads(unpacked(token, _MOST))))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(_BROKEN) from error


def _answers(rows: Mapping[str, Mapping[str, Texts]]) -> list[tuple[Address, str]]:
    return [
        (_address(step, t, index), _text(text))
        for step, by_time in rows.items()
        for t, row in by_time.items()
        for index, text in _entries(row)
        if text
    ]


def _entries(row: Texts) -> Iterator[tuple[tuple[int, ...], object]]:
    for j, text in enumerate(row):
        if isinstance(text, list):
            yield from (((j, k), inner) for k, inner in enumerate(text))
        else:
            yield (j,), text


def _address(step: str, t: str, index: tuple[int, ...]) -> Address:
    if not (_STEP.fullmatch(step) and t.isascii() and t.isdigit() and len(t) < 5):
        raise ValueError(_BROKEN)
    return Address(step, int(t), index)


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise TypeError(_BROKEN)
    return text[:LONGEST]
