"""Above a page, while rows of the cell on screen are swapped: what was swapped, and a way back."""

import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.variants.changes import Change, variant
from lstm_ui.sheet import blocks
from lstm_ui.shell.opening import with_opening
from lstm_ui.shell.pages import PAGES
from tests.ui.blocks import of_kind
from tests.ui.sessions import do, session_at

MOVING = PRESETS["moving"]
NO_FORGET = MOVING.in_variant(
    variant(MOVING.cell, (Change("kept", "left_out", ("C_prev",)),)),
)


def above(exercise, page):
    shown = with_opening([blocks.lead("What it shows.")], session_at("h", exercise), page)
    return [block for block in shown if block["id"] == "variant"]


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_every_page_says_what_was_swapped(page):
    found = above(NO_FORGET, page)
    assert above(MOVING, page) == []
    if page in ("lecture", "side_by_side"):
        assert found == []
        return
    (text,) = of_kind(found, "text")
    assert text["lines"][0]["text"].startswith(
        "The cell on screen is a changed one: LSTM with fₜ left out of fₜ∘Cₜ₋₁."
    )
    (bar,) = of_kind(found, "toolbar")
    assert (bar["items"][0]["act"], bar["items"][0]["label"]) == (
        "open_base",
        "Back to the LSTM as it is",
    )


def test_the_way_back_can_be_undone_and_says_what_is_new():
    session = do(session_at("h", NO_FORGET), "open_base")
    assert session.exercise.cell is MOVING.cell
    assert session.notice.endswith("; new, as small random numbers: W_f and b_f.")
    assert np.abs(session.exercise.params["W_f"]).min() > 0
    assert (session.exercise.params["W_i"] == MOVING.params["W_i"]).all()
    assert do(session, "undo").exercise == NO_FORGET
    assert do(session_at("h", MOVING), "open_base").past == []
