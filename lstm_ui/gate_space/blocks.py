"""The page on gate space, as blocks: what to choose, the waterfall, and words to the figure."""

from collections.abc import Callable, Iterable
from contextlib import suppress

from lstm_core.lesson.latex import entry_formula, equation
from lstm_core.looks.contributions import gates
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from lstm_ui.gate_space import choices
from lstm_ui.gate_space.draws import Tally, tallies
from lstm_ui.gate_space.questions import questions
from lstm_ui.gate_space.rows import waterfall
from lstm_ui.gate_space.scene import Scene, scene
from lstm_ui.gate_space.words import TITLE, WHAT, made, said, told, used
from lstm_ui.session.address import read_cell, read_point
from lstm_ui.session.grids import filled
from lstm_ui.session.session import Session
from lstm_ui.sheet.controls import button, controls, field, segments, select, slider
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.letters import readable
from lstm_ui.sheet.matrices import Block
from lstm_ui.sheet.panels import notice, toolbar, walk
from lstm_ui.shell import link

FEW = 8  # so many units are buttons side by side; more are a list


def gate_space_blocks(seen: Scene) -> list[Block]:
    """Return the whole page; the place of its figure is beside the waterfall."""
    session, heading = seen.desk.session, {"kind": "heading", "id": "top", "level": 1}
    time = [walk(session, steps=False)] if seen.exercise.T > 1 else []
    return [
        {**heading, "title": TITLE, "what": WHAT, "stage": seen.step.stage},
        notice(session),
        _group("bar", [_chosen(seen), *time, toolbar(session)]),
        _group("panes", [_group("sum", _sum(seen)), _group("shown", _shown(seen))]),
        {"kind": "questions", "id": "questions", "items": questions(seen)},
    ]


def _group(key: str, blocks: list[Block]) -> Block:
    return {"kind": "group", "id": key, "blocks": blocks}


def _sum(seen: Scene) -> list[Block]:
    formula = {"kind": "formula", "id": "formula", "lines": _formulas(seen)}
    return [formula, waterfall(seen), *_used(seen), *_text("made", [made(seen)])]


def _shown(seen: Scene) -> list[Block]:
    """The figure, with what is chosen above it and what it shows below."""
    looks = segments(seen.desk.session, seen.choices["look"], "Show", choices.LOOKS)
    return [
        controls("look", looks),
        controls(f"look-{seen.look}", *_LOOKS[seen.look](seen)),
        *_text("said", said(seen)),
        {"kind": "figure", "id": "figure"},
        *([_table(seen)] if seen.look == "coin" else []),
        *_text("told", told(seen)),
    ]


def _text(key: str, sentences: Iterable[str]) -> list[Block]:
    lines = [{"text": readable(sentence)} for sentence in sentences if sentence]
    return [{"kind": "text", "id": key, "lines": lines}] if lines else []


def _chosen(seen: Scene) -> Block:
    session, gate, unit = seen.desk.session, seen.choices["gate"], seen.choices["unit"]
    names = {word: seen.plain(name) for word, name in gates(seen.exercise.cell).items()}
    items = [segments(session, gate, "Gate", names)]
    if len(unit.words) > 1:
        items.append((segments if len(unit.words) <= FEW else select)(session, unit, "Unit", {}))
    return controls("chosen", *items)


def _formulas(seen: Scene) -> list[Block]:
    cell = seen.exercise.cell
    products = [s for s in cell.steps if s.name == f"Wv_{seen.parts.z[2:]}"]
    lines = [{"latex": equation(cell, seen.gate), "gloss": ""}]
    return lines + [{"latex": entry_formula(cell, s.name), "gloss": ""} for s in products]


def _used(seen: Scene) -> list[Block]:
    at, name = Address(seen.gate, seen.desk.t, (seen.unit,)), seen.name(seen.gate)
    place = {"page": "", "step": at.step, "t": at.t, "entry": seen.unit}
    place["href"] = link.href(seen.desk.session, "", at)
    label = f"Open {name} on the step-by-step page"
    line = {"text": readable(used(seen)), "visit": {"label": label, **place}}
    return [{"kind": "text", "id": "used", "lines": [line]}]


def _of_map(seen: Scene) -> list[Block]:
    names = dict(zip(seen.words, seen.labels, strict=True))
    session, labels = seen.desk.session, {"across": "Across", "up": "Up"}
    axes = [select(session, seen.choices[name], label, names) for name, label in labels.items()]
    return [*axes, _reach(seen)]


def _reach(seen: Scene) -> Block:
    names = {reach: f"±{reach}" for reach in choices.REACHES}
    names["auto"] = f"auto (±{numeral(seen.reach, 0)})"
    return select(seen.desk.session, choices.REACH, "Range", names)


def _of_space(seen: Scene) -> list[Block]:
    session = seen.desk.session
    words = {"after": seen.plain(seen.gate), "before": seen.plain(seen.parts.z)}
    other = seen.choices["against"]
    units = {word: f"unit {word}" for word in other.words}
    against = [select(session, other, "Against", units)] if len(other.words) > 2 else []
    return [segments(session, choices.BENT, "Axes", words), *against, _reach(seen)]


def _of_coin(seen: Scene) -> list[Block]:
    session, following = seen.desk.session, (seen.seed + 1) % (int(choices.SEED.high) + 1)
    return [
        slider(session, choices.LOG_DRAWS, "Draws", 0.05, f"{seen.count:,}"),
        field(session, choices.SEED, "Seed"),
        button(choices.SEED.name, str(following), "Draw anew"),
    ]


_LOOKS: dict[str, Callable[[Scene], list[Block]]] = {
    "map": _of_map,
    "space": _of_space,
    "coin": _of_coin,
}


def _table(seen: Scene) -> Block:
    gate = seen.plain(seen.gate)
    heads = ["unit", gate, "last u", f"u < {gate}", "mean", "± 4 s.e."]
    units = tallies(seen)
    here, rows = seen.unit - units[0].unit, [_row(seen, one) for one in units]
    return {"kind": "coins", "id": "coins", "heads": heads, "rows": rows, "here": here}


def _row(seen: Scene, one: Tally) -> list[str]:
    decimals = seen.exercise.decimals or 4
    numbers = (numeral(x, decimals) for x in (one.mean, 4 * one.error))
    u, mask = numeral(one.u, decimals), "1 on" if one.on else "0 off"
    return [str(one.unit + 1), seen.text(seen.gate, one.unit), u, mask, *numbers]


def clicked(session: Session, where: str) -> None:
    """Put the reader's point where the map was clicked, "0.5,-1"; or open a number, "f:0".

    What is neither does not come from our figure, and is dropped.
    """
    with suppress(ValueError):
        (_move if "," in where else _open)(session, where)


def _move(session: Session, where: str) -> None:
    seen = scene(desk(session))
    given = zip(map(seen.behind, seen.axes), read_point(where), strict=True)
    session.change(filled(seen.exercise, {at: x for at, x in given if at}))


def _open(session: Session, where: str) -> None:
    name, index = read_cell(where)
    session.visit("", Address(name, session.place.t, index))
