"""The one kind of error that a person can cause, and that is shown without a traceback.

Every message answers three questions: what was wrong, where (file, line, key), and what to do about it.
"""

from __future__ import annotations

#: What a person reads whenever a study stops before its end.
KEPT = "What was measured is kept; go on with: python -m reportgen run --resume latest"


class ReportgenError(Exception):
    """A problem that the person at the keyboard can understand and mend.

    The command line catches it in one place, prints it and ends with exit code 2; everything that was measured before stays on disk.
    """


class DamagedRecordError(ReportgenError):
    """A record on disk cannot be read back: truncated, altered, or written by an unknown schema version."""
