"""Every page for everybody: no rule of WCAG broken that a machine can check, no sideways scroll."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from lstm_core.trace import Address
from lstm_ui.check.answer_token import to_token
from tests.browser.idle import wait_until_idle
from tests.browser.lesson import at_step, figure

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
STEPS = ("v", "Wv_f", "f", "C", "h")
LOOKS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]


ANSWERS = to_token({Address("z_i", 0, (j,)): text for j, text in enumerate(("22", "42", "x"))})
PAGES = {
    "all_steps": "x=founding",
    "through_time": "x=unsaturated",
    "exchange": "x=unsaturated",
    "lecture": "x=founding&step=Wv_f&spot=on",
    "gate_space": "x=founding",
    "gradients": "x=founding&row=dv_via_f",
    "dependencies": "x=founding",
    "activations": "x=unsaturated&gate=C&unit=2",
    "check_my_work": f"x=founding&step=z_i&help=why&help_at=z_i:1&answers={ANSWERS}",
}


def open_page(open_app, console, name):
    """Open another page by its address."""
    console.allow(f"/{name}/_stcore/")  # Streamlit looks for its server there first
    page = open_app(f"/{name}?{PAGES[name]}")
    page.locator(".sheet [data-block]").first.wait_for(state="attached")
    return page


def open_step(open_app, step):
    """Open a step, and wait until its figure is drawn."""
    page = open_app(f"/?x=founding&step={step}")
    at_step(page, step)
    figure(page)
    page.locator(".katex").first.wait_for()
    return page


def faults(page):
    """Return what axe finds, and whether the page is too wide: one text for each place."""
    wait_until_idle(page)
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
    found |= {name: faults(open_page(open_app, console, name)) for name in PAGES}
    assert "\n".join(f"{at}: {fault}" for at, all_ in found.items() for fault in all_) == ""
