"""Every baseline program runs, on a few images, and prints what the script reads."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks import programs
from benchmarks.arithmetic import NETWORKS
from benchmarks.data import first_images, write_for_students
from reportgen import frameworks
from reportgen.datasets import Arrays

PAIRS = [(workload, framework) for workload in NETWORKS for framework in frameworks.names()]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two kinds of image that a program tells apart at once: a bright upper half, a bright lower half."""
    random = np.random.default_rng(1)
    labels = random.integers(0, 2, 260)
    images = random.integers(0, 60, (260, 28, 28, 1), dtype=np.uint8)
    images[labels == 0, :14] += 150
    images[labels == 1, 14:] += 150
    arrays = Arrays(
        class_names=tuple("0123456789"),
        train_images=images[:200],
        train_labels=labels[:200],
        validation_images=images[200:],
        validation_labels=labels[200:],
        test_images=images[200:],
        test_labels=labels[200:],
    )
    folder = tmp_path_factory.mktemp("data")
    write_for_students(first_images(arrays, 180), folder)
    return folder


def test_there_is_a_program_for_every_workload_and_framework_and_no_other() -> None:
    found = {path.stem for path in (programs.ROOT / "benchmarks" / "baseline").glob("*.py")} - {"__init__"}
    assert found == {f"{workload.replace('-', '_')}_{framework}" for workload, framework in PAIRS}


@pytest.mark.slow
@pytest.mark.parametrize(("workload", "framework"), PAIRS)
def test_a_baseline_program_learns_and_says_what_it_measured(workload: str, framework: str, data: Path) -> None:
    outcome = programs.run_baseline(workload, framework, data, epochs=3, batch_size=16)
    assert len(outcome.epochs.wall_s) == len(outcome.epochs.cpu_s) == 3
    assert len(outcome.inference.wall_s) > 1
    assert min(outcome.epochs.wall_s) > 0
    assert outcome.accuracy > 0.8
    assert outcome.peak_memory_bytes > 10**8
