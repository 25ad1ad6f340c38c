"""Names that exporters number, such as onnx::LSTM_142: which is W, R or B, by their order.

PyTorch's exporter gives the weights of a layer consecutive numbers, in the order of the node's
inputs; tf2onnx puts a number behind W, R and B.
"""

import re
from collections.abc import Iterable

_TORCH = re.compile(r"(.*(?:LSTM|GRU|RNN)_)([0-9]{1,9})")
_LETTER = re.compile(r"(.*[/:.])?([WRBP])[0-9]{0,4}__[0-9]{1,6}")


def numbered(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the place and the plain name, W, R or B, of every name that is numbered so."""
    found: dict[str, tuple[str, str]] = {}
    numbers: dict[str, dict[int, str]] = {}
    for name in names:
        if lettered := _LETTER.fullmatch(name):
            found[name] = (lettered[1] or "", lettered[2])
        elif counted := _TORCH.fullmatch(name):
            numbers.setdefault(counted[1], {})[int(counted[2])] = name
    for stem, by_number in numbers.items():
        for run in _runs(sorted(by_number)):
            size = 3 if len(run) % 3 == 0 else 2  # without biases there are two
            for k, number in enumerate(run):
                place = f"{stem}{run[k - k % size]}/"
                found[by_number[number]] = (place, "WRB"[k % size])
    return found


def _runs(numbers: list[int]) -> list[list[int]]:
    """Cut sorted numbers where one is left out."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
