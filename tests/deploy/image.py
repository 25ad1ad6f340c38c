"""deploy/Dockerfile done without a container engine: its steps, in a folder that is the image's /.

What a machine without an engine cannot have is the base image: /opt/venv is the Python that runs
the tests, with the packages that it has. Everything else is done as it is written there.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.server import ROOT, Server

FILE = ROOT / "deploy" / "Dockerfile"
PYTHON = "/opt/venv/bin/python"
BY_ENGINE = ("-m venv /opt/venv", "pip install")  # steps that make what we have already
IN_IMAGE = ("/app", "/tmp")  # its folders that the steps name
_FOLDER = re.compile(rf"(?<![\w./-])({'|'.join(IN_IMAGE)})\b")


def instructions(text: str) -> list[tuple[str, str]]:
    """Return each instruction with its arguments, in order."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    pairs = [line.split(maxsplit=1) for line in lines]
    return [(word, arguments) for word, arguments in pairs]


@dataclass
class Image:
    """What the steps have made: a folder, and how the app starts from it."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    user: str = "root"
    command: list[str] = field(default_factory=list)
    healthy: list[str] = field(default_factory=list)

    def inside(self, text: str) -> str:
        """Return a command or path of the image as it is on this machine."""
        # The tests' own Python is put in last: it may itself lie below /tmp or /app.
        parts = (_FOLDER.sub(rf"{self.root}\g<0>", part) for part in text.split(PYTHON))
        return sys.executable.join(parts)

    def run(self, line: str) -> None:
        """Do one RUN; what an engine would fetch, the tests' own Python has."""
        if not any(known in line for known in BY_ENGINE):
            subprocess.run(shlex.split(self.inside(line)), cwd=self.root / "app", check=True)

    def copy(self, arguments: str) -> None:
        """Do one COPY, from the repository as a clone has it."""
        source, target = arguments.split()
        into = Path(self.inside(target))
        for path in ROOT.glob(source) if "*" in source else [ROOT / source]:
            if path.is_dir():
                shutil.copytree(path, into)
            else:
                into.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, into / path.name if target.endswith("/") else into)

    def do(self, word: str, arguments: str) -> None:
        """Do one instruction."""
        if word == "RUN":
            self.run(arguments)
        elif word == "COPY" and not arguments.startswith("--from=made"):
            self.copy(arguments)
        elif word == "ENV":
            name, _, value = arguments.partition("=")
            self.environment[name] = self.inside(value)
        elif word == "USER":
            self.user = arguments
        elif word == "CMD":
            self.command = [self.inside(part) for part in json.loads(arguments)]
        elif word == "HEALTHCHECK":
            self.healthy = json.loads(arguments[arguments.index("CMD ") + 4 :])


def built(root: Path) -> Image:
    """Do all steps below `root`; then nobody may write there, but to /tmp."""
    image = Image(root)
    for folder in IN_IMAGE:
        (root / folder.strip("/")).mkdir(parents=True)
    for word, arguments in instructions(FILE.read_text("utf-8")):
        image.do(word, arguments)
    for path in [root / "app", *(root / "app").rglob("*")]:
        path.chmod(path.stat().st_mode & 0o555)
    (root / "tmp").chmod(0o777)
    return image


def as_its_user(image: Image) -> list[str]:
    """Return how a command is begun as the user of the image, where we may become another one.

    It may read what root may, since the tests' Python may lie in root's own folders, and may write
    only what is open to everybody.
    """
    if os.name != "posix" or os.geteuid() != 0:
        return []
    user, group = image.user.split(":")
    may_read = ["--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"]
    return ["setpriv", "--reuid", user, "--regid", group, "--clear-groups", *may_read]


class Replica(Server):
    """The app, started from an image as an engine starts it, on a port of its own."""

    def __init__(self, image: Image) -> None:
        super().__init__("app.py", image.root / "app")
        self.image = image

    def _spawn(self) -> "subprocess.Popen[bytes]":
        given = {"STREAMLIT_SERVER_PORT": str(self.port), "STREAMLIT_SERVER_ADDRESS": "127.0.0.1"}
        own = {"PATH": os.environ["PATH"], "TMPDIR": str(self.image.root / "tmp")}
        with self.log_file.open("ab") as log:
            return subprocess.Popen(
                [*as_its_user(self.image), *self.image.command],
                cwd=self.root,
                env=own | self.image.environment | given,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
