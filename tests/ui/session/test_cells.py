"""The choice of cell: an edit like any other, said in one sentence, on every page."""

import itertools

import pytest

from lstm_core.cell import Step
from lstm_core.cells import CELLS, cell_named, lstm
from lstm_core.ops import ADD
from lstm_core.trace import Address
from lstm_ui.session.cells import cell_title, change_cell, known_name, title_of_cell
from lstm_ui.session.names import name_of, title_of
from lstm_ui.session.session import Session
from lstm_ui.shell.link import query, read
from tests.core.exercises import some
from tests.pins.surface import links, screens
from tests.ui.sessions import FOUNDING, UNSATURATED, session_at

ADDED = Step("h", ADD, ("o", "squashed"), "h_t", "New hidden state", "hidden state")


def test_each_cell_has_a_title_that_no_other_has():
    assert len({cell_title(name) for name in CELLS}) == len(CELLS)


@pytest.mark.parametrize("name", CELLS)
def test_every_cell_is_chosen_and_undone(name):
    session = session_at("C", UNSATURATED, t=2)
    change_cell(session, name)
    assert known_name(session.exercise.cell) == name
    assert session.place.step in session.exercise.cell.names
    assert session.place.t == 2
    session.undo()
    assert session.exercise == UNSATURATED
    assert session.past == [] or name == "lstm"


def test_the_cell_on_screen_is_no_change():
    session = session_at()
    change_cell(session, "lstm")
    assert (session.exercise, session.past, session.notice) == (FOUNDING, [], "")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            *("lstm", "peephole_lstm"),
            "The cell is now: LSTM with peepholes (Gers et al. 2002); "
            "new, as small random numbers: p_f, p_i and p_o.",
        ),
        (
            *("lstm", "coupled_lstm"),
            "The cell is now: LSTM with coupled gates, i = 1 − f; left out: W_i and b_i.",
        ),
        (
            *("lstm", "gru_before"),
            "The cell is now: GRU, reset before (Cho et al. 2014); W_C and b_C go on as W_h and "
            "b_h; new, as small random numbers: W_z, b_z, W_r and b_r; left out: W_f, b_f, W_i, "
            "b_i, W_o, b_o and Cₜ₋₁.",
        ),
        (
            *("gru_before", "gru_after"),
            "The cell is now: GRU, reset after (cuDNN, PyTorch, Keras); "
            "new, as small random numbers: b_hh.",
        ),
        ("rnn_tanh", "rnn_relu", "The cell is now: Plain RNN, ReLU."),
    ],
)
def test_one_sentence_says_what_is_new_and_what_is_left_out(old, new, sentence):
    session = session_at("h", some(cell_named(old, "hx")))
    change_cell(session, new)
    assert session.notice == sentence


def test_an_example_in_another_cell_is_no_longer_the_example_and_reset_leads_back():
    session = session_at(exercise=FOUNDING)
    change_cell(session, "gru_before")
    assert (name_of(session.exercise), title_of(session.exercise)) == ("", "My own numbers")
    session.reset()
    assert session.exercise == FOUNDING


def test_untouched_it_becomes_the_readers_own_and_the_address_brings_it_back():
    session = session_at("h")
    session.untouched = True
    change_cell(session, "gru_after")
    assert not session.untouched
    address, problem = query(session)
    found = read(FOUNDING, dict(part.split("=") for part in address.split("&")))
    assert (found.exercise, found.base, problem) == (session.exercise, FOUNDING, "")


def test_a_cell_with_a_changed_step_is_called_so_and_has_no_name():
    cell = lstm().with_step(ADDED)
    assert (known_name(cell), title_of_cell(cell)) == ("", "LSTM, changed")
    session = session_at("h", some(cell))
    change_cell(session, "lstm")
    assert known_name(session.exercise.cell) == "lstm"


@pytest.mark.parametrize(("old", "new"), [*itertools.pairwise([*CELLS, "lstm"])])
def test_every_page_goes_on_with_what_was_before_pinned_and_answered(old, new, monkeypatch):
    before = some(cell_named(old, "hx", readout=True))

    def begun(exercise, step, t, **options):
        session = Session(before, before, Address(before.cell.names[-1], t, (0,)))
        session.answers = {Address(name, 0, (0,)): "1" for name in before.cell.names}
        session.options, session.pinned = options, before
        change_cell(session, exercise.cell.name)
        return session

    monkeypatch.setattr("tests.pins.surface._session", begun)
    after = before.in_cell(new)[0]
    assert len([*screens(after)]) > len(after.cell.steps)
    assert all(text for _, text in links(after))
