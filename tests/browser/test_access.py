"""Both pages for everybody: no rule of WCAG broken that a machine can check, no sideways scroll."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.lesson import at_step, figure

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
STEPS = ("v", "Wv_f", "f", "C", "h")
LOOKS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]


def open_all_steps(open_app, console):
    """Open the page with all steps by its address."""
    console.allow("/all_steps/_stcore/")  # Streamlit looks for its server there first
    page = open_app("/all_steps?x=founding")
    page.locator('[data-block="h"]').wait_for()
    return page


def open_step(open_app, step):
    """Open a step, and wait until its figure is drawn."""
    page = open_app(f"/?x=founding&step={step}")
    at_step(page, step)
    figure(page)
    return page


def faults(page):
    """Return what axe finds, and whether the page is too wide: one text for each place."""
    page.locator(".katex").first.wait_for()
    options = {"runOnly": TAGS, "resultTypes": ["violations"]}
    rules = Axe().run(page, options=options).response["violations"]
    found = [told(rule, node) for rule in rules for node in rule["nodes"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("The page scrolls sideways.")
    return found


def told(rule, node):
    return f"{rule['id']}: {node['target']} {node['html'][:160]} {node['failureSummary']}"


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    page, open_app, console, width, scheme
):
    page.set_viewport_size({"width": width, "height": 844 if width < 400 else 720})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = {step: faults(open_step(open_app, step)) for step in STEPS}
    found["all steps"] = faults(open_all_steps(open_app, console))
    assert "\n".join(f"{at}: {fault}" for at, all_ in found.items() for fault in all_) == ""
