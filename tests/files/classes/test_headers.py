from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.cells import lstm
from lstm_core.exercise.presets import PRESETS
from lstm_core.trace import Address
from lstm_files.classes.headers import header, joined_headers, read_header, read_headers
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES

FOUNDING, STEPS3 = PRESETS["founding"], PRESETS["unsaturated"]
WAYS = {
    "z_i[2]": "z_i",
    "z_i_2": "z_i",
    "z_i2": "z_i",
    "z_i(2)": "z_i",
    "z_i₂": "z_i",
    " z_{i} [2] ": "z_i",
    "t1 z_i[2]": "z_i",
    "t = 1: z_i[2]": "z_i",
    "z_i[2]@t1": "z_i",
    "z_i[2] @ 1": "z_i",
    "C_tilde[2]": "C_tilde",
    "C_tilde2": "C_tilde",
    "C̃[2]": "C_tilde",
    "C̃_t[2]": "C_tilde",
    "C̃ₜ2": "C_tilde",
    "C[2]": "C",
    "C_t_2": "C",
    "Wv_f[2]": "Wv_f",
    "W_f·v[2]": "Wv_f",
    "(W_f·v)[2]": "Wv_f",
    "W_f⋅v_2": "Wv_f",
    "kept[2]": "kept",
    "f∘C[2]": "kept",
    "f_t ⊙ C_{t-1}[2]": "kept",
    "(fₜ∘Cₜ₋₁)[2]": "kept",
    "tanh(C)[2]": "squashed",
    "tanh(C_t)2": "squashed",
    "squashed_2": "squashed",
    "ｈ２": "h",
    "F2": "f",
    "Z_I2": "z_i",
    "c[2]": "C",
    "h 2": "h",
    "ft_2": "f",
    "Ct2": "C",
    "f_2 (3 decimals)": "f",
    "f2 =": "f",
    "zf2": "z_f",
    "z_f,2": "z_f",
    "Wvf_2": "Wv_f",
    "h2 (t = 1)": "h",
    "Forget gate 2": "f",
    "Forget gate, entry 2": "f",
    "forget_2": "f",
    "Candidate [2]": "C_tilde",
    "cell state 2": "C",
    "Hidden state: 2": "h",
    "3. What is f[2]?": "f",
    "What is the value of h_2 (2 decimals)?": "h",
    "f-2": "f",
    "f.2": "f",
    "f#2": "f",
    "f^2": "f",
    "$f_2$": "f",
    "$f_{t,2}$": "f",
    "f_{t}^{(2)}": "f",
    "h[t][2]": "h",
    "h_(2)": "h",
    "f_t2": "f",
    "Forget gate (unit 2)": "f",
    "forget_gate_2": "f",
    "2. f2": "f",
    "Q1: f2": "f",
    "(a) f_2 =": "f",
    "Answer f2": "f",
    "f2 [3 decimals]": "f",
    "f2, rounded to 3 decimals": "f",
    "f2 (3 d.p.)": "f",
    "f2 - 3dp": "f",
    '"f2"*': "f",
    "f2 (4 Nachkommastellen)": "f",
    "C~2": "C_tilde",
    "C-tilde 2": "C_tilde",
    "C'2": "C_tilde",
    "g2": "C_tilde",
    "cand2": "C_tilde",
    "Candidate memory 2": "C_tilde",
    "new cell state 2": "C",
    "hidden 2": "h",
    "new h2": "h",
    "net_f2": "z_f",
    "pre-activation f 2": "z_f",
    "a_f[2]": "z_f",
    "tanh C_t 2": "squashed",
    "tanh(C_2)": "squashed",
    "i*C~2": "written",
    "W_f v 2": "Wv_f",
    "Wf*v_2": "Wv_f",
    "Eingangsgate 2": "i",
    "Zellzustand 2": "C",
    "f2, t = 1": "f",
}


@pytest.mark.parametrize(("text", "name"), WAYS.items())
def test_ways_of_writing_an_entry(text, name):
    assert read_header(FOUNDING, text) == Address(name, 0, (1,))


LATER = (
    *("h2 t3", "h[2] at t=3", "t3_h2", "h2, step 3", "step 3: h2", "time step 3, h2", "h2_t3"),
    *("h^(3)_2", "h_2^{(3)}", "h^{<3>}_2", "Zeit 3 h2", "Schritt 3: h2", "h2 | t=3", "h2 - t 3"),
    *("h(t=3)[2]", "h_2 bei t=3", "t = 3: h2", "What is h[2] at t = 3?"),
)


