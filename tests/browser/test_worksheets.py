"""Worksheets on paper, A4 and Letter, and the page that makes them, in a real browser."""

import io
import re
import zipfile

import pytest
from playwright.sync_api import expect

from lstm_core.worksheets.recipe import Recipe, generate
from lstm_core.worksheets.search import find
from lstm_core.worksheets.task import task_of
from lstm_files.worksheet.parts import document
from lstm_files.worksheet.sheet import key_html, worksheet_html
from lstm_files.worksheet.sheet import sheet as sheet_of
from lstm_files.worksheet.variants import files, variants

LINK = "https://lstm.example.org/a-longer-path/check_my_work?x=6PZP-483K"
MM = 96 / 25.4
PAPER = {"A4": (210, 297), "Letter": (216, 279)}
MARGINS = (30, 34)  # left and right, above and below, in html.py
SHEETS = [
    Recipe(),
    Recipe(m=1, n=1, level="integers", steps="gates", decimals=2),
    Recipe(m=6, n=6, T=2, level="unsaturated", decimals=6),
    Recipe(m=2, n=6, T=4, steps="states", order="xh"),
    Recipe(m=6, n=2, steps="output", decimals=6),
]
TOO_WIDE = """(width) => [...document.querySelectorAll("article *")]
  .filter((node) => node.getBoundingClientRect().right > width + 0.5)
  .map((node) => `${node.tagName} ${node.className} ${node.getBoundingClientRect().right}`)"""
OVERLAPS = """(kinds) => kinds.flatMap((kind) => {
  const boxes = [...document.querySelectorAll(kind)].map((node) => node.getBoundingClientRect());
  const meet = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5
    && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => meet(a, b)).map(() => kind));
})"""
APART = [".given > div > span", ".equations > math", ".boxes > *", "li", ".answer", "header > *"]
APART += [".answer > *", "h1, h2, h3", "mtd"]
TALLEST = """() => Math.max(...[...document.querySelectorAll("header, .row, .answer, .given > div")]
  .map((node) => node.getBoundingClientRect().height))"""


@pytest.fixture
def paper(page):
    """Return what lays a page out for paper, as wide as the paper is inside its margins."""

    def laid_out(text, name):
        width, height = (size - margin for size, margin in zip(PAPER[name], MARGINS, strict=True))
        page.set_viewport_size({"width": int(width * MM), "height": int(height * MM)})
        page.emulate_media(media="print")
        page.set_content(text)
        return page

    return laid_out


@pytest.mark.parametrize("name", PAPER)
@pytest.mark.parametrize("make", [worksheet_html, key_html])
@pytest.mark.parametrize("recipe", SHEETS, ids=lambda recipe: recipe.code)
def test_nothing_is_cut_off_and_nothing_lies_over_something_else(paper, recipe, make, name):
    page = paper(make(task_of(recipe), LINK), name)
    assert page.evaluate(TOO_WIDE, (PAPER[name][0] - MARGINS[0]) * MM) == []
    assert page.evaluate(OVERLAPS, APART) == []
    assert page.evaluate(TALLEST) < (PAPER[name][1] - MARGINS[1]) * MM


@pytest.mark.parametrize(
    ("style", "wide", "overlaps"),
    [(".boxes > div { margin-left: -9mm }", False, True), ("ol li { width: 300mm }", True, False)],
)
def test_a_planted_fault_is_noticed(paper, style, wide, overlaps):
    text = worksheet_html(task_of(Recipe()), LINK).replace("</style>", f"{style}</style>")
    page = paper(text, "A4")
    assert bool(page.evaluate(TOO_WIDE, 180 * MM)) == wide
    assert (".boxes > *" in page.evaluate(OVERLAPS, APART)) == overlaps


@pytest.mark.parametrize("name", PAPER)
def test_each_of_many_begins_on_paper_of_its_own(paper, name):
    copies = variants(Recipe(steps="forget"), 3, lambda recipe: LINK)
    made = dict(files(copies, 3, two_sided=False))
    assert pages(paper(made["all-worksheets.html"].decode(), name), name) == 3


def pages(page, name):
    return max(int(count) for count in re.findall(rb"/Count (\d+)", page.pdf(format=name)))


