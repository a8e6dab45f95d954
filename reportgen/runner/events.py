"""The diary of a trial: a file of JSON lines that the child appends to and the parent may read while it grows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from reportgen.records import Epoch, Record

FILE_NAME = "events.jsonl"


class Event(Record):
    """Something that happened in a trial: a phase began, or an epoch ended."""

    event: Literal["phase", "epoch"]
    name: str = ""
    epoch: Epoch | None = None
    planned_epochs: int = 0


def append(folder: Path, event: Event) -> None:
    """Add one line; a line is written whole or, if the process dies, is the last one."""
    with (folder / FILE_NAME).open("a", encoding="utf-8") as stream:
        stream.write(event.model_dump_json(exclude_defaults=True) + "\n")


class Follower:
    """Reads the events that were added since the last look."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._offset = 0

    def new_events(self) -> tuple[Event, ...]:
        """Return the events of complete new lines; a line that is not an event is passed over, since this is for display only."""
        try:
            with self._path.open("rb") as stream:
                stream.seek(self._offset)
                data = stream.read()
        except OSError:
            return ()
        complete = data[: data.rfind(b"\n") + 1]
        self._offset += len(complete)
        return tuple(event for line in complete.splitlines() if (event := parse(line)) is not None)


def parse(line: bytes) -> Event | None:
    """Return the event of a line, or ``None``."""
    try:
        data: dict[str, Any] = json.loads(line)
        return Event.model_validate(data)
    except (ValueError, ValidationError):
        return None
