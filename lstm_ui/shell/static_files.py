"""Files for the browser: copied once, at start-up, to where Streamlit serves them.

Each copy's name holds a hash of what is in it, so a browser may keep it and never has a stale one.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from gzip import compress
from pathlib import Path
from tempfile import mkdtemp

from lstm_core.lesson.stages import stylesheet
from lstm_ui.glossary import terms
from lstm_ui.house import HOUSE
from lstm_ui.shell import guide
from lstm_ui.shell.one_script import one_script

ASSETS = HOUSE / "assets"
STATIC = HOUSE / "static"  # served because of server.enableStaticServing
URL = "app/static"
STYLES, SCRIPTS = "styles.css", "scripts.js"
ENTRIES = ("shell/menu.js", "sheet.js", "core/live_figure.js", "diagrams/cell_diagram.js")
TEXTS = (".js", ".css", ".json", ".svg")  # beside each lies itself, compressed
COMPRESSED = ".gz"
NOTHING: Mapping[str, str] = {}
_made: dict[str, tuple[Path | None, Mapping[str, str]]] = {}  # what this process has published


def _hash(paths: list[Path], written: Mapping[str, str] = NOTHING) -> str:
    digest = hashlib.sha256(COMPRESSED.encode())  # a folder without these is another one
    for path in paths:
        digest.update(path.name.encode() + path.read_bytes())
    for name, text in written.items():
        digest.update(name.encode() + text.encode())
    return digest.hexdigest()[:12]


def _publish(name: str, source: Path | None, written: Mapping[str, str] = NOTHING) -> str:
    """Copy a folder to STATIC in one atomic move: several servers may start at once.

    `written` are files in it that are not copied as they are: names, and what is in them.
    Without a source the folder holds these alone.
    """
    if not (STATIC / name).exists():
        STATIC.mkdir(exist_ok=True)
        drafts = Path(mkdtemp(dir=STATIC))
        try:
            _write(drafts / name, source, written)
            with suppress(OSError):  # another server may have been first
                os.replace(drafts / name, STATIC / name)
        finally:  # also where the disk is full
            shutil.rmtree(drafts, ignore_errors=True)
    _made[name] = source, written
    return f"{URL}/{name}"


def _write(folder: Path, source: Path | None, written: Mapping[str, str]) -> None:
    if source is None:
        folder.mkdir()
    else:
        shutil.copytree(source, folder)
    for file, text in written.items():
        (folder / file).write_text(text, "utf-8")
    for path in sorted(folder.rglob("*")):
        if path.suffix in TEXTS:
            path.with_name(path.name + COMPRESSED).write_bytes(compress(path.read_bytes(), mtime=0))


def restore() -> None:
    """Publish again what somebody has deleted meanwhile, if that is possible."""
    for name, (source, written) in [*_made.items()]:
        with suppress(OSError):
            _publish(name, source, written)


@cache
def assets_url() -> str:
    """Return the address of the folder that holds our own scripts and styles."""
    files = sorted(path for path in ASSETS.rglob("*") if path.is_file())
    written = {
        STYLES: _all_styles(),
        SCRIPTS: one_script(ASSETS, ENTRIES),
        "glossary.json": terms.as_json(),
        "guide.json": guide.as_json(),
    }
    return _publish(f"assets-{_hash(files, written)}", ASSETS, written)


def _all_styles() -> str:
    """Return the styles with those that they import in place: the browser asks once, not 18 times.

    stages.css is no file: the colours of the stages have their one table in Python.
    """

    def imported(found: re.Match[str]) -> str:
        name = found[1]
        return stylesheet() if name == "stages.css" else (ASSETS / name).read_text("utf-8")

    return re.sub(r'@import url\("(.+)"\);', imported, (ASSETS / STYLES).read_text("utf-8"))


def drawing_url(name: str, text: str) -> str:
    """Return the address of a drawing made here; only for one of a few, since its file stays."""
    file = f"{name}.svg"
    return f"{_publish(f'drawing-{_hash([], {file: text})}', None, {file: text})}/{file}"


def loader(script: str) -> str:
    """Return a component's inline script: three lines, so that a rerun does not re-send a file."""
    return f"""
const module = import(new URL("{assets_url()}/{SCRIPTS}", document.baseURI));
export default async (component) => (await module).scripts["{script}"].render(component);
"""
