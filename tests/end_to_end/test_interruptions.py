"""Nothing is lost: processes that are really killed, at bad moments, and records that are really damaged."""

import json
import signal
import time

import psutil
import pytest

GENEROUS_S = 300.0
SMALL = '[study]\nmodes = ["idiomatic"]\ndataset = "digits"\nblocks = 1\nepochs = 1\nexport_blocks = 0\n'


def wait_until(condition, what: str) -> None:
    deadline = time.monotonic() + GENEROUS_S
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.05)


def begun(desk):
    """Return the trials of blocks that have begun, in order of their beginning, with whether each has a result."""
    folders = sorted((desk.folder / "runs").glob("*/trials/block-*/events.jsonl"), key=lambda path: path.stat().st_ctime_ns)
    return {path.parent.name: (path.parent / "result.json").is_file() for path in folders}


def child_of(process) -> psutil.Process:
    """Return the process of the trial that runs now: a new interpreter, or forked from one that the study has for that."""
    started = {one: " ".join(one.cmdline()) for one in psutil.Process(process.pid).children()}
    forked = [child for one, command in started.items() if "reportgen.runner.nursery" in command for child in one.children()]
    (child,) = forked + [one for one, command in started.items() if "reportgen.runner.worker" in command]
    return child


def family_of(process) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def is_gone(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_killed_child_costs_its_block_one_repetition(desk):
    desk.configure(SMALL)
    process = desk.start()
    wait_until(lambda: begun(desk), "the first trial begins")
    child_of(process).kill()
    said, _ = process.communicate(timeout=GENEROUS_S)
    assert process.returncode == 0, said
    assert "SIGKILL" in said
    results = json.loads((desk.folder / "out" / "latest" / "results.json").read_text())
    (failed,) = results["failed_trials"]
    assert failed["status"] == "killed"
    assert failed["repeated"]
    assert {trial["attempt"] for framework in results["frameworks"] for trial in framework["trials"]} == {2}


def test_a_run_survives_ctrl_c_and_the_death_of_its_parent(desk):
    desk.configure(SMALL)
    process = desk.start()
    wait_until(lambda: begun(desk), "the first trial begins")
    family = family_of(process)
    assert child_of(process) in family
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=GENEROUS_S)
    assert process.returncode == 130, said
    assert "--resume" in said
    assert all(is_gone(one) for one in family)

    process = desk.start("run", "--resume", "latest")
    wait_until(lambda: len(begun(desk)) == 2 and any(begun(desk).values()), "the second trial begins")
    family = family_of(process)
    assert child_of(process) in family
    process.kill()
    process.wait()
    wait_until(lambda: all(is_gone(one) for one in family), "the orphans end")
    (done,) = (name for name, finished in begun(desk).items() if finished)
    record = desk.the_run / "trials" / done / "result.json"
    before = (record.read_bytes(), record.stat().st_mtime_ns)

    desk.run("run", "--resume", "latest")
    assert (record.read_bytes(), record.stat().st_mtime_ns) == before
    assert (desk.folder / "out" / "latest" / "report.pdf").is_file()

    predictions = desk.the_run / "trials" / "block-01-pytorch" / "predictions.npz"
    predictions.write_bytes(predictions.read_bytes()[:-100])
    said = desk.run("render", "latest", code=2)
    assert str(predictions.relative_to(desk.folder)) in said.replace("\n", "")
    said = desk.run("run", "--resume", "latest")
    assert "set aside" in said
    assert list((desk.the_run / "damaged").glob("block-01-pytorch-*"))


def test_a_second_study_waits_for_the_first(desk):
    desk.configure('[study]\nmodes = ["idiomatic"]\nframeworks = ["pytorch"]\ndataset = "digits"\nblocks = 1\nepochs = 1\nexport_blocks = 0\n')
    first = desk.start()
    wait_until(lambda: begun(desk), "the first study measures")
    second = desk.start("--quiet", "--runs", "runs-2", "--out", "out-2")
    said, _ = second.communicate(timeout=GENEROUS_S)
    first.communicate(timeout=GENEROUS_S)
    assert (first.returncode, second.returncode) == (0, 0), said
    assert "Another study is measuring" in said

    def times(runs: str, pick, key: str) -> str:
        records = (desk.folder / runs).glob("*/trials/*/result.json")
        return pick(json.loads(path.read_text())[key] for path in records)

    assert times("runs", max, "finished_at") <= times("runs-2", min, "started_at")


@pytest.mark.parametrize("option", ["--workload", "--framework"])
def test_a_hopeless_study_is_not_started(desk, option):
    said = desk.run(option, "no-such-thing", code=2)
    assert option in said
    assert not (desk.folder / "runs").exists()
