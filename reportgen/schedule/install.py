"""Putting a unit in place for systemd or cron, and taking it away again: only what belongs to the job, and only the person's own."""

from __future__ import annotations

import getpass
import shutil
import subprocess
import sys

from reportgen.errors import ReportgenError
from reportgen.processes import output_of
from reportgen.schedule import cron, systemd
from reportgen.schedule.job import Job
from reportgen.storage import write_atomically

INSTALLED_BY_HAND = ("launchd", "windows", "github")


def asked(*command: str, given: str | None = None) -> str:
    """Return what a command printed; raises :class:`ReportgenError` with what it complained of where it failed."""
    try:
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    except OSError as error:
        raise ReportgenError(f"{command[0]} cannot be run: {error.strerror or error}. Take another scheduler with --print.") from error
    if done.returncode:
        reason = (done.stderr or done.stdout).strip() or f"exit code {done.returncode}"
        raise ReportgenError(f"{' '.join(command)} failed: {reason}. See docs/schedule.md for other ways.")
    return done.stdout


def usable_here() -> str:
    """Return systemd where it runs for this person, else cron; raises :class:`ReportgenError` where neither does."""
    if sys.platform == "linux" and output_of("systemctl", "--user", "show", "--property=Version"):
        return "systemd"
    if shutil.which("crontab"):
        return "cron"
    raise ReportgenError(
        "Neither systemd for this person nor cron runs here, so nothing was put in place. Write a unit for another scheduler: "
        "python -m reportgen schedule --at HH:MM --print launchd (or windows, or github)."
    )


def install(kind: str, job: Job) -> tuple[str, ...]:
    """Put the job in place, in the place of an earlier one, and return what was done, a line each."""
    return install_timer(job) if kind == "systemd" else install_entry(job)


def install_timer(job: Job) -> tuple[str, ...]:
    """Write the units, and start the timer."""
    if not output_of("systemctl", "--user", "show", "--property=Version"):
        raise ReportgenError("systemd does not run for this person here, so nothing was put in place. Take cron: --install cron")
    folder = systemd.units_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for file in systemd.files(job):
        write_atomically(folder / file.name, file.text.encode())
    asked("systemctl", "--user", "daemon-reload")
    asked("systemctl", "--user", "enable", f"{job.name}.timer")
    # A timer that was there already goes on with its old time until it is started anew.
    asked("systemctl", "--user", "restart", f"{job.name}.timer")
    said = [f"{folder / file.name}" for file in systemd.files(job)]
    if output_of("loginctl", "show-user", getpass.getuser(), "--property=Linger", "--value") != "yes":
        said.append("Without this, it runs only while you are logged in: loginctl enable-linger")
    return tuple(said)


def install_entry(job: Job) -> tuple[str, ...]:
    """Put the entry into the person's crontab."""
    write_crontab(cron.with_entry(crontab(), job))
    return ("An entry in your crontab; see it with: crontab -l",)


def crontab() -> str:
    """Return the person's crontab, empty where there is none."""
    try:
        done = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False)
    except OSError as error:
        raise ReportgenError(f"crontab cannot be run: {error.strerror or error}. Install cron, or take another scheduler with --print.") from error
    if done.returncode and "no crontab" not in done.stderr.lower():
        raise ReportgenError(f"crontab -l failed: {done.stderr.strip()}. Your crontab was not touched.")
    return done.stdout if done.returncode == 0 else ""


def write_crontab(text: str) -> None:
    """Replace the person's crontab; an empty one is removed."""
    if text.strip():
        asked("crontab", "-", given=text)
    else:
        asked("crontab", "-r")


def remove(job: Job) -> tuple[str, ...]:
    """Take the job away from systemd and from cron, wherever it is, and return what was removed."""
    removed: list[str] = []
    paths = [systemd.units_folder() / file.name for file in systemd.files(job)]
    if any(path.is_file() for path in paths):
        # Where systemd does not run any more, the files are all there is.
        if output_of("systemctl", "--user", "show", "--property=Version"):
            asked("systemctl", "--user", "disable", "--now", f"{job.name}.timer")
        for path in paths:
            path.unlink(missing_ok=True)
            removed.append(str(path))
        if output_of("systemctl", "--user", "show", "--property=Version"):
            asked("systemctl", "--user", "daemon-reload")
    if shutil.which("crontab"):
        before = crontab()
        after = cron.without_entry(before, job)
        if after != before:
            write_crontab(after)
            removed.append("the entry in your crontab")
    return tuple(removed)
