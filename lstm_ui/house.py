"""Where the app's own files lie: app.py, explainer.py, pages and assets.

In a clone that is the folder above this one. In an installed package they lie in a folder of this
one, so that they are nobody else's.
"""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
INSTALLED = _HERE / "app"
HOUSE = INSTALLED if INSTALLED.is_dir() else _HERE.parent
IMPORTS = _HERE.parent  # what a process of ours has to find its modules in
