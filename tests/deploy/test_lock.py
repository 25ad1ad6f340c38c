"""requirements.lock holds one version of all that is needed, on each Python that is promised."""

import re
from importlib.metadata import PackageNotFoundError, requires

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.browser.server import ROOT

TEXT = (ROOT / "requirements.lock").read_text("utf-8")
LOCKED = {
    canonicalize_name(name): Version(version)
    for name, version in re.findall(r"^([\w.-]+)==(\S+) \\$", TEXT, re.MULTILINE)
}
WANTED = [
    Requirement(line.split("#")[0])
    for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    if line.split("#")[0].strip()
]
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text("utf-8"))
PYTHONS = WORKFLOW["jobs"]["test"]["strategy"]["matrix"]["python"]


def needs(requirement, python):
    """What a package needs on a Linux with this Python, as the installed one says."""
    try:
        said = map(Requirement, requires(requirement.name) or [])
    except PackageNotFoundError:  # only another Python needs it
        return []
    here = {"python_version": python, "python_full_version": f"{python}.0"}
    found = [here | {"extra": extra} for extra in ("", *requirement.extras)]
    return [
        need
        for need in said
        if not need.marker or any(need.marker.evaluate(each) for each in found)
    ]


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_has_all_that_what_it_has_needs(python):
    waiting, seen = [*WANTED], set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        assert name in LOCKED, f"{name} on Python {python}: run scripts/lock"
        assert requirement.specifier.contains(LOCKED[name], prereleases=True), str(requirement)
        if (key := (name, *sorted(requirement.extras))) not in seen:
            seen.add(key)
            waiting += needs(requirement, python)


def test_each_version_has_the_hashes_of_its_files():
    entries = re.split(r"^(?=\S+==)", TEXT, flags=re.MULTILINE)[1:]
    assert len(entries) == len(LOCKED) == TEXT.count("==")
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_workflow_has_every_python_that_the_app_is_promised_to_run_on():
    assert PYTHONS == ["3.11", "3.12", "3.13", "3.14"]
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_the_workflow_asks_for_known_weaknesses_of_what_is_locked():
    steps = [step.get("run", "") for step in WORKFLOW["jobs"]["audit"]["steps"]]
    assert any("pip_audit --requirement requirements.lock" in step for step in steps)
