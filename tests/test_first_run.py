"""The app started as whoever has just cloned it starts it: it may print no warning."""

import re
import shutil
import subprocess

from tests.browser.server import ROOT, Server


def clone(target):
    """Copy what a clone holds: every file that git has, or would take."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    return target


def test_the_first_run_of_a_clone_prints_no_warning(tmp_path, monkeypatch):
    (home := tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(home))  # nobody has run Streamlit on this machine yet
    fresh = clone(tmp_path / "clone")
    assert [path.name for path in (fresh / "static").iterdir()] == [".gitignore"]
    with Server("app.py", fresh) as server:
        log = server.log()
    assert "URL" in log  # it has said where it is
    assert not re.search(r"warning|error|traceback|deprecat", log, re.IGNORECASE), log
