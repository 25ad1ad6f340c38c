import json
import re

import numpy as np
import pytest

from lstm_core.cells import gru, lstm, mgu, projected_lstm, rnn
from lstm_core.exercise.presets import PRESETS
from lstm_core.lesson.letters import letter
from lstm_core.lesson.printing import rounded_names
from lstm_core.looks.activations import ACTIVATIONS, activated
from lstm_core.text.numerals import numeral
from lstm_ui.activations.choices import gates, options
from lstm_ui.activations.events import clicked
from lstm_ui.shell.link import query
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.ui.activations.opened import answers, block, lines, numbers, opened, seen, sheet, slider
from tests.ui.sessions import FOUNDING, UNSATURATED, do, number

# Cells whose steps have the names that these tests look at.
LSTMS = [name for name in PRESETS if {"f", "kept", "C"} <= {*PRESETS[name].cell.names}]

NUMBER = re.compile(r"−?\d+(?:\.\d+)?(?:e−?\d+)?")


def every_gate(exercise):
    return [opened(exercise, exercise.T - 1, gate=word) for word in gates(exercise.cell)]


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_gate_of_every_cell_has_its_page(cell):
    for session in every_gate(some(cell)):
        data = sheet(session)
        ids = [one["id"] for one in data["blocks"]]
        assert len(set(ids)) == len(ids)
        assert json.loads(json.dumps(data, allow_nan=False)) == data
        assert "undefined" not in json.dumps(data)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (lstm(readout=True), ["f", "i", "C", "o", "squashed", "y"]),
        (gru(), ["z", "r", "h"]),
    ],
)
def test_the_gates_to_choose_from(cell, words):
    session = opened(some(cell))
    (control,) = block(session, "gate")["items"]
    assert [word for word, _ in control["choices"]] == words
    assert (control["value"], control["label"]) == (words[0], "Gate")


def test_a_cell_without_gates_offers_none():
    assert block(opened(some(rnn())), "gate")["items"] == []
    (control,) = block(opened(some(rnn().with_readout())), "gate")["items"]
    assert control["label"] == "Squash of"


@pytest.mark.parametrize("name", LSTMS)
def test_the_table_shows_the_trace_s_own_numbers(name):
    exercise, t = PRESETS[name], PRESETS[name].T - 1
    trace = exercise.trace()
    for session in every_gate(exercise):
        step, rows = seen(session).step, numbers(session)
        for part in {*step.inputs, step.name, "kept", "C", "h"}:
            head = letter(exercise.cell, part)
            if head in rows:
                rounded = part in rounded_names(exercise.cell, t)
                texts = [numeral(float(x), exercise.decimals, rounded) for x in trace[t, part]]
                assert rows[head] == texts[:5]
        (slopes,) = (rows[head] for head in rows if "'" in head)
        z = trace[t, step.inputs[0]]
        wanted = step.op.vjp(np.ones_like(z), trace[t, step.name], z)[0][:5]
        printed = [float(text.replace("−", "-")) for text in slopes]
        np.testing.assert_allclose(printed, wanted, atol=0.51 * 10.0**-exercise.decimals)


@pytest.mark.parametrize(
    ("exercise", "gate", "heads"),
    [
        (FOUNDING, "f", ["z_f", "f_t", r"\sigma'(z_f)", r"f_t \circ C_{t-1}", "C_t", "h_t"]),
        (FOUNDING, "o", ["z_o", "o_t", r"\sigma'(z_o)", "h_t"]),
        (FOUNDING, "squashed", ["C_t", r"\tanh(C_t)", r"\tanh'(C_t)", "h_t"]),
        (some(rnn(activation="relu")), "h", ["z_h", "h_t", r"\mathrm{ReLU}'(z_h)"]),
    ],
)
def test_a_number_stands_below_what_it_is_made_from(exercise, gate, heads):
    assert list(numbers(opened(exercise, gate=gate))) == heads


def test_saturation_is_named_with_its_numbers():
    session = opened(unit="2")
    assert numbers(session, "flat")[r"\sigma'(z_f)"] == ["saturated"] * 3
    assert lines(session, "said") == [
        "Unit 2: z_f = 177, σ′(z_f) = 1.3e−77: saturated: it will hardly learn.",
        "3 of 3 units saturated: σ′ is below 0.01 beyond z_f = ±4.6.",
    ]


