import os
import re
import subprocess
import sys
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
from lstm_files.worksheet.parts import at_time
from lstm_files.worksheet.sheet import key_html, worksheet_html
from tests.core.exercises import ONE_SENTENCE
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
    return worksheet_html(recipe, link), key_html(recipe, link)


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
        "from lstm_files.worksheet.sheet import key_html;"
        f"print(ascii(key_html(Recipe(steps='gates'), {LINK!r})))"
    )
    env = os.environ | {"PYTHONHASHSEED": "7"}
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=env, capture_output=True)
    assert done.stdout.decode().strip() == ascii(key_html(Recipe(steps="gates"), LINK))


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
        assert f"m = {recipe.m} inputs, n = {recipe.n} hidden units, T = {recipe.T} time" in text
        assert f'content: "{page.all("h1")[0]}"' in text
    assert page.all("title")[0] == page.all("h1")[0] == f"Key to worksheet {recipe.code}"


@pytest.mark.parametrize("recipe", KINDS, ids=lambda recipe: recipe.code)
def test_all_given_numbers_are_on_the_worksheet(recipe):
    exercise, places = generate(recipe), len(str(LEVELS[recipe.level].scale)) - 1
    given = [float(x.replace("−", "-")) for x in Page(both(recipe)[0]).all("mtd")]
    arrays = [exercise.xs, exercise.start["h_prev"], exercise.start["C_prev"]]
    arrays += list(exercise.params.values())
    np.testing.assert_allclose(given, np.concatenate([a.ravel() for a in arrays]), atol=1e-12)
    texts = Page(both(recipe)[0]).all("mtd")
    assert {len(text.partition(".")[2]) for text in texts} == {places}


@pytest.mark.parametrize("recipe", KINDS, ids=lambda recipe: recipe.code)
def test_there_is_a_box_for_every_entry_that_is_asked_and_for_no_other(recipe):
    trace = generate(recipe).trace()
    page = Page(worksheet_html(recipe, LINK))
    assert len(page.all("ol")) == len(asked(recipe))
    assert len(page.all("li")) == sum(trace[at].size for at in asked(recipe))
    (told,) = (text for text in page.all("p") if text.startswith("Fill in the boxes."))
    assert f"Round every number to {recipe.decimals} decimals." in told


@pytest.mark.parametrize("recipe", KINDS[2:], ids=lambda recipe: recipe.code)
def test_the_worksheet_gives_no_answer_away(recipe):
    text = worksheet_html(recipe, LINK)
    for t, name in product(range(recipe.T), ("f", "i", "C_tilde", "C", "o", "h")):
        assert [number for number in printed(recipe, t, name) if number in text] == []


@pytest.mark.parametrize("recipe", KINDS, ids=lambda recipe: recipe.code)
def test_the_key_has_every_step_and_works_out_its_first_entry(recipe):
    trace, (_, text) = generate(recipe).trace(), both(recipe)
    columns = [number for part in answers(text) for number in Page(part).all("mtd")]
    at = [(t, step.name) for t in range(recipe.T) for step in trace.cell.steps]
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
    formulas = Page(worksheet_html(Recipe(steps=steps), LINK)).all("p")
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
        "https://a.example/" + "x" * 300,
    ],
)
def test_a_link_that_is_none_is_refused(link):
    for make in (worksheet_html, key_html):
        with pytest.raises(ValueError, match="The link on a worksheet must be") as caught:
            make(Recipe(), link)
        assert ONE_SENTENCE.fullmatch(str(caught.value))


def test_a_hostile_link_stays_text():
    link = "https://a.example/\"'><script>alert(1)</script>&lt;"
    for text in both(Recipe(), link):
        page = Page(text)
        assert page.all("script") == []
        assert page.all("a", href=link) == [link]
