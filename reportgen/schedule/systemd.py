"""systemd: a service for the night, a timer that starts it, and a service that tells somebody when it failed. All three belong to a person."""

from __future__ import annotations

import os
from pathlib import Path

from reportgen.schedule.job import LONGEST_NIGHT_H, Job, UnitFile
from reportgen.schedule.shell import notice

SERVICE = """\
# One night. systemd never starts a unit that is still running, so two nights cannot overlap.
[Unit]
Description={description}
OnFailure={name}-notice.service

[Service]
Type=oneshot
WorkingDirectory={folder}
{environment}ExecStart={command}
StandardOutput=append:{log}
StandardError=inherit
# A night that is longer would run into the next.
TimeoutStartSec={longest}h
"""

TIMER = """\
# A night that was missed is not made up for by day: others would be working on the machine while it measures.
[Unit]
Description={description}, every night

[Timer]
OnCalendar=*-*-* {hour:02d}:{minute:02d}:00
AccuracySec=1s
Persistent=false

[Install]
WantedBy=timers.target
"""

NOTICE = """\
# Exit codes other than 0 end here: in the journal as an error, on the desktop where there is one{told}.
[Unit]
Description=Notice of a bad night: {description}

[Service]
Type=oneshot
WorkingDirectory={folder}
{environment}ExecStart=/bin/sh -c {script}
SyslogLevel=err
"""


def units_folder() -> Path:
    """Return where a person's own units lie."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def files(job: Job) -> tuple[UnitFile, ...]:
    """Return the three units."""
    place = str(units_folder())
    named = {
        "description": specifiers(job.description),
        "name": job.name,
        "folder": specifiers(str(job.folder)),
        "log": specifiers(str(job.log)),
        "command": command(job),
        "environment": "".join(f"Environment={assignment(name, value)}\n" for name, value in job.variables.items()),
        "longest": LONGEST_NIGHT_H,
        "hour": job.hour,
        "minute": job.minute,
        "script": word(script(job)),
        "told": ", and with the command that was given" if job.notify else "",
    }
    texts = {f"{job.name}.service": SERVICE, f"{job.name}.timer": TIMER, f"{job.name}-notice.service": NOTICE}
    return tuple(UnitFile(name=name, place=place, text=text.format(**named)) for name, text in texts.items())


def command(job: Job) -> str:
    """Return the command line. systemd takes some characters in arguments only, so ``env`` starts an interpreter that has one in its path."""
    program, *arguments = (word(part) for part in job.command)
    plain = not set(str(job.python)) & set("\"'\\$")
    return " ".join((specifiers(f'"{job.python}"') if plain else f"/usr/bin/env {program}", *arguments))


def script(job: Job) -> str:
    """Return the shell commands of the notice. A night that was killed or ran too long has no exit code of its own; the result says so."""
    ask = f"systemctl --user show --value {job.name}.service --property"
    parts = [
        f"code=$({ask}=ExecMainStatus)",
        f'code="$code, result $({ask}=Result)"',
        f"text=$({notice(job)})",
        'printf "%s\\n" "$text"',
        'command -v notify-send > /dev/null && notify-send --urgency=critical reportgen "$text" || true',
    ]
    if job.notify:
        parts.append(f'printf "%s\\n" "$text" | {{ {job.notify}; }}')
    return "; ".join(parts)


def specifiers(text: str) -> str:
    """Return a text in which systemd finds no specifier."""
    return text.replace("%", "%%")


def word(text: str) -> str:
    """Return one word of a command line: neither specifier nor variable nor blank ends or changes it."""
    return assignment("", text).replace("$", "$$")


def assignment(name: str, value: str) -> str:
    """Return ``"NAME=value"`` in quotation marks, or the value alone where there is no name."""
    escaped = specifiers(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{name}{"=" if name else ""}{escaped}"'
