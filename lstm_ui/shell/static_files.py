"""Files for the browser: copied once, at start-up, to where Streamlit serves them.

Each copy's name holds a hash of what is in it, so a browser may keep it and never has a stale one.
Plotly's script comes from the installed package: nothing is fetched from elsewhere.
"""

import hashlib
import os
import shutil
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import plotly

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "assets"
STATIC = ROOT / "static"  # served because of server.enableStaticServing
URL = "app/static"


def _hash(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _publish(name: str, source: Path) -> str:
    """Copy a file or folder to STATIC in one atomic move: several servers may start at once."""
    target = STATIC / name
    if not target.exists():
        STATIC.mkdir(exist_ok=True)
        draft = Path(mkdtemp(dir=STATIC)) / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, draft)
        with suppress(OSError):  # another server may have been first
            os.replace(draft, target)
        shutil.rmtree(draft.parent, ignore_errors=True)
    return f"{URL}/{name}"


@cache
def assets_url() -> str:
    """Return the address of the folder that holds our own scripts and styles."""
    files = sorted(path for path in ASSETS.rglob("*") if path.is_file())
    return _publish(f"assets-{_hash(files)}", ASSETS)


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
