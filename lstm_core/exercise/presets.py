"""The exercises that come with the lesson, and what their sources printed, right or wrong."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lstm_core.exercise.exercise import Exercise
from lstm_core.trace import Address


@dataclass(frozen=True)
class Publication:
    """Where an exercise was published, and what stands there.

    `published[t]` maps names of time step t to the numbers, as they were printed; `notes` say what
    is wrong there, with the right number; `ours` names the arrays that the source does not give.
    `story` tells what is to be seen, with the numbers of the trace, `seen` is where to look, and
    `page` is the name of the page that shows it best; most exercises have none of these.
    """

    where: tuple[str, ...]
    kind: str
    published: tuple[Mapping[str, tuple[str, ...]], ...]
    notes: tuple[str, ...]
    ours: tuple[str, ...]
    story: str = ""
    seen: Address | None = None
    page: str = "through_time"


def _publication(entry: dict[str, Any]) -> Publication:
    frames = ({name: tuple(row) for name, row in frame.items()} for frame in entry["published"])
    return Publication(
        where=tuple(entry["where"]),
        kind=entry["kind"],
        published=tuple(MappingProxyType(frame) for frame in frames),
        notes=tuple(entry["notes"]),
        ours=tuple(entry["ours"]),
        story=entry.get("story", ""),
        # In the file people count time steps from 1, as everywhere.
        seen=Address(entry["seen"]["step"], entry["seen"]["t"] - 1) if "seen" in entry else None,
        page=entry.get("page", "through_time"),
    )


def _entries(file: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(__file__).with_name(file).read_text("utf-8"))
    return found


# What was published or has a lesson's plain numbers; then what shows one behaviour, of the cell and
# of its gradients, with its story; then the other cells of the family.
_FILES = ("presets.json", "behaviours.json", "gradients.json", "family.json")
_ENTRIES = {key: entry for file in _FILES for key, entry in _entries(file).items()}

PRESETS: Mapping[str, Exercise] = MappingProxyType(
    {key: Exercise.from_json(json.dumps(entry["exercise"])) for key, entry in _ENTRIES.items()}
)
PUBLICATIONS: Mapping[str, Publication] = MappingProxyType(
    {key: _publication(entry["publication"]) for key, entry in _ENTRIES.items()}
)
