"""Real parity trials of any workload folder on the small data set, each measured once."""

import hashlib
from pathlib import Path

import pytest

from reportgen import datasets, frameworks, workloads
from reportgen.parity.base import Pair, Side
from reportgen.records import ParityResult, ParitySpec
from reportgen.runner.orders import PARITY_STEPS
from reportgen.runner.parity import load
from reportgen.runner.trial import ProcessExecutor

TIMEOUT_S = 600.0
HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def pair(tmp_path_factory):
    """Return a function from a workload and a precision to what both frameworks showed.

    Two folders whose file for a framework says the same share one trial: the same code shows the same.
    """
    dataset = datasets.load("digits")
    stored = datasets.store(dataset, tmp_path_factory.mktemp("data") / dataset.digest)

    def side(framework: str, precision: str, reference: str) -> Side:
        folder = tmp_path_factory.mktemp(f"parity-{framework}")
        workload = workloads.find(reference)
        spec = ParitySpec(
            trial=folder.name,
            attempt=1,
            framework=framework,
            workload=reference,
            precision=precision,
            seed=1,
            steps=PARITY_STEPS,
            hyperparameters=workload.hyperparameters,
            threads=1,
            dataset_folder=str(stored),
            dataset_digest=dataset.digest,
        )
        result = ProcessExecutor(timeout_s=TIMEOUT_S, live=False)(spec, folder, lambda event: None)
        assert isinstance(result, ParityResult), f"{result.cause}\n{result.log_tail}"
        return Side(title=frameworks.find(framework).title, spec=spec, result=result, arrays=load(folder))

    sides: dict[tuple[str, str, str], Side] = {}

    def shown(framework: str, precision: str, folder: Path) -> Side:
        code = hashlib.sha256((folder / f"{framework}.py").read_bytes()).hexdigest()
        key = (framework, precision, code)
        if key not in sides:
            sides[key] = side(framework, precision, str(folder))
        return sides[key]

    def both(folder: Path, precision: str) -> Pair:
        first, second = (shown(framework, precision, folder) for framework in ("tensorflow", "pytorch"))
        return Pair(first=first, second=second, precision=precision, train_count=len(dataset.train_labels), class_count=len(dataset.class_names))

    return both
