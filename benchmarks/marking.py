"""How well are mistakes named? Sheets with one known mistake each, worked out without the table.

Run `python benchmarks/marking.py` from the root of the repository (`--problems 10000` for the
whole of it). It exits 1 if right work is called wrong, or if a rate misses its requirement.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.core.marking.tables import report


def main() -> int:
    """Print every table; return 1 if a requirement is missed, as an exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--problems", type=int, default=200)
    return int(not report(parser.parse_args().problems))


if __name__ == "__main__":
    sys.exit(main())
