import json
import re

import numpy as np
import pytest

from lstm_core.cells import gru, peephole_lstm
from lstm_core.text.numerals import numeral
from lstm_ui.gate_space.blocks import gate_space_blocks
from lstm_ui.gate_space.choices import scene
from lstm_ui.gate_space.waterfall import waterfall
from lstm_ui.sheet.desk import desk
from tests.core.exercises import some
from tests.ui.blocks import of_kind
from tests.ui.figures.figs import EXERCISES
from tests.ui.gate_space.scenes import (
    LOOKS,
    exactly,
    rounding,
    rows_of,
    scenes,
    seen,
    sentences,
)
from tests.ui.sessions import FOUNDING, UNSATURATED, do

every_exercise = pytest.mark.parametrize("name", EXERCISES)


def rows(one, *kinds):
    return of_kinds(rows_of(one), *kinds)


def of_kinds(found, *kinds):
    return [row for row in found if row["row"] in kinds]


@every_exercise
def test_the_page_shows_the_waterfall_of_the_chosen_gate(name):
    for one in scenes(name):
        assert of_kind(gate_space_blocks(one), "waterfall") == [waterfall(one)]


@every_exercise
@pytest.mark.parametrize("decimals", ["own", 1, 2, None])
def test_the_contributions_add_up_to_z_exactly_as_displayed(name, decimals):
    for one in scenes(name):
        if decimals != "own":
            one.desk.session.show(decimals)
            one = seen(one.desk.session.exercise, one.desk.t, **one.chosen)
        addends, found = [], rows_of(one)
        for row in found:
            if row["row"] == "part":
                assert sum(addends) + rounding(row) == exactly(row["text"])
                addends = []
            elif row["row"] in ("column", "rest"):
                addends.append(exactly(row["text"]))
        (z,) = of_kinds(found, "z")
        totals = sum(exactly(row["text"]) for row in of_kinds(found, "part", "other"))
        assert totals + rounding(z) == exactly(z["text"])


@every_exercise
def test_every_number_of_the_waterfall_is_the_trace_s(name):
    for one in scenes(name):
        found = rows_of(one)
        W = {row["weight"]["at"]: row["weight"]["full"] for row in of_kinds(found, "column")}
        for k in one.columns:
            matrix, column = one.parts.weights[k]
            weight = one.desk.values(matrix)[one.unit, column]
            assert W[f"{matrix}:{one.unit}:{column}"] == numeral(float(weight), None)
        z, gate = of_kinds(found, "z", "gate")
        assert z["text"] == one.text(one.parts.z)
        assert gate["text"] == one.text(one.gate)


def test_the_founding_example_by_hand():
    found = rows_of(seen(FOUNDING))
    assert [(row["label"], row["text"]) for row in found] == [
        *(("x₁", "1"), ("x₂", "4"), ("x₃", "9"), ("x part", "14")),
        *(("h₁", "16"), ("h₂", "25"), ("h₃", "36"), ("h part", "77")),
        *(("b_f", "1"), ("z_f[1]", "92"), ("fₜ[1]", "1.0000")),
    ]
    assert [row["bar"] for row in found[:3]] == [[0.0, 0.01], [0.01, 0.04], [0.05, 0.09]]
    assert found[-2]["what"] == "= x part + h part + b_f"
    assert found[-1]["what"] == "= σ(92)"


@every_exercise
def test_each_bar_begins_where_the_one_before_has_ended(name):
    for one in scenes(name):
        found = rows_of(one)
        (z,) = of_kinds(found, "z")
        low, high = (float(exactly(end)) for end in z["scale"])
        total = float(one.desk.values(one.parts.z)[one.unit])
        at = z["zero"]
        for row in of_kinds(found, "column", "rest", "other"):
            left, width = row["bar"]
            begins, ends = (left, left + width) if row["sign"] >= 0 else (left + width, left)
            assert begins == pytest.approx(at, abs=1e-3)
            at = ends
        assert low + at * (high - low) == pytest.approx(total, abs=2e-3 * (high - low))


def test_large_sums_show_some_columns_and_add_up_the_others():
    one = seen(some(n=20, m=12), across="x5")
    columns, rest = rows(one, "column"), rows(one, "rest")
    assert [row["label"] for row in columns] == [
        "h₁₉",
        "h₂₀",
        *("x" + sub for sub in ("₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉", "₁₀")),
    ]
    assert [row["label"] for row in rest] == ["18 more", "2 more"]


def test_a_peephole_and_an_inner_bias_have_rows_of_their_own():
    (_, peephole) = rows(seen(some(peephole_lstm()), gate="f"), "other")
    assert peephole["label"] == "p_f∘Cₜ₋₁"
    assert "value" not in peephole
    inner = rows(seen(some(gru(reset="after")), gate="h"), "other")
    assert [row["label"] for row in inner] == ["b_h", "rₜ∘b_hh"]


@every_exercise
def test_each_line_says_a_product_that_is_true(name):
    for one in scenes(name):
        for row in rows(one, "column"):
            said = re.sub(r"\[\d+\]", "", row["told"].split(":")[1])
            numbers = re.findall(r"−?[\d.]+(?:e−?\d+)?", said)
            *factors, push = (float(exactly(number)) for number in numbers)
            assert np.prod(factors) == pytest.approx(push, rel=0.02, abs=0.02)


def test_what_is_computed_has_no_slider_and_the_page_says_why():
    later = seen(UNSATURATED, t=1)
    sliders = [bool(row["slide"]) for row in rows(later, "column")]
    assert sliders == [False, False, False, True, True]
    assert "hₜ₋₁ is worked out, not given: it has no slider here. It was made at t = 1." in (
        sentences(later)
    )
    assert not any("worked out" in text for text in sentences(seen(UNSATURATED)))


def test_a_slider_moves_the_entry_and_all_that_follows():
    one = seen(UNSATURATED)
    do(one.desk.session, "slide", cell="v:3", text="2", gesture="a")
    moved = seen(one.desk.session.exercise)
    assert rows(moved, "column")[3]["text"] == "1.8"
    assert rows(moved, "z")[0]["text"] == "3.42"


def test_a_refused_paste_is_said_below_the_waterfall():
    one = seen(UNSATURATED)
    do(one.desk.session, "paste", cell="v:0", text="1 2 3 4 5 6 7")
    told = waterfall(scene(desk(one.desk.session)))["problem"]
    assert told.endswith("Nothing was changed.")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("huge", [1.7e308, -1.7e308])
def test_numbers_beyond_double_precision_do_not_break_it(look, huge):
    exercise = FOUNDING.with_entry("xs", (0, 0), 100.0).with_entry("W_f", (0, 0), huge)
    exercise = exercise.with_entry("W_f", (0, 5), -huge).with_entry("W_f", (1, 0), huge)
    for unit in (1, 2, 3):
        one = seen(exercise, look=look, unit=unit)
        assert json.loads(json.dumps(gate_space_blocks(one), allow_nan=False))
        assert [row["text"] for row in rows(one, "z")] == [one.text("z_f")]
