"""A disk that really is full: a small file system in memory, which only an administrator can mount."""

import json
import subprocess
import sys

import pytest

# The parity trials fit on it, and not the exports of the first training.
SIZE = "size=4700k"


@pytest.fixture
def small_disk(desk):
    disk = desk.folder / "disk"
    disk.mkdir()
    if sys.platform != "linux" or subprocess.run(["mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", disk], check=False).returncode:
        pytest.skip("no small file system can be mounted: that needs Linux and an administrator")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_stops_the_run_and_costs_nothing_that_was_measured(desk, small_disk):
    # The formats that are exported in every block: all of them would not fit on the larger disk either, and take a minute.
    desk.configure('[study]\nexport_formats = "standard"\n')
    study = ("--dataset", "digits", "--mode", "idiomatic", "--blocks", "1", "--epochs", "2", "--runs", "disk/runs")
    said = desk.run(*study, code=2)
    assert "--resume" in said
    assert "room" in said
    (run,) = (small_disk / "runs").iterdir()
    before = {path: path.read_bytes() for path in run.glob("trials/*/result.json")}
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)

    desk.run("run", "--resume", run.name, "--runs", "disk/runs")
    for path, content in before.items():
        assert path.read_bytes() == content
    results = json.loads((desk.folder / "out" / "latest" / "results.json").read_text())
    assert results["complete"]
    assert results["failed_trials"] == []
    assert [export["failures"] for export in results["exports"]] == [[]] * len(results["exports"])
