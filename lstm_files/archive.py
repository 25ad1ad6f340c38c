"""Zip archives that are the same bytes for the same content, whenever and wherever made."""

import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that a zip archive can tell
_UNIX = 3
_PLAIN_FILE = 0o600 << 16


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a compressed zip archive of these files, in this order."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system, info.external_attr = _UNIX, _PLAIN_FILE
            target.writestr(info, content, zipfile.ZIP_DEFLATED)
    return written.getvalue()
