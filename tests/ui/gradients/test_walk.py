import numpy as np
import pytest

from lstm_core.lesson.backward_rows import backprop
from lstm_core.lesson.explain import explain
from lstm_core.trace import Address
from lstm_ui.gradients.blocks import gradients_page
from lstm_ui.gradients.choices import FURTHEST, rows, sums
from lstm_ui.gradients.walk import back_desk, row_of, target
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.ui.blocks import matrix_of, of_kind, texts
from tests.ui.gradients.opened import blocks, figure_of, on_page
from tests.ui.sessions import UNSATURATED, do, session_at


def heading(shown):
    return next(b for b in of_kind(shown, "heading") if b["id"] == "heading")


def test_the_way_back_begins_at_the_last_time_step_and_stays_where_it_is():
    session = on_page()
    assert (row_of(session), session.place.t) == ("dh", UNSATURATED.T - 1)
    elsewhere = on_page(row="dz_f", t=0)
    assert (row_of(elsewhere), elsewhere.place.t) == ("dz_f", 0)
    other = on_page(part="memory", t=0)
    assert other.place.t == 0


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_row_is_walked_through_and_shows_the_trace_s_numbers(cell):
    exercise = some(cell, T=2)
    ones = np.ones(exercise.n)
    back = backprop(exercise.trace(), {(1, "h"): ones})
    session = on_page(exercise)
    for t in (1, 0):
        for row in (*rows(exercise), *(() if t else sums(exercise))):
            assert (row_of(session), session.place.t) == (row.name, t)
            shown = blocks(session)
            result = texts(matrix_of(shown, row.name), "full")
            wanted = back[t, row.name]
            found = [[float(text.replace("−", "-")) for text in np.ravel(result)]]
            np.testing.assert_array_equal(found, wanted.reshape(1, -1) + 0.0)
            index = (0,) * wanted.ndim
            told = explain(back, Address(row.name, t, index), exercise.decimals)
            (entry,) = of_kind(shown, "entry")
            assert (entry["result"], entry["rule"]) == (told.result, told.rule)
            (walk,) = of_kind(shown, "walk")
            assert walk["last"] == (row is sums(exercise)[-1])
            assert heading(shown)["title"] == row.title
            do(session, "back", by=1)
    assert row_of(session) == sums(exercise)[-1].name


def test_previous_leads_to_the_time_step_behind():
    session = on_page(t=1, row="dh")
    do(session, "back", by=-1)
    assert (row_of(session), session.place.t) == ("dx", 2)
    do(session, "back_to", step="df", t=1)
    assert (row_of(session), session.place.t) == ("df", 1)
    do(session, "back_to", step="nothing", t=0)
    assert (row_of(session), session.place.t) == ("df", 1)


def test_behind_the_last_row_the_shares_of_all_time_steps_are_added_up():
    session = on_page(t=0, row="dx")
    do(session, "back", by=1)
    assert (row_of(session), session.place.t) == ("db_o_sum", 0)
    do(session, "back_to", step="db_f_sum", t=0)
    shown = blocks(session)
    (entry,) = of_kind(shown, "entry")
    assert (entry["name"], entry["terms"]) == ("∂L/∂b_f[1]", ["0.0057", "0.0130", "0.0198"])
    assert entry["result"] == "0.0385"
    assert entry["uses"] == [["db_f@1:0"], ["db_f@2:0"], ["db_f@3:0"]]
    data, drawn = gradients_page(session)
    assert data["lights"]["db_f_sum:1"] == ["db_f@1:1", "db_f@2:1", "db_f@3:1"]
    ids = [item["id"] for b in of_kind(shown, "equation") for item in b["items"] if "id" in item]
    assert ids == ["db_f@1", "db_f@2", "db_f@3", "db_f_sum"]
    assert matrix_of(shown, "db_f@2")["rows"][0][0]["text"] == "0.0130"
    assert "the share of each time step in ∂L/∂b_f[1], t = 1: 0.0057" in drawn["alt"]


def test_a_sum_leads_to_its_shares_and_another_time_step_to_its_own():
    session = on_page(t=0, row="dW_f_sum")
    do(session, "back_open", cell="dW_f@2:1:3")
    assert (row_of(session), session.place.t) == ("dW_f", 1)
    (entry,) = of_kind(blocks(session), "entry")
    assert entry["name"] == "∂L/∂W_f|t[2,4]"
    do(session, "back_to", step="dW_f_sum", t=1)  # chosen among the rows
    assert (row_of(session), session.place.t) == ("dW_f_sum", 0)
    do(session, "back_to", step="dW_f_sum", t=2)  # another time step
    assert (row_of(session), session.place.t) == ("dW_f", 2)
    assert row_of(on_page(t=1, row="dW_f_sum")) == "dW_f"


