"""Both pages for everybody: no rule of WCAG broken that a machine can check, no sideways scroll."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.lesson import at_step

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
SCREENS = ("v", "Wv_f", "f", "C", "h", "all_steps")
LOOKS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]


def show(page, open_app, screen):
    """Open a screen of the app."""
    if screen == "all_steps":
        open_app("/all_steps?x=founding")
        page.locator(".sheet .heading").last.wait_for()
    else:
        open_app(f"/?x=founding&step={screen}")
        at_step(page, screen)
        page.locator(".js-plotly-plot .plot").first.wait_for()
    page.locator(".katex").first.wait_for()


def violations(page):
    """Return what axe finds, one line for each place."""
    options = {"runOnly": TAGS, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]}\n    {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    page, open_app, screen, width, scheme
):
    page.set_viewport_size({"width": width, "height": 844 if width < 400 else 720})
    page.emulate_media(color_scheme=scheme)
    show(page, open_app, screen)
    assert "\n".join(violations(page)) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
