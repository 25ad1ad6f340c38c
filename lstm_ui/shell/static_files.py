"""Files for the browser: copied once, at start-up, to where Streamlit serves them.

Each copy's name holds a hash of what is in it, so a browser may keep it and never has a stale one.
Plotly's script comes from the installed package: nothing is fetched from elsewhere.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import plotly

from lstm_core.lesson.stages import stylesheet

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "assets"
STATIC = ROOT / "static"  # served because of server.enableStaticServing
URL = "app/static"
STYLES = "styles.css"
NOTHING: Mapping[str, str] = {}


def _hash(paths: list[Path], written: Mapping[str, str] = NOTHING) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + path.read_bytes())
    for name, text in written.items():
        digest.update(name.encode() + text.encode())
    return digest.hexdigest()[:12]


def _publish(name: str, source: Path, written: Mapping[str, str] = NOTHING) -> str:
    """Copy a file or folder to STATIC in one atomic move: several servers may start at once.

    `written` are files of a folder that are not copied as they are: names, and what is in them.
    """
    target = STATIC / name
    if not target.exists():
        STATIC.mkdir(exist_ok=True)
        draft = Path(mkdtemp(dir=STATIC)) / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, draft)
        for file, text in written.items():
            (draft / file).write_text(text, "utf-8")
        with suppress(OSError):  # another server may have been first
            os.replace(draft, target)
        shutil.rmtree(draft.parent, ignore_errors=True)
    return f"{URL}/{name}"


@cache
def assets_url() -> str:
    """Return the address of the folder that holds our own scripts and styles."""
    files = sorted(path for path in ASSETS.rglob("*") if path.is_file())
    written = {STYLES: _all_styles()}
    return _publish(f"assets-{_hash(files, written)}", ASSETS, written)


def _all_styles() -> str:
    """Return the styles with those that they import in place: the browser asks once, not 18 times.

    stages.css is no file: the colours of the stages have their one table in Python.
    """

    def imported(found: re.Match[str]) -> str:
        name = found[1]
        return stylesheet() if name == "stages.css" else (ASSETS / name).read_text("utf-8")

    return re.sub(r'@import url\("(.+)"\);', imported, (ASSETS / STYLES).read_text("utf-8"))


@cache
def plotly_url() -> str:
    """Return the address of plotly.js, of the version that the Python package draws for."""
    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    return _publish(f"plotly-{_hash([script])}.min.js", script)


def loader(script: str) -> str:
    """Return a component's inline script: three lines, so that a rerun does not re-send a file."""
    return f"""
const module = import(new URL("{assets_url()}/{script}", document.baseURI));
export default async (component) => (await module).render(component);
"""
