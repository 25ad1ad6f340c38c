import io
import re
import time
import zipfile

import pytest

from lstm_core.worksheets.recipe import SEEDS, Recipe
from lstm_core.worksheets.search import alike, find
from lstm_files.tables.read import read_table
from lstm_files.worksheet.sheet import key_html, worksheet_html
from lstm_files.worksheet.variants import recipes, variants, zip_bytes
from tests.core.exercises import ONE_SENTENCE

GATES = Recipe(steps="gates")


def link_of(recipe):
    return f"https://lstm.example.org/check_my_work?x={recipe.code}"


def test_thirty_variants_in_good_time():
    told, start = [], time.process_time()
    packed = zip_bytes(GATES, 30, link_of, told.append)
    assert time.process_time() - start < 15
    assert told == list(range(1, 31))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = archive.namelist()
        codes = {re.findall(r"-(\w{4}-\w{4})\.html", name)[0] for name in names[:60]}
        assert archive.testzip() is None
    assert len(codes) == 30
    assert names[60:] == ["all-worksheets.html", "all-keys.html", "codes.csv"]
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
    files = dict(variants(GATES, 2, link_of))
    rows = [[str(k), r.code, link_of(r)] for k, r in enumerate(recipes(GATES, 2), 1)]
    table = read_table(files["codes.csv"], "codes.csv")
    assert [list(row) for row in table] == [["number", "code", "link"], *rows]
    for k, recipe in enumerate(recipes(GATES, 2), 1):
        sheet = files[f"worksheets/{k}-{recipe.code}.html"].decode()
        assert sheet == worksheet_html(recipe, link_of(recipe))
        key = files[f"keys/{k}-{recipe.code}.html"].decode()
        assert key == key_html(recipe, link_of(recipe))
        assert article(sheet) in files["all-worksheets.html"].decode()
        assert article(key) in files["all-keys.html"].decode()


def article(text):
    """What stands between the tags of the one article of a page."""
    return re.search(r"<article[^>]*>(.*)</article>", text, re.S)[1]


def test_the_same_recipe_gives_the_same_archive():
    assert zip_bytes(GATES, 3, link_of) == zip_bytes(GATES, 3, link_of)


@pytest.mark.parametrize("count", [0, -1, 101])
def test_a_wrong_number_of_variants_is_refused(count):
    with pytest.raises(ValueError, match="from 1 to 100") as caught:
        zip_bytes(GATES, count, link_of)
    assert ONE_SENTENCE.fullmatch(str(caught.value))
