"""The exercises that come with the lesson, and what their sources printed, right or wrong."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lstm_core.exercise.exercise import Exercise


@dataclass(frozen=True)
class Publication:
    """Where an exercise was published, and what stands there.

    `published[t]` maps names of time step t to the numbers, as they were printed; `notes` say what
    is wrong there, with the right number; `ours` names the arrays that the source does not give.
    """

    where: tuple[str, ...]
    kind: str
    published: tuple[Mapping[str, tuple[str, ...]], ...]
    notes: tuple[str, ...]
    ours: tuple[str, ...]


def _publication(entry: dict[str, Any]) -> Publication:
    frames = ({name: tuple(row) for name, row in frame.items()} for frame in entry["published"])
    return Publication(
        where=tuple(entry["where"]),
        kind=entry["kind"],
        published=tuple(MappingProxyType(frame) for frame in frames),
        notes=tuple(entry["notes"]),
        ours=tuple(entry["ours"]),
    )


_ENTRIES = json.loads(Path(__file__).with_name("presets.json").read_text("utf-8"))

PRESETS: Mapping[str, Exercise] = MappingProxyType(
    {key: Exercise.from_json(json.dumps(entry["exercise"])) for key, entry in _ENTRIES.items()}
)
PUBLICATIONS: Mapping[str, Publication] = MappingProxyType(
    {key: _publication(entry["publication"]) for key, entry in _ENTRIES.items()}
)