def test_a_unit_that_reacts_says_how_much():
    assert lines(opened(UNSATURATED), "said") == [
        "Unit 1: z_f = 0.54, σ′(z_f) = 0.2326: move z_f by 0.1, and fₜ moves by about 0.0233.",
        "0 of 3 units saturated: σ′ is below 0.01 beyond z_f = ±4.6.",
    ]
    z = UNSATURATED.trace()[0, "z_f"][0]
    moved = 1 / (1 + np.exp(-z - 0.1)) - 1 / (1 + np.exp(-z))
    assert moved == pytest.approx(0.0233, abs=5e-4)


def test_a_relu_is_off_and_not_saturated():
    session = opened(some(rnn(activation="relu")))
    z = seen(session).desk.values("z_h")
    assert z[0] < 0.0 < z[2]
    assert numbers(session, "flat")[r"\mathrm{ReLU}'(z_h)"] == ["off", "off", ""]
    assert (
        lines(session, "said")[1]
        == "2 of 3 units off: ReLU′ is below 0.01 where z_h is not above 0."
    )


def test_the_link_leads_to_the_entry_step_by_step():
    session = opened(UNSATURATED, t=1, gate="i", unit="3")
    visit = block(session, "said")["lines"][0]["visit"]
    do(session, "visit", **{key: visit[key] for key in ("page", "step", "t", "entry")})
    assert (session.place.step, session.place.t, session.place.index) == ("i", 1, (2,))
    assert visit["href"].startswith("./?x=unsaturated&step=i&t=2&entry=3")


@pytest.mark.parametrize("gate", ["f", "i", "C", "o"])
def test_the_slider_moves_z_by_its_bias(gate):
    session = opened(UNSATURATED, gate=gate, unit="2")
    found, z = slider(session), UNSATURATED.trace()[0, f"z_{gate}"][1]
    assert (found["cell"], found["label"]) == (f"b_{gate}:1", f"Move z_{gate}[2]")
    assert found["value"] == number(session, f"b_{gate}", 1)
    assert found["shown"] == (f"{numeral(z, 4)}, by b_{gate}[2] = {numeral(found['value'], 4)}")
    do(session, "slide", cell=found["cell"], text=str(found["value"] + 3), gesture="1")
    assert session.exercise.trace()[0, f"z_{gate}"][1] == pytest.approx(z + 3.0)


@pytest.mark.parametrize("exercise", [UNSATURATED, FOUNDING], ids=["unsaturated", "founding"])
def test_the_slider_reaches_from_one_tail_to_the_other_and_where_z_is(exercise):
    for session in every_gate(exercise.resized(T=1)[0]):
        found, name = slider(session), seen(session).step.inputs[0]
        assert found["low"] <= found["value"] <= found["high"]
        for end in ("low", "high"):
            grid = found[end] / found["step"]
            assert found[end] == found["value"] or grid == pytest.approx(round(grid))
            do(session, "slide", cell=found["cell"], text=str(found[end]), gesture=end)
            z = seen(session).desk.values(name)[0]
            assert name == "C" or (z < -9.9 if end == "low" else z > 9.9)


def test_c_is_moved_by_what_is_kept_and_only_at_the_first_time_step():
    first, later = (opened(UNSATURATED, t=t, gate="squashed") for t in (0, 1))
    assert slider(first)["cell"] == "C_prev:0"
    assert lines(later, "move")[0].startswith("Cₜ[1] has no bias of its own")


def test_a_z_out_of_reach_says_so():
    session = opened(FOUNDING.with_entry("b_f", (0,), 1e300))
    assert lines(session, "move") == ["z_f[1] is 1e300: no slider reaches that far."]


def test_what_has_changed_says_what_it_was():
    session = opened(UNSATURATED)
    do(session, "slide", cell="b_f:0", text="-4.5", gesture="1")
    now, was = numbers(session), numbers(session, "was")
    assert [was[head][0] for head in was] == [
        "0.54",
        "0.6318",
        "0.2326",
        "0.8214",
        "1.2925",
        "0.7153",
    ]
    assert [now["z_f"][0], now[r"\sigma'(z_f)"][0]] == ["−4.56", "0.0102"]
    assert all(row[1:] == ["", ""] for row in was.values())


def test_beside_a_pin_each_number_says_how_far_it_is_from_it():
    session = do(opened(UNSATURATED), "pin")
    do(session, "slide", cell="b_f:0", text="-4.5", gesture="1")
    gaps = [row[0] for row in numbers(session, "gap").values()]
    assert gaps[:3] == ["−5.1", "−0.6215", "−0.2224"]  # 0.6318 → 0.0104, 0.2326 → 0.0102


