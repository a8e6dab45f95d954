"""launchd, of macOS: a property list for a person's own agents."""

from __future__ import annotations

import plistlib
import shlex

from reportgen.schedule.job import Job, UnitFile
from reportgen.schedule.shell import notice

# Without it the text would be part of a script, and a quotation mark in a path the end of it.
DISPLAY = "osascript -e 'on run argv' -e 'display notification (item 1 of argv) with title \"reportgen\"' -e 'end run'"


def files(job: Job) -> tuple[UnitFile, ...]:
    """Return the property list."""
    label = f"local.{job.name}"
    settings = {
        "Label": label,
        "ProgramArguments": ["/bin/sh", "-c", script(job)],
        "WorkingDirectory": str(job.folder),
        "StartCalendarInterval": {"Hour": job.hour, "Minute": job.minute},
        "StandardOutPath": str(job.log),
        "StandardErrorPath": str(job.log),
        "EnvironmentVariables": dict(job.variables),
        # Anything else is slowed down for the benefit of programs in use, which would be measured.
        "ProcessType": "Interactive",
        "RunAtLoad": False,
    }
    text = plistlib.dumps(settings, sort_keys=False).decode()
    return (UnitFile(name=f"{label}.plist", place="~/Library/LaunchAgents", text=text),)


def script(job: Job) -> str:
    """Return what the agent runs. launchd starts no agent that is still running; caffeinate keeps the machine awake meanwhile."""
    tell = f'printf "%s\\n" "$text" | {{ {job.notify}; }}' if job.notify else f'{DISPLAY} "$text"'
    return "\n".join(
        [
            f"caffeinate -i {shlex.join(job.command)}",
            "code=$?",
            "[ $code -eq 0 ] && exit 0",
            f"text=$({notice(job)})",
            tell,
            "exit $code",
        ]
    )
