import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import product

import numpy as np
import pytest

from lstm_core.lesson.explain import explain
from lstm_core.lesson.printing import rounded_names
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from lstm_core.worksheets.draw import LEVELS
from lstm_core.worksheets.recipe import ASKED, Recipe, asked, generate
from lstm_core.worksheets.task import Task, asks, task_of
from lstm_files.worksheet.parts import at_time, document
from lstm_files.worksheet.sheet import Handout, key_html, sheet, worksheet_html
from tests.core.exercises import ONE_SENTENCE, some
from tests.core.samples import CELLS, NAMES
from tests.test_import_rule import ROOT

VOID = {"meta", "br", "mspace", "path"}
LINK = "https://lstm.example.org/check_my_work?x=A&y=B"
KINDS = [
    Recipe(),
    Recipe(m=1, n=1, level="integers", steps="gates", decimals=2),
    Recipe(m=6, n=6, T=4, level="unsaturated", decimals=6, order="xh"),
    Recipe(T=2, steps="states"),
    Recipe(steps="candidate", seed=5),
]


class Page(HTMLParser):
    """Every element with its attributes and all the text in it; fails where tags do not match."""

    def __init__(self, text):
        super().__init__()
        self.open, self.found = [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs), []))
        if tag not in VOID:
            self.open.append(self.found[-1])

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data):
        for _, _, texts in self.open:
            texts.append(data)

    def all(self, tag, **wanted):
        return [
            "".join(texts)
            for name, attrs, texts in self.found
            if name == tag and wanted.items() <= attrs.items()
        ]


def both(recipe, link=LINK):
    return worksheet_html(task_of(recipe), link), key_html(task_of(recipe), link)


def printed(recipe, t, name):
    trace = generate(recipe).trace()
    rounded = name in rounded_names(trace.cell, t)
    return [numeral(float(x), recipe.decimals, rounded) for x in trace[t, name]]


@pytest.mark.parametrize("recipe", KINDS, ids=lambda recipe: recipe.code)
def test_the_same_code_gives_the_same_bytes(recipe):
    assert both(recipe) == both(Recipe.from_code(recipe.code))
    assert both(recipe)[0] != both(recipe, LINK + "2")[0]


def test_another_process_gives_the_same_bytes():
    program = (
        "from lstm_core.worksheets.recipe import Recipe;"
        "from lstm_core.worksheets.task import task_of;"
        "from lstm_files.worksheet.sheet import key_html;"
        f"print(ascii(key_html(task_of(Recipe(steps='gates')), {LINK!r})))"
    )
    env = os.environ | {"PYTHONHASHSEED": "7"}
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=env, capture_output=True)
    assert done.stdout.decode().strip() == ascii(key_html(task_of(Recipe(steps="gates")), LINK))


@pytest.mark.parametrize("recipe", KINDS, ids=lambda recipe: recipe.code)
def test_the_pages_stand_alone(recipe):
    for text in both(recipe):
        page = Page(text)
        tags = {tag for tag, _, _ in page.found}
        assert tags.isdisjoint({"script", "link", "img", "iframe", "object"})
        names = {name for _, attrs, _ in page.found for name in attrs}
        assert names.isdisjoint({"src", "srcset", "onload", "onclick"})
        assert [attrs["href"] for _, attrs, _ in page.found if "href" in attrs] == [LINK]
        assert re.findall(r"url\(|@import|@font-face", text) == []
        assert len(page.all("svg")) == 1


@pytest.mark.parametrize("recipe", KINDS, ids=lambda recipe: recipe.code)
def test_code_link_and_sizes_are_on_both(recipe):
    for text in both(recipe):
        page = Page(text)
        assert page.all("strong") == [recipe.code]
        assert page.all("a") == [LINK]
        m, n, T = (size if size > 1 else "1 " for size in (recipe.m, recipe.n, recipe.T))
        assert re.search(f"m = {m} ?inputs?, n = {n} ?hidden units?, T = {T} ?time", text)
        assert f'content: "{page.all("h1")[0]}"' in text
    assert page.all("h1") == [f"Key to worksheet {recipe.code}"]


