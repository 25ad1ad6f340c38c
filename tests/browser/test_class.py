"""The page that marks a class, used by a teacher: the empty table out and back, and results."""

import io
import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from lstm_files.tables.read import read_table
from tests.browser.idle import wait_until_idle
from tests.browser.test_access import TAGS, faults, seen_by_all

ADDRESS = "/mark_class?x=founding&ask=states"
ROWS = ("Ann\t22\t43\t64", "Bo\t22\t42\t62", "Cy\t21\t42\t64", "Di <b>\tx\t43\t64")
TABLE = "\n".join(("Name\tz_i[1]\tz_i[2]\tz_i[3]", *ROWS))


@pytest.fixture
def teacher(page, open_app, console):
    """Return the page, open on the founding example."""
    console.allow("/mark_class/_stcore/|does not seem to exist")  # a deep link, server cold
    open_app(ADDRESS)
    field(page).wait_for()
    return page


def field(page):
    return page.get_by_label("Or paste it here")


def paste(page, text):
    field(page).fill(text)
    field(page).press("Control+Enter")


def mark(page):
    page.get_by_role("button", name=re.compile("^Mark [0-9]")).click()


def downloaded(page, words):
    """Press a button, and return the file that it gives."""
    with page.expect_download() as started:
        page.get_by_role("button", name=words).click()
    return started.value.path().read_bytes()


def upload(page, name, data):
    files = [{"name": name, "mimeType": "application/octet-stream", "buffer": data}]
    page.locator('[data-testid="stFileUploader"] input[type="file"]').set_input_files(files)


def filled(empty):
    """Type into the empty table what a student might: the founding example's gates and states."""
    book = load_workbook(io.BytesIO(empty))
    top = [cell.value for cell in book.active[1]]
    for column, header in enumerate(top, 1):
        number = {"Student": "Eva", "f[1]": "1.0", "f[2]": "0"}.get(header, "")
        book.active.cell(2, column).value = number
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_the_empty_table_goes_out_and_comes_back(teacher):
    empty = downloaded(teacher, "Download the empty table as XLSX")
    assert read_table(empty, "answers.xlsx")[0][:3] == ["Student", "f[1]", "f[2]"]
    upload(teacher, "answers.xlsx", filled(empty))
    mark(teacher)
    expect(teacher.get_by_text("1 student, 21 entries. Right: 1, wrong: 1")).to_be_visible()
    rows = read_table(downloaded(teacher, "Download the results as XLSX"), "results.xlsx")
    assert rows[1][:3] == ["2", "Eva", "1"]
    assert rows[1][-2] == "f[2]"


def test_a_pasted_table_is_marked_and_drawn(teacher):
    paste(teacher, TABLE)
    mark(teacher)
    expect(teacher.get_by_text("4 students, 12 entries.")).to_be_visible()
    told = re.compile("bias-omitted, the bias was left out: 2 students")
    expect(teacher.get_by_role("img", name=told)).to_be_visible()
    expect(teacher.get_by_text("Row 5, column 2 (z_i[1]): “x” is not a number")).to_be_visible()
    rows = read_table(downloaded(teacher, "Download the results as CSV"), "results.csv")
    assert [row[1] for row in rows] == ["Name", "Ann", "Bo", "Cy", "Di <b>"]
    drawn = teacher.get_by_role("img", name="Map of the class, 4 students by 3 entries")
    expect(drawn.get_by_text("Di <b>")).to_be_visible()
    drawn.locator(".nsewdrag").click(position={"x": 40, "y": 30})
    sheet = teacher.frame_locator("iframe")
    expect(sheet.get_by_role("heading", name="Bo")).to_be_visible()
    expect(sheet.get_by_text("42 is W_i·v before the bias").first).to_be_visible()
    teacher.wait_for_url("**row=3*")


def test_what_is_no_table_is_refused_in_a_sentence(teacher):
    upload(teacher, "old.xlsx", b"\xd0\xcf\x11\xe0 and more")
    alert = teacher.get_by_role("alert").filter(has_text="This is no XLSX file")
    expect(alert).to_be_visible()
    paste(teacher, TABLE)
    wait_until_idle(teacher)
    expect(alert).to_be_visible()  # the file comes first, as the page says


def test_the_address_keeps_the_exercise_and_what_is_asked(teacher):
    teacher.get_by_role("button", name="every step").click()
    teacher.wait_for_function("() => !location.search.includes('ask=states')")
    assert "x=founding" in teacher.url
    teacher.reload()
    field(teacher).wait_for()
    expect(teacher.get_by_role("button", name="every step")).to_have_attribute(
        "aria-pressed", "true"
    )
    rows = read_table(downloaded(teacher, "Download the empty table as CSV"), "answers.csv")
    assert rows[0][1] == "v[1]"


def test_axe_finds_nothing(page, open_app, console):
    console.allow("/mark_class/_stcore/|does not seem to exist")
    open_app(ADDRESS)
    paste(page, 'Name,z_i[1]\n"Ann')
    page.get_by_role("alert").first.wait_for()
    assert faults(page, TAGS) == []
    paste(page, TABLE)
    mark(page)
    page.get_by_role("img", name="Map of the class").wait_for()
    wait_until_idle(page)
    assert seen_by_all(page) == ""
