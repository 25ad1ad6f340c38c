"""Training in a real browser: a run goes on while its page is reloaded; it opens as an exercise."""

import re

from playwright.sync_api import expect

from tests.browser.idle import wait_until_idle


def test_a_run_survives_a_reload_is_stopped_goes_on_and_opens(open_app, page, console):
    console.allow("/training/_stcore/|does not seem to exist")  # a deep link, server cold
    long = "agreement,lstm,2,14,adam,0.03,1,1,1,10000"
    open_app(f"/training?train={long}")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_text(re.compile("Step [1-9][0-9]+ of 10000"))).to_be_visible()
    expect(page).to_have_url(re.compile("run_a="))
    page.reload()
    wait_until_idle(page)
    page.get_by_role("button", name="Stop", exact=True).click()
    stopped = page.get_by_text(re.compile("Stopped at step [1-9][0-9]+ of 10000"))
    expect(stopped).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_have_count(1)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(stopped).to_be_visible()
    page.get_by_role("button", name="Open as exercise").click()
    expect(page.get_by_role("heading", name="What a cell has learned")).to_be_visible()
    expect(page.get_by_text("Unit 1 keeps the number of the subject")).to_be_visible()
