"""What every experiment promises, found by itself: whoever adds one adds its tests."""

from __future__ import annotations

import ast
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from reportgen import experiments, frameworks, workloads
from reportgen.errors import ReportgenError

MEMBERS = list(experiments.members().values())
each = pytest.mark.parametrize("experiment", MEMBERS, ids=[one.name for one in MEMBERS])


def functions(module: str) -> dict[str, list[str]]:
    """Return the functions at the top of a module with the names of their arguments, without importing it."""
    found = find_spec(module)
    assert found is not None, f"{module} is missing"
    assert found.origin is not None
    tree = ast.parse(Path(found.origin).read_text(encoding="utf-8"))
    return {node.name: [argument.arg for argument in node.args.args] for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_an_unknown_experiment_is_named_with_those_that_exist() -> None:
    with pytest.raises(ReportgenError, match="There is no experiment called 'moonshine'"):
        experiments.find("moonshine")


@each
def test_it_says_what_it_is(experiment: experiments.Experiment) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9-]*", experiment.name)
    assert all((experiment.title, experiment.heading, experiment.description))
    assert experiment.description.endswith(".")


@each
def test_it_belongs_to_workloads_that_exist(experiment: experiments.Experiment) -> None:
    assert set(experiment.workloads) <= set(workloads.names())


@each
def test_its_processes_are_different_and_of_frameworks_that_exist(experiment: experiments.Experiment) -> None:
    assert experiment.processes
    assert len(set(experiment.processes)) == len(experiment.processes)
    for framework, variant in experiment.processes:
        assert framework in frameworks.names()
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", variant)


@each
def test_it_has_code_for_every_framework_an_analysis_and_a_section(experiment: experiments.Experiment) -> None:
    for framework in dict(experiment.processes):
        assert functions(f"{experiment.package}.{framework}")["measure"] == ["spec", "files", "clock"]
    assert functions(f"{experiment.package}.analysis")["analyse"] == ["trials"]
    section = functions(f"{experiment.package}.section")
    assert section["section"] == ["outcome", "results", "register"]
    assert section["pictures"] == ["outcome", "results"]
