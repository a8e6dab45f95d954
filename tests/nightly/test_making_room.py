"""Merging the nights of other machines, and pruning old ones: nothing that was measured is lost by either."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reportgen.config import load_config
from reportgen.errors import ReportgenError
from reportgen.evidence import gather
from reportgen.locks import run_lock
from reportgen.nightly.history import ask, read_night
from reportgen.nightly.merging import merge_runs
from reportgen.nightly.night import NIGHT, begin_night, make_night, recover_night, renew_night, results_of, write_night
from reportgen.nightly.pruning import prune_nights
from reportgen.nightly.queries import night_called
from reportgen.records.night import Control
from reportgen.runs import PRUNED, Run, list_runs

EXAMPLE = Path(__file__).parents[2] / "docs" / "example-run"
CREATED = datetime.fromisoformat(Run(EXAMPLE).plan.created_at)


def make_example_night(runs, name="night"):
    """Copy the example run, and make it a night."""
    shutil.copytree(EXAMPLE, runs / name)
    run = Run(runs / name)
    begin_night(run, Control(key="1", seconds=(1.0, 1.1)))
    write_night(run, make_night(run, results_of(run)))
    return run


@pytest.fixture(scope="module")
def example_night(tmp_path_factory):
    return make_example_night(tmp_path_factory.mktemp("nights"))


@pytest.fixture
def shard(tmp_path, example_night):
    """The runs of another machine: a night, the same with a damaged night.json, and one whose plan is damaged."""
    folder = tmp_path / "shard"
    for name in ("night", "mendable", "hopeless"):
        shutil.copytree(example_night.folder, folder / name)
    (folder / "mendable" / NIGHT).write_text("{")
    (folder / "hopeless" / "plan.json").write_text("{")
    (folder / "night" / ".lock").touch()
    return folder


def indexed(runs):
    return ask(runs, lambda connection, damaged: ([row[0] for row in connection.execute("SELECT folder FROM nights ORDER BY folder")], damaged))


def test_a_shard_is_taken_in_and_a_damaged_run_is_named_and_left_out(shard, tmp_path):
    runs = tmp_path / "runs"
    said = list(merge_runs([shard], runs))
    assert any("hopeless is left out" in line and "plan.json" in line for line in said)
    assert said[-1] == f"Merged 2 into {runs}; 0 were there already, 1 left out."
    assert [folder.name for folder in list_runs(runs)] == ["mendable", "night"]
    assert not (runs / "night" / ".lock").exists()
    assert indexed(runs) == (["mendable", "night"], ())
    assert (runs / "mendable" / NIGHT).read_bytes() != b"{", "it was made again from its trials"


def test_merging_again_changes_nothing_and_other_runs_of_the_same_name_stay_apart(shard, tmp_path):
    runs = tmp_path / "runs"
    list(merge_runs([shard], runs))
    assert list(merge_runs([shard], runs))[-1].endswith("2 were there already, 1 left out.")
    plan = shard / "night" / "plan.json"
    plan.write_text(plan.read_text().replace('"seed": 1,', '"seed": 2,', 1))
    said = list(merge_runs([shard / "night"], runs))
    assert said[-1].startswith("Merged 1 ")
    names = [folder.name for folder in list_runs(runs)]
    assert len(names) == 3
    assert any(name.startswith("night-") for name in names)
    assert list(merge_runs([shard / "night"], runs))[-1].startswith("Merged 0 ")


def test_a_run_that_is_being_measured_is_left_out_until_it_has_ended(shard, tmp_path):
    runs = tmp_path / "runs"
    with run_lock(shard / "night"):
        said = list(merge_runs([shard / "night"], runs))
    assert "being measured" in said[0]
    assert not (runs / "night").exists()
    assert list(merge_runs([shard / "night"], runs))[-1].startswith("Merged 1 ")


def test_a_folder_without_runs_is_an_error_before_anything_is_copied(shard, tmp_path):
    (tmp_path / "empty").mkdir()
    for wrong in (tmp_path / "empty", tmp_path / "nowhere"):
        with pytest.raises(ReportgenError, match=wrong.name):
            list(merge_runs([shard, wrong], tmp_path / "runs"))
    with pytest.raises(ReportgenError, match="merged into"):
        list(merge_runs([shard], shard))
    assert not (tmp_path / "runs").exists()


@pytest.fixture
def study(tmp_path, example_night):
    """A folder with a night, its documents, and an ordinary run of the same age."""
    shutil.copytree(example_night.folder, tmp_path / "runs" / "night")
    shutil.copytree(EXAMPLE, tmp_path / "runs" / "ordinary")
    (tmp_path / "out" / "night" / "models" / "pytorch").mkdir(parents=True)
    (tmp_path / "out" / "night" / "models" / "pytorch" / "model.onnx").write_bytes(b"x" * 1000)
    (tmp_path / "out" / "night" / "report.html").write_text("report")
    (tmp_path / "report.toml").write_text("")
    return tmp_path


def prune(study, age_days, dry_run=False, **policy):
    config = load_config(study / "report.toml", {f"nightly.{name}": value for name, value in policy.items()}, rooms=False)
    return list(prune_nights(config, dry_run, CREATED.astimezone(UTC) + timedelta(days=age_days)))


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_models_go_after_thirty_days_and_everything_that_was_measured_stays(study):
    before = files(study)
    assert prune(study, 30)[-1].endswith("of 0 nights.")
    assert prune(study, 31, dry_run=True)[-1].endswith("of 1 night.")
    assert files(study) == before
    said = prune(study, 31)
    assert said[0].startswith("night: exported models, ")
    gone = before - files(study)
    assert gone
    assert all("/exports/" in name or name.startswith("out/night/models/") for name in gone)
    assert not any(name.startswith("runs/ordinary/") for name in gone)
    assert files(study) - before <= {f"runs/night/{PRUNED}", "runs/night/.lock"}
    assert PRUNED in {path.name for path in (study / "runs" / "night").iterdir()}
    assert prune(study, 32)[-1].endswith("of 0 nights."), "what is gone is not found again"


def test_a_pruned_night_can_still_be_analysed_and_rebuilt(study, example_night):
    prune(study, 31)
    run = Run(study / "runs" / "night")
    assert gather(run).damaged == ()
    assert results_of(run) == results_of(example_night)
    (run.folder / NIGHT).write_text("{")
    assert recover_night(run.folder).cells == make_night(example_night, results_of(example_night)).cells


def test_what_is_missing_of_a_night_that_was_not_pruned_is_damage(study):
    shutil.rmtree(study / "runs" / "night" / "trials" / "block-01-pytorch" / "exports")
    assert gather(Run(study / "runs" / "night")).damaged


def test_records_go_only_where_the_policy_says_so(study):
    assert prune(study, 4000, keep_records_days=0)[0].startswith("night: exported models")
    said = prune(study, 4000, keep_records_days=365)
    assert said[0].startswith("night: the whole night")
    assert not (study / "runs" / "night").exists()
    assert not (study / "out" / "night").exists()
    assert (study / "runs" / "ordinary" / "plan.json").is_file()


def test_a_night_that_is_being_measured_is_left_as_it_is(study):
    before = files(study / "runs" / "night" / "trials")
    with run_lock(study / "runs" / "night"):
        said = prune(study, 31)
    assert "being measured" in said[0]
    assert files(study / "runs" / "night" / "trials") == before


def test_a_night_that_was_resumed_is_entered_anew_with_what_was_measured_again(study):
    folder = study / "runs" / "night"
    run = Run(folder)
    whole = read_night(folder / NIGHT)
    write_night(run, whole.model_copy(update={"complete_blocks": 1, "cells": whole.cells[:1]}))
    shutil.copytree(EXAMPLE, folder / "again")
    renew_night(run)
    renewed = read_night(folder / NIGHT)
    assert renewed.cells == whole.cells
    assert renewed.complete_blocks == whole.complete_blocks
    assert renewed.control == whole.control
    assert renewed.repeat == whole.cells
    ordinary = Run(study / "runs" / "ordinary")
    renew_night(ordinary)
    assert not (ordinary.folder / NIGHT).exists()


def test_a_night_is_found_in_the_index_by_its_folder(study):
    found = ask(study / "runs", lambda connection, _: night_called(connection, "night"))
    assert found is not None
    assert found.workload == "mlp"
