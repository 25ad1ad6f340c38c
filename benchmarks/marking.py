"""How well is work marked? Right work of every kind, and sheets with one known slip each.

Run `python benchmarks/marking.py` from the root of the repository: some ten minutes, or with more
`--problems` for as long as you like. It prints a row for each requirement: what was measured, and
what it has to be. Each run draws fresh seeds, which were never used to tune anything, and prints
them; `--start` makes it again. `--codes` adds a table for each code: what is taken for what.
It exits 1 if a requirement is missed, and says which.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.core.marking.tables import report


def main() -> int:
    """Print every row; return 1 if a requirement is missed, as an exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--problems", type=int, default=100)
    parser.add_argument("--start", type=int, default=int(time.time()) % 10**8)
    parser.add_argument("--codes", action="store_true")
    asked = parser.parse_args()
    return int(not report(asked.problems, asked.start, asked.codes))


if __name__ == "__main__":
    sys.exit(main())
