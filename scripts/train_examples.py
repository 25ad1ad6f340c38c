"""Train the cells that come with the app, and write assets/trained/.

Each follows from its settings alone. The parameters are rounded to two decimals, so that a person
can read them and so that the last bits, in which machines differ, do not matter; all that is said
of a cell holds for the rounded one.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lstm_core.training.examples import EXAMPLES, FOLDER, trained_text


def main() -> None:
    """Write the file of each example."""
    folder = ROOT / FOLDER
    folder.mkdir(exist_ok=True)
    for name in EXAMPLES:
        (folder / f"{name}.json").write_text(trained_text(name), "utf-8")
        print(f"{name}: done")


if __name__ == "__main__":
    main()
