"""The notice of a bad night as a line of shell, which cron, launchd and systemd share."""

from __future__ import annotations

import shlex

from reportgen.schedule.job import NOTICE_LINES, Job


def notice_text(job: Job) -> str:
    """Return the shell word that says what happened; ``$code`` is the exit code."""
    before, after = shlex.quote(f"{job.description} ended with exit code "), shlex.quote(f" ({job.meanings}). The end of {job.log.name}:")
    return f'{before}"$code"{after}'


def notice(job: Job) -> str:
    """Return the commands that print a notice, with the end of the log; they run in the job's folder."""
    return f"{{ echo {notice_text(job)}; tail -n {NOTICE_LINES} {job.log.name}; }}"
