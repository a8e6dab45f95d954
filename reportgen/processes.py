"""Asking another program a short question, where no answer is an answer too."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.language import marked
from reportgen.records.sentence import Sentence, made

#: Long enough for a command on a slow network drive; a command that hangs must not hang the run.
ANSWER_TIMEOUT_S = 20

#: The folder that holds this package, so that a child process loads the same code as its parent, installed or not.
PACKAGE_PARENT = Path(__file__).resolve().parent.parent


def output_of(*command: str, folder: Path | None = None) -> str:
    """Return what ``command`` printed, stripped; an empty text when it is not installed, fails, or does not answer in time.

    Messages are asked for in English, and git is told not to refresh its index: a question changes nothing.
    """
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=ANSWER_TIMEOUT_S,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode(errors="replace").strip()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a module printed in a process of its own, and in a line what went wrong, where something did."""

    output: str
    trouble: Sentence | None


def run_module(module: str, *arguments: str, timeout_s: float) -> Sentence | None:
    """Run ``python -m module`` in a child process; return ``None`` when it ended well, else in a line what went wrong."""
    return ask_module(module, *arguments, timeout_s=timeout_s).trouble


def ask_module(module: str, *arguments: str, timeout_s: float, environment: Mapping[str, str] | None = None) -> Answer:
    """Run ``python -m module`` in a child process, with this process's environment or another, and return what it printed on standard output."""
    variables = os.environ if environment is None else environment
    path = os.pathsep.join(filter(None, [str(PACKAGE_PARENT), variables.get("PYTHONPATH")]))
    try:
        done = subprocess.run(
            # -P: not to look for modules in the current folder, where a person's own workload may have a tensorflow.py.
            [sys.executable, "-P", "-m", module, *arguments],
            env={**variables, "PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=timeout_s,
        )
    except subprocess.TimeoutExpired:
        return Answer(output="", trouble=made(marked("no answer within {timeout_s:g} s"), timeout_s=timeout_s))
    output = done.stdout.decode(errors="replace")
    if done.returncode == 0:
        return Answer(output=output, trouble=None)
    if done.returncode < 0:
        return Answer(output=output, trouble=made(marked("killed by signal {number}"), number=-done.returncode))
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    ended = made(marked("exit code {code}"), code=done.returncode)
    return Answer(output=output, trouble=Sentence(sentence=lines[-1]) if lines else ended)
