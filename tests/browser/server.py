"""The app as its readers meet it: `streamlit run` in a process of its own, on the loopback."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS, STOP_SECONDS = 120, 10


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class Server:
    """One Streamlit script, served with the project's configuration."""

    def __init__(self, script: str | Path, root: Path = ROOT) -> None:
        self.script, self.root = str(script), root
        self._take_port()
        handle, name = tempfile.mkstemp(prefix="streamlit-", suffix=".log")
        os.close(handle)
        self.log_file = Path(name)
        self.process: subprocess.Popen[bytes] | None = None

    def _take_port(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Server":
        try:
            return self.start()
        except RuntimeError:  # somebody may have taken the port between our look and our start
            self._take_port()
            return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.log_file.unlink(missing_ok=True)

    def start(self) -> "Server":
        """Start, and return once the server says that it is well."""
        self.process = self._spawn()
        try:
            self._wait_until_healthy()
        except BaseException:
            self.stop()
            raise
        return self

    def _spawn(self) -> "subprocess.Popen[bytes]":
        """Run in the root, where Streamlit looks for .streamlit/config.toml."""
        options = {"port": self.port, "address": "127.0.0.1", "headless": "true"}
        flags = [f"--server.{name}={value}" for name, value in options.items()]
        command = [sys.executable, "-m", "streamlit", "run", self.script, *flags]
        with self.log_file.open("ab") as log:
            return subprocess.Popen(
                command, cwd=self.root, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self.alive and not self._is_ready() and time.monotonic() < deadline:
            time.sleep(0.1)
        if not (self.alive and self._is_ready()):
            raise RuntimeError(f"{self.script} did not start:\n{self.log()}")

    def _is_ready(self) -> bool:
        """Whether it is well, and has said where it is: the last that it does to start."""
        return self._healthy() and "URL" in self.log()

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    @property
    def alive(self) -> bool:
        """Whether the process that we started still runs."""
        return self.process is not None and self.process.poll() is None

    @property
    def pid(self) -> int:
        """The id of the running process."""
        if self.process is None:
            raise RuntimeError(f"{self.script} is not being served")
        return self.process.pid

    def stop(self) -> None:
        """End the process that we started, and no other."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def restart(self) -> None:
        """Forget every session: a new process at the same address, as after a deployment."""
        self.stop()
        self.start()

    def log(self) -> str:
        """Return what the server has written so far."""
        return self.log_file.read_text("utf-8", errors="replace")
