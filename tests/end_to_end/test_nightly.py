"""Nights through the real verb: the first has nothing to compare with, and one that is slower than the nights before is confirmed and ends with 1."""

import json
from datetime import datetime, timedelta
from xml.etree import ElementTree

import numpy as np
import pytest

from reportgen.nightly.night import NIGHT
from reportgen.records.night import NightRecord
from reportgen.runs import list_runs

STUDY = """
[study]
workload = "mlp"
frameworks = ["pytorch"]
dataset = "digits"
blocks = 1
epochs = 2
experiments = []
export_blocks = 0
modes = ["idiomatic"]
[output]
forms = ["html"]
"""
EARLIER = 13


@pytest.fixture(scope="module")
def nights(tmp_path_factory, desk_in):
    """A desk after its first night, with what that printed."""
    desk = desk_in(tmp_path_factory.mktemp("nights"))
    desk.configure(STUDY)
    desk.first = desk.run("nightly")
    return desk


def latest(desk, name):
    return (desk.folder / "out" / "latest" / name).read_text()


def invent_earlier_nights(desk):
    """Write nights before the real one that were twice as fast, on a machine that was slower, so that it cannot be the machine.

    However busy the machine of the test is, and busier in one night than in the other, its control workload has then not slowed down.
    """
    runs = desk.folder / "runs"
    (real,) = list_runs(runs)
    night = NightRecord.model_validate_json((real / NIGHT).read_bytes())
    draw = np.random.default_rng(1)
    for index in range(EARLIER):
        factor = 0.5 * float(np.exp(draw.normal(0, 0.01)))
        cells = [cell.model_copy(update={"values": tuple(value * factor for value in cell.values)}) if cell.timed else cell for cell in night.cells]
        swing = float(np.exp(1.5 + (-1) ** index * 0.2))
        control = night.control.model_copy(update={"seconds": tuple(value * swing for value in night.control.seconds)})
        moment = datetime.fromisoformat(night.created_at) - timedelta(days=EARLIER - index)
        changes = {"run": f"night-{index:02d}", "created_at": moment.isoformat(timespec="milliseconds"), "cells": tuple(cells), "control": control}
        folder = runs / f"2000-01-{index + 1:02d}-invented"
        folder.mkdir()
        (folder / NIGHT).write_text(night.model_copy(update=changes | {"software": {**night.software, "torch": "2.0"}}).model_dump_json())


def test_the_first_night_says_that_there_is_nothing_to_compare_with(nights):
    line = nights.first.rstrip().splitlines()[-1]
    assert line == "nightly: fine (exit code 0): nothing compared yet, 0 comparable nights before this one and 11 needed"
    verdict = json.loads(latest(nights, "verdict.json"))
    assert verdict["exit_code"] == 0
    assert {cell["metric"] for cell in verdict["workloads"][0]["cells"]} >= {"training_time", "epoch_time", "cold_start", "accuracy", "latency"}
    assert {cell["outcome"] for cell in verdict["workloads"][0]["cells"]} == {"no baseline"}
    assert "The nights before" in latest(nights, "report.html")
    assert "<svg" in latest(nights, "trend.html")


def test_a_slower_night_is_measured_again_at_once_and_ends_with_one(nights):
    invent_earlier_nights(nights)
    said = nights.run("nightly", "--require-baseline", code=1)
    assert said.rstrip().splitlines()[-1].startswith("nightly: regression (exit code 1): confirmed, ")
    (workload,) = json.loads(latest(nights, "verdict.json"))["workloads"]
    outcomes = {cell["metric"]: cell["outcome"] for cell in workload["cells"]}
    assert outcomes["training_time"] == "regression"
    assert outcomes["accuracy"] == "fine"
    assert workload["earlier_nights"] == EARLIER + 1
    run = max(list_runs(nights.folder / "runs"), key=lambda folder: folder.name)
    repeated = {path.name for path in (run / "again" / "trials").iterdir()}
    assert repeated == {"block-01-pytorch", "block-01-pytorch-cold"}
    night = NightRecord.model_validate_json((run / NIGHT).read_bytes())
    assert {cell.code for cell in night.repeat} >= {"training_time:pytorch"}
    assert not {cell.code for cell in night.repeat} & {"accuracy:pytorch"}
    assert ElementTree.fromstring(latest(nights, "junit.xml")).find("testsuite/testcase/failure") is not None
    assert "regression" in latest(nights, "summary.md")
    trend = latest(nights, "trend.html")
    assert "confirmed regression" in trend
    assert "torch 2.0 \u2192" in trend
    assert "worse by" in latest(nights, "report.html")


def test_a_night_that_cannot_begin_ends_with_two_and_leaves_its_own_verdict(nights):
    nights.configure(STUDY.replace('"mlp"', '"nowhere"'))
    assert "nowhere" in nights.run("nightly", code=2)
    verdict = json.loads(latest(nights, "verdict.json"))
    assert (verdict["exit_code"], verdict["workloads"]) == (2, [])
    assert "nowhere" in verdict["line"]
    assert "failure" in latest(nights, "summary.md")
