"""How a trial's process began, as its parent says."""

from __future__ import annotations

import os

from reportgen.records import Process

# "forked" from a process that had imported the framework; where nothing is said, the process is a new interpreter.
PROCESS_VARIABLE = "REPORTGEN_TRIAL_PROCESS"


def how_begun() -> Process:
    """Return how this process began."""
    return "forked" if os.environ.get(PROCESS_VARIABLE) == "forked" else "fresh"
