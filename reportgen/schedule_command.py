"""What ``schedule`` does: write, print, install or remove the unit that starts the nightly comparison."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.config import load_config
from reportgen.errors import ReportgenError
from reportgen.schedule import install
from reportgen.schedule.job import Job, UnitFile, check_interpreter, job_of
from reportgen.schedule.kinds import KINDS, advice, kind_of_system
from reportgen.storage import write_atomically

#: Where units are written, beside the configuration.
FOLDER = "schedule"
# Any time will do to find a unit again: its name does not depend on it.
ANY_TIME = "00:00"


def schedule(config: Path | None, at: str | None, printed: str | None, install_kind: str | None, remove: bool, notify: str) -> None:
    """Carry out the verb; raises :class:`ReportgenError` for flags that contradict each other."""
    if sum((printed is not None, install_kind is not None, remove)) > 1:
        raise ReportgenError("--print, --install and --remove exclude each other. Give one of them.")
    loaded = load_config(config, rooms=not remove)
    if remove:
        say_removed(job_of(loaded, ANY_TIME))
        return
    if at is None:
        raise ReportgenError("schedule needs to know when. Give a time of day on this machine's clock, for instance: --at 02:30")
    job = job_of(loaded, at, notify)
    check_interpreter(job)
    if printed is not None:
        click.echo(text_of(KINDS[printed](job)), nl=False)
    elif install_kind is not None:
        kind = install.usable_here() if install_kind == "auto" else install_kind
        for line in install.install(kind, job):
            click.echo(line)
        click.echo(f"Every night at {job.hour:02d}:{job.minute:02d}: {' '.join(job.command)}\nIts log: {job.log}")
    else:
        write(kind_of_system(), job)


def say_removed(job: Job) -> None:
    """Take the job away, and say what was there."""
    removed = install.remove(job)
    for line in removed:
        click.echo(f"Removed: {line}")
    if not removed:
        click.echo(f"Nothing was scheduled for {job.config or job.folder}.")


def text_of(files: tuple[UnitFile, ...]) -> str:
    """Return the files one below the other, each below its name where there are several."""
    if len(files) == 1:
        return files[0].text
    return "\n".join(f"# {file.place}/{file.name}\n{file.text}" for file in files)


def write(kind: str, job: Job) -> None:
    """Write the files of a unit into a folder beside the configuration, and say what to do with them."""
    folder = job.folder / FOLDER
    folder.mkdir(exist_ok=True)
    for file in KINDS[kind](job):
        write_atomically(folder / file.name, file.text.encode(file.encoding))
        click.echo(f"{folder / file.name}")
    click.echo(advice(kind, job))
