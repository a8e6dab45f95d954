"""Running a measured program in a fresh process, on the number of threads that it is told and no more."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.outcome import Outcome, read_outcome

ROOT = Path(__file__).parents[1]

#: A program that takes longer hangs: the slowest baseline epoch takes half a minute on one slow core.
TIMEOUT_S = 3600.0

#: Libraries that start threads of their own read these before they are told otherwise.
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def run_module(module: str, arguments: Sequence[str], threads: int = 1) -> str:
    """Run ``python -m module`` from the repository and return what it printed; raises :class:`RuntimeError` with its errors where it fails."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    environment |= dict.fromkeys(THREAD_VARIABLES, str(threads)) | {"TF_CPP_MIN_LOG_LEVEL": "2"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), environment.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"{module} {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout


def run_baseline(workload: str, framework: str, data: Path, epochs: int, batch_size: int, threads: int = 1) -> Outcome:
    """Run the baseline program of a workload and framework."""
    module = f"benchmarks.baseline.{workload.replace('-', '_')}_{framework}"
    return read_outcome(run_module(module, [str(data), *options(epochs, batch_size, threads)], threads))


def run_tuned(workload: str, framework: str, mode: str, data: Path, epochs: int, batch_size: int, threads: int = 1) -> Outcome:
    """Run a mode of ``reportgen``."""
    return read_outcome(run_module("benchmarks.tuned", [str(data), workload, framework, mode, *options(epochs, batch_size, threads)], threads))


def options(epochs: int, batch_size: int, threads: int) -> list[str]:
    """Return what every program is told."""
    return ["--epochs", str(epochs), "--batch-size", str(batch_size), "--threads", str(threads)]
