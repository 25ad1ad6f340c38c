"""Every page for everybody: no rule broken that a machine can check, no sideways scroll.

A page is opened once, and then looked at in every width and in both colour schemes.
"""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from lstm_core.trace import Address
from lstm_ui.check.answer_token import to_token
from lstm_ui.shell.pages import PAGES
from tests.browser.idle import wait_until_idle
from tests.browser.lesson import at_step, figure

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
IN_THE_DARK = ["color-contrast"]  # nothing else depends on the colours
SIZES = [(1280, 720), (390, 844), (320, 640)]
# Colours are those of 390 pixels, as no style begins or ends below (see tests/test_assets.py), and
# they take axe as long as all other rules.
AS_AT_390 = {(320, 640): IN_THE_DARK}
STEPS = ("v", "Wv_f", "f", "C", "h")

# What axe reports and what is no fault of a page: the rule, what its element holds, and why.
KNOWN = [
    ("empty-table-header", '<th scope="row">'),  # axe does not see a letter's MathML; ears do
    ("presentation-role-conflict", "stFileUploaderDropzone"),  # Streamlit's own, and no tab stop
]

ANSWERS = to_token({Address("z_i", 0, (j,)): text for j, text in enumerate(("22", "42", "x"))})
ASKED = {
    "through_time": "x=unsaturated",
    "exchange": "x=unsaturated",
    "worksheet": "w=6PZP-4833",
    "lecture": "x=founding&step=Wv_f&spot=on",
    "gradients": "x=founding&row=dv_via_f",
    "activations": "x=unsaturated&gate=C&unit=2",
    "check_my_work": f"x=founding&step=z_i&help=why&help_at=z_i:1&answers={ANSWERS}",
}
OTHERS = [page for page in PAGES if page.name]


def faults(page, rules, but=()):
    """Return what axe finds by these tags or rules: one text for each place, out of sight, too."""
    page.add_style_tag(content=".sheet * { content-visibility: visible !important; }")
    if not page.evaluate("Boolean(globalThis.axe)"):
        page.evaluate(AXE_SCRIPT)
    off = {rule: {"enabled": False} for rule in but}
    options = {"runOnly": rules, "rules": off, "resultTypes": ["violations"]}
    found = page.evaluate("async (o) => (await axe.run(o)).violations", options)
    return [
        told(rule, node)
        for rule in found
        for node in rule["nodes"]
        if not any(rule["id"] == known and part in node["html"] for known, part in KNOWN)
    ]


def told(rule, node):
    return f"{rule['id']}: {node['target']} {node['html'][:160]} {node['failureSummary']}"


def seen_by_all(page):
    """Return what is wrong with the page on screen, in every width and in both colour schemes."""
    found = []
    for width, height in SIZES:
        resize(page, width, height)
        seen = faults(page, TAGS, AS_AT_390.get((width, height), ()))
        found += [f"{width}: {fault}" for fault in seen]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{width}: The page scrolls sideways.")
    in_the_dark(page)
    for width, height in SIZES[:2]:  # with the sidebar and without it
        resize(page, width, height)
        found += [f"{width}, dark: {fault}" for fault in faults(page, IN_THE_DARK)]
    return "\n".join(found)


def in_the_dark(page):
    """Ask for dark colours, and wait until they are there."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.wait_for_function(IS_DARK, arg=True)


def in_the_light(page):
    """Back to the first width, in light."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.wait_for_function(IS_DARK, arg=False)
    resize(page, *SIZES[0])


def resize(page, width, height):
    """Change the window, and wait until a figure has followed: it fits, or scrolls by keys."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(TWO_FRAMES)
    page.wait_for_function(HAS_FOLLOWED)
    wait_until_idle(page)


HAS_FOLLOWED = """() => [...document.querySelectorAll(".figure-scroller")].every(
  (frame) => frame.scrollWidth <= frame.clientWidth || frame.tabIndex === 0)"""
TWO_FRAMES = "new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"
# Streamlit follows the scheme a moment later: the ink is light where the page is dark.
IS_DARK = """(dark) => {
  const ink = getComputedStyle(document.querySelector('[data-testid="stApp"]')).color;
  return Number(ink.match(/[0-9.]+/)[0]) > 128 === dark;
}"""


def test_axe_finds_nothing_at_a_step(open_app):
    page = open_app(f"/?x=founding&step={STEPS[0]}")
    for step in STEPS:
        page.locator(f'.diagram-box [data-step="{step}"]').press("Enter")
        at_step(page, step)
        figure(page)
        page.locator(".katex").first.wait_for()
        assert seen_by_all(page) == "", step
        in_the_light(page)


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: other.name)
def test_axe_finds_nothing_on_a_page(open_app, console, other):
    console.allow(f"/{other.name}/_stcore/")  # Streamlit looks for its server there first
    page = open_app(f"/{other.name}?{ASKED.get(other.name, 'x=founding')}")
    page.locator(".sheet [data-block]").first.wait_for(state="attached")
    page.locator(f'nav.menu a[data-page="{other.name}"][aria-current]').wait_for(state="attached")
    assert page.title().startswith(other.title)
    assert page.locator("h1:visible").count() == 1
    assert seen_by_all(page) == ""
