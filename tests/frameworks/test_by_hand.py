"""The workload that writes its steps out: every mode of both frameworks takes the steps that NumPy takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import reportgen
from reportgen import datasets, workloads
from reportgen.parity.material import batches, initial_weights

CHILD = Path(__file__).parent / "by_hand_child.py"
STEPS, RATE = 20, 0.1
MODES = [(framework, mode) for framework, modes in workloads.find("two-layer").modes.items() for mode in modes]
pytestmark = pytest.mark.slow
each_mode = pytest.mark.parametrize(("framework", "mode"), MODES)


@cache
def shown(framework: str) -> Any:
    environment = {**os.environ, "PYTHONPATH": str(Path(reportgen.__file__).parents[1]), "CUDA_VISIBLE_DEVICES": "-1"}
    command = [sys.executable, str(CHILD), framework]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=900, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@cache
def reference() -> tuple[list[float], list[float]]:
    """Return the losses of the steps, and the sums of the absolute first gradients, in NumPy and float64."""
    arrays = datasets.load("random")
    given = batches(arrays, STEPS, 64, 1, "float64")
    x, y = given.images[0], given.labels[0]
    w1, w2 = initial_weights([(1000, 100), (100, 10)], 1, "float64")
    losses, sums = [], []
    for _ in range(STEPS):
        hidden = np.maximum(x @ w1, 0)
        error = hidden @ w2 - y
        losses.append(float(np.mean(error**2)))
        slope = 2 * error / error.size
        w2_gradient, w1_gradient = hidden.T @ slope, x.T @ np.where(hidden > 0, slope @ w2.T, 0)
        sums = sums or [float(np.abs(w1_gradient).sum()), float(np.abs(w2_gradient).sum())]
        w1, w2 = w1 - RATE * w1_gradient, w2 - RATE * w2_gradient
    return losses, sums


@each_mode
@pytest.mark.parametrize(("precision", "limit"), [("float64", 1e-11), ("float32", 1e-5)])
def test_gradients_by_hand_and_steps_are_those_of_numpy(framework: str, mode: str, precision: str, limit: float) -> None:
    found = shown(framework)[f"{mode} {precision}"]
    losses, sums = reference()
    assert found["loss"] == pytest.approx(losses[0], rel=limit)
    assert found["slopes"] == pytest.approx(sums, rel=limit)
    assert found["descent"] == pytest.approx(losses, rel=limit)


@each_mode
def test_an_epoch_is_fifty_steps_on_the_one_batch_and_keeps_their_losses(framework: str, mode: str) -> None:
    found = shown(framework)[f"{mode} training"]
    assert found["steps"] == len(found["step_losses"]) == 50
    assert found["step_losses"] == sorted(found["step_losses"], reverse=True)
    assert found["end_loss"] < found["step_losses"][-1] < 0.01 * found["step_losses"][0]
    assert found["validation_accuracy"] is None
    assert found["outputs"] == [64, 10]


@each_mode
def test_the_learning_rate_is_read_off_a_step(framework: str, mode: str) -> None:
    assert shown(framework)[f"{mode} training"]["rate"] == pytest.approx(RATE, rel=1e-3)
