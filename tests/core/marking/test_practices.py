from dataclasses import replace

import numpy as np
import pytest

from lstm_core.marking.check import check
from lstm_core.marking.states import COARSE_STATE, WRONG
from tests.core.marking.practices import (
    PRACTICES,
    in_single_precision,
    parts,
    to_digits,
    various,
    worked,
)
from tests.core.marking.right_work import blamed_for_another

SEEDS = range(12)


def accused(exercise, sheet):
    """The entries of right work that are called wrong, or accused of anything but cutting off."""
    states = {*WRONG, COARSE_STATE}
    return [at for at, verdict in check(exercise, sheet).items() if verdict.state in states]


@pytest.mark.parametrize("name", PRACTICES)
def test_no_way_to_round_is_wrong_on_whole_sheets_and_parts_of_them(name):
    for seed in SEEDS:
        exercise, rng = various(seed), np.random.default_rng(seed)
        sheet = worked(exercise, (2, 3, 4, 6)[seed % 4], PRACTICES[name])
        for part in parts(sheet, rng):
            assert accused(exercise, part) == []


@pytest.mark.parametrize("name", [name for name in PRACTICES if "cut" not in name])
def test_what_was_rounded_is_never_said_to_be_cut_off(name):
    for seed in SEEDS:
        exercise, rng = various(seed), np.random.default_rng(seed)
        for part in parts(worked(exercise, 3, PRACTICES[name]), rng):
            assert "truncated" not in {v.state for v in check(exercise, part).values()}


@pytest.mark.parametrize("guard", [0, 1])
@pytest.mark.parametrize("digits", [3, 4])
def test_who_rounds_to_significant_digits_is_right_and_told_nothing_of_cutting_off(digits, guard):
    """Where z = 1.23 was not written down, tanh(z) = 0.843 shows that a digit was missing."""
    for seed in SEEDS:
        exercise, rng = various(seed), np.random.default_rng(seed)
        for part in parts(to_digits(exercise, digits, guard), rng):
            states = {verdict.state for verdict in check(exercise, part).values()}
            assert not states & {*WRONG, "truncated"}


@pytest.mark.parametrize("digits", [7, 8, 9])
def test_what_a_framework_prints_is_right(digits):
    for seed in SEEDS:
        exercise, rng = various(seed), np.random.default_rng(seed)
        for part in parts(in_single_precision(exercise, digits), rng):
            assert accused(exercise, part) == []


def test_a_wrong_number_that_was_not_gone_on_with_makes_no_other_wrong():
    """Whoever copies a number badly onto the sheet may have gone on with the right one."""
    assert not any(blamed_for_another(range(24)).values())


def test_a_tanh_near_1_that_was_cut_off_is_followed_where_it_was_not_written():
    """tanh(−12.3) is cut off to −0.999, and after three time steps that shows in z_o."""
    exercise, written = various(96061969), ((1, "Wv_f"), (1, "i"), (2, "z_o"))
    sheet = worked(exercise, 3, PRACTICES["cut at every step"])
    assert accused(exercise, {at: sheet[at] for at in written}) == []


@pytest.mark.parametrize(
    ("row", "b", "digits", "written"),
    [
        ([-2.5, -3.67], 4.59, 2, ("-7.3", "-2.7", "0.063")),
        ([8.48, 3.29], -8.15, 3, ("11.1", "2.95", "0.950")),
        ([9.07, -3.31], 11.26, 4, ("1.656", "12.92", "1.000")),
    ],
)
def test_who_rounds_to_significant_digits_is_right_after_a_number_too_coarse_to_tell(
    row, b, digits, written
):
    """11.1 says too little to be marked itself, and yet may be what was gone on with."""
    params = {f"W_{gate}": [row] for gate in "fiCo"} | {f"b_{gate}": [b] for gate in "fiCo"}
    start, rounded = {"h_prev": [0.73], "C_prev": [0.4]}, "{:#.{}g}".format
    exercise = replace(various(0), params=params, start=start, xs=[[1.5]])
    product = rounded(row[0] * 0.73 + row[1] * 1.5, digits)
    total = rounded(float(product) + b, digits)
    gate = rounded(1 / (1 + np.exp(-float(total))), digits)
    assert (product, total, gate) == written
    found = check(exercise, {(0, "Wv_f"): [product], (0, "z_f"): [total], (0, "f"): [gate]})
    assert not WRONG & {verdict.state for verdict in found.values()}


def test_one_number_too_coarse_to_tell_is_gone_on_with_among_others_of_four_decimals():
    params = {f"W_{gate}": [[8.48, 3.29]] for gate in "fiCo"} | {
        f"b_{gate}": [-8.15] for gate in "fiCo"
    }
    start = {"h_prev": [0.73], "C_prev": [0.4]}
    exercise = replace(various(0), params=params, start=start, xs=[[1.5]])
    typed = {"Wv_f": ["11.1"], "z_f": ["2.9500"], "Wv_i": ["11.1254"], "z_i": ["2.9754"]}
    found = check(exercise, {(0, name): texts for name, texts in typed.items()})
    states = {at.step: verdict.state for at, verdict in found.items()}
    assert states == {"Wv_f": "too coarse", "z_f": "drift", "Wv_i": "right", "z_i": "right"}


def test_a_gate_that_a_pocket_calculator_shows_as_1_is_not_cut_off_to_0_999():
    """σ(24.5) has 1 for its first ten decimals, and 0.999 for who sees twelve of them."""
    exercise = replace(
        various(0),
        params={f"W_{gate}": [[24.5, 0.0]] for gate in "fiCo"}
        | {f"b_{gate}": [0.0] for gate in "fiCo"},
        start={"h_prev": [1.0], "C_prev": [0.4563]},
        xs=[[0.0]],
    )
    for kept in ("0.456", "0.455"):
        assert accused(exercise, {(0, "kept"): [kept]}) == []
    assert accused(exercise, {(0, "kept"): ["0.454"]})