@pytest.mark.parametrize("name", PAPER)
def test_a_sheet_takes_the_pages_that_were_reckoned_and_fills_them(paper, name):
    """So that a back which is left blank for two-sided printing is where it should be."""
    sheets = [sheet_of(task_of(recipe), LINK) for recipe in SHEETS]
    for one in sheets:
        page = paper(document(one.title, [one]), name)
        assert pages(page, name) == one.pages
        room = (PAPER[name][1] - MARGINS[1]) * MM
        heights = page.evaluate(
            "() => [...document.querySelectorAll('.paper')].map((node) => node.clientHeight)"
        )
        assert all(room * 0.97 < height <= room for height in heights)
    both = paper(document("x", sheets[:2], two_sided=True), name)
    assert pages(both, name) == sheets[0].pages + sheets[0].pages % 2 + sheets[1].pages


def test_it_is_black_on_white_in_the_dark_too(page):
    page.emulate_media(color_scheme="dark")
    page.set_content(worksheet_html(task_of(Recipe()), LINK))
    colours = page.evaluate(
        """() => [...new Set([...document.querySelectorAll("body, body *")].flatMap((node) => {
          const { color, backgroundColor, borderTopColor } = getComputedStyle(node);
          return [color, backgroundColor, borderTopColor];
        }))]"""
    )
    shades = [re.findall(r"\d+", colour)[:3] for colour in colours]
    assert all(len(set(shade)) == 1 for shade in shades)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.fixture
def teacher(page, open_app, console):
    """Return the page that makes worksheets."""
    # A deep link on a cold server; an iframe's features, which Streamlit names one by one.
    console.allow("/worksheet/_stcore/|does not seem to exist")
    open_app("/worksheet")
    expect(title(page)).to_have_text(f"Worksheet {Recipe().code}")
    return page


def title(page):
    return page.get_by_role("heading", name="Worksheet ", level=2)


def sheet(page):
    return page.frame_locator('iframe[title^="Worksheet"]')


def choose(page, label, words):
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=words, exact=True).click()


def test_a_teacher_makes_a_worksheet_and_comes_back_to_it(teacher):
    choose(teacher, "Steps asked", "Gates and states")
    choose(teacher, "Hidden units n", "2")
    recipe = find(Recipe(n=2, steps="gates"), find(Recipe(steps="gates")).seed)
    expect(title(teacher)).to_have_text(f"Worksheet {recipe.code}")
    expect(sheet(teacher).locator("h1")).to_have_text(f"Worksheet {recipe.code}")
    teacher.wait_for_url(f"**w={recipe.code}*")
    with teacher.expect_download() as started:
        teacher.get_by_role("button", name="Download the worksheet").click()
    text = started.value.path().read_text("utf-8")
    assert f"/check_my_work?x={recipe.code}</a>" in text
    teacher.reload()
    expect(title(teacher)).to_have_text(f"Worksheet {recipe.code}")


def test_a_different_one_for_everybody(teacher):
    teacher.get_by_label("Variants").fill("4")
    teacher.get_by_label("Variants").press("Enter")
    teacher.get_by_role("button", name="Make 4 variants").click()
    with teacher.expect_download() as started:
        teacher.get_by_role("button", name="Download them").click()
    with zipfile.ZipFile(io.BytesIO(started.value.path().read_bytes())) as archive:
        assert len(archive.namelist()) == 2 * 4 + 4
        codes = archive.read("codes.csv").decode("utf-8-sig")
    assert codes.count("/check_my_work?x=") == 4


def test_a_student_types_the_code_and_is_marked(teacher, console):
    console.allow("/check_my_work/_stcore/")
    recipe = Recipe(steps="forget", seed=4)
    code = teacher.get_by_label("Enter a code from paper")
    code.fill("forget")
    code.press("Enter")
    refused = teacher.get_by_role("alert").filter(has_text="A worksheet code")
    expect(refused).to_be_visible()
    code.fill(recipe.code.lower())
    code.press("Enter")
    expect(teacher.get_by_text(f"Opened: worksheet {recipe.code}.")).to_be_visible()
    teacher.wait_for_url(f"**/check_my_work?x={recipe.code}*")
    first = f"{generate(recipe).trace()[0, 'Wv_f'][0]:.3f}"
    box = teacher.get_by_role("group", name="Your W_f·v").get_by_role("textbox").first
    box.fill(first)
    box.press("Enter")
    expect(teacher.get_by_text("1 of 9 entries answered, 1 right")).to_be_visible()