@pytest.mark.parametrize("recipe", KINDS, ids=lambda recipe: recipe.code)
def test_all_given_numbers_are_on_the_worksheet(recipe):
    exercise, places = generate(recipe), len(str(LEVELS[recipe.level].scale)) - 1
    texts = numbers_in(both(recipe)[0])
    given = [float(x.replace("−", "-")) for x in texts]
    alone = {"forget": "f", "input": "i", "candidate": "C", "output": "o"}.get(recipe.steps)
    arrays = [exercise.xs, exercise.start["h_prev"]]
    arrays += [] if alone else [exercise.start["C_prev"]]
    arrays += [a for name, a in exercise.params.items() if not alone or name.endswith(alone)]
    np.testing.assert_allclose(given, np.concatenate([a.ravel() for a in arrays]), atol=1e-12)
    assert {len(text.partition(".")[2]) for text in texts} == {places}


def numbers_in(text):
    """The given numbers, in the order of reading."""
    given = text.partition('<div class="given">')[2].partition('<div class="equations">')[0]
    cells = map(Page, re.findall(r"<td>.*?</td>|<mtd>.*?</mtd>", given))
    return ["".join(cell.all("td") + cell.all("mtd")) for cell in cells]


@pytest.mark.parametrize("recipe", KINDS[2:4], ids=lambda recipe: recipe.code)
def test_each_column_of_W_says_what_it_multiplies(recipe):
    labels = Page(worksheet_html(task_of(recipe), LINK)).all("th")
    h, x = ([f"{a}{k}" for k in range(1, n + 1)] for a, n in (("h", recipe.n), ("x", recipe.m)))
    assert labels == (h + x if recipe.order == "hx" else x + h) * 4


@pytest.mark.parametrize("recipe", KINDS, ids=lambda recipe: recipe.code)
def test_there_is_a_box_for_every_entry_that_is_asked_and_for_no_other(recipe):
    trace = generate(recipe).trace()
    page = Page(worksheet_html(task_of(recipe), LINK))
    assert len(page.all("ol")) == len(asked(recipe))
    assert len(page.all("li")) == sum(trace[at].size for at in asked(recipe))
    (told,) = (text for text in page.all("p") if text.startswith("Fill in the boxes."))
    assert f"Round every number to {recipe.decimals} decimals." in told


@pytest.mark.parametrize("recipe", KINDS[2:], ids=lambda recipe: recipe.code)
def test_the_worksheet_gives_no_answer_away(recipe):
    text = worksheet_html(task_of(recipe), LINK)
    for t, name in product(range(recipe.T), ("f", "i", "C_tilde", "C", "o", "h")):
        assert [number for number in printed(recipe, t, name) if number in text] == []


@pytest.mark.parametrize("recipe", KINDS, ids=lambda recipe: recipe.code)
def test_the_key_has_every_step_and_works_out_its_first_entry(recipe):
    trace, (_, text) = generate(recipe).trace(), both(recipe)
    columns = [number for part in answers(text) for number in Page(part).all("mtd")]
    alone = [*ASKED[recipe.steps].names, "v"] if recipe.steps == "candidate" else trace.cell.names
    at = [(t, name) for t in range(recipe.T) for name in trace.cell.names if name in alone]
    assert columns == [number for t, name in at for number in printed(recipe, t, name)]
    for (t, name), part in zip(at, answers(text), strict=True):
        told = explain(trace, Address(name, t, (0,)), recipe.decimals)
        line = "".join(Page(part).all("p"))
        assert line == (
            told.rule if name == "v" else f"Entry 1: {told.substitution} = {told.result}"
        )
        assert (">asked<" in part) == ((t, name) in asked(recipe))


def answers(text):
    """The parts of the key, one for each step, each from its opening tag to its closing one."""
    return re.findall(r"<span>.*?</p></div>", text.partition('class="answers"')[2])


