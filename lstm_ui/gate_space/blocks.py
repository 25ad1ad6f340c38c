"""The page on gate space, as blocks: what to choose, the waterfall, and words to the figure."""

from collections.abc import Callable, Iterable

from lstm_core.lesson.latex import entry_formula, equation
from lstm_core.lesson.words import of_kind
from lstm_core.looks.contributions import gates
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from lstm_ui.gate_space import choices
from lstm_ui.gate_space.choices import Scene
from lstm_ui.gate_space.coin import Tally, tallies
from lstm_ui.gate_space.questions import questions
from lstm_ui.gate_space.waterfall import waterfall
from lstm_ui.gate_space.words import WORDS, figure_sentences, made_sentence, use_sentence, warning
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block, Controls, FormulaLine, Text
from lstm_ui.sheet.choices import unit_control
from lstm_ui.sheet.coins import Coins, coins
from lstm_ui.sheet.controls import Control, button, field, segments, select, slider
from lstm_ui.sheet.letters import readable
from lstm_ui.sheet.panels import notice, toolbar, walk
from lstm_ui.shell import link


def gate_space_blocks(scene: Scene) -> list[Block]:
    """Return the whole page; the place of its figure is beside the waterfall."""
    session = scene.desk.session
    time = [walk(session, steps=False)] if scene.exercise.T > 1 else []
    panes = [blocks.group("sum", _sum_pane(scene)), blocks.group("shown", _figure_pane(scene))]
    return [
        blocks.lead(WORDS.text(of_kind(scene.exercise.cell, "page"), "what")),
        notice(session),
        blocks.group("bar", [_chosen(scene), *time, toolbar(session)]),
        blocks.group("panes", panes),
        blocks.questions(questions(scene)),
    ]


def _sum_pane(scene: Scene) -> list[Block]:
    return [
        blocks.formula(_formulas(scene)),
        waterfall(scene),
        _use(scene),
        *_text("made", [made_sentence(scene)]),
    ]


def _figure_pane(scene: Scene) -> list[Block]:
    """The figure, with what is chosen above it and what it shows below."""
    heading = of_kind(scene.exercise.cell, "looks")
    names = {look: WORDS.text(heading, look) for look in choices.LOOKS}
    looks = segments(scene.desk.session, scene.choices["look"], "Show", names)
    return [
        blocks.controls("look", looks),
        blocks.controls(f"look-{scene.look}", *_LOOKS[scene.look](scene)),
        *_text("said", [warning(scene)]),
        blocks.figure(),
        *([_table(scene)] if scene.look == "coin" else []),
        *_text("told", figure_sentences(scene)),
    ]


def _text(key: str, sentences: Iterable[str]) -> list[Text]:
    """The sentences that there are; nothing where there are none."""
    lines = [readable(sentence) for sentence in sentences if sentence]
    return [blocks.text(key, *lines)] if lines else []


def _chosen(scene: Scene) -> Controls:
    session, n = scene.desk.session, scene.exercise.n
    names = {word: scene.plain(name) for word, name in gates(scene.exercise.cell).items()}
    # A cell without gates has one vector only, h, and nothing to choose.
    gate = [segments(session, scene.choices["gate"], "Gate", names)] if len(names) > 1 else []
    unit = [unit_control(session, n)] if n > 1 else []
    return blocks.controls("chosen", *gate, *unit)


def _formulas(scene: Scene) -> list[FormulaLine]:
    cell = scene.exercise.cell
    products = [name for name in cell.names if name == f"Wv_{scene.parts.z[2:]}"]
    latex = [equation(cell, scene.gate), *(entry_formula(cell, name) for name in products)]
    return [{"latex": line, "gloss": ""} for line in latex]


def _use(scene: Scene) -> Text:
    at = Address(scene.gate, scene.desk.t, (scene.unit,))
    label = f"Open {scene.name(scene.gate)} on the step-by-step page"
    visit = link.visit(scene.desk.session, label, "", at)
    return blocks.text("used", {"text": readable(use_sentence(scene)), "visit": visit})


# ---- what is chosen for each figure, and the table of the coins ----------------------------------


def _of_map(scene: Scene) -> list[Control]:
    names = dict(zip(choices.entry_words(scene.parts), scene.labels, strict=True))
    session, labels = scene.desk.session, {"across": "Across", "up": "Up"}
    axes = [select(session, scene.choices[name], label, names) for name, label in labels.items()]
    return [*axes, _reach(scene)]


def _reach(scene: Scene) -> Control:
    names = {reach: f"±{reach}" for reach in choices.REACHES}
    names["auto"] = f"auto (±{numeral(scene.reach, 0)})"
    return select(scene.desk.session, choices.REACH, "Range", names)


def _of_space(scene: Scene) -> list[Control]:
    words = {"after": scene.plain(scene.gate), "before": scene.plain(scene.parts.z)}
    axes = segments(scene.desk.session, choices.BENT, "Axes", words)
    # Of three units, both others are shown.
    against = _against(scene) if scene.exercise.n > 3 else []
    return [axes, *against, _reach(scene)]


def _of_toggle(scene: Scene) -> list[Control]:
    names = dict(zip(choices.entry_words(scene.parts), scene.labels, strict=True))
    column = select(scene.desk.session, scene.choices["column"], "Column of", names)
    return [column, *_against(scene)]


def _against(scene: Scene) -> list[Control]:
    """The unit for the other axis, where there is a choice."""
    other = scene.choices["against"]
    units = {word: f"unit {word}" for word in other.words}
    return [select(scene.desk.session, other, "Against", units)] if len(other.words) > 1 else []


def _of_coin(scene: Scene) -> list[Control]:
    session, following = scene.desk.session, (scene.seed + 1) % (int(choices.SEED.high) + 1)
    return [
        slider(session, choices.LOG_DRAWS, "Draws", 0.05, f"{scene.count:,}"),
        field(session, choices.SEED, "Seed"),
        button(choices.SEED.name, str(following), "Draw anew"),
    ]


_LOOKS: dict[str, Callable[[Scene], list[Control]]] = {
    "map": _of_map,
    "toggle": _of_toggle,
    "space": _of_space,
    "coin": _of_coin,
}


def _table(scene: Scene) -> Coins:
    gate, units = scene.plain(scene.gate), tallies(scene)
    heads = ["unit", gate, "last u", f"u < {gate}", "mean", "± 4 s.e."]
    rows = [_row(scene, one) for one in units]
    return coins("coins", heads, rows, scene.unit - units[0].unit)


def _row(scene: Scene, one: Tally) -> list[str]:
    decimals = scene.exercise.decimals or 4  # every digit of a mean would say nothing more
    u, mean, band = (numeral(x, decimals) for x in (one.u, one.mean, 4 * one.error))
    mask = "1 on" if one.on else "0 off"
    return [str(one.unit + 1), scene.text(scene.gate, one.unit), u, mask, mean, band]
