"""Who hears what happens in a study."""

from __future__ import annotations

from typing import Protocol

from reportgen.records import Spec
from reportgen.runner.events import Event
from reportgen.runner.trial import Result
from reportgen.runs import Run


class Reporter(Protocol):
    """Whoever shows the progress of a study."""

    def study_begins(self, run: Run, trials: int) -> None:
        """Hear how many trials the run needs when none fails."""

    def trial_was_done(self, spec: Spec) -> None:
        """Hear of a trial that an earlier process has measured."""

    def trial_begins(self, spec: Spec) -> None:
        """Hear of a trial before its process is started."""

    def event(self, spec: Spec, event: Event) -> None:
        """Hear what happens in the trial that runs now."""

    def trial_ends(self, spec: Spec, result: Result) -> None:
        """Hear how a trial went."""

    def notice(self, text: str) -> None:
        """Hear a sentence that a person must read."""
