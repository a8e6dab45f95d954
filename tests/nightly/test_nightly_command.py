"""A whole night with trials that take no time: what is written, what is said, and that no night is better than it was."""

import json
import re
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from builders import epochs, make_dataset, make_plan, phases
from doubles import FakeExecutor, write_result

from reportgen import jobs, nightly_command, suite_jobs
from reportgen.config import load_config
from reportgen.errors import ReportgenError
from reportgen.nightly import measuring
from reportgen.nightly.history import ask
from reportgen.nightly.night import NIGHT
from reportgen.nightly_command import Nightly, record_failure
from reportgen.records import FailedResult, TrainingSpec
from reportgen.records.night import Control, NightRecord
from reportgen.runner.study import run_study
from reportgen.runs import list_runs

STUDY = '[study]\nworkload = {}\ndataset = "digits"\nmodes = ["idiomatic"]\n[output]\nforms = ["html"]\n'
BEGAN = datetime.fromisoformat("2026-06-01T02:30:00+00:00")


class SlowingExecutor(FakeExecutor):
    """Trials of PyTorch take ``slowness`` times as long as they did."""

    def __init__(self, slowness, fail):
        super().__init__(fail)
        self.slowness = slowness

    def __call__(self, spec, folder, on_event):
        result = super().__call__(spec, folder, on_event)
        if isinstance(spec, TrainingSpec) and spec.framework == "pytorch" and not isinstance(result, FailedResult):
            factor = self.slowness
            named = {"start": 0.1, "import": 2.0, "data": 0.2, "build": 0.3, "first_step": 0.4 * factor, "training": 5.6 * factor}
            changed = {"phases": phases(**named, validation=0.3, evaluation=0.5), "epochs": epochs(3.0 * factor, 1.5 * factor, 1.5 * factor)}
            return write_result(spec, folder, **changed)
        return result


class Desk:
    """A folder in which nights are run. ``fail`` says which trials fail, ``control`` how long the control workload takes, in seconds."""

    def __init__(self, folder):
        self.folder = folder
        self.fail = {}
        self.slowness = self.control = 1.0
        self.carried_out = []
        self.nights = 0
        self.configure('"mlp"')

    def configure(self, workloads):
        (self.folder / "report.toml").write_text(STUDY.format(workloads))

    def plan(self, config, _progress, run=""):
        self.nights += 1
        moment = (BEGAN + timedelta(days=self.nights)).isoformat(timespec="milliseconds")
        plan = make_plan(run=run or f"night-{self.nights:02d}", blocks=2)
        return plan.model_copy(update={"created_at": moment, "workload": config.study.workloads[0]}), make_dataset()

    def measure(self, run, _dataset, reporter, _live):
        executor = SlowingExecutor(self.slowness, self.fail)
        outcome = run_study(run, Path("data"), executor, reporter)
        self.carried_out.append((run.folder.name, executor.trials))
        return outcome

    def night(self, **flags):
        config = load_config(self.folder / "report.toml", {f"nightly.{name}": value for name, value in flags.items()})
        return Nightly(config, "python -m reportgen nightly", quiet=True, prune_after=False).run()

    def verdict(self):
        return json.loads((self.folder / "out" / "latest" / "verdict.json").read_text())

    def outcomes(self):
        return {cell["code"]: cell["outcome"] for one in self.verdict()["workloads"] for cell in one["cells"]}

    def invent(self, count=13, workload="mlp"):
        """Write nights before the first one, from what is measured now."""
        self.night()
        real = next(folder for folder in list_runs(self.folder / "runs") if (folder / NIGHT).is_file())
        night = NightRecord.model_validate_json((real / NIGHT).read_bytes())
        draw = np.random.default_rng(1)
        for index in range(count):
            cells = []
            for cell in night.cells:
                factor = float(np.exp(draw.normal(0, 0.01))) if cell.timed else 1.0
                cells.append(cell.model_copy(update={"values": tuple(value * factor for value in cell.values)}))
            control = Control(key="1", seconds=(float(np.exp(draw.normal(0, 0.01))),))
            changes = {"created_at": (BEGAN - timedelta(days=count - index)).isoformat(timespec="milliseconds"), "cells": tuple(cells)}
            folder = self.folder / "runs" / f"invented-{index:02d}"
            folder.mkdir()
            (folder / NIGHT).write_text(night.model_copy(update=changes | {"control": control}).model_dump_json())


