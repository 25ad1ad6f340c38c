"""A process that trains one cell: settings come in as a line of JSON, reports go out line by line.

It knows nothing of the app, so it starts as fast as NumPy does. When nobody reads its reports any
more, the next one ends it.
"""

import base64
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from lstm_core.training.learning import Learner, Settings
from lstm_core.training.reports import Report, reports
from lstm_core.training.tasks.table import TASKS
from lstm_core.training.tasks.task import Batch, side_by_side

SECONDS, BYTES, NICE = 300, 1 << 30, 10  # of processor time, of memory; and after everybody else


def main() -> None:
    """Train as the first line of the input says, from the step on that it says."""
    _limit()
    order = json.loads(sys.stdin.readline())
    learner = Learner(Settings(**order["settings"]), own_sequences(order))
    for report in reports(learner):
        if report.step >= order["since"]:
            print(to_line(report), flush=True)


def own_sequences(order: Mapping[str, Any]) -> Batch | None:
    """Return the reader's own sequences, one in each text; None where there are none."""
    task = TASKS[order["settings"]["task"]]
    texts = order["own"]
    return side_by_side([task.read(text) for text in texts], task.answers) if texts else None


def to_order(settings: Settings, own: tuple[str, ...], since: int) -> str:
    """Return what a worker is told, as a line."""
    return json.dumps({"settings": asdict(settings), "own": own, "since": since}) + "\n"


def to_line(report: Report) -> str:
    """Return a report as a line of JSON; the parameters are exact."""
    values = base64.b64encode(report.values.astype("<f8").tobytes()).decode()
    return json.dumps({**vars(report), "norms": report.norms.tolist(), "values": values})


def from_line(line: str) -> Report:
    """Return the report that a line holds."""
    found = json.loads(line)
    values = np.frombuffer(base64.b64decode(found["values"]), "<f8")
    return Report(**{**found, "norms": np.array(found["norms"]), "values": values})


def _limit() -> None:
    """Let nobody wait for this process, and let it end by itself if it takes too much."""
    try:
        import resource
    except ImportError:  # pragma: no cover  # Windows: the pool's own time limit has to do
        return
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


if __name__ == "__main__":
    main()
