"""What a study of the two-layer network plans: its own data, its own modes, and nothing that only classes or layers have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen import modes, workloads
from reportgen.config import load_config
from reportgen.errors import ReportgenError
from reportgen.jobs import make_plan
from reportgen.records import Plan
from reportgen.workloads import Workload


def planned(**study: object) -> Plan:
    config = load_config(None, {f"study.{name}": value for name, value in study.items()})
    return make_plan(config, lambda *_: None)[0]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_it_takes_its_own_data_and_compares_a_static_graph_with_a_dynamic_one():
    plan = planned(workload="two-layer", blocks=2)
    assert (plan.dataset.name, plan.dataset.task, plan.dataset.target_count) == ("random", "regression", 10)
    assert {framework: names[0] for framework, names in plan.modes.items()} == {"tensorflow": "session", "pytorch": "eager"}
    assert plan.hyperparameters.epochs * workloads.find("two-layer").steps_per_epoch == 500
    assert {one.framework for one in plan.experiments if one.experiment == "graphs"} == {"tensorflow", "pytorch"}


def test_nothing_is_exported_and_no_epoch_taken_apart():
    plan = planned(workload="two-layer", blocks=2)
    assert all(trial.exports == () for trial in plan.trials)
    assert plan.profiles == ()


def test_a_mode_that_both_frameworks_have_is_meant_of_both():
    assert planned(workload="two-layer", blocks=2, modes=("eager",)).modes == {"tensorflow": ("eager",), "pytorch": ("eager",)}


@pytest.mark.parametrize(("workload", "dataset"), [("two-layer", "digits"), ("mlp", "random")])
def test_data_for_another_task_are_refused(workload, dataset):
    with pytest.raises(ReportgenError, match=rf"workload '{workload}' is made for \w+, and the data set '{dataset}' for \w+"):
        planned(workload=workload, dataset=dataset, blocks=2)


def test_modes_by_hand_are_offered_to_no_network_of_layers():
    for framework in ("tensorflow", "pytorch"):
        assert not {"session", "function", "eager", "compile-step"} & set(modes.supported(workloads.find("mlp"), framework))


def test_a_network_of_layers_that_is_to_find_numbers_is_refused_in_plain_words():
    network: Workload = replace(workloads.find("mlp"), task="regression", modes={}, tuned={})
    with pytest.raises(ReportgenError, match="only where a workload writes its steps out"):
        modes.choose(network, ("tensorflow", "pytorch"), ("idiomatic",))
