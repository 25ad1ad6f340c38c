"""What the tests of pages share: the app opened as a reader opens it, by an address."""

import json
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
ALL = "pages/learn/all_steps.py"


def opened(page=None, **address):
    """Open the app at an address, on the step-by-step page or on another."""
    app = AppTest.from_file(ROOT / "explainer.py", default_timeout=60)
    for key, text in address.items():
        app.query_params[key] = text
    if page:
        app.switch_page(page)
    return app.run()


def moved(app, **address):
    """Go to another place by the address bar, as Back does."""
    for key, text in address.items():
        app.query_params[key] = text
    return app.run()


def session(app):
    assert not app.exception, app.exception
    return app.session_state["session"]


def payload(app, key):
    """The data that a component of the page was given."""
    assert not app.exception, app.exception
    return json.loads(app.get_by_key(key).proto.json)


def button(app, words):
    (found,) = (one for one in app.button if words in one.label)
    return found
