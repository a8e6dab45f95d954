"""Starting a trial of a variant: by its own interpreter, in which the code of this very program measures, and with its own variables."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import reportgen
from reportgen.records import Spec, Variant
from reportgen.runner.launch import Ending, Tick, launch, worker_command
from reportgen.runner.trial import Launcher
from reportgen.variants import variant_name

# They name what belongs to the interpreter of the program, and would bring its packages into the other one.
OF_THIS_INTERPRETER = ("PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME")


@contextmanager
def bridge() -> Iterator[Path]:
    """Give a folder in which there is this program and nothing else, for ``PYTHONPATH``.

    The folder that the program lies in may hold the packages of its own environment, and the other interpreter has to use its own. So both measure
    with the same code, whether or not reportgen is installed for the other one.
    """
    package = Path(reportgen.__file__).resolve().parent
    with tempfile.TemporaryDirectory(prefix="reportgen-bridge-", ignore_cleanup_errors=True) as folder:
        try:
            (Path(folder) / package.name).symlink_to(package, target_is_directory=True)
        except OSError:
            # Windows allows links to few.
            shutil.copytree(package, Path(folder) / package.name, ignore=shutil.ignore_patterns("__pycache__"))
        yield Path(folder)


def variant_environment(plain: Mapping[str, str], variant: Variant, folder: Path) -> dict[str, str]:
    """Return the environment of a variant's process: ``plain`` is that of every other one, ``folder`` the bridge."""
    if not variant.python:
        return {**plain, **variant.environment}
    kept = {name: value for name, value in plain.items() if name not in OF_THIS_INTERPRETER}
    path = os.pathsep.join(filter(None, (str(folder), variant.environment.get("PYTHONPATH"))))
    return {**kept, **variant.environment, "PYTHONPATH": path}


def interpreter(variant: Variant) -> str:
    """Return the interpreter of a variant: its own, or this one."""
    return variant.python or sys.executable


@contextmanager
def with_variants(start: Launcher, variants: Sequence[Variant]) -> Iterator[Launcher]:
    """Give what starts all trials: those of variants in their own way, all others by ``start``."""
    known = {one.name: one for one in variants}
    with bridge() as folder:

        def launch_any(spec: Spec, trial: Path, timeout_s: float, tick: Tick | None) -> Ending:
            variant = known.get(variant_name(getattr(spec, "mode", "")))
            if variant is None:
                return start(spec, trial, timeout_s, tick)
            _, *arguments = worker_command(trial)
            return launch(
                (interpreter(variant), *arguments),
                trial,
                timeout_s,
                tick,
                device=spec.device,
                change=lambda plain: variant_environment(plain, variant, folder),
            )

        yield launch_any