def test_a_bias_acts_at_every_time_step_and_the_page_says_so():
    session = opened(UNSATURATED, t=1)
    said = "A bias acts at every time step: moved here, at t = 2, z_f moves at all 3."
    assert block(session, "units")["caption"] == said
    before = [UNSATURATED.trace()[t, "z_f"][0] for t in range(3)]
    do(session, "slide", cell="b_f:0", text="3", gesture="1")
    assert all(session.exercise.trace()[t, "z_f"][0] != before[t] for t in range(3))
    assert block(opened(FOUNDING), "units")["caption"] == ""


@pytest.mark.parametrize(
    ("unit", "shown"), [(1, range(1, 6)), (40, range(38, 43)), (64, range(60, 65))]
)
def test_of_many_units_those_around_the_open_one_are_shown(unit, shown):
    session = opened(some(n=64, m=3, T=1), unit=str(unit))
    table = block(session, "units")
    assert [one["unit"] for one in table["units"]] == [str(j) for j in shown]
    assert [one["unit"] for one in table["units"] if one["on"]] == [str(unit)]
    assert table["caption"] == f"Units {shown[0]} to {shown[-1]} of 64."
    (choice,) = (item for item in block(session, "gate")["items"] if item["label"] == "Unit")
    assert (choice["value"], len(choice["choices"])) == (str(unit), 64)


def test_a_click_on_a_marker_chooses_its_unit():
    session = opened(UNSATURATED, swap="tanh")
    clicked(session, "f:2")
    assert session.options == {"swap": "tanh", "unit": "3"}
    assert slider(session)["cell"] == "b_f:2"


@pytest.mark.parametrize("junk", ["", "0", "9", "x", "-1", "1.5"])
def test_an_address_with_junk_gives_the_first_of_each(junk):
    session = opened(UNSATURATED, gate=junk, unit=junk, swap=junk)
    here = seen(session)
    assert (here.step.name, here.entry) == ("f", 0)
    assert query(session, options(here))[0] == query(session)[0]


def test_the_address_holds_what_was_chosen():
    session = opened(UNSATURATED, gate="C", unit="2", swap="hard")
    assert query(session, options(seen(session)))[0].endswith("gate=C&unit=2&swap=hard")


@pytest.mark.parametrize("name", ["founding", "unsaturated"])
def test_every_swap_can_be_chosen_but_the_step_s_own(name):
    for session in every_gate(PRESETS[name]):
        control = block(session, "swap")["items"][1]
        own = ACTIVATIONS[seen(session).step.op.name]
        assert {word for word, _ in control["choices"]} == {*ACTIVATIONS} - {own.code}
        assert control["label"] == f"In place of {own.name}"


QUESTIONS = {
    "Is f 0 or 1?",
    "Why sigmoid for gates and tanh for the candidate?",
    "Can σ or tanh have a constant derivative of 1, and where is it near 1?",
    "Why a second tanh on C?",
    "Can C exceed 1, can h?",
    "Why does my NumPy result differ from Keras's?",
    "Why is the forget bias often started at 1?",
    "How does it predict values above 1?",
}


def test_an_lstm_is_asked_everything_and_its_relatives_what_they_have():
    assert answers(opened()).keys() == QUESTIONS
    asked = {name: {*answers(opened(some(cell)))} for name, cell in zip(NAMES, CELLS, strict=True)}
    assert asked["no_forget_lstm-hx"] == QUESTIONS - {
        "Is f 0 or 1?",
        "Why is the forget bias often started at 1?",
    } | {"Is i 0 or 1?"}
    assert asked["gru_after-hx"] == {
        "Is z 0 or 1?",
        "Why sigmoid for gates and tanh for the candidate?",
        "Can σ or tanh have a constant derivative of 1, and where is it near 1?",
        "Can h exceed 1?",
        "Why does my NumPy result differ from Keras's?",
        "Is there a forget bias in a GRU?",
        "How does it predict values above 1?",
    }
    assert asked["rnn_relu-hx"] == {
        "Why ReLU here, and not tanh?",
        "Can a squash have a constant derivative of 1?",
        "Can h exceed 1?",
    }


def near(answer, *values):
    """Whether each value stands in an answer, as far as it was printed."""
    numbers = [float(text.replace("−", "-")) for text in NUMBER.findall(answer)]
    return all(min(abs(x - value) for x in numbers) < 6e-4 for value in values)


