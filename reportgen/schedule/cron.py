"""cron: one line that holds everything, between two comments by which it is found again."""

from __future__ import annotations

import shlex

from reportgen.errors import ReportgenError
from reportgen.schedule.job import LOCK, Job, UnitFile
from reportgen.schedule.shell import notice

# Of Vixie's cron, which Debian and the BSDs have; a longer line is an error when it is read.
LONGEST_COMMAND = 998
# The night before is still running: an exit code that no verb uses.
STILL_RUNNING = 75


def files(job: Job) -> tuple[UnitFile, ...]:
    """Return the entry of a crontab."""
    return (UnitFile(name=f"{job.name}.cron", place="a line of: crontab -e", text=entry(job)),)


def entry(job: Job) -> str:
    """Return the entry with its two comments."""
    begin, end = markers(job)
    return f"{begin}\n{job.minute} {job.hour} * * * {command(job)}\n{end}\n"


def markers(job: Job) -> tuple[str, str]:
    """Return the comments between which the entry stands."""
    return f"# begin {job.name}: {job.description}", f"# end {job.name}"


def command(job: Job) -> str:
    """Return the command: the lock is held by flock, which closes it for what it starts, so that no process left behind keeps it.

    What it prints is mailed by cron, so a good night prints nothing. A per cent sign would end the command unless it is escaped.
    """
    settings = "".join(f"{name}={shlex.quote(value)} " for name, value in job.variables.items())
    still = f"[ $code -ne {STILL_RUNNING} ] || echo the night before is still running"
    run = f"{settings}flock -n -o -E {STILL_RUNNING} {LOCK} {shlex.join(job.command)} >> {job.log.name} 2>&1"
    told = f" | {{ {job.notify}; }}" if job.notify else ""
    line = f"cd {shlex.quote(str(job.folder))} && {{ {run}; code=$?; [ $code -eq 0 ] || {{ {still}; {notice(job)}; }}{told}; }}".replace("%", "\\%")
    if len(line) > LONGEST_COMMAND:
        raise ReportgenError(
            f"The entry for cron would have {len(line)} characters, and cron takes {LONGEST_COMMAND}. Choose a folder with a shorter path, schedule "
            "with a shorter PATH, or take another scheduler with --print or --install."
        )
    return line


def with_entry(crontab: str, job: Job) -> str:
    """Return a crontab in which the job stands once, whatever it held before."""
    kept = without_entry(crontab, job)
    return f"{kept}{'' if kept.endswith(chr(10)) or not kept else chr(10)}{entry(job)}"


def without_entry(crontab: str, job: Job) -> str:
    """Return a crontab without the job; everything else stays as it is, a begin without its end too."""
    begin, end = markers(job)
    lines = crontab.splitlines(keepends=True)
    first = next((place for place, line in enumerate(lines) if line.startswith(begin.partition(":")[0] + ":")), None)
    if first is None:
        return crontab
    last = next((place for place, line in enumerate(lines[first:], first) if line.rstrip("\n") == end), None)
    if last is None:
        raise ReportgenError(f"The crontab has the line {begin!r} without {end!r}. Mend it with: crontab -e")
    return "".join(lines[:first] + lines[last + 1 :])
