"""A study in two interpreters: planned, interleaved in one block, and read back by each."""

from __future__ import annotations

import pytest
from environments import interpreter_in
from rich.console import Console

from reportgen import jobs
from reportgen.analysis.study import analyse
from reportgen.config import load_config
from reportgen.environment import describe_environment
from reportgen.evidence import gather
from reportgen.packages import installed_version
from reportgen.progress import QuietReporter
from reportgen.runs import create_run


@pytest.mark.slow
def test_a_study_in_two_interpreters(tmp_path):
    interpreter_in(tmp_path / "other", packages=True)
    (tmp_path / "report.toml").write_text("""
[study]
dataset = "digits"
frameworks = ["pytorch"]
modes = ["in-memory"]
blocks = 1
epochs = 1
export_blocks = 0

[[variants]]
name = "next"
python = "other"
environment = { PYTHONWARNINGS = "ignore" }
""")
    config = load_config(tmp_path / "report.toml")
    plan, dataset = jobs.make_plan(config, lambda *_: None)
    assert plan.processes == "fresh"
    assert plan.variants[0].software["torch"] == installed_version("torch")
    assert [one.mode for one in plan.parity] == ["in-memory", "in-memory", "in-memory@next", "in-memory@next"]
    # What the parity trials of a variant show is tested elsewhere; here they would take most of the time.
    plan = plan.model_copy(update={"parity": (), "profiles": ()})
    run = create_run(config.runs_folder, plan, config, describe_environment("a test"), dataset)
    with QuietReporter(Console()) as reporter:
        jobs.measure_alone(run, dataset, reporter, live=False)
    results = analyse(gather(run))
    ((way,),) = (one.ways for one in results.variants)
    assert way.n == 1, way.failure
    assert way.versions == dict(gather(run).trainings[0].result.versions)
    assert way.speedup is not None
    assert (run.trial_folder("block-01-pytorch-in-memory@next") / "result.json").is_file()
