"""A shared start on real frameworks: the same weights, and the same images in the same order in every epoch."""

import numpy as np
import pytest

from reportgen import datasets, frameworks, workloads
from reportgen.records import TrainingResult, TrainingSpec
from reportgen.runner.trial import ProcessExecutor

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    dataset = datasets.load("digits")
    stored = datasets.store(dataset, tmp_path_factory.mktemp("data") / dataset.digest)
    found = []
    for framework in frameworks.names():
        folder = tmp_path_factory.mktemp(framework)
        spec = TrainingSpec(
            trial=framework,
            block=1,
            attempt=1,
            position=1,
            framework=framework,
            workload="mlp",
            seed=5,
            start="shared",
            hyperparameters=workloads.find("mlp").hyperparameters.model_copy(update={"epochs": 3}),
            threads=1,
            dataset_folder=str(stored),
            dataset_digest=dataset.digest,
            exports=(),
        )
        result = ProcessExecutor(timeout_s=600.0, live=False)(spec, folder, lambda event: None)
        assert isinstance(result, TrainingResult), f"{result.cause}\n{result.log_tail}"
        found.append(result)
    return found


def test_all_begin_with_the_same_weights(results):
    assert len({result.start_digest for result in results}) == 1
    assert results[0].start_digest


def test_all_see_the_same_images_in_the_same_order_in_every_epoch(results):
    """With another order in any epoch, the losses differ in the second or third digit; what remains is epsilon's place in Adam."""
    losses = np.array([[epoch.train_loss for epoch in result.epochs] for result in results])
    assert losses.shape == (len(results), 3)
    assert np.ptp(losses, axis=0) / losses.mean(axis=0) == pytest.approx(np.zeros(3), abs=5e-3)


def test_the_order_still_changes_from_epoch_to_epoch(results):
    assert all(result.effective.shuffled for result in results)


def test_the_recorded_initial_ranges_are_those_of_the_shared_weights(results):
    first, *others = results
    for other in others:
        for mine, theirs in zip(first.parameters, other.parameters, strict=True):
            assert (mine.initial_minimum, mine.initial_maximum) == (theirs.initial_minimum, theirs.initial_maximum)
