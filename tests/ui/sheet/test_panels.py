import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.lesson.explain import explain
from lstm_core.trace import Address
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.panels import entry_block, ledger, lights
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.ui.blocks import blocks_of, of_kind
from tests.ui.sessions import FOUNDING, do, session_at


def test_an_entry_is_worked_out_term_by_term():
    entry = entry_block(desk(session_at(entry=1)), FOUNDING.cell["Wv_f"])
    assert entry["terms"] == ["5·1", "6·2", "7·3", "8·4", "9·5", "10·6"]
    assert entry["uses"][3] == ["W_f:1:3", "v:3"]
    assert (entry["result"], entry["name"]) == ("175", "(W_f·v)[2]")


def test_an_entry_of_one_term_uses_all_its_operands():
    entry = entry_block(desk(session_at("z_f", entry=2)), FOUNDING.cell["z_f"])
    assert (entry["terms"], entry["result"]) == (["133", "3"], "136")
    assert entry["uses"] == [["Wv_f:2", "b_f:2"]] * 2


def test_a_saturated_gate_is_said_not_to_be_one():
    entry = entry_block(desk(session_at("f")), FOUNDING.cell["f"])
    assert entry["note"] == "σ(92) is not 1: 1 − σ(92) ≈ 1.1e−40."


def test_the_ledger_says_the_shapes_in_letters_and_numbers():
    assert ledger(desk(session_at()), FOUNDING.cell["Wv_f"]) == [
        "(n × (n+m)) , (n+m × 1) → (n × 1)",
        "(3 × 6) , (6 × 1) → (3 × 1)",
    ]


def test_the_ledger_of_a_projected_cell_says_that_h_has_r_entries():
    projected = PRESETS["projected"]  # m = 1, n = 3, r = 2
    for step, shapes in (
        ("v", ["(r × 1) , (m × 1) → (r+m × 1)", "(2 × 1) , (1 × 1) → (3 × 1)"]),
        ("Wv_f", ["(n × (r+m)) , (r+m × 1) → (n × 1)", "(3 × 3) , (3 × 1) → (3 × 1)"]),
    ):
        assert ledger(desk(session_at("v", projected)), projected.cell[step]) == shapes


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_a_result_lights_exactly_what_it_was_worked_out_from(cell):
    exercise = some(cell)
    on_desk = desk(session_at("v", exercise, t=1))
    for step in cell.steps:
        for at, lit in lights(
            on_desk, step.name, np.ndindex(on_desk.values(step.name).shape)
        ).items():
            told = explain(on_desk.trace, Address(step.name, 1, (int(at.split(":")[1]),)), 4)
            assert lit == [":".join([a.step, *map(str, a.index)]) for a in told.sources]


@pytest.mark.parametrize(
    ("acts", "on"),
    [
        ([], []),
        (["edit"], ["undo", "reset", "keep"]),
        (["edit", "undo"], ["redo"]),
        (["edit", "keep"], ["undo"]),
    ],
)
def test_the_toolbar_offers_what_can_be_done(acts, on):
    session = session_at()
    for act in acts:
        do(session, act, cell="b_f:0", text="5")
    blocks = blocks_of(session)
    bars, (said,) = of_kind(blocks, "toolbar"), of_kind(blocks, "notice")
    usable = [item["act"] for bar in bars for item in bar["items"] if item["on"]]
    assert sorted(usable) == sorted([*on, "play", "pin", "share"])
    assert said["text"] == session.notice