@pytest.mark.parametrize(
    ("steps", "name", "line"),
    [
        ("every", "f", "f1=σ(zf)="),
        ("gates", "f", "f1=σ(Wf·v+bf)="),
        ("forget", "Wv_f", "Wf·v="),
        ("gates", "C", "C1=f1∘C0+i1∘C~1="),
        ("states", "h", "h1=o1∘tanh(C1)="),
    ],
)
def test_a_formula_rests_on_what_is_asked(steps, name, line):
    formulas = Page(worksheet_html(task_of(Recipe(steps=steps)), LINK)).all("p")
    formulas = [text for text in formulas if text.endswith("=")]
    assert formulas[ASKED[steps].names.index(name)] == line


@pytest.mark.parametrize(
    ("latex", "t", "shown"),
    [
        (r"C_t = f_t \circ C_{t-1}", 1, r"C_{1} = f_{1} \circ C_{0}"),
        (r"\tilde{C}_t = \tanh(z_C)", 12, r"\tilde{C}_{12} = \tanh(z_C)"),
        ("v = [x_t, h_{t-1}]", 2, "v = [x_{2}, h_{1}]"),
    ],
)
def test_a_formula_at_a_time_step(latex, t, shown):
    assert at_time(latex, t) == shown


@pytest.mark.parametrize(
    "link",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,hello",
        "https://a.example/ b",
        "https://a.example/\n",
        "https://é.example",
    ],
)
def test_a_link_that_is_none_is_refused(link):
    for make in (worksheet_html, key_html):
        with pytest.raises(ValueError, match="The link on a worksheet must be") as caught:
            make(task_of(Recipe()), link)
        assert ONE_SENTENCE.fullmatch(str(caught.value))


def test_a_hostile_link_stays_text():
    link = "https://a.example/\"'><script>alert(1)</script>&lt;"
    for text in both(Recipe(), link):
        page = Page(text)
        assert page.all("script") == []
        assert page.all("a", href=link) == [link]


CANCELS = Recipe.from_code("5TJ3-C56C")


def test_what_rounding_leaves_of_a_sum_that_cancels_is_0_in_the_key():
    trace, (_, text) = generate(CANCELS).trace(), both(CANCELS)
    assert trace[0, "Wv_C"][1] == 0
    assert "e−" not in "".join(Page(text).all("mtd") + Page(text).all("p"))
    assert "−0.000" not in "".join(Page(text).all("mtd"))


def own(cell, **sizes):
    """An exercise of any cell with numbers of one decimal, two time steps, and a title."""
    exercise = some(cell, title='A <title> "of" mine', source="by <me>", **sizes)
    arrays = {name: array.round(1) for name, array in exercise.arrays.items()}
    return replace(exercise, params=arrays, start=arrays, xs=arrays["xs"])


OWN = {name: own(cell) for name, cell in zip(NAMES, CELLS, strict=True)}


@pytest.mark.parametrize("name", OWN)
def test_every_cell_can_be_asked_step_by_step_and_gate_by_gate(name):
    exercise, every = OWN[name], asks(OWN[name].cell)
    assert every["every"].names == exercise.cell.names
    assert {*exercise.cell.carry} <= {*every["states"].names}
    trace = exercise.trace()
    for some_steps in every.values():
        task = Task(exercise, some_steps)
        page, key_page = Page(worksheet_html(task, LINK)), Page(key_html(task, LINK))
        boxes = sum(trace[t, step].size for t in range(exercise.T) for step in some_steps.names)
        assert len(page.all("li")) == boxes
        assert page.all("h1") == ['A <title> "of" mine']
        marks = [one for one in key_page.all("small") if one == "asked"]
        assert len(marks) == len(some_steps.names) * exercise.T


