"""Where a room opens a link: 127.0.0.1 is this computer alone, and a telephone needs its address.

Every link that leaves the screen (a QR code, a worksheet, a table of codes) is made here, so that
all of them say the same address, and each page can warn where it would lead nowhere.
"""

import re
import socket
from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from lstm_core.lesson.words import words
from lstm_ui.session.session import Session

WORDS = words("room")
LONGEST = 200  # characters of an address that are read
PROBLEM = "room"  # where the session keeps what is wrong with the address that was typed
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\]")
_PATH = re.compile(r"[A-Za-z0-9/._~-]*")
_FAR_AWAY = ("192.0.2.1", 9)  # kept for documents: nothing is sent there, only the way is looked up
_PATIENCE = 0.3  # seconds


def outward(session: Session, here: str | None) -> str | None:
    """Return the address that links for others begin with: the one for the room, else `here`."""
    return session.room or here


def is_local(href: str) -> bool:
    """Tell whether an address leads to the computer that asks, whichever that is."""
    name = _split(href).hostname or ""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    with suppress(ValueError):
        return (found := ip_address(name)).is_loopback or found.is_unspecified
    return False


def warning(href: str) -> str:
    """Return why nobody else can open this address; nothing where all is well."""
    if not is_local(href):
        return ""
    return WORDS.text("local", "warning", {"host": _split(href).netloc})


def on_network(here: str) -> str:
    """Return the app's address for others on this network; empty where it cannot be reached.

    `here` is any address of the app: of its path, all but the last part is kept.
    """
    split = _split(here)
    port = split.port or (443 if split.scheme == "https" else 80)
    name = address_on_network()
    with suppress(OSError):
        if name:
            socket.create_connection((name, port), _PATIENCE).close()
            path = split.path.rpartition("/")[0]
            return f"{split.scheme or 'http'}://{name}{_port(split)}{path}"
    return ""


def address_on_network() -> str:
    """Return this computer's own address on its network; empty where it is on none."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        way.connect(_FAR_AWAY)
        name = str(way.getsockname()[0])
        return "" if is_local(f"http://{name}") else name
    return ""


def settle(session: Session, text: str, here: str) -> None:
    """Make what was typed the address for the room, or keep why it is none; empty takes it away."""
    session.problems = {}
    try:
        session.room = parse_address(text, here) if text.strip() else ""
    except ValueError as error:
        session.problems = {PROBLEM: str(error)}


def parse_address(text: str, here: str) -> str:
    """Return a typed address as links begin with it: https://lstm.example.org, http://10.0.0.5:8501

    A name alone has the port that the app has `here`. Raises ValueError, in one plain sentence,
    for anything but a host, with a port or not, or an address of http or https.
    """
    typed = text.strip()
    whole = typed if "://" in typed else f"http://{typed}"
    split = _split(whole) if len(typed) <= LONGEST else _split("")
    if not _is_address(split):
        raise ValueError(WORDS.text("typed", "problem", {"text": _shortened(typed)}))
    port = _port(split) if split.port or "://" in typed else _port(_split(here))
    name = f"[{split.hostname}]" if ":" in (split.hostname or "") else split.hostname
    return f"{split.scheme}://{name}{port}{split.path.rstrip('/')}"


def _is_address(split: SplitResult) -> bool:
    host = split.netloc.rpartition(":")[0] if _port(split) else split.netloc
    return bool(
        split.scheme in ("http", "https")
        and _HOST.fullmatch(host)
        and _PATH.fullmatch(split.path)
        and not (split.query or split.fragment)
    )


def _split(address: str) -> SplitResult:
    """Take an address apart; what is none is empty."""
    try:
        split = urlsplit(address)
        _ = split.port, split.hostname  # a port beyond 65535 is found only now
        return split
    except ValueError:
        return urlsplit("")


def _port(split: SplitResult) -> str:
    return f":{split.port}" if split.port else ""


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
