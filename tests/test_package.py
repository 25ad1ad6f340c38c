"""The installed package holds all that the app needs, and its command starts it anywhere."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile

import pytest
from packaging.requirements import Requirement
from playwright.sync_api import expect

from lstm_ui import launch
from tests.browser.idle import wait_until_idle
from tests.browser.server import ROOT, free_port

SCRIPTS = ("app.py", "explainer.py")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a folder in which the built package lies as it would among other packages."""
    folder = tmp_path_factory.mktemp("package")
    build = [sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-q", "-w", folder], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_its_requirements_are_those_of_the_app():
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    wanted = [line.split("#")[0].strip() for line in lines]
    assert PROJECT["dependencies"] == [line for line in wanted if line]


def test_it_holds_every_page_asset_and_module(installed):
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    every = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in every.split():
        if name.startswith(("lstm_core/", "lstm_files/", "lstm_ui/")):
            assert (installed / name).is_file(), name
        if name in SCRIPTS or name.startswith(("pages/", "assets/", ".streamlit/")):
            assert (installed / "lstm_ui" / "app" / name).is_file(), name


def test_it_starts_from_anywhere_and_shows_the_first_page(installed, browser, tmp_path):
    environment = os.environ | {"PYTHONPATH": str(installed)}
    port = free_port()
    command = [sys.executable, "-m", "lstm_ui.launch", "--quiet", "--port", str(port)]
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log) as app,
    ):
        try:
            page = browser.new_page()
            open_when_ready(page, f"http://127.0.0.1:{port}/")
            expect(page.get_by_role("heading", name="Step by step")).to_be_visible()
            assert [*(installed / "lstm_ui" / "app" / "static").glob("assets-*")]
            page.close()
        finally:
            app.terminate()
    said = (tmp_path / "log").read_text("utf-8")
    assert f"http://127.0.0.1:{port}" in said
    assert "Traceback" not in said


def open_when_ready(page, address):
    """Open the app as soon as it answers."""
    for _ in range(120):
        try:
            page.goto(address)
            break
        except Exception:
            page.wait_for_timeout(500)
    wait_until_idle(page)


def test_for_a_room_it_listens_everywhere_and_its_links_have_the_networks_address(monkeypatch):
    started = []
    monkeypatch.setattr(launch, "address_on_network", lambda: "192.0.2.7")
    monkeypatch.setattr(launch, "start", lambda command: started.append(command) or 0)
    assert launch.main(["--room", "--port", "8600", "--quiet"]) == 0
    (command,) = started
    assert "--server.address=0.0.0.0" in command
    assert "--browser.serverAddress=192.0.2.7" in command
    assert "--server.port=8600" in command


def test_without_a_room_nobody_else_can_open_it(monkeypatch):
    started = []
    monkeypatch.setattr(launch, "start", lambda command: started.append(command) or 0)
    launch.main(["--port", "8600"])
    assert "--server.address=127.0.0.1" in started[0]


def test_on_no_network_it_says_so_and_starts_here(monkeypatch, capsys):
    monkeypatch.setattr(launch, "address_on_network", lambda: "")
    monkeypatch.setattr(launch, "start", lambda command: 0)
    launch.main(["--room", "--port", "8600"])
    assert "on no network" in capsys.readouterr().out


def test_the_code_in_the_terminal_is_the_address():
    said = launch.greeting("http://192.0.2.7:8501", True)
    dots = [line[2:] for line in said.splitlines() if re.match("  [█▀▄ ]+$", line)]
    rows = [[(sign in " ▄") if upper else (sign in " ▀") for sign in line]
            for line in dots for upper in (True, False)]  # fmt: skip
    code = launch.segno.make("http://192.0.2.7:8501", error="l")
    wanted = [[bool(dot) for dot in row] for row in code.matrix_iter(border=2)]
    assert rows[: len(wanted)] == wanted


def locked():
    """The packages of requirements.lock: the version of each, and how many hashes it has."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    found = re.findall(
        r"^([a-z0-9.-]+)==(\S+) \\((?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+)", text, re.M
    )
    return {name: (version, hashes.count("--hash")) for name, version, hashes in found}


def test_the_lock_holds_every_requirement_within_its_range_with_hashes():
    found = locked()
    text = (ROOT / "requirements.lock").read_text("utf-8")
    assert len(found) == len(re.findall(r"^\S+==", text, re.M))
    for line in PROJECT["dependencies"]:
        wanted = Requirement(line)
        version, hashes = found[wanted.name]
        assert wanted.specifier.contains(version), line
        assert hashes
    assert "://" not in text  # whoever installs has an index of their own
