"""Running the control workload beside a study: in a process of its own, as trials are, and never fatal to the night."""

from __future__ import annotations

import json
from collections.abc import Callable

from reportgen.processes import ask_module
from reportgen.records.night import Control

MODULE = "reportgen.nightly.control"
# A hundred times what it takes: whatever needs longer measures nothing any more.
TIMEOUT_S = 300.0
#: Whatever runs the control workload; ``None`` where it could not be run.
ControlRunner = Callable[[], Control | None]


def run_control() -> Control | None:
    """Run the control workload, and return its times; ``None`` where it fails, since a night without it is still a night."""
    answer = ask_module(MODULE, timeout_s=TIMEOUT_S)
    if answer.trouble is not None:
        return None
    found = json.loads(answer.output)
    return Control(key=found["key"], seconds=tuple(found["seconds"]))


def joined(before: Control | None, after: Control | None) -> Control | None:
    """Return both measurements as one, where both were made by the same work."""
    if before is None or after is None or before.key != after.key:
        return before or after
    return Control(key=before.key, seconds=(*before.seconds, *after.seconds))
