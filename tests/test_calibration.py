from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import epochs, failed_result, make_calibration, make_environment, training_result
from doubles import FakeExecutor

from reportgen.calibration import SelfComparison, calibration_path, floors, measure_calibration, store_calibration, stored_calibration
from reportgen.errors import ReportgenError
from reportgen.records import Calibration, Hyperparameters, Spec
from reportgen.runner.events import Event
from reportgen.runner.trial import Result
from reportgen.runs import Run
from reportgen.storage import write_record

HARDWARE = make_environment().hardware
NewRun = Callable[..., Run]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTGEN_CACHE", str(tmp_path / "cache"))


def study(blocks: int = 4) -> SelfComparison:
    return SelfComparison(
        frameworks=("tensorflow", "pytorch"),
        modes={"tensorflow": "keras-fit", "pytorch": "dataloader"},
        workload="mlp",
        dataset="insects",
        dataset_digest="00",
        hyperparameters=Hyperparameters(epochs=3, batch_size=3, learning_rate=0.001),
        blocks=blocks,
        seed=5,
        threads=1,
    )


def measure(executor: Callable[[Spec, Path, Callable[[Event], None]], Result], work: Path, blocks: int = 4) -> Calibration:
    return measure_calibration(study(blocks), HARDWARE, work / "data", work / "trials", executor, lambda *_: None)


def test_every_framework_runs_twice_in_every_block_with_one_seed_back_to_back(tmp_path: Path) -> None:
    executor = FakeExecutor()
    measure(executor, tmp_path)
    assert len(executor.specs) == 4 * 2 * 2
    for first, second in zip(executor.specs[::2], executor.specs[1::2], strict=True):
        assert (first.framework, first.block) == (second.framework, second.block)
        assert {getattr(first, "position", 0), getattr(second, "position", 0)} == {1, 2}
        assert getattr(first, "seed", 0) == getattr(second, "seed", 0) == 5 + first.block - 1
    assert len(set(executor.trials)) == 16


def test_neither_label_and_neither_framework_always_comes_first(tmp_path: Path) -> None:
    executor = FakeExecutor()
    measure(executor, tmp_path)
    for framework in ("tensorflow", "pytorch"):
        leaders = [trial for trial in executor.trials[::2] if framework in trial]
        assert sum(trial.endswith("first") for trial in leaders) == 2
    assert sum("tensorflow" in trial for trial in executor.trials[::4]) == 2


def test_times_are_kept_raw_by_label_whatever_the_order(tmp_path: Path) -> None:
    def executor(spec: Spec, folder: Path, on_event: Callable[[Event], None]) -> Result:
        return training_result(spec, epochs=epochs(*[1.0 if spec.trial.endswith("first") else 2.0] * 3))  # type: ignore[arg-type]

    found = measure(executor, tmp_path)
    assert {block.times_s["training_time"] for block in found.blocks} == {(3.0, 6.0)}
    assert set(found.blocks[0].times_s) == {"training_time", "steady_epoch_time", "cold_start", "test_set_inference", "latency"}
    assert dict(found.versions) == {"tensorflow": "1.2.3", "pytorch": "1.2.3"}
    assert len(found.blocks) == 8


def test_one_failure_is_forgiven_and_two_are_told(tmp_path: Path) -> None:
    calls: list[str] = []

    def once(spec: Spec, folder: Path, on_event: Callable[[Event], None]) -> Result:
        calls.append(spec.trial)
        return failed_result(spec) if len(calls) == 1 else training_result(spec)  # type: ignore[arg-type]

    assert len(measure(once, tmp_path / "once").blocks) == 8
    assert calls[1] == f"{calls[0]}-attempt-2"
    with pytest.raises(ReportgenError, match=r"cannot be calibrated.*it broke.*doctor"):
        measure(lambda spec, folder, on_event: failed_result(spec), tmp_path / "always")


def test_a_calibration_is_found_again_on_this_machine_and_not_on_another() -> None:
    assert stored_calibration(HARDWARE) is None
    calibration = make_calibration(tensorflow=[(1.0, 1.1)])
    assert store_calibration(calibration) == calibration_path(HARDWARE)
    assert stored_calibration(HARDWARE) == calibration
    assert stored_calibration(HARDWARE, "cuda") is None, "the noise of another device"
    assert stored_calibration(HARDWARE.model_copy(update={"usable_cpus": 64})) is None


def test_the_newest_calibration_replaces_the_one_before() -> None:
    store_calibration(make_calibration(tensorflow=[(1.0, 1.1)]))
    newer = make_calibration(tensorflow=[(1.0, 1.2)])
    path = store_calibration(newer)
    assert stored_calibration(HARDWARE) == newer
    assert list(path.parent.iterdir()) == [path]


def test_a_damaged_calibration_counts_as_none() -> None:
    path = store_calibration(make_calibration(tensorflow=[(1.0, 1.1)]))
    path.write_text("{")
    assert stored_calibration(HARDWARE) is None


def test_what_follows_is_told_for_every_metric(tmp_path: Path) -> None:
    told = dict(floors(measure(FakeExecutor(), tmp_path)))
    assert len(told) == 5
    assert "A/A study of 4 blocks on this machine" in told["Total training time"]


def test_a_run_takes_up_a_calibration_once_and_keeps_it(new_run: NewRun) -> None:
    run = new_run()
    run.adopt_calibration(None)
    assert run.calibration is None
    first, second = make_calibration(tensorflow=[(1.0, 1.1)]), make_calibration(tensorflow=[(1.0, 1.2)])
    run.adopt_calibration(first)
    run.adopt_calibration(second)
    assert Run(run.folder).calibration == first


def test_a_run_notes_where_it_goes_on_only_if_that_is_elsewhere(new_run: NewRun) -> None:
    run = new_run()
    here = make_environment()
    run.note_environment(here.model_copy(update={"command": "another line", "host_name": "another name"}))
    assert run.later_environments == ()
    moved = here.model_copy(update={"hardware": here.hardware.model_copy(update={"cpu_model": "Other"})})
    updated = here.model_copy(update={"software": here.software.model_copy(update={"python": "3.12.0"})})
    for environment in (moved, updated, moved, here):
        run.note_environment(environment)
    assert Run(run.folder).later_environments == (moved, updated)
    write_record(run.folder / "environment.json", here)
    assert run.environment == here
