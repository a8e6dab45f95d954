"""One real training for each framework and workload, shared by every test that looks at what came of it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from reportgen import datasets, frameworks, workloads
from reportgen.records import InferenceResult, InferenceSpec, TrainingResult, TrainingSpec
from reportgen.records.plan import FORMER_MODES
from reportgen.runner.predictions import load_logits
from reportgen.runner.trial import ProcessExecutor

# Enough steps for every network to learn what tells the digits apart.
LEAST_STEPS = 120
TIMEOUT_S = 600.0


@dataclass(frozen=True, kw_only=True)
class Trained:
    """A finished training trial, and the labels of the test images that it predicted."""

    spec: TrainingSpec
    result: TrainingResult
    logits: np.ndarray
    test_labels: np.ndarray
    folder: Path


@pytest.fixture(scope="session")
def trained(tmp_path_factory):
    """Return a function from a framework and a workload to its :class:`Trained`."""
    dataset = datasets.load("digits")
    stored = datasets.store(dataset, tmp_path_factory.mktemp("data") / dataset.digest)

    @cache
    def train(framework: str, workload: str, mode: str = "") -> Trained:
        folder = tmp_path_factory.mktemp(f"{workload}-{framework}-{mode}")
        settings = workloads.find(workload).hyperparameters
        steps = -(-len(dataset.train_labels) // settings.batch_size)
        settings = settings.model_copy(update={"epochs": -(-LEAST_STEPS // steps)})
        spec = TrainingSpec(
            trial=f"block-01-{framework}",
            block=1,
            attempt=1,
            position=1,
            framework=framework,
            workload=workload,
            mode=mode or FORMER_MODES[framework],
            seed=1,
            hyperparameters=settings,
            threads=1,
            dataset_folder=str(stored),
            dataset_digest=dataset.digest,
            exports=tuple(known.name for known in frameworks.formats(framework)),
        )
        result = ProcessExecutor(timeout_s=TIMEOUT_S, live=False)(spec, folder, lambda event: None)
        assert isinstance(result, TrainingResult), f"{result.cause}\n{result.log_tail}"
        return Trained(spec=spec, result=result, logits=load_logits(folder), test_labels=dataset.test_labels, folder=folder)

    return train


@pytest.fixture(scope="session")
def reopened(trained, tmp_path_factory):
    """Return a function from a framework, a workload and a format to the result of reopening it, and its logits."""

    @cache
    def reopen(framework: str, workload: str, export_format: str, mode: str = "") -> tuple[InferenceResult, np.ndarray]:
        source = trained(framework, workload, *([mode] if mode else []))
        sample = next(sample for sample in source.result.exports if sample.format == export_format)
        assert sample.status == "ok", sample.error
        folder = tmp_path_factory.mktemp(f"{workload}-{framework}-{export_format}")
        spec = InferenceSpec(
            trial="reopened",
            block=1,
            attempt=1,
            source_trial=source.spec.trial,
            framework=framework,
            workload=workload,
            format=export_format,
            model_path=str(source.folder / sample.path),
            runtime=frameworks.find_format(framework, export_format).runtime,
            batch_size=32,
            threads=1,
            dataset_folder=source.spec.dataset_folder,
            dataset_digest=source.spec.dataset_digest,
        )
        result = ProcessExecutor(timeout_s=TIMEOUT_S, live=False)(spec, folder, lambda event: None)
        assert isinstance(result, InferenceResult), f"{result.cause}\n{result.log_tail}"
        return result, load_logits(folder)

    return reopen
