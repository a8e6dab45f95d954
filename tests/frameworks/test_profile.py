"""The profile of every framework with every workload, by real processes."""

import pytest
from networks import CLASSIFIERS

from reportgen import datasets, frameworks, workloads
from reportgen.records import ProfileResult, ProfileSpec
from reportgen.runner.profile import ROUNDS
from reportgen.runner.trial import ProcessExecutor

PAIRS = [(framework, workload) for framework in frameworks.names() for workload in CLASSIFIERS]


@pytest.mark.parametrize(("framework", "workload"), PAIRS)
def test_every_kind_of_pass_is_timed_and_does_more_than_the_one_before(framework, workload, tmp_path):
    dataset = datasets.load("digits")
    folder = tmp_path / "profile"
    folder.mkdir()
    spec = ProfileSpec(
        trial=f"profile-{framework}",
        attempt=1,
        framework=framework,
        workload=workload,
        seed=1,
        hyperparameters=workloads.find(workload).hyperparameters,
        threads=1,
        dataset_folder=str(datasets.store(dataset, tmp_path / dataset.digest)),
        dataset_digest=dataset.digest,
    )
    result = ProcessExecutor(timeout_s=600.0, live=False)(spec, folder, lambda event: None)
    assert isinstance(result, ProfileResult), f"{result.cause}\n{result.log_tail}"
    assert list(result.pass_s) == ["read", "differentiate", "update", "program"]
    assert all(len(seconds) == ROUNDS for seconds in result.pass_s.values())
    # The least of the rounds is the least disturbed; forward and backward pass cost several times what scatters here.
    assert 0 < min(result.pass_s["read"]) < min(result.pass_s["differentiate"])
    assert min(result.pass_s["read"]) < min(result.pass_s["program"])
