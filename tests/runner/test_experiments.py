"""Which processes of experiments a study plans, and how they are carried out beside its blocks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import planned_experiment
from doubles import planned, stopped_study, study

from reportgen import experiments
from reportgen.errors import ReportgenError
from reportgen.experiments import Experiment
from reportgen.records import ExperimentSpec
from reportgen.runner.experiments import chosen_experiments, plan_experiments
from reportgen.runner.orders import experiment_spec
from reportgen.runner.study import trials_in
from reportgen.runs import Run

NewRun = Callable[..., Run]
MADE_UP = Experiment(
    name="made-up",
    title="Made up",
    heading="Made up",
    description="Made up.",
    workloads=("two-layer",),
    processes=(("tensorflow", "one"), ("tensorflow", "two"), ("pytorch", "one")),
    package="nowhere",
)
NAMES = ("experiment-graphs-tensorflow-styles", "experiment-graphs-pytorch-styles")


@pytest.fixture
def members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiments, "members", lambda: {"made-up": MADE_UP})


def test_a_study_has_the_experiments_of_its_workload_unless_others_are_asked_for(members: None) -> None:
    assert chosen_experiments(None, "two-layer") == (MADE_UP,)
    assert chosen_experiments(None, "mlp") == ()
    assert chosen_experiments(("made-up",), "mlp") == (MADE_UP,)
    assert chosen_experiments((), "two-layer") == ()


def test_an_experiment_that_does_not_exist_is_named_with_those_that_do(members: None) -> None:
    with pytest.raises(ReportgenError, match=r"'made-down'\. Accepted: made-up"):
        chosen_experiments(("made-down",), "mlp")


def test_only_processes_of_frameworks_that_are_measured_are_planned() -> None:
    found = plan_experiments([MADE_UP], ["pytorch", "tensorflow"])
    assert [one.trial for one in found] == [
        "experiment-made-up-tensorflow-one",
        "experiment-made-up-tensorflow-two",
        "experiment-made-up-pytorch-one",
    ]
    assert [one.framework for one in plan_experiments([MADE_UP], ["pytorch"])] == ["pytorch"]


def with_experiments(new_run: NewRun) -> Run:
    return new_run(blocks=1, experiments=[planned_experiment("tensorflow"), planned_experiment("pytorch")])


def test_experiments_come_after_everything_else(new_run: NewRun) -> None:
    run = with_experiments(new_run)
    outcome, executor, reporter = study(run)
    assert executor.trials == [*planned(run), *NAMES]
    assert reporter.total == trials_in(run) == len(executor.trials)
    assert outcome.lost_blocks == ()


def test_the_order_says_what_the_plan_says(new_run: NewRun) -> None:
    run = with_experiments(new_run)
    spec = experiment_spec(run.plan, run.plan.experiments[1], 2, Path("data"))
    assert (spec.trial, spec.experiment, spec.framework, spec.variant) == (f"{NAMES[1]}-attempt-2", "graphs", "pytorch", "styles")
    assert (spec.block, spec.seed, spec.threads, spec.dataset_folder) == (0, 11, 1, "data")
    assert ExperimentSpec.model_validate_json(spec.model_dump_json()) == spec


def test_one_that_fails_is_tried_once_more(new_run: NewRun) -> None:
    run = with_experiments(new_run)
    _, executor, reporter = study(run, {NAMES[0]: None})
    assert executor.trials == [*planned(run), NAMES[0], f"{NAMES[0]}-attempt-2", NAMES[1]]
    assert reporter.of("notice") == []


def test_one_that_always_fails_costs_the_study_nothing_but_itself(new_run: NewRun) -> None:
    run = with_experiments(new_run)
    outcome, executor, reporter = study(run, {NAMES[0]: None, f"{NAMES[0]}-attempt-2": None})
    assert outcome.complete_blocks == (1,)
    assert executor.trials[-1] == NAMES[1]
    assert "failed 2 times: it broke. The study goes on." in reporter.of("notice")[0]


def test_resuming_repeats_no_experiment_that_was_done(new_run: NewRun) -> None:
    run = with_experiments(new_run)
    stopped_study(run, {NAMES[1]: KeyboardInterrupt()}, KeyboardInterrupt)
    _, executor, reporter = study(Run(run.folder))
    assert executor.trials == [NAMES[1]]
    assert reporter.of("was done") == [*planned(run), NAMES[0]]
