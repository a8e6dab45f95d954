"""What a scheduler is told, whichever it is: when, where, by which interpreter, with which configuration, and whom to tell when it ended badly."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.config import Config
from reportgen.datasets.cache import CACHE_VARIABLE
from reportgen.datasets.mnist import OFFLINE_VARIABLE
from reportgen.datasets.mnist.places import DATA_VARIABLE
from reportgen.errors import ReportgenError
from reportgen.runner.launch import CUDA_VARIABLES, INHERITED_VARIABLES, VISIBLE_DEVICES

# A scheduler starts programs with next to no environment. What may change a result, or where data are found, goes into the unit; what belongs to
# the account (home, language) the scheduler knows better.
OF_THE_ACCOUNT = {"HOME", "USER", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "WINDIR", "APPDATA", "LOCALAPPDATA", "USERPROFILE"}
KEPT_VARIABLES = tuple(
    dict.fromkeys(
        name
        for name in (*INHERITED_VARIABLES, *CUDA_VARIABLES, VISIBLE_DEVICES, DATA_VARIABLE, CACHE_VARIABLE, OFFLINE_VARIABLE)
        if name not in OF_THE_ACCOUNT
    )
)
#: What the exit codes of ``nightly`` mean, for whoever reads a notice.
MEANINGS = {1: "a confirmed regression", 2: "a measurement or the program failed", 3: "nothing comparable, or inconclusive"}
#: A night longer than this would run into the next one.
LONGEST_NIGHT_H = 23
#: Lines of the log that a notice ends with.
NOTICE_LINES = 20
LOG, LOCK = "nightly.log", "nightly.lock"
#: Long enough for an interpreter on a slow disk to say that it finds the program.
LOOKING_S = 60


@dataclass(frozen=True, kw_only=True)
class Job:
    """A nightly comparison as a scheduler starts it. Paths are absolute; ``config`` is ``None`` for the built-in study, and
    ``documents`` is where its reports go.

    ``notify`` is a shell command that is given a notice on its standard input whenever a night does not end with exit code 0; empty for the
    scheduler's own way. ``variables`` are set for the night.
    """

    folder: Path
    documents: Path
    python: Path
    config: Path | None
    hour: int
    minute: int
    notify: str = ""
    variables: Mapping[str, str]

    @property
    def name(self) -> str:
        """What the unit is called: the same for the same folder and configuration, so that it is found again."""
        place = str(self.config or self.folder)
        readable = re.sub(r"[^a-z0-9]+", "-", self.folder.name.lower()).strip("-")[:30]
        return "-".join(filter(None, ("reportgen", readable, hashlib.sha256(place.encode()).hexdigest()[:8])))

    @property
    def log(self) -> Path:
        """Where what the nights print is gathered."""
        return self.folder / LOG

    @property
    def command(self) -> tuple[str, ...]:
        """The program with its arguments."""
        return (str(self.python), "-m", "reportgen", "nightly", *([str(self.config)] if self.config else []))

    @property
    def description(self) -> str:
        """What the unit does, in a line."""
        return f"Nightly comparison by reportgen in {self.folder}"

    @property
    def meanings(self) -> str:
        """What the exit codes mean, in a line."""
        return "; ".join(f"{code}: {meaning}" for code, meaning in MEANINGS.items())


@dataclass(frozen=True, kw_only=True)
class UnitFile:
    """A file of a unit: its name, where it belongs, and its text."""

    name: str
    place: str
    text: str
    encoding: str = "utf-8"


def time_of_day(text: str) -> tuple[int, int]:
    """Return hour and minute of ``HH:MM``; raises :class:`ReportgenError` for anything else."""
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", text.strip())
    hour, minute = (int(found[1]), int(found[2])) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise ReportgenError(f"--at {text}: this is no time of day. Give hours and minutes on a clock of 24 hours, such as 02:30.")
    return hour, minute


def job_of(config: Config, at: str, notify: str = "", environment: Mapping[str, str] = os.environ) -> Job:
    """Return the job of a configuration, with the interpreter that runs this; raises :class:`ReportgenError` for what no unit can hold."""
    hour, minute = time_of_day(at)
    if "\n" in notify:
        raise ReportgenError("--notify takes one line. Put several commands into a script, and name that.")
    job = Job(
        folder=config.folder,
        documents=config.out_folder,
        python=Path(sys.executable).absolute(),
        config=config.path,
        hour=hour,
        minute=minute,
        notify=notify,
        variables={name: environment[name] for name in KEPT_VARIABLES if environment.get(name)},
    )
    for text in (*job.command, str(job.folder), *job.variables.values()):
        if not text.isprintable():
            raise ReportgenError(f"{text!r} has a character that no unit of a scheduler can hold. Rename it, and schedule again.")
    return job


def check_interpreter(job: Job) -> None:
    """Raise :class:`ReportgenError` where the interpreter does not find the program from the job's folder, as it will have to at night."""
    try:
        done = subprocess.run(
            [str(job.python), "-c", "import reportgen"], cwd=job.folder, capture_output=True, check=False, timeout=LOOKING_S, stdin=subprocess.DEVNULL
        )
        said = done.stderr.decode(errors="replace").strip().splitlines()[-1:] if done.returncode else []
        failed = done.returncode != 0
    except (OSError, subprocess.TimeoutExpired) as error:
        failed, said = True, [str(error)]
    if failed:
        reason = f" ({said[0]})" if said else ""
        raise ReportgenError(f"{job.python} does not find reportgen from {job.folder}{reason}. Install it there with pip, and schedule again.")
