"""Controls of a page, as data for the sheet: they choose an option or move a number.

Controls on the sheet, rather than Streamlit's own: a slider answers while it is dragged, and a page
with ten controls costs no more at an edit than a page with one.
"""

from collections.abc import Mapping
from typing import NotRequired, TypedDict

from lstm_ui.session.options import Choice, Number
from lstm_ui.session.session import Session


class Control(TypedDict):
    """What chooses an `option` or moves the number in a `cell`; `event` is reported instead.

    A slider with a `rest` has a button that puts it back to that value.
    """

    type: str
    label: str
    value: str | float
    option: NotRequired[str]
    cell: NotRequired[str]
    event: NotRequired[str]
    choices: NotRequired[list[list[str]]]
    low: NotRequired[float]
    high: NotRequired[float]
    step: NotRequired[float]
    shown: NotRequired[str]
    rest: NotRequired[str]
    on: NotRequired[bool]


def select(session: Session, option: Choice, label: str, names: Mapping[str, str]) -> Control:
    """Return a list to choose one word from; `names` says what each is called."""
    return _words("select", session, option, label, names)


def segments(session: Session, option: Choice, label: str, names: Mapping[str, str]) -> Control:
    """Return the same as buttons side by side, of which one is pressed: for few words."""
    return _words("segments", session, option, label, names)


def _words(
    kind: str, session: Session, option: Choice, label: str, names: Mapping[str, str]
) -> Control:
    return {
        "type": kind,
        "option": option.name,
        "label": label,
        "value": option.of(session.options),
        "choices": [[word, names.get(word, word)] for word in option.words],
    }


def slider(
    session: Session, option: Number, label: str, step: float, shown: str | None = None
) -> Control:
    """Return a slider over an option's range; `shown` is its value as people read it.

    It tries a value without keeping it, so it can be put back to where it was without a reader.
    """
    value, rest = option.of(session.options), option.of({})
    return {
        "type": "range",
        "option": option.name,
        "label": label,
        "value": value,
        "low": option.low,
        "high": option.high,
        "step": step,
        "shown": shown if shown is not None else f"{value:g}",
        "rest": f"{rest:.12g}",
        "on": value != rest,
    }


def cell_slider(
    cell: str,
    label: str,
    value: float,
    low: float,
    high: float,
    step: float,
    shown: str,
    rest: float | None = None,
) -> Control:
    """Return a slider that sets a number of the exercise, W_f:0:1: one drag, one step of undo.

    `rest` is the reader's own starting value of it, where it has one.
    """
    control: Control = {
        "type": "range",
        "cell": cell,
        "label": label,
        "value": value,
        "low": min(low, value),  # a number that lies beyond the ends moves them
        "high": max(high, value),
        "step": step,
        "shown": shown,
    }
    if rest is not None:
        control |= {"rest": repr(rest), "on": value != rest}
    return control


def start_of(session: Session, name: str, index: tuple[int, ...]) -> float | None:
    """Return the reader's own starting value of a number, where Reset has one to go back to."""
    base = session.base.arrays.get(name)
    if base is None or base.shape != session.exercise.arrays[name].shape:
        return None
    return float(base[index])


def field(session: Session, option: Number, label: str) -> Control:
    """Return a field to type a number into."""
    value = f"{option.of(session.options):g}"
    return {"type": "field", "option": option.name, "label": label, "value": value}


def button(option: str, value: str, label: str, on: bool = True) -> Control:
    """Return a button that chooses one value of an option: the next seed, for example."""
    return {"type": "button", "option": option, "value": value, "label": label, "on": on}