@pytest.fixture
def desk(tmp_path, monkeypatch):
    made = Desk(tmp_path)
    for room in (jobs, suite_jobs):
        monkeypatch.setattr(room, "make_plan", made.plan)
    monkeypatch.setattr(measuring, "dataset_of", lambda *_: make_dataset())
    monkeypatch.setattr(measuring, "measure_alone", made.measure)
    monkeypatch.setattr(nightly_command, "run_control", lambda: Control(key="1", seconds=(made.control,)))
    for name in ("render", "render_suite"):
        monkeypatch.setattr(nightly_command, name, lambda *_: None)
    # A lock of its own: a study elsewhere on this machine is not waited for.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return made


def test_a_night_without_a_history_says_so_and_ends_with_three_only_where_a_baseline_is_required(desk, capsys):
    assert desk.night() == 0
    assert capsys.readouterr().out.rstrip().splitlines()[-1].startswith("nightly: fine (exit code 0): nothing compared yet, 0 comparable nights")
    assert desk.night(require_baseline=True) == 3
    assert "nothing compared yet, 1 comparable night" in capsys.readouterr().out
    assert set(desk.outcomes().values()) == {"no baseline"}


def test_a_quiet_night_is_fine_and_nothing_is_measured_again(desk):
    desk.invent()
    assert desk.night(require_baseline=True) == 0
    assert desk.outcomes()["training_time:pytorch"] == "fine"
    assert all(name != "again" for name, _ in desk.carried_out)


def test_a_slower_framework_is_measured_again_and_confirmed(desk, capsys):
    desk.invent()
    desk.slowness = 1.3
    assert desk.night() == 0, "one night may be anything"
    assert desk.night() == 1
    assert desk.outcomes()["training_time:pytorch"] == "regression"
    assert desk.outcomes()["ratio:training_time"] == "regression"
    assert desk.outcomes()["training_time:tensorflow"] == "fine"
    name, trials = desk.carried_out[-1]
    assert name == "again"
    assert sorted(trials) == ["block-01-pytorch", "block-01-tensorflow", "block-02-pytorch", "block-02-tensorflow"]
    said = capsys.readouterr().out
    assert "measured again at once: " in said
    assert said.rstrip().splitlines()[-1].startswith("nightly: regression (exit code 1): confirmed, ")


def test_when_the_control_is_slower_too_the_machine_has_changed(desk):
    desk.invent()
    desk.slowness = desk.control = 1.3
    desk.night()
    assert desk.night() == 3
    assert desk.outcomes()["training_time:pytorch"] == "machine changed"
    assert "machine changed" in desk.verdict()["line"]


def test_what_is_not_there_when_measured_again_is_no_alarm(desk, monkeypatch):
    desk.invent()
    desk.slowness = 1.3
    assert desk.night() == 0, "one night may be anything"
    original = desk.measure

    def recover(run, *rest):
        desk.slowness = 1.0 if run.folder.name == "again" else desk.slowness
        return original(run, *rest)

    monkeypatch.setattr(measuring, "measure_alone", recover)
    assert desk.night() == 0
    assert desk.outcomes()["training_time:pytorch"] == "not confirmed"


def test_a_repetition_that_fails_leaves_the_flag_unconfirmed_and_says_why(desk, monkeypatch):
    desk.invent()
    desk.slowness = 1.3
    assert desk.night() == 0, "one night may be anything"
    original = desk.measure

    def fail(run, *rest):
        if run.folder.name == "again":
            raise ReportgenError("The disk is full.")
        return original(run, *rest)

    monkeypatch.setattr(measuring, "measure_alone", fail)
    assert desk.night() == 3
    (sentence,) = [cell["sentence"] for cell in desk.verdict()["workloads"][0]["cells"] if cell["code"] == "training_time:pytorch"]
    assert "The disk is full" in sentence


