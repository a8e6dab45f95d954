"""docs/workloads.md says what the workloads really are."""

from pathlib import Path

import pytest
from networks import CLASSIFIERS

from reportgen import workloads

PAGE = (Path(__file__).parents[2] / "docs" / "workloads.md").read_text(encoding="utf-8")


def row(name: str) -> list[str]:
    """Return the cells of a workload's row."""
    (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |")]
    return [cell.strip() for cell in line.strip("|").split("|")]


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_hyperparameters_are_those_of_the_workload(name):
    settings = workloads.find(name).hyperparameters
    assert row(name)[-3:] == [f"{settings.learning_rate:g}", str(settings.batch_size), str(settings.epochs)]
    assert f"(decay rates {settings.beta_1:g} and {settings.beta_2:g}, epsilon {settings.epsilon:g}," in PAGE


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_augmentation_is_that_of_the_code(name):
    workload = workloads.find(name)
    files = [workload.code_path(code) for code in ("tensorflow", "tensorflow_module", "pytorch")]
    augments = {"def build_augmentation(" in path.read_text(encoding="utf-8") for path in files}
    assert augments == {row(name)[4] != "none"}
