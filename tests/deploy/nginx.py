"""The nginx of this machine, with deploy/nginx/nginx.conf on the loopback. Without one this fails.

`python -m tests.deploy.nginx` says which one the tests would take.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from tests.browser.server import ROOT, Server

CONFIG = ROOT / "deploy" / "nginx" / "nginx.conf"
REPLICAS = CONFIG.with_name("replicas.conf")
UNPACKED = ROOT / ".venv" / "nginx" / "usr" / "sbin" / "nginx"  # by scripts/test


def executable() -> str:
    """Return where nginx is: the one that NGINX_PATH names, the machine's, or the unpacked one."""
    named = os.environ.get("NGINX_PATH")
    for name in (named,) if named else ("nginx", "/usr/sbin/nginx", str(UNPACKED)):
        found = shutil.which(name)
        if found and subprocess.run([found, "-v"], capture_output=True).returncode == 0:
            return found
    raise RuntimeError("No nginx: install it or set NGINX_PATH. Its tests are never skipped.")


class Nginx(Server):
    """The configuration as it is, but for the port and the folder that it may write to."""

    def __init__(self, folder: Path) -> None:
        super().__init__("nginx.conf", folder)
        self.executable = executable()
        (folder / "tmp").mkdir()

    def write_config(self) -> None:
        """Write the configuration for the port that we have."""
        text = CONFIG.read_text("utf-8")
        here = {"/tmp/": f"{self.root}/tmp/", "listen 8080;": f"listen 127.0.0.1:{self.port};"}
        for given, ours in here.items():
            assert given in text
            text = text.replace(given, ours)
        (self.root / "nginx.conf").write_text(text, "utf-8")

    def list_replicas(self, *servers: str) -> None:
        """Write the list of replicas, each as "127.0.0.1:8501" or "127.0.0.1:8501 down"."""
        (given,) = re.findall("^server app:8501(.*);$", REPLICAS.read_text("utf-8"), re.MULTILINE)
        lines = [f"server {server}{given};\n" for server in servers]
        (self.root / "replicas.conf").write_text("".join(lines), "utf-8")

    def reload(self) -> None:
        """Read the list anew, as `nginx -s reload` does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGHUP)

    def _spawn(self) -> "subprocess.Popen[bytes]":
        self.write_config()
        # Beneath root, its workers would be nobody, who cannot enter the folder of a test.
        own = "daemon off; user root;" if os.geteuid() == 0 else "daemon off;"
        command = [self.executable, "-p", f"{self.root}/", "-c", "nginx.conf", "-g", own]
        with self.log_file.open("ab") as log:
            return subprocess.Popen([*command, "-e", "stderr"], stdout=log, stderr=log)

    def _is_ready(self) -> bool:
        return self._healthy()


def main() -> None:
    """Say which nginx the tests take, or why there is none."""
    try:
        print(executable())
    except RuntimeError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
