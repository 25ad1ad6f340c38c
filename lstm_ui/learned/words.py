"""What the page says of a cell that has learned, from the numbers that it speaks of."""

from collections.abc import Mapping

import numpy as np

from lstm_core.lesson.words import paragraph, words
from lstm_core.text.numerals import numeral
from lstm_core.training.examples import LENGTHS
from lstm_core.training.knockout import gates
from lstm_core.training.learned import SEQUENCES, Unit
from lstm_ui.learned.choices import MEAN, NOTHING, WEIGHT, Lens, out_choice
from lstm_ui.learned.models import SEQUENCES as TRIED
from lstm_ui.learned.models import (
    core_of,
    failure,
    share_right,
    units_of,
    wrong_at,
)
from lstm_ui.session.address import entry_name, read_cell

WORDS = words("learned")
MOST_TRIED = 400  # time steps that a cell is tried on, while somebody waits
_FLIPS = {0: "none flip", 1: "one flips"}
OPEN = 0.9  # a gate that never falls below this keeps nearly everything


def percent(share: float) -> str:
    """Return a share as people say it: 99.8 %."""
    return f"{numeral(100 * share, 1)}\N{NO-BREAK SPACE}%"


def _number(x: float) -> str:
    return numeral(x, 2, True)


# ---- what is taken out ---------------------------------------------------------------------------


def out_names(lens: Lens) -> Mapping[str, str]:
    """Return what can be taken out, as the list says it."""
    return {word: _out(lens, word, "") for word in out_choice(lens.exercise).words}


def out_text(lens: Lens) -> str:
    """Return what is taken out, within a sentence."""
    return _out(lens, lens.out, "some ")


def _out(lens: Lens, word: str, some: str) -> str:
    if word == NOTHING:
        return WORDS.text("out", "nothing")
    if word == WEIGHT:
        return WORDS.text("out", f"{some}weight", {"weight": weight_name(lens, lens.weight)})
    part, how = word.rsplit("-", 1)
    if part == "unit":
        return WORDS.text("out", f"{some}unit", {"unit": how})
    name = lens.desk.plain(part)
    case = f"{some}gate mean" if how == MEAN else f"{some}gate"
    return WORDS.text("out", case, {"gate": name, "value": how})


def weight_name(lens: Lens, cell: str) -> str:
    """Return a weight's name for people: W_f[1,2]."""
    return entry_name(lens.exercise.cell, *read_cell(cell))


def out_sentences(lens: Lens) -> list[str]:
    """Return what becomes of the answers without the part."""
    if lens.cut is None or lens.cut_trace is None:
        return [_how(lens)]
    whole, cut = (
        np.stack([trace[t, "y"] for t in range(len(trace))])
        for trace in (lens.desk.trace, lens.cut_trace)
    )
    gaps = np.abs(cut - whole).max(axis=1)
    t = int(gaps.argmax())
    asked = lens.right[1] > 0
    flips = int((((cut > 0.5) != (whole > 0.5)) & asked).sum())
    known = {"out": out_text(lens), "gap": _number(float(gaps[t])), "t": t + 1, "count": flips}
    T = lens.length
    shares = {
        "share": percent(share_right(core_of(lens.cut), lens.task.name, T)),
        "whole": percent(share_right(core_of(lens.exercise), lens.task.name, T)),
    }
    said = [
        WORDS.text("out", "what", known),
        WORDS.text("out", _FLIPS.get(flips, "flips"), known),
        WORDS.text("out", "share", shares),
    ]
    return [paragraph(*said), _how(lens)]


def _how(lens: Lens) -> str:
    """What it means to be out, and to be held where the cell has gates."""
    held = WORDS.text("out", "held") if gates(lens.exercise) else ""
    return paragraph(WORDS.text("out", "how"), held)


# ---- what the units keep -------------------------------------------------------------------------


def unit_sentences(lens: Lens) -> list[str]:
    """Return a paragraph for each unit, and where the numbers come from."""
    found = units_of(core_of(lens.exercise), lens.task.name)
    told = [_unit(lens, k, unit) for k, unit in enumerate(found)]
    return [*told, WORDS.text("unit", "seen", {"count": SEQUENCES})]


