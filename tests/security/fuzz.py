"""Search for bytes that break a reader of files: `python -m tests.security.fuzz h5 --minutes 10`.

atheris (`pip install atheris`) goes by which lines of our readers have been reached. What reaches a
new one is kept in the folder that --keep names, and what breaks a reader is written down beside it.
"""

import argparse
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["lstm_files", "lstm_core.frameworks"]):
    from tests.security import entrances


def main() -> None:
    """Fuzz one kind of file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=sorted(entrances.SEEDS))
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--keep", type=Path, default=Path("test-results/fuzz"))
    asked = parser.parse_args()
    folder = asked.keep / asked.kind
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sound").write_bytes(entrances.SEEDS[asked.kind])
    limits = [f"-max_total_time={round(60 * asked.minutes)}", "-timeout=20", "-rss_limit_mb=2048"]
    atheris.Setup([sys.argv[0], str(folder), *limits], entrances.of_file(asked.kind))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
