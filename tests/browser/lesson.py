"""The step-by-step page as a test reads it and works on it."""

import json
import time
from collections.abc import Callable, Sequence

from playwright.sync_api import Locator, Page, expect

from tests.browser.idle import WAIT_MS

Point = tuple[float, float]

HOME = "/?x=founding&step=Wv_f"
BEFORE, AFTER = ["91", "175", "133"], ["101", "175", "133"]  # W_f·v, and with W_f[1,2] = 7
LSTM = (
    *("v", "Wv_f", "z_f", "f", "Wv_i", "z_i", "i", "Wv_C", "z_C", "C_tilde", "kept", "written"),
    *("C", "Wv_o", "z_o", "o", "squashed", "h"),
)

PASTE = """(field, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const event = { clipboardData, bubbles: true, cancelable: true };
  return field.dispatchEvent(new ClipboardEvent("paste", event));
}"""
# Its figure is as wide for so many frames as it was: a place in it can be reckoned.
STANDS_STILL = """() => new Promise((done) => {
  let last, frames = 0;
  const look = () => {
    const { width, height } = document.querySelector(".js-plotly-plot .nsewdrag")
      .getBoundingClientRect();
    frames = last === `${width} ${height}` ? frames + 1 : 0;
    last = `${width} ${height}`;
    if (frames < 30) requestAnimationFrame(look);
    else done();
  };
  look();
})"""


def go_to(page: Page, name: str) -> None:
    """Change the page by the menu, as a reader does."""
    entry = page.locator(f'nav.menu a[data-page="{name}"]')
    entry.click()
    expect(entry).to_have_attribute("aria-current", "page")


def cell(page: Page, at: str) -> Locator:
    """Return one cell of the sheet: W_f:0:1, or v:4."""
    return page.locator(f'.sheet [data-cell="{at}"]')


def wrap(page: Page, at: str) -> Locator:
    """Return the box around a cell, which holds its marks and its old value."""
    return page.locator(".sheet .cell", has=page.locator(f'[data-cell="{at}"]'))


def matrix(page: Page, name: str) -> Locator:
    """Return a matrix with its caption and what is said about it."""
    return page.locator(f'.sheet [data-matrix="{name}"]')


def shows(page: Page, name: str, texts: Sequence[str]) -> None:
    """Wait until a computed vector shows these numbers."""
    expect(matrix(page, name).locator("button.number")).to_have_text(list(texts))


def numbers(page: Page) -> list[str]:
    """Return every number on the sheet, in order."""
    return page.locator(".sheet .number").evaluate_all(
        "all => all.map((c) => c.value ?? c.innerText)"
    )


def results(page: Page) -> list[str]:
    """Return every computed number on the sheet, in order."""
    return page.locator(".sheet button.number").all_inner_texts()


def focused(page: Page) -> str:
    """Return the cell that has the focus."""
    return str(page.evaluate("document.activeElement.dataset.cell ?? ''"))


def type_in(page: Page, at: str, text: str) -> None:
    """Type into a cell like a person: click, type over it, Enter."""
    cell(page, at).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    page.keyboard.press("Enter")


def paste(page: Page, at: str, text: str) -> None:
    """Paste into a cell. An event of our own: over plain http no page may use the clipboard."""
    cell(page, at).focus()
    assert not cell(page, at).evaluate(PASTE, text), "the sheet left this paste to the browser"


def at_step(page: Page, name: str) -> None:
    """Wait until a step is on screen: lit in the diagram, and its numbers on the sheet."""
    expect(page.locator(f'.diagram-box [data-step="{name}"]')).to_have_attribute(
        "aria-current", "step"
    )
    expect(matrix(page, name)).to_be_visible()


def walk(page: Page, words: str, to: str) -> None:
    """Press Next or Previous, and wait for the step that comes."""
    page.get_by_role("button", name=words).click()
    at_step(page, to)


def is_open(page: Page, arithmetic: str) -> None:
    """Wait until the opened entry shows this arithmetic."""
    expect(page.locator(".sheet .arithmetic")).to_contain_text(arithmetic)


def figure(page: Page) -> Locator:
    """Return the figure, drawn."""
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    return page.locator(".js-plotly-plot")


def click_in_figure(page: Page, place: Callable[[], Point], says: str) -> None:
    """Click on a place in the figure once the figure says what is there.

    plotly.js listens a moment after it has drawn, and takes another to find what is pointed at; a
    click goes to what it has found. The place is asked for anew each time: a figure that comes
    into its room moves.
    """
    page.evaluate(STANDS_STILL)
    told = page.locator(".hoverlayer").filter(has_text=says).first
    deadline = time.monotonic() + WAIT_MS / 1000
    x, y = place()
    while not told.is_visible():
        assert time.monotonic() < deadline, f"the figure never said: {says}"
        x, y = place()
        page.mouse.move(x - 1, y - 1)
        page.mouse.move(x, y)
        page.wait_for_timeout(50)
    page.mouse.click(x, y)


def middle_of(drawn: Locator) -> Point:
    """Return the middle of what is drawn, in pixels of the window."""
    return place_in(drawn, 0.5, 0.5)


def place_in(drawn: Locator, across: float, down: float) -> Point:
    """Return the place that is these shares of its width and height into what is drawn."""
    box = drawn.bounding_box()
    assert box is not None, "it is not drawn"
    return box["x"] + box["width"] * across, box["y"] + box["height"] * down


def plot_area(page: Page) -> Locator:
    """Return the area between the axes of the figure's first plot."""
    return page.locator(".js-plotly-plot .nsewdrag").first


def drawn(page: Page, trace: int, texts: Sequence[Sequence[str]]) -> None:
    """Wait until the figure prints these numbers in the cells of one of its heatmaps."""
    check = """([trace, texts]) => {
      const gd = document.querySelector(".js-plotly-plot");
      return JSON.stringify(gd?.data?.[trace]?.text) === texts;
    }"""
    wanted = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
    page.wait_for_function(check, arg=[trace, wanted])


def sums_drawn(page: Page, texts: Sequence[str]) -> None:
    """Wait until the figure of a product prints these sums, in the last column of its grid."""
    check = """(texts) => {
      const gd = document.querySelector(".js-plotly-plot");
      const column = gd?.data?.[1]?.text?.map((row) => row.at(-1)).filter(Boolean);
      return JSON.stringify(column) === texts;
    }"""
    page.wait_for_function(check, arg=json.dumps(list(texts), separators=(",", ":")))


def said(page: Page, words: str) -> None:
    """Wait until the sheet says this about the last act."""
    expect(page.locator(".sheet .notice").first).to_contain_text(words)
