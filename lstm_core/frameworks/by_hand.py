"""Names that people give by hand: Wf, W_c, W_forget, U_i, W_xi, “Forget gate”; and their layouts.

A name is brought to one spelling: what it holds (W, b or p), on which side (x, h or both joined),
and of which gate. Whether the columns of a joined W are [h, x] or [x, h], and whether vectors are
columns or rows, no name says: each is a layout of its own, and where several fit, the page asks.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from lstm_core.frameworks.layouts import Framework, Gates, Layout, Source
from lstm_core.lesson.words import words

# What is meant by the letters and words after W or b; the candidate is c in every cell here.
_GATES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("f", "forget", "forgetgate", "fgate"), "f"),
        **dict.fromkeys(("i", "input", "inputgate", "in", "igate"), "i"),
        **dict.fromkeys(("o", "output", "outputgate", "out", "ogate"), "o"),
        **dict.fromkeys(("c", "g", "j", "cand", "candidate", "candidategate"), "c"),
        **dict.fromkeys(("ctilde", "chat", "cbar", "gtilde", "cell", "cellgate", "newcell"), "c"),
        **dict.fromkeys(("candidatecell", "candidatestate", "cellstate", "cellcandidate"), "c"),
        **dict.fromkeys(("n", "h", "htilde", "hhat", "new", "newgate"), "c"),
        **dict.fromkeys(("z", "update", "updategate", "zgate"), "z"),
        **dict.fromkeys(("u",), "u"),
        **dict.fromkeys(("r", "reset", "resetgate", "rgate"), "r"),
    }
)
_SIDES = {"x": "x", "i": "x", "h": "h", "r": "h", "": ""}
_GATE = "|".join(sorted(_GATES, key=len, reverse=True))
_WEIGHT = "weights?|matrix|mat|w"
_GATE_WORD = "|".join(word for word in sorted(_GATES, key=len, reverse=True) if len(word) > 4)
_PATTERNS = (
    re.compile(rf"(?P<role>{_WEIGHT}|u|r|biases|bias|b|peepholes?|p)(?P<gate>{_GATE})"),
    re.compile(rf"(?P<gate>{_GATE_WORD})(?P<role>{_WEIGHT}|biases|bias|peepholes?)?"),
)
_SIDED = (
    re.compile(rf"(?P<role>w|weights?|b|bias)(?P<side>[xih])(?P<gate>{_GATE})"),
    re.compile(rf"(?P<role>w|weights?|b|bias)(?P<gate>{_GATE})(?P<side>[xh])"),
)
_DROPPED = re.compile(r"\\(?:mathbf|mathrm|text|tilde|hat|bar|bm|boldsymbol)|[\W_]+|ₜ|(?<=_)t$")


def spelled(names: Iterable[str], joined: bool) -> dict[str, tuple[str, str]]:
    """Return the place and the plain spelling, W_f or Wx_f, of every name that can be read so.

    `joined` reads one W for each gate, as W_f; else W and U, or W_x and W_h, are told apart. The
    names are read together: W_ix is W on the side of x for gate i only where its neighbours say so.
    """
    by_place: dict[str, dict[str, str]] = {}
    for name in names:
        place, last = _parted(name)
        by_place.setdefault(place, {})[name] = _letters(last)
    return {
        name: (place, plain)
        for place, every in by_place.items()
        for name, plain in _together(every, joined).items()
    }


def _parted(name: str) -> tuple[str, str]:
    """The place of an array, and its name there: forget/W and W/forget are W_forget."""
    *places, last = re.split("[/.]", name)
    inner, outer = _letters(last), _letters(places[-1]) if places else ""
    if inner in _ROLES and outer in _GATES:
        *places, last = *places[:-1], f"{last}_{places[-1]}"
    elif outer in _ROLES and inner in _GATES:
        *places, last = *places[:-1], f"{places[-1]}_{last}"
    return "/".join([*places, ""]), last


_ROLES = {"w", "u", "r", "b", "weight", "weights", "bias", "biases"}


def _together(every: Mapping[str, str], joined: bool) -> dict[str, str]:
    """The plain spellings of the names in one place, given in their letters alone."""
    tried = (_joined,) if joined else (_two_letters, _side_first, _gate_first)
    readings = ({name: reader(text) for name, text in every.items()} for reader in tried)
    best = max(readings, key=lambda found: sum(map(bool, found.values())))
    has_forget = any(plain.endswith("_f") for plain in best.values())
    meant = "i" if has_forget else "z"  # Γ_u: the input gate of an LSTM, the update gate of a GRU
    return {
        name: f"{plain[:-1]}{meant}" if plain.endswith("_u") else plain
        for name, plain in best.items()
        if plain
    }


def _letters(name: str) -> str:
    """A name without signs, accents and case: \\tilde{C} and C̃ are ctilde."""
    text = unicodedata.normalize("NFD", name[:80]).replace("\u0303", "tilde")
    text = text.replace(r"\tilde", "").replace("{C}", "{C}tilde") if r"\tilde" in text else text
    return _DROPPED.sub("", text).lower()


def _joined(text: str) -> str:
    """W and b of a gate; a gate alone is its W, as under a heading."""
    for pattern in _PATTERNS:
        if found := pattern.fullmatch(text):
            role = (found["role"] or "w")[0]
            if role not in "ur":
                return f"{'W' if role in 'wm' else role}_{_GATES[found['gate']]}"
    return ""


def _two_letters(text: str) -> str:
    """W for x and U for h, as in papers."""
    found = _PATTERNS[0].fullmatch(text)
    if not found:
        return ""
    role, gate = found["role"], _GATES[found["gate"]]
    return f"Wh_{gate}" if role in "ur" else f"{'Wx' if role[0] in 'wm' else role[0]}_{gate}"


def _side_first(text: str) -> str:
    return _with_side(text, 0)


def _gate_first(text: str) -> str:
    return _with_side(text, 1)


def _with_side(text: str, order: int) -> str:
    """W_xf and W_hf, or W_fx and W_fh; b_f, or b_xf and b_hf."""
    if found := _SIDED[order].fullmatch(text):
        role = "W" if found["role"][0] == "w" else "b"
        return f"{role}{_SIDES[found['side']]}_{_GATES[found['gate']]}"
    found = _PATTERNS[0].fullmatch(text)
    return (
        f"{found['role'][0]}_{_GATES[found['gate']]}" if found and found["role"][0] in "bp" else ""
    )


def _gates(ours: str) -> Gates:
    """Our gates by the letter that they have here: the candidate is c."""
    return tuple((_LETTER.get(gate, gate), gate) for gate in ours.split())


_LETTER = {"C": "c", "h": "c"}
_CELLS = {
    "lstm": ("f i C o", ""),
    "peephole_lstm": ("f i C o", "f i o"),
    "coupled_lstm": ("f C o", ""),
    "no_forget_lstm": ("i C o", ""),
    "gru_before": ("z r h", ""),
    "gru_after": ("z r h", ""),
    "rnn_tanh": ("h", ""),
    "rnn_relu": ("h", ""),
}


def _each(gates: Gates, name: str, *axes: str) -> tuple[Source, ...]:
    return tuple(Source(name.format(theirs), axes, ours) for theirs, ours in gates)


def _framework(title: str, note: str, sources: Mapping[str, tuple[str, ...]]) -> Framework:
    layouts = []
    for cell, (ours, peepholes) in _CELLS.items():
        gates = _gates(ours)
        own = [source for name, axes in sources.items() for source in _each(gates, name, *axes)]
        own += _each(_gates(peepholes), "p_{}", "peepholes")
        notes = (note, _UPDATE) if cell.startswith("gru") else (note,)
        layouts.append(Layout(cell, gates, tuple(own), notes))
    joined = "W_{}" in sources
    return Framework(
        title, tuple(layouts), spelled=lambda names: spelled(names, joined), loose=True
    )


_BIAS = {"b_{}": ("gates:x",)}
_TWO = {"bx_{}": ("gates:x",), "bh_{}": ("gates:h",)}
_NOTES = words("frameworks").texts["by hand"]
_COLUMNS = _NOTES["columns"]
_UPDATE = _NOTES["update gate"]
_ROWS = _NOTES["rows"]
BY_HAND: Mapping[str, Framework] = MappingProxyType(
    {
        "by hand, [h, x]": _framework(
            "By hand, v = [h, x]", _COLUMNS, {"W_{}": ("gates", "h x"), **_BIAS}
        ),
        "by hand, [x, h]": _framework(
            "By hand, v = [x, h]", _COLUMNS, {"W_{}": ("gates", "x h"), **_BIAS}
        ),
        "by hand, [h, x], rows": _framework(
            "By hand, v = [h, x] as a row", _ROWS, {"W_{}": ("h x", "gates"), **_BIAS}
        ),
        "by hand, [x, h], rows": _framework(
            "By hand, v = [x, h] as a row", _ROWS, {"W_{}": ("x h", "gates"), **_BIAS}
        ),
        "by hand, apart": _framework(
            "By hand, x and h apart",
            _COLUMNS,
            {"Wx_{}": ("gates", "x"), "Wh_{}": ("gates", "h"), **_BIAS},
        ),
        "by hand, apart, rows": _framework(
            "By hand, x and h apart, as rows",
            _ROWS,
            {"Wx_{}": ("x", "gates"), "Wh_{}": ("h", "gates"), **_BIAS},
        ),
        "by hand, two biases": _framework(
            "By hand, x and h apart, two biases",
            _COLUMNS,
            {"Wx_{}": ("gates", "x"), "Wh_{}": ("gates", "h"), **_TWO},
        ),
    }
)