def test_the_answers_of_a_gru_hold_its_numbers():
    trace = (exercise := some(gru(reset="after"), T=3, decimals=3)).trace()
    told = answers(opened(exercise))
    z, h_tilde = (float(trace[0, name][0]) for name in ("z", "h_tilde"))
    assert near(told["Is z 0 or 1?"], z, 1 - z)
    assert near(told["Is there a forget bias in a GRU?"], exercise.params["b_z"][0], z, z**10)
    answer = told["Why sigmoid for gates and tanh for the candidate?"]
    assert near(answer, h_tilde, 1 - h_tilde**2)
    assert near(told["Can h exceed 1?"], max(np.abs(trace[t, "h"]).max() for t in range(3)))


def test_the_answers_of_an_rnn_hold_its_numbers():
    trace = (exercise := some(rnn(activation="relu"), T=3, decimals=3)).trace()
    told, z = answers(opened(exercise)), trace[0, "z_h"]
    off = f"Here {np.count_nonzero(z <= 0)} of 3 are off."
    assert told["Why ReLU here, and not tanh?"].endswith(off)
    assert near(told["Can h exceed 1?"], max(np.abs(trace[t, "h"]).max() for t in range(3)))
    told = answers(opened(some(rnn(), decimals=3)))
    h = float(some(rnn()).trace()[0, "h"][0])
    assert near(told["Why tanh here, and not σ or ReLU?"], h, 1 - h**2)


@pytest.mark.parametrize("name", LSTMS)
def test_the_answers_hold_the_numbers_on_screen(name):
    exercise, trace = PRESETS[name], PRESETS[name].trace()
    told = answers(opened(exercise))
    f, z, C, o, h = (float(trace[0, key][0]) for key in ("f", "z_f", "C", "o", "h"))
    shown = o * np.tanh(C)  # h, but where that is projected
    written = {
        text: [float(n.replace("−", "-")) for n in NUMBER.findall(told[text])] for text in told
    }

    def holds(question, *values):
        for value in values:
            near = [
                n
                for n in written[question]
                if abs(n - value) <= 0.51 * 10.0**-3 + 1e-3 * abs(value)
            ]
            assert near, (question, value, told[question])

    holds("Is f 0 or 1?", f, 1 - f)
    holds("Why a second tanh on C?", C, np.tanh(C), o, shown, o * C)
    holds("Why does my NumPy result differ from Keras's?", z, f, np.clip(0.2 * z + 0.5, 0, 1))
    holds("Why does my NumPy result differ from Keras's?", np.clip(z / 6 + 0.5, 0, 1))
    holds("Why is the forget bias often started at 1?", 0.5**10, 0.7311, 0.7311**10, f**10)
    for key in ("C", "h"):
        holds("Can C exceed 1, can h?", max(np.abs(trace[t, key]).max() for t in range(exercise.T)))
    holds("How does it predict values above 1?", 10 * h)


def test_the_last_unit_of_a_projected_lstm_answers_without_an_h_of_its_own():
    exercise = some(projected_lstm(), n=3, r=2, decimals=3)
    told, trace = answers(opened(exercise, unit="3")), exercise.trace()
    C, o, m = (float(trace[0, name][2]) for name in ("C", "o", "cell_output"))
    assert near(told["Why a second tanh on C?"], C, o, m, o * C)
    assert near(told["How does it predict values above 1?"], float(trace[0, "h"][1]))


def test_the_bias_of_a_minimal_gated_unit_keeps_the_other_way_round():
    exercise = some(mgu(), decimals=3)
    kept = 1 - float(exercise.trace()[0, "f"][0])
    answer = answers(opened(exercise))["Is there a forget bias in this cell?"]
    assert near(answer, exercise.params["b_f"][0], kept**10, 0.5**10, 0.731)


def test_a_read_out_answers_with_its_own_numbers():
    exercise = FOUNDING.with_readout(2)
    z, y = (numeral(float(exercise.trace()[0, name][0]), 4) for name in ("z_y", "y"))
    answer = answers(opened(exercise))["How does it predict values above 1?"]
    assert f"z_y[1] = {z} is not bounded, yₜ[1] = {y} is." in answer


def test_an_undefined_number_breaks_nothing():
    exercise = FOUNDING.with_entry("xs", (0, 0), 100.0).with_entry("W_f", (0, 0), 1.7e308)
    exercise = exercise.with_entry("W_f", (0, 5), -1.7e308)
    for step in activated(exercise.cell):
        session = opened(
            exercise, gate=next(w for w, s in gates(exercise.cell).items() if s is step)
        )
        json.dumps(sheet(session), allow_nan=False)
    assert lines(opened(exercise), "said")[0] == "Unit 1: z_f = undefined, σ′(z_f) = undefined."
