import io
import re
import time
import zipfile

import pytest

from lstm_core.worksheets.recipe import SEEDS, Recipe
from lstm_core.worksheets.search import alike, find
from lstm_core.worksheets.task import Task, asks, task_of
from lstm_files.classes.marking import mark_class
from lstm_files.tables.read import read_table
from lstm_files.worksheet.sheet import key_html, worksheet_html
from lstm_files.worksheet.variants import files, recipes, same_for_all, variants, zip_bytes
from tests.core.exercises import ONE_SENTENCE, some

GATES = Recipe(steps="gates")


def link_of(recipe):
    return f"https://lstm.example.org/check_my_work?x={recipe.code}"


def test_thirty_variants_in_good_time():
    told, start = [], time.process_time()
    packed = zip_bytes(variants(GATES, 30, link_of), 30, progress=told.append)
    assert time.process_time() - start < 15
    assert told == list(range(1, 31))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = archive.namelist()
        codes = {re.findall(r"-(\w{4}-\w{4})\.html", name)[0] for name in names[:60]}
        assert archive.testzip() is None
    assert len(codes) == 30
    assert names[60:] == [
        *("all-worksheets.html", "all-keys.html", "codes.csv", "answers.csv"),
    ]
    assert [name[:13] for name in names[:4]] == [
        "worksheets/01",
        "keys/01-" + names[1][8:13],
        "worksheets/02",
        "keys/02-" + names[3][8:13],
    ]


def test_every_variant_is_a_good_sheet_of_the_same_kind():
    made = list(recipes(find(GATES), 8))
    assert all(alike(recipe) == () for recipe in made)
    assert {(r.m, r.n, r.T, r.steps, r.level, r.decimals) for r in made} == {
        (2, 3, 1, "gates", "one-decimal", 3)
    }
    assert made[0] == find(GATES)
    assert len({recipe.seed for recipe in made}) == 8


def test_variants_go_on_past_the_last_seed():
    made = list(recipes(Recipe(seed=SEEDS - 1), 2))
    assert made[1] == find(Recipe())


def test_the_files_are_what_each_code_gives():
    made = dict(files(variants(GATES, 2, link_of), 2))
    rows = [[str(k), r.code, link_of(r)] for k, r in enumerate(recipes(GATES, 2), 1)]
    table = read_table(made["codes.csv"], "codes.csv")
    assert [list(row) for row in table] == [["number", "code", "link"], *rows]
    for k, recipe in enumerate(recipes(GATES, 2), 1):
        sheet = made[f"worksheets/{k}-{recipe.code}.html"].decode()
        assert sheet == worksheet_html(task_of(recipe), link_of(recipe))
        key = made[f"keys/{k}-{recipe.code}.html"].decode()
        assert key == key_html(task_of(recipe), link_of(recipe))
        assert article(sheet) in made["all-worksheets.html"].decode()
        assert article(key) in made["all-keys.html"].decode()


def article(text):
    """What stands between the tags of the one article of a page."""
    return re.search(r"<article[^>]*>(.*)</article>", text, re.S)[1]


def test_the_same_recipe_gives_the_same_archive():
    one, other = (zip_bytes(variants(GATES, 3, link_of), 3) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("count", [0, -1, 101])
def test_a_wrong_number_of_variants_is_refused(count):
    with pytest.raises(ValueError, match="from 1 to 100") as caught:
        zip_bytes(variants(GATES, count, link_of), count)
    assert ONE_SENTENCE.fullmatch(str(caught.value))


NAMES = ["Ada Lovelace", "=cmd|x", "Zoë <b>"]


def test_a_class_list_gives_named_sheets_and_a_table_of_codes():
    made = dict(files(variants(GATES, 30, link_of, NAMES, 20), 3))
    table = read_table(made["codes.csv"], "codes.csv")
    codes = [recipe.code for recipe in recipes(GATES, 3)]
    assert table[0] == ["number", "name", "code", "link"]
    assert [row[1:3] for row in table[1:]] == [[n, c] for n, c in zip(NAMES, codes, strict=True)]
    assert "'=cmd|x" in made["codes.csv"].decode("utf-8-sig")
    for name, code in zip(("Ada Lovelace", "Zoë &lt;b&gt;"), codes[::2], strict=True):
        path = next(path for path in made if path.startswith("worksheets/") and code in path)
        assert f"<b>{name}</b>" in made[path].decode()


def test_the_table_for_answers_comes_back_marked():
    made = dict(files(variants(GATES, 3, link_of, NAMES), 3))
    rows = read_table(made["answers.csv"], "answers.csv")
    assert rows[0][:4] == ["Student", "Worksheet", "f[1]", "f[2]"]
    for row, recipe in zip(rows[1:], recipes(GATES, 3), strict=True):
        trace = task_of(recipe).exercise.trace()
        row[2:] = [f"{x:.3f}" for name in GATES_NAMES for x in trace[0, name]]
    found = mark_class(some(n=1), rows)
    assert [one.name for one in found.students] == NAMES
    assert all(one.right == 18 for one in found.students)


GATES_NAMES = task_of(GATES).asked.names


def test_an_exercise_of_ones_own_has_one_key_for_all_names():
    task = Task(some(T=1, title="Mine"), asks(some().cell)["gates"])
    made = dict(files(same_for_all(task, "https://a.example/x", NAMES), 3))
    assert [*made][:2] == ["worksheets/1.html", "keys/1.html"]
    assert sum(name.startswith("keys/") for name in made) == 1
    assert read_table(made["codes.csv"], "codes.csv")[0] == ["number", "name", "link"]
    for names in ([], ["x"] * 101):
        with pytest.raises(ValueError, match="from 1 to 100"):
            same_for_all(task, "https://a.example/x", names)
