import numpy as np
import pytest

from lstm_core.lesson.backward_rows import backprop
from lstm_core.marking.slips.naming import Mistake
from lstm_core.marking.slips.table import slips
from lstm_core.trace import Address
from tests.core.marking import attacks, required, tables
from tests.core.marking.attack import KINDS
from tests.core.marking.pairs import Pair, why
from tests.core.marking.required import Row
from tests.core.marking.sheets import BACKWARD, FORWARD, SLIPS, Wrong, by_hand, problem
from tests.core.marking.speed import slowest


def test_the_sheets_agree_with_the_cell_before_anything_is_rounded():
    exercise = problem(7)
    back = backprop(exercise.trace(), {(1, "h"): np.ones(3)})
    sheet = by_hand(exercise, 12, backward=True)
    assert len(sheet) == 2 * len(FORWARD | BACKWARD)
    for (t, name), row in sheet.items():
        np.testing.assert_allclose([float(x) for x in row], back[t, name], atol=1e-10)


def test_a_table_is_printed(capsys, monkeypatch):
    monkeypatch.setattr(tables, "SLIPS", {"bias-omitted": tables.SLIPS["bias-omitted"]})
    assert tables.table(range(4), 4)
    printed = capsys.readouterr().out
    assert "bias-omitted      4  100.0  100.0  100.0    0.0" in printed
    assert "false accusations: 0.00 %" in printed


def test_a_rate_that_misses_its_requirement_is_reported(capsys, monkeypatch):
    by_accident = Wrong("z_f", lambda d: d["Wv_f"] + 0.1234)
    monkeypatch.setitem(SLIPS, "bias-omitted", by_accident)
    monkeypatch.setattr(tables, "SLIPS", {"bias-omitted": by_accident})
    assert not tables.table(range(4), 4)
    assert "below what is required: bias-omitted" in capsys.readouterr().out


def test_pairs_are_printed_with_their_reason(capsys, monkeypatch):
    monkeypatch.setattr(tables, "SLIPS", {"x-omitted": tables.SLIPS["x-omitted"]})
    tables.table(range(2), 4, short=True)
    printed = capsys.readouterr().out
    assert "x-omitted not told from shape-n-by-n in 6 entries of 2 sheets" in printed
    assert "6× one formula on this cell: in f, «" in printed


def mistake(cell, what):
    return Mistake("a", "z_f", f"0.62 is {what}; 1 + 2 = 3.", cell)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (problem(0).cell, "1× a coincidence of digits: in f, 0.62 is «one», and also «other»."),
        (
            None,
            "1× two formulas that meet in these numbers: in f, 0.62 is «one», and also «other».",
        ),
    ],
)
def test_reasons(cell, reason):
    omitted, subtracted = (
        next(slip for slip in slips(problem(0).cell, 5) if slip.code == code)
        for code in ("bias-omitted", "bias-subtracted")
    )
    one = mistake(omitted.changed(problem(0).cell), "one")
    other = mistake(cell or subtracted.changed(problem(0).cell), "other")
    assert why([Pair(one, other, Address("f", 0, (0,)))]) == [reason]


def test_mistakes_of_the_backward_pass_are_compared_by_their_tables(monkeypatch, capsys):
    codes = ("recurrent-path-cut", "h-path-dropped")
    monkeypatch.setattr(tables, "SLIPS", {code: tables.SLIPS[code] for code in codes})
    assert tables.table(range(3), 4)
    assert "not told from" not in capsys.readouterr().out


FEW = {name: KINDS[name] for name in ("z_f: no bias", "Wv_f: sign", "f: percent")}


def test_the_rows_of_what_is_required_are_measured(monkeypatch):
    monkeypatch.setattr(attacks, "KINDS", FEW)
    monkeypatch.setattr(required, "relatives_named", lambda *_: {"step": 1, "among": 1, "false": 0})
    monkeypatch.setattr(required, "slowest", lambda seed: slowest(seed, size=3))
    monkeypatch.setattr(required, "_RANDOM", 1)
    rows = {row.what: row for row in required.rows(range(31, 32))}
    assert [row for row in rows.values() if not row.met] == []
    assert {rows[what].bound for what in rows if what.startswith("right sheets")} == {0}
    assert rows["first wrong step found, 2 decimals, short sheets"].measured == 1.0
    assert rows["right code named, digits, 3 decimals"].bound == 0.7
    assert rows["milliseconds for a field: hostile text"].bound == 0.05


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (Row("accusations", 0.02, 0.01, True), "accusations 2.00 at most 1.00 MISSED"),
        (Row("named", 0.99, 0.98), "named 99.00 at least 98.00"),
        (Row("sheets", 1, 0, True, ""), "sheets 1 at most 0 MISSED"),
        (Row("a field", 0.0123, 0.05, True, "ms"), "a field 12.3 at most 50.0"),
    ],
)
def test_a_row_says_what_was_measured_and_whether_it_is_enough(row, line):
    assert str(row).split() == line.split()


@pytest.mark.parametrize(("measured", "good"), [(0.0, True), (0.02, False)])
def test_the_report_says_whether_everything_is_as_required(monkeypatch, capsys, measured, good):
    monkeypatch.setattr(tables, "SLIPS", {"bias-omitted": tables.SLIPS["bias-omitted"]})
    monkeypatch.setattr(tables, "rows", lambda seeds: [Row("accused", measured, 0.01, True)])
    assert tables.report(2, 50, by_code=True) == good
    printed = capsys.readouterr().out
    assert printed.startswith("Seeds 50 to 51")
    assert "4 decimals, short sheets" in printed
    assert ("All is as required." in printed) == good
    assert ("Missed: accused" in printed) != good
