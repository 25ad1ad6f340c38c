"""A class of forty, marked entry by entry as a second, independent marking has it.

The second one is a plain NumPy LSTM and what was done to each answer: nothing of lstm_core marks.
"""

import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.worksheets.recipe import Recipe, generate
from lstm_files.classes.marking import mark_class
from lstm_files.classes.results import group_of, points_of, results_table
from lstm_files.tables.read import read_table
from lstm_files.worksheet.variants import recipes

NAMES = ("f", "i", "C_tilde", "C", "o", "h")
STUDENTS = 40
FOUNDING = PRESETS["unsaturated"]
DONE = {  # what was done to an answer: how it is written then, and what a marker says of it
    "right": (lambda x: f"{x:.3f}", "Right"),
    "off": (lambda x: f"{x + 0.043:.3f}", "Wrong"),
    "blank": (lambda x: "", "Not answered"),
    "whole": (lambda x: f"{x:.0f}", "Too coarse to tell"),
    "words": (lambda x: "no idea", "Not a number"),
}
CHANCES = (0.8, 0.06, 0.06, 0.04, 0.04)


def plain_lstm(exercise):
    """Gates and states of the first time step, in plain NumPy."""
    p, h, C = exercise.params, exercise.start["h_prev"], exercise.start["C_prev"]
    v = np.concatenate([h, exercise.xs[0]])
    z = {gate: p[f"W_{gate}"] @ v + p[f"b_{gate}"] for gate in "fiCo"}
    f, i, o = (1 / (1 + np.exp(-z[gate])) for gate in "fio")
    C_tilde = np.tanh(z["C"])
    C = f * C + i * C_tilde
    return {"f": f, "i": i, "C_tilde": C_tilde, "C": C, "o": o, "h": o * np.tanh(C)}


def values_of(exercise):
    values = plain_lstm(exercise)
    return [float(x) for name in NAMES for x in values[name]]


def handed_in(exercises, seed):
    """The answers of a class, as texts, and for each what a marker says."""
    rng = np.random.default_rng(seed)
    answers, said = [], []
    for exercise in exercises:
        done = rng.choice(list(DONE), len(values_of(exercise)), p=CHANCES)
        answers.append([DONE[k][0](x) for k, x in zip(done, values_of(exercise), strict=True)])
        said.append([DONE[k][1] for k in done])
    return answers, said


def groups_of(found):
    return [[group_of(student.verdicts[at]) for at in found.columns] for student in found.students]


@pytest.mark.parametrize("seed", range(3))
def test_variants_in_a_german_file(seed):
    codes = list(recipes(Recipe(m=2, n=2, decimals=3, steps="gates", seed=100 * seed), STUDENTS))
    answers, said = handed_in([generate(recipe) for recipe in codes], seed)
    headers = [f"{name}_{j}" for name in NAMES for j in (1, 2)]
    lines = [";".join(["Nachname", "Vorname", "Blatt", *headers])]
    for k, (recipe, row) in enumerate(zip(codes, answers, strict=True)):
        typed = [text.replace(".", ",") for text in row]
        lines.append(";".join([f"Müller {k}", "Jörg", recipe.code.lower(), *typed]))
    data = "\r\n".join(lines).encode("cp1252")
    found = mark_class(FOUNDING, read_table(data, "klasse.csv"))
    assert groups_of(found) == said
    assert [student.code for student in found.students] == [recipe.code for recipe in codes]
    assert found.name_headers == ("Nachname", "Vorname")
    assert [row[4] for row in results_table(found)[1:]] == [row.count("Right") for row in said]


def test_the_table_of_a_form():
    answers, said = handed_in([FOUNDING] * STUDENTS, 7)
    questions = [
        f"{k}. What is {name}[{j}]? (3 decimals)"
        for k, (name, j) in enumerate(((n, j) for n in NAMES for j in (1, 2, 3)), 1)
    ]
    lines = ["\t".join(["Timestamp", "Email Address", "Score", *questions])]
    for k, row in enumerate(answers):
        lines.append("\t".join([f"2026/11/30 9:{k:02d}", f"s{k}@example.org", "0 / 18", *row]))
    found = mark_class(FOUNDING, read_table("\n".join(lines).encode(), "form.tsv"))
    assert groups_of(found) == said
    assert [points_of(found, one, 36) for one in found.students] == [
        2.0 * row.count("Right") for row in said
    ]


def test_a_column_of_links_to_an_exercise_of_ones_own():
    own = FOUNDING.with_entry("b_f", (0,), 0.25)
    rows = [["Name", "Link", "f[1]", "f[2]"]]
    for exercise, name in ((FOUNDING, "unsaturated"), (own, own.token())):
        f = plain_lstm(exercise)["f"]
        link = f"https://a.example/check_my_work?x={name}&step=f"
        rows.append(["A", link, f"{f[0]:.4f}", f"{f[1]:.4f}"])
    assert groups_of(mark_class(PRESETS["founding"], rows)) == [["Right"] * 2] * 2
