"""The guide to the app itself, for the browser: the dialog behind "?", and the stops of the tour.

It is the same for everybody, so it is a file beside the scripts (shell/static_files.py), and which
stops a reader has seen is kept in the browser alone.
"""

import json

from lstm_core.lesson.words import words
from lstm_ui.sheet.letters import readable

WORDS = words("guide")
# What each stop points at, as the sheet's scripts build it on the page Step by step.
STOPS = {
    "type": ".sheet .equation input.number",
    "drag": ".sheet .equation input.number",
    "paste": ".sheet .equation [data-matrix]:has(input)",
    "click": ".sheet .equation > :last-child .number",
    "ripple": ".sheet .ripple",
    "next": '.sheet [data-walk="1"]',
    "predict": 'nav.menu a[data-page="lecture"]',
    "share": '.sheet [data-act="share"]',
}


def as_json() -> str:
    """Return all that the scripts in assets/shell show of it."""
    rows = [[want, readable(WORDS.text("rows", want))] for want in WORDS.texts["rows"]]
    stops = [
        {
            "at": selector,
            "title": WORDS.text("stops", f"{name} title"),
            "text": readable(WORDS.text("stops", name)),
        }
        for name, selector in STOPS.items()
    ]
    counts = [
        WORDS.text("tour", "count", {"step": k, "steps": len(stops)})
        for k in range(1, len(stops) + 1)
    ]
    guide = {
        "help": {**WORDS.texts["help"], "rows": rows},
        "tour": {**WORDS.texts["tour"], "counts": counts, "stops": stops},
    }
    return json.dumps(guide, ensure_ascii=False)