def test_one_time_step_has_no_shares_and_no_sum():
    session = on_page(some(T=1), row="db_f")
    assert heading(blocks(session))["title"] == "Gradient of b_f"
    assert sums(session.exercise) == ()
    assert row_of(on_page(some(T=1), row="db_f_sum")) == "db_f"


def test_of_many_time_steps_the_first_share_and_the_last_are_shown_as_matrices():
    shown = blocks(on_page(some(T=9), t=0, row="db_f_sum"))
    items = [item for b in of_kind(shown, "equation") for item in b["items"]]
    ids = [item["id"] for item in items if "id" in item]
    assert ids == [*(f"db_f@{t}" for t in (1, 6, 7, 8, 9)), "db_f_sum"]
    assert [item["sign"] for item in items if "sign" in item] == [r"+ \cdots +", *"+++="]
    (entry,) = of_kind(shown, "entry")
    assert len(entry["terms"]) == 9


def test_the_place_stays_a_step_of_the_forward_pass():
    session = session_at("C", UNSATURATED)
    do(session, "back_to", step="dz_f", t=1)
    do(session, "back_open", cell="dz_f:2")
    assert session.place == Address("C", 1, (0,))


def test_an_entry_opens_of_a_vector_and_of_a_matrix():
    session = on_page(t=1, row="dW_i")
    do(session, "back_open", cell="dW_i:1:3")
    (entry,) = of_kind(blocks(session), "entry")
    assert entry["name"] == "∂L/∂W_i|t[2,4]"
    do(session, "back_to", step="dz_i", t=1)
    (entry,) = of_kind(blocks(session), "entry")
    assert entry["name"] == "∂L/∂z_i[2]"
    do(session, "back_open", cell="nonsense")
    assert of_kind(blocks(session), "entry") == [entry]


@pytest.mark.parametrize(
    ("options", "seed", "value"),
    [
        ({"loss": "sum"}, lambda h: np.ones(3), lambda h: h.sum()),
        ({"loss": "entry", "unit": 2}, lambda h: np.eye(3)[1], lambda h: h[1]),
        (
            {"loss": "squared", "target_b": "-1"},
            lambda h: h - [0.5, -1, 0.5],
            lambda h: ((h - [0.5, -1, 0.5]) ** 2).sum() / 2,
        ),
    ],
)
def test_the_loss_is_a_choice(options, seed, value):
    session = on_page(row="dh", t=2, **options)
    h = UNSATURATED.trace()[2, "h"]
    np.testing.assert_allclose(back_desk(session).trace[2, "dh"], seed(h), rtol=1e-15)
    (top,) = of_kind(blocks(session), "lead")
    assert f"= {value(h):.4f}. ".replace("-", "−") in top["text"]


def test_targets_are_those_of_the_first_eight_units():
    session = on_page(some(n=10), target_a="0.25", target_h="99", loss="squared")
    assert target(session).tolist() == [0.25, *[0.5] * 6, 10.0, 0.0, 0.0]


def test_what_an_edit_changed_is_marked():
    session = on_page(row="dz_f", t=0)
    do(session, "edit", cell="b_f:0", text="3")
    changed = texts(matrix_of(blocks(session), "dz_f"), "was")
    assert changed[0] is not None


def test_what_is_given_can_be_edited_and_what_is_worked_out_cannot():
    session = on_page(row="dv_via_f", t=0)
    assert matrix_of(blocks(session), "W_f")["rows"][0][0]["edit"]
    assert "edit" not in matrix_of(blocks(session), "dz_f")["rows"][0][0]
    first = on_page(row="dC", t=0)
    assert "edit" not in matrix_of(blocks(first), "dC_next")["rows"][0][0]


def test_a_long_way_back_is_bounded_and_says_so():
    session = on_page(some(T=300), t=5, row="dh")
    assert session.place.t == 300 - FURTHEST
    (top,) = of_kind(blocks(session), "lead")
    assert "Of 300 time steps, it leads through the last 200." in top["text"]
    do(session, "back_to", step="dx", t=7)
    assert session.place.t == 100
    (walk,) = of_kind(blocks(session), "walk")
    assert walk["last"]


def test_very_large_matrices_are_drawn_as_bars():
    session = on_page(some(n=40, m=20, T=2), t=1, row="dv_via_f")
    drawn, back = figure_of(session), back_desk(session).trace
    (bars,) = drawn["data"]
    assert bars["type"] == "bar"
    np.testing.assert_array_equal(bars["y"], back[1, "dv_via_f"])
    session = on_page(some(n=40, m=20, T=2), t=1, row="dW_f", at=3)
    (bars,) = figure_of(session)["data"]
    np.testing.assert_array_equal(bars["y"], back_desk(session).trace[1, "dW_f"][2])
