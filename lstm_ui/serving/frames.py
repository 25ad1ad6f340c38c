"""Which sites may show the app in a frame of theirs, as a course page does with the embed code."""

import os
import re

FRAMES = "LSTM_EXPLAINER_FRAMES"
"""The environment's variable that names these sites.

Without it, only the app's own site may, and everybody may who adds `embed=true` to the address, as
the embed code in Share does. If it is set, the sites that it names may, with and without
`embed=true`: `https://moodle.example.edu https://*.example.org`. With `none`, nobody may.
"""

_SITE = re.compile(r"(https?://)?(\*\.)?[\w-]+(\.[\w-]+)*(:(\d+|\*))?|\*|https:", re.ASCII)
NOBODY = ["none"]


def sites() -> list[str]:
    """Return the sites that the environment names; empty where it says nothing.

    If any of them is no site, nobody may: it could be taken for another rule of the policy.
    """
    said = os.environ.get(FRAMES, "").split()
    return said if all(map(_SITE.fullmatch, said)) else NOBODY


def ancestors(embedded: bool) -> str:
    """Return who may show an answer, as its header says it; `embedded` with `embed=true`."""
    named = sites()
    if not named:
        return "*" if embedded else "'self'"
    return "'none'" if named == NOBODY else " ".join(["'self'", *named])
