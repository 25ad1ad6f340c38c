"""What a text speaks of that a cell has not: for the tests that read what is on screen.

A sentence that compares names the other cell: what that one has may then be spoken of.
"""

import re

from lstm_core.cells import cell_named
from lstm_core.ops import SIGMOID

# What is spoken of, and the step or parameter that a cell must have for it.
SPOKEN = {
    "C": r"cell state|\bC(?![\w̃′])|\bC[ₜ_]",
    "C_tilde": r"C̃",
    "f": r"forget gate|\bf\b(?!′)|\bfₜ|\bf_t",
    "i": r"input gate|\bi\b|\biₜ|\bi_t",
    "o": r"output gate|\bo\b|\boₜ|\bo_t",
    "z": r"update gate|\bzₜ|\bz_t",
    "r": r"reset gate|\br\b|\brₜ|\br_t",
    "h_tilde": r"h̃",
    "p_f": r"peephole",
    "gate": r"\bgates?\b(?! space)",
    "candidate": r"candidate",
}
NAMED = re.compile(r"(?<![\w∂])((?:[WbzapC]|Wv|pC)_[a-zC0-9]+)")
# What names another cell, or what others call things, and what may then be spoken of.
OTHERS = {
    r"LSTM|Stack Exchange": ("lstm",),
    r"peephole": ("peephole_lstm",),
    r"GRU|gated recurrent": ("gru_before", "gru_after"),
    r"1997": ("no_forget_lstm",),
    r"minimal gated unit": ("mgu",),
    r"projected LSTM": ("projected_lstm",),
}
FOREIGN = {r"PyTorch": {"b_in", "b_hn"}, "": {"W_y", "b_y"}}  # a read-out can always be added
# What says that there is none.
DENIED = r"\bno (?:forget )?gates?\b|Is hₜ a gate\?|No\. A gate runs from 0 to 1"


def has(cell):
    """What can be spoken of in a cell: its steps, parameters and states, gates and a candidate."""
    found = {*cell.names, *cell.params, *cell.states}
    gates = {s.name for s in cell.steps if s.op is SIGMOID and s.name != "y"}
    found |= {"gate"} if gates else set()
    found |= {"candidate"} if any(name.endswith("_tilde") for name in found) else set()
    found |= {"r"} if "W_p" in found else set()  # how many numbers a projection shows
    found |= {f"{W}{part}" for W in found if W.startswith("W_") for part in "hx"}  # its blocks
    return found


def wrong(cell, text):
    """What a text speaks of that neither this cell nor a cell that it names has."""
    known = has(cell)
    for words, names in OTHERS.items():
        if re.search(words, text):
            known = known.union(*(has(cell_named(name, "hx")) for name in names))
    for words, names in FOREIGN.items():
        known |= names if re.search(words, text) else set()
    text = re.sub(rf"{DENIED}|Ctrl\+C", "", text.replace("v<sub>r</sub>", "v_r"))
    found = [name for name, words in SPOKEN.items() if re.search(words, text) and name not in known]
    return [*found, *(name for name in NAMED.findall(text) if not is_letter(name, known))]


def is_letter(name, known):
    """Whether a letter with a subscript is one of the cell's, or of the time: C_0, W_h."""
    return name in known or name.rpartition("_")[2] in ("t", "0", "T")
