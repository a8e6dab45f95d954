"""The real styles of both frameworks: all take the same steps, and each says what becomes of Python's own statements."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import reportgen
from reportgen.experiments.graphs.analysis import LOSS_LIMIT
from reportgen.experiments.graphs.timing import COMPARED_STEPS, SAMPLES

pytestmark = pytest.mark.slow
STYLES = {
    "tensorflow": ("eager", "tf.function", "tf.function with XLA", "Session (TensorFlow 1)"),
    "pytorch": ("eager", "torch.export", "torch.jit.trace", "torch.compile"),
}


@cache
def measured(framework: str) -> Any:
    environment = {**os.environ, "PYTHONPATH": str(Path(reportgen.__file__).parents[1]), "CUDA_VISIBLE_DEVICES": "-1"}
    command = [sys.executable, str(Path(__file__).parent / "measuring_child.py"), framework]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=1200, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def series(framework: str, quantity: str) -> dict[str, list[list[float]]]:
    found: dict[str, list[list[float]]] = {}
    for one in measured(framework)["series"]:
        if one["quantity"] == quantity:
            found.setdefault(one["subject"], []).append(one["samples"])
    return found


@pytest.mark.parametrize("framework", STYLES)
def test_every_style_runs_and_is_timed(framework: str) -> None:
    assert [note for note in measured(framework)["notes"] if note["kind"] == "not available"] == []
    times = series(framework, "step time")
    assert tuple(times) == STYLES[framework]
    assert all(len(samples) == SAMPLES and min(samples) > 0 for runs in times.values() for samples in runs)


def test_all_styles_of_both_frameworks_take_the_same_steps() -> None:
    everything = [runs for framework in STYLES for runs in series(framework, "loss").values()]
    for size in range(2):
        first = everything[0][size]
        assert len(first) == COMPARED_STEPS
        assert first[-1] < first[0]
        for runs in everything[1:]:
            assert runs[size] == pytest.approx(first, rel=LOSS_LIMIT)


def test_what_becomes_of_an_if_and_of_other_batch_sizes() -> None:
    right = {title: runs[0][0] for framework in STYLES for title, runs in series(framework, "right answers of an if").items()}
    assert right["tf.function"] == right["torch.compile"] == right["eager"] == 2
    assert right["torch.jit.trace"] == 1
    assert right["Session (TensorFlow 1)"] == right["torch.export"] == 0
    runs = {title: runs[0][0] for framework in STYLES for title, runs in series(framework, "runs of Python").items()}
    assert runs["eager"] == 10
    assert runs["tf.function"] == 5
    assert runs["Session (TensorFlow 1)"] == runs["torch.export"] == runs["torch.jit.trace"] == 1


@pytest.mark.parametrize("framework", STYLES)
def test_the_printed_code_fits_the_page(framework: str) -> None:
    assert max(measured(framework)["lines"]) <= 92