def test_a_lost_block_ends_with_two_and_the_rest_is_judged(desk):
    desk.fail = {"block-02-pytorch": None, "block-02-pytorch-attempt-2": None}
    assert desk.night() == 2
    verdict = desk.verdict()
    assert verdict["workloads"][0]["problems"][0] == "1 of 2 blocks were not measured."
    assert len(desk.outcomes()) > 5
    assert verdict["line"].startswith("failure (exit code 2): 1 of 2 blocks")


def test_a_night_that_measured_nothing_is_never_fine(desk):
    desk.fail = {
        f"block-{block:02d}-{name}{attempt}": None for block in (1, 2) for name in ("tensorflow", "pytorch") for attempt in ("", "-attempt-2")
    }
    assert desk.night() == 2
    assert desk.verdict()["workloads"] == []
    assert desk.verdict()["problems"]
    assert ask(desk.folder / "runs", lambda connection, damaged: len(damaged)) == 1, "it is named, and left out of the history"


def test_a_mistake_of_the_program_ends_with_two_and_not_with_pythons_one(desk, monkeypatch, capsys):
    monkeypatch.setattr(measuring, "make_night", lambda *_: 1 / 0)
    assert desk.night() == 2
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert "ZeroDivisionError" in desk.verdict()["line"]


@pytest.mark.parametrize("error", [ReportgenError("Pango is missing."), OSError(28, "No space left on device")])
def test_a_report_that_cannot_be_written_ends_with_two_and_the_verdict_is_kept(desk, monkeypatch, error):
    def refuse(*_):
        raise error

    monkeypatch.setattr(nightly_command, "render", refuse)
    assert desk.night() == 2
    assert desk.outcomes()["training_time:pytorch"] == "no baseline"
    assert re.search("Pango|No space", desk.verdict()["line"])


def test_a_night_that_is_cut_off_leaves_no_older_verdict_and_is_recovered_when_it_is_resumed(desk):
    desk.night()
    desk.fail = {"block-02-pytorch": KeyboardInterrupt()}
    with pytest.raises(KeyboardInterrupt):
        desk.night()
    assert desk.verdict()["exit_code"] == 2
    assert "has not come to its end" in desk.verdict()["line"]
    nights = ask(desk.folder / "runs", lambda connection, _: connection.execute("SELECT count(*) FROM nights").fetchone()[0])
    assert nights == 2, "one block was complete, and is a night"


def test_several_workloads_are_nights_of_their_own_and_the_worst_decides(desk):
    desk.configure('["mlp", "cnn"]')
    desk.fail = {}
    assert desk.night() == 0
    (suite,) = list_runs(desk.folder / "runs")
    assert [one["run"] for one in desk.verdict()["workloads"]] == [f"{suite.name}/mlp", f"{suite.name}/cnn"]
    folders = ask(desk.folder / "runs", lambda connection, _: [row[0] for row in connection.execute("SELECT folder FROM nights ORDER BY folder")])
    assert folders == [f"{suite.name}/cnn", f"{suite.name}/mlp"]
    measure = desk.measure

    def fail_second(run, *rest):
        if run.folder.name == "cnn":
            raise ReportgenError("There is no GPU.")
        return measure(run, *rest)

    measuring.measure_alone = fail_second
    while datetime.now().strftime("%H%M%S") in suite.name:
        time.sleep(0.05)  # a suite is named after the second in which it begins, and the first night can be shorter
    assert desk.night() == 2
    assert [one["workload"] for one in desk.verdict()["workloads"]] == ["mlp"]
    assert "cnn: There is no GPU." in desk.verdict()["line"]


def test_a_failure_before_the_night_is_recorded_only_where_nights_were_before(tmp_path):
    record_failure(tmp_path / "out", "The file is wrong.")
    assert not (tmp_path / "out").exists()
    (tmp_path / "out").mkdir()
    record_failure(tmp_path / "out", "The file is wrong.")
    verdict = json.loads((tmp_path / "out" / "latest" / "verdict.json").read_text())
    assert (verdict["exit_code"], verdict["problems"]) == (2, ["The file is wrong."])