def _unit(lens: Lens, k: int, unit: Unit) -> str:
    task = lens.task.name
    known = {
        "unit": k + 1,
        "fact": WORDS.text(task, f"fact {unit.fact}"),
        "memory": lens.desk.entry(lens.memory, k),
        "follows": _number(unit.follows),
    }
    if not unit.named:
        return paragraph(WORDS.text("unit", "nothing", known), WORDS.text("unit", "closely", known))
    if unit.binary:
        means = {"yes": _number(unit.yes), "no": _number(unit.no)}
        cases = {f"is {n}": WORDS.text(task, f"{w} {unit.fact}")
                 for n, w in (("so", "yes"), ("not", "no"))}  # fmt: skip
        first = WORDS.text("unit", "yes or no", known | means | cases)
    else:
        first = WORDS.text("unit", "number", known | {"by": _number(unit.per_one)})
    return paragraph(first, WORDS.text("unit", "closely", known), *_gates(lens, unit))


def _gates(lens: Lens, unit: Unit) -> list[str]:
    said = []
    if unit.opens:
        event, size = unit.opens
        known = {"event": WORDS.text("events", event), "size": _number(size)}
        said.append(WORDS.text("unit", "writes", known))
    if unit.drops and lens.keeps:
        event, value = unit.drops
        known = {"event": WORDS.text("events", event), "value": _number(value)}
        case = "keeps all" if value >= OPEN else "keeps"
        said.append(WORDS.text("unit", case, {**known, "gate": lens.desk.plain(lens.keeps)}))
    return said


# ---- the answers ---------------------------------------------------------------------------------


def output_name(lens: Lens, k: int) -> str:
    """Return what an output answers: plural."""
    return WORDS.text(lens.task.name, f"output {k + 1}")


def answer_name(lens: Lens, k: int, of: str) -> str:
    """Return the name of a row of answers; `of` says whose it is, unless it is the cell's own."""
    output = output_name(lens, k)
    if not of:
        return output
    case = "without" if lens.cut and of == out_text(lens) else "name"
    return WORDS.text("figure", case, {"output": output, "out": of, "of": of})


def answer_sentences(lens: Lens) -> list[str]:
    """Return the answers at the time step on screen, and where the first wrong one is."""
    here = [_answer(lens, k) for k in range(lens.exercise.p)]
    at = wrong_at(lens.exercise, lens.task, lens.exercise.xs)
    case = "all right" if at is None else "wrong at"
    return [paragraph(*here), WORDS.text("answer", case, {"t": (at or 0) + 1})]


def _answer(lens: Lens, k: int) -> str:
    t, (targets, asked) = lens.desk.t, lens.right
    y = float(lens.desk.trace[t, "y"][k])
    known = {
        "t": t + 1,
        "word": lens.words[t],
        "output": output_name(lens, k),
        "y": lens.desk.text("y", y),
        "said": WORDS.text("answer", "yes" if y > 0.5 else "no"),
        "right": WORDS.text("answer", "right" if (y > 0.5) == (targets[t, k] > 0.5) else "wrong"),
    }
    return WORDS.text("answer", "asked" if asked[t, k] else "not asked", known)


def share_sentences(lens: Lens) -> list[str]:
    """Return how much of what it has not seen it gets right, by length, and whether it fails."""
    core, task = core_of(lens.exercise), lens.task
    lengths = [T for times in LENGTHS if (T := times * lens.length) <= MOST_TRIED]
    each = [
        WORDS.text("share", "one", {"share": percent(share_right(core, task.name, T)), "T": T})
        for T in lengths
    ]
    said = [
        WORDS.text("share", "whole", {"shares": ", ".join(each)}),
        WORDS.text("share", "only, own" if lens.is_own else "only", {"T": lens.learned_from}),
    ]
    if failure(core, task.name) is None:
        known = {"count": TRIED, "T": task.length, "longer": task.longer}
        said.append(WORDS.text("share", "never", known))
    return [paragraph(*said)]
