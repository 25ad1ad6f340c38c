"""The page with all steps on A4: nothing but the lesson, and all of it."""

import re

import pytest
from playwright.sync_api import expect

from lstm_core.exercise.presets import PRESETS

A4 = (794 - 2 * 38, 1123 - 2 * 38)  # pixels inside Chromium's margins of 1 cm
CUTTING = """() => [...document.querySelectorAll(".sheet, .sheet *")]
  .flatMap((node) => {
    const cut = [];
    for (let up = node.parentElement; up; up = up.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(up);
      if (overflowX !== "visible" || overflowY !== "visible") cut.push(up);
    }
    return cut;
  })
  .filter((node, k, all) => all.indexOf(node) === k && !node.matches("html, body, .sheet *"))
  .filter((node) => node.scrollHeight > node.clientHeight + 1)
  .map((node) => node.className)"""
TOO_WIDE = """(width) => [...document.querySelectorAll(".sheet *")]
  .filter((node) => node.checkVisibility())
  .filter((node) => node.getBoundingClientRect().right > width + 1)
  .map((node) => `${node.className} ${node.getBoundingClientRect().right}`)"""


@pytest.fixture
def paper(page, open_app):
    """Return the page with all steps, laid out for paper."""
    open_app("/?x=founding&step=v")
    page.get_by_role("link", name="All steps on one page").click()
    page.locator('[data-block="h"]').wait_for()
    page.wait_for_function("() => document.querySelectorAll('.sheet .katex').length > 18")
    page.set_viewport_size({"width": A4[0], "height": A4[1]})
    page.emulate_media(media="print")
    return page


def test_only_the_lesson_is_printed_nothing_is_cut_off_and_it_takes_many_sheets(paper):
    expect(paper.locator(".stSidebar")).to_be_hidden()
    expect(paper.locator(".stHeader, [data-testid=stHeader]")).to_be_hidden()
    for step in PRESETS["founding"].cell.steps:
        expect(paper.locator(".sheet h3", has_text=step.title).first).to_be_visible()
    assert paper.evaluate(CUTTING) == []
    assert paper.evaluate(TOO_WIDE, A4[0]) == []
    printed = paper.pdf(
        format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "1cm")
    )
    sheets = max(int(count) for count in re.findall(rb"/Count (\d+)", printed))
    height = paper.locator(".sheet").bounding_box()["height"]
    assert sheets >= height / A4[1]