@pytest.mark.parametrize("name", OWN)
def test_what_is_given_is_enough_and_no_more(name):
    """What is read is made, handed on by the time step before, or stands on paper."""
    exercise = OWN[name]
    for some_steps in asks(exercise.cell).values():
        task = Task(exercise, some_steps)
        read = {n for step in task.steps for n in step.inputs}
        made = {step.name for step in task.steps}
        handed_on = {state for step, state in exercise.cell.carry.items() if step in made}
        assert read - made <= {*exercise.cell.params, "x", *handed_on}
        assert {*some_steps.names} <= made
    few = Task(exercise, asks(exercise.cell)["states"])
    assert len(numbers_in(worksheet_html(few, LINK))) == sum(
        array.size for array in exercise.arrays.values()
    )


def test_the_forget_gate_alone_needs_no_other_matrix():
    exercise = own(None, T=1)
    text = worksheet_html(Task(exercise, asks(exercise.cell)["f"]), LINK)
    sizes = exercise.params["W_f"].size + exercise.n + exercise.m + exercise.n
    assert len(numbers_in(text)) == sizes


def test_numbers_of_ones_own_stand_in_full():
    exercise = replace(own(None), decimals=2).with_entry("W_f", (0, 0), 0.123456789)
    task = Task(exercise, asks(exercise.cell)["every"])
    assert "0.123456789" in numbers_in(worksheet_html(task, LINK))
    assert "Round every number to 2 decimals." in worksheet_html(task, LINK)
    every_digit = Task(replace(exercise, decimals=None), asks(exercise.cell)["every"])
    assert "Round every number to 4 decimals." in worksheet_html(every_digit, LINK)


def test_numbers_without_a_title_are_nobody_elses():
    exercise = replace(own(None), title="", source="")
    text = worksheet_html(Task(exercise, asks(exercise.cell)["gates"]), LINK)
    assert Page(text).all("h1") == ["My own numbers"]


def test_a_title_ends_no_style_sheet_and_no_string_of_it():
    hostile = '</style><script>x</script>"; } * { display: none'
    exercise = replace(own(None), title=hostile)
    page = Page(worksheet_html(Task(exercise, asks(exercise.cell)["gates"]), LINK))
    assert page.all("script") == []
    assert page.all("h1") == [hostile]
    (css,) = page.all("style")
    assert '"; }' not in css


def test_a_name_and_points_stand_on_the_sheet():
    page = Page(worksheet_html(task_of(Recipe()), LINK, Handout("Ada <b>", 20)))
    (line,) = (text for text in page.all("p") if text.startswith("Name"))
    assert (page.all("b"), line.split()) == (
        ["Ada <b>"],
        ["Name", "Ada", "<b>", "Date", "Points", "/", "20"],
    )
    assert "Points" not in worksheet_html(task_of(Recipe()), LINK)


def test_a_sheet_nobody_could_fill_in_is_refused():
    exercise = some(n=16, m=4, T=9)
    with pytest.raises(ValueError, match="boxes to fill in; at most 600") as caught:
        worksheet_html(Task(exercise, asks(exercise.cell)["every"]), LINK)
    assert ONE_SENTENCE.fullmatch(str(caught.value))


def test_a_link_too_long_for_paper_is_left_out_and_one_too_long_to_type_is_a_word():
    task = Task(own(None), asks(own(None).cell)["states"])
    assert "<figure" not in worksheet_html(task, f"{LINK}&z={'x' * 2000}")
    page = Page(worksheet_html(task, f"{LINK}&z={'x' * 200}"))
    assert page.all("a") == ["this link, or scan the code"]


def test_backs_are_left_blank_where_a_sheet_ends_on_a_front():
    one = sheet(task_of(Recipe(steps="forget")), LINK)
    two = sheet(task_of(Recipe(m=1, n=1, level="integers", steps="gates", decimals=2)), LINK)
    assert (one.pages, two.pages) == (1, 2)
    assert document("x", [one, one, two, one], two_sided=True).count('class="back"') == 2
    assert 'class="back"' not in document("x", [one, one])
