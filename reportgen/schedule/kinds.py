"""The schedulers that a unit can be made for, and what puts each unit in place."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping

from reportgen.schedule import cron, github, launchd, systemd, windows
from reportgen.schedule.job import Job, UnitFile

KINDS: Mapping[str, Callable[[Job], tuple[UnitFile, ...]]] = {
    "systemd": systemd.files,
    "cron": cron.files,
    "launchd": launchd.files,
    "windows": windows.files,
    "github": github.files,
}


def kind_of_system() -> str:
    """Return the scheduler that this system comes with."""
    if sys.platform in ("darwin", "win32"):
        return {"darwin": "launchd", "win32": "windows"}[sys.platform]
    return "systemd" if shutil.which("systemctl") else "cron"


def advice(kind: str, job: Job) -> str:
    """Return how a unit of that kind is put in place, and taken away."""
    if kind == "github":
        return "Put it in place: commit it as .github/workflows/nightly.yml, and register this machine as a self-hosted runner of the repository."
    agent = f"local.{job.name}"
    path = f"~/Library/LaunchAgents/{agent}.plist"
    at = f"{job.hour:02d}:{job.minute:02d}"
    place, remove = {
        "launchd": (
            f"cp {agent}.plist {path} && launchctl bootstrap gui/$(id -u) {path}",
            f"launchctl bootout gui/$(id -u)/{agent}; rm {path}",
        ),
        "windows": (f"schtasks /Create /TN {job.name} /XML {job.name}.xml", f"schtasks /Delete /TN {job.name}"),
    }.get(kind, (f"python -m reportgen schedule --at {at} --install {kind}", "python -m reportgen schedule --remove"))
    return f"Put it in place: {place}\nRemove it: {remove}"
