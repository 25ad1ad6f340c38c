"""`lstm-explainer`: the app on this computer, or for a room, without the internet.

For a room it says the address that others open, and shows it as a QR code in the terminal.
"""

import argparse
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

import segno

from lstm_ui.house import HOUSE, IMPORTS
from lstm_ui.shell.room import address_on_network

HERE, EVERYWHERE, PORT = "127.0.0.1", "0.0.0.0", 8501
_TRIED = 20  # ports, from the first on


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the app and wait until it ends; return its exit code."""
    options = parser().parse_args(arguments)
    port = options.port or free_port(PORT)
    host = address_on_network() if options.room else HERE
    if not host:
        print("This computer is on no network: only a browser on it can open the app.")
        host = HERE
    print(greeting(f"http://{host}:{port}", options.room and host != HERE), flush=True)
    return start(command(options, host, port))


def start(command: list[str]) -> int:
    """Run the server in the folder where it finds its settings; return its exit code."""
    os.chdir(HOUSE)
    if os.name == "posix":  # in the place of this process, so that whoever ends it ends the server
        os.execve(command[0], command, environment())
    with suppress(KeyboardInterrupt):
        return subprocess.call(command, env=environment())
    return 0


def parser() -> argparse.ArgumentParser:
    """Return what can be said on the command line."""
    found = argparse.ArgumentParser(
        prog="lstm-explainer", description="An LSTM, step by step, on your own numbers."
    )
    room = "let everybody on this network open it, and show the address as a QR code"
    found.add_argument("--room", action="store_true", help=room)
    found.add_argument("--port", type=int, help=f"the port; else the first free one from {PORT} on")
    found.add_argument("--quiet", action="store_true", help="open no browser here")
    return found


def command(options: argparse.Namespace, host: str, port: int) -> list[str]:
    """Return how Streamlit is started."""
    flags = {
        "server.port": port,
        "server.address": EVERYWHERE if options.room else HERE,
        "server.headless": str(options.quiet).lower(),
        # What the browser here opens: links and codes begin with it.
        "browser.serverAddress": host,
    }
    said = [f"--{name}={value}" for name, value in flags.items()]
    return [sys.executable, "-m", "streamlit", "run", str(HOUSE / "app.py"), *said]


def environment() -> dict[str, str]:
    """Return the environment, in which the app finds its own packages first."""
    paths = [str(IMPORTS), *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths)}


def free_port(first: int) -> int:
    """Return the first port from `first` on that nobody listens on; `first` if all are taken."""
    for port in range(first, first + _TRIED):
        with suppress(OSError), socket.create_server((EVERYWHERE, port)):
            return port
    return first


def greeting(address: str, for_room: bool) -> str:
    """Return what the terminal says: the address and, for a room, its code."""
    if not for_room:
        return f"\n  The LSTM explainer: {address}\n\n  Ctrl+C ends it.\n"
    code = segno.make(address, error="l")
    return (
        f"\n  For everybody in this room: {address}\n\n{_blocks(code)}\n"
        "  A telephone that is on the same network opens it with its camera. Ctrl+C ends it.\n"
    )


def _blocks(code: segno.QRCode) -> str:
    """Return a code as text: two rows of dots in a line, dark on a light frame."""
    rows = [list(row) for row in code.matrix_iter(border=2)]
    rows += [[0] * len(rows[0])] * (len(rows) % 2)
    signs = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return "\n".join(
        "  " + "".join(signs[a, b] for a, b in zip(*pair, strict=True)) for pair in pairs
    )


if __name__ == "__main__":
    sys.exit(main())
