"""A calculation as Python code: one rule for each operation, for NumPy and for PyTorch."""

import textwrap
from collections.abc import Mapping

from lstm_core.cell import Step
from lstm_core.ops import Array

_MATVECS = ("matvec", "matvec_first", "matvec_last")
_COLUMNS = 96

NUMPY: Mapping[str, str] = {
    "concat": "np.concatenate([{0}, {1}])",
    "matvec": "{0} @ {1}",
    "matvec_first": "{0}[:, : len({1})] @ {1}",
    "matvec_last": "{0}[:, -len({1}) :] @ {1}",
    "add": "{0} + {1}",
    "hadamard": "{0} * {1}",
    "one_minus": "1.0 - {0}",
    "sigmoid": "sigmoid({0})",
    "tanh": "np.tanh({0})",
    "relu": "np.maximum({0}, 0.0)",
    "hard": "np.clip(0.2 * {0} + 0.5, 0.0, 1.0)",
    "hard_six": "np.clip({0} / 6.0 + 0.5, 0.0, 1.0)",
    **dict.fromkeys(("none", "left_out"), "+{0}"),
}
TORCH: Mapping[str, str] = {
    **NUMPY,
    "concat": "torch.cat([{0}, {1}])",
    "sigmoid": "torch.sigmoid({0})",
    "tanh": "torch.tanh({0})",
    "relu": "torch.relu({0})",
    "hard": "torch.clamp(0.2 * {0} + 0.5, 0.0, 1.0)",
    "hard_six": "torch.clamp({0} / 6.0 + 0.5, 0.0, 1.0)",
}


def expression(rules: Mapping[str, str], step: Step) -> str:
    """Return what a step computes, as code: sigmoid(z_f)."""
    return rules[step.op.name].format(*step.inputs)


def terms_size(rules: Mapping[str, str], step: Step) -> str | None:
    """Return code for how large the terms of a sum are: its rounding errors are in proportion.

    None where the step adds no products.
    """
    if step.op.name not in _MATVECS:
        return None
    return rules[step.op.name].format(*(f"abs({name})" for name in step.inputs))


def literal(values: Array, package: str) -> str:
    """Return numbers as nested lists, every digit kept, on lines of at most 96 characters.

    `package` is what inf and nan are taken from: np or torch.
    """
    if values.ndim == 1:
        return _wrapped(repr(values.tolist()), package)
    rows = (textwrap.indent(_wrapped(repr(row), package), "    ") for row in values.tolist())
    return "[\n" + ",\n".join(rows) + ",\n]"


def _wrapped(text: str, package: str) -> str:
    named = text.replace("inf", f"{package}.inf").replace("nan", f"{package}.nan")
    lines = textwrap.wrap(named, _COLUMNS - 8, break_on_hyphens=False, break_long_words=False)
    return "\n    ".join(lines)