@pytest.mark.parametrize("text", ["h[2]@t3", "t3 h[2]", "h2@t3", "t3h_2", "h_t[2]@t=3", *LATER])
def test_time_steps(text):
    assert read_header(STEPS3, text) == Address("h", 2, (1,))


def test_no_time_step_is_the_first():
    assert read_header(STEPS3, "h[2]") == Address("h", 0, (1,))


def test_a_single_entry_needs_no_number():
    one = some(lstm(), n=1, m=1, T=2)
    assert read_header(one, "h") == Address("h", 0, (0,))
    assert read_header(one, "h@t2") == Address("h", 1, (0,))
    assert read_header(one, "h[1]") == Address("h", 0, (0,))


@pytest.mark.parametrize(
    "text",
    [
        "Name",
        "Student 1",
        "Matrikel_2",
        "",
        "  ",
        "E-mail [optional]",
        "x1",
        "t1",
        "2",
        "f g",
        "Group A",
        "Points for f_1",
        "Score (f_1)",
        "Class C1",
    ],
)
def test_other_headers_are_names(text):
    assert read_header(FOUNDING, text) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("z_g[1]", "“z_g[1]” names no step; expected one of v, Wv_f, z_f, f,"),
        ("x[1]", "“x[1]” names no step"),
        ("z_i[4]", "“z_i[4]” is not there: z_i has entries 1 to 3; given 4."),
        ("z_i0", "“z_i0” is not there: z_i has entries 1 to 3; given 0."),
        ("z_i[1]@t2", "“z_i[1]@t2” is not there: t runs from 1 to 1; given 2."),
        ("t0 z_i[1]", "given 0."),
        ("z_i", "“z_i” does not say which entry; expected z_i[1] to z_i[3]."),
        ("z_i[99999]", "names no step"),
        ("z_i_2,1", "has two numbers; write the time step as in f[1]@t2"),
    ],
)
def test_what_can_only_mean_an_entry_and_is_none(text, told):
    with pytest.raises(ValueError, match=r"^[^\n]+\.$") as caught:
        read_header(FOUNDING, text)
    assert told in str(caught.value)


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
@pytest.mark.parametrize("T", [1, 3])
def test_what_is_written_is_what_is_read(cell, T):
    exercise = some(cell, T=T)
    trace = exercise.trace()
    for t in range(T):
        for step in cell.steps:
            for j in range(len(trace[t, step.name])):
                at = Address(step.name, t, (j,))
                assert read_header(exercise, header(exercise, at)) == at


def test_the_written_form():
    assert header(FOUNDING, Address("z_i", 0, (1,))) == "z_i[2]"
    assert header(STEPS3, Address("h", 2, (0,))) == "h[1]@t3"


def test_a_row_of_headers():
    found = read_headers(FOUNDING, ["Name", "z_i[1]", "z_i_2", "", "z_i2", "z_q[1]", "Group"], 2)
    assert found.entries == ((1, Address("z_i", 0, (0,))), (2, Address("z_i", 0, (1,))))
    assert found.names == (0, 6)
    assert read_headers(FOUNDING, ["", "h1", ""]).names == (0,)
    assert [problem.partition(":")[0] for problem in found.problems] == [
        "Row 2, column 5",
        "Row 2, column 6",
    ]
    assert found.problems[0] == (
        "Row 2, column 5: “z_i2” is there twice; "
        "column 3 is that too, and is the one that was read."
    )


def test_headers_in_two_rows():
    upper, lower = ["", "f", "", "", "h"], ["Name", "1", "2", "3", "1"]
    assert joined_headers(upper, lower) == ["Name", "f[1]", "f[2]", "f[3]", "h[1]"]
    assert joined_headers(["t = 2"], ["f_1", "h_1"]) == ["t = 2 f_1", "t = 2 h_1"]


def test_a_header_can_be_corrected():
    found = read_headers(FOUNDING, ["f[1]", "remarks", "h[1]"], corrections={1: "f[2]", 2: ""})
    assert found.entries == ((0, Address("f", 0, (0,))), (1, Address("f", 0, (1,))))


@given(st.text(max_size=30) | st.text("zifCvhot_[]()@123 ∘·~", max_size=12))
def test_any_text(text):
    told = "."
    try:
        at = read_header(replace(STEPS3, title=""), text)
        assert at is None or len(STEPS3.trace()[at.t, at.step]) > at.index[0]
    except ValueError as error:
        told = str(error)
    assert told.endswith(".")
    assert told.isprintable()
