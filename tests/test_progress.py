from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import TITLES, epochs, failed_result, inference_result, inference_spec, training_result, training_spec
from doubles import FakeExecutor
from rich.console import Console

from reportgen.errors import ReportgenError
from reportgen.progress import DownloadProgress, LiveReporter, PlainReporter, QuietReporter, describe, make_reporter, outcome
from reportgen.runner.events import Event
from reportgen.runner.study import run_study
from reportgen.runs import Run

NewRun = Callable[..., Run]


def screen(terminal: bool = False) -> Console:
    return Console(file=io.StringIO(), width=100, force_terminal=terminal, color_system=None, legacy_windows=False)


def printed(console: Console) -> str:
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return text


def title(name: str) -> str:
    return TITLES[name]


def test_a_trial_is_described_for_a_person() -> None:
    assert describe(training_spec(block=3, framework="pytorch"), title) == "block 3: training with PyTorch (dataloader)"
    assert describe(training_spec(block=3, framework="pytorch", attempt=2), title) == "block 3: training with PyTorch (dataloader), attempt 2"
    reopening = inference_spec(training_spec(block=2), "tflite")
    assert describe(reopening, title) == "block 2: reopening TensorFlow's TFLite with example, 1 thread"
    with_litert = reopening.model_copy(update={"runtime": "litert"})
    assert describe(with_litert, title) == "block 2: reopening TensorFlow's TFLite with LiteRT, 1 thread"


def test_an_outcome_in_a_few_words() -> None:
    spec = training_spec()
    assert outcome(training_result(spec, epochs=epochs(1.0, 1.0)), 12.34) == "done in 12.3 s (validation accuracy 70.00%)"
    assert outcome(inference_result(inference_spec(spec, "tflite")), 1.26) == "done in 1.3 s"
    assert outcome(failed_result(spec, "timeout", "it did not end"), 9) == "timeout: it did not end"


def test_without_classes_the_outcome_is_a_loss() -> None:
    epoch = epochs(1.0)[0].model_copy(update={"train_accuracy": None, "validation_accuracy": None, "validation_loss": 2.125})
    assert outcome(training_result(training_spec(), epochs=(epoch,)), 1.25) == "done in 1.2 s (validation loss 2.125)"


def test_the_reporter_suits_the_terminal() -> None:
    assert type(make_reporter(screen(terminal=True), False, title)) is LiveReporter
    assert type(make_reporter(screen(terminal=False), False, title)) is PlainReporter
    assert type(make_reporter(screen(terminal=True), True, title)) is QuietReporter


def test_plain_lines_count_up_to_the_total(new_run: NewRun) -> None:
    run, console = new_run(blocks=2, export_blocks=1), screen()
    with PlainReporter(console, title) as reporter:
        run_study(run, Path("data"), FakeExecutor(), reporter)
    lines = printed(console).splitlines()
    assert lines[0] == "Run example: 2 blocks, 6 trials"
    assert [line.split()[0] for line in lines[1:]] == [f"[{count}/6]" for count in range(1, 7)]


def test_repeating_a_block_does_not_count_beyond_the_total(new_run: NewRun) -> None:
    run, console = new_run(blocks=1), screen()
    second = run.plan.trials[1].trial
    with PlainReporter(console, title) as reporter:
        run_study(run, Path("data"), FakeExecutor({second: None}), reporter)
    assert [line.split()[0] for line in printed(console).splitlines()[1:]] == ["[1/2]", "[1/2]", "[1/2]", "[2/2]"]
    assert "failed: it broke" in printed(console)


def test_resuming_counts_what_was_done_without_a_line_for_it(new_run: NewRun) -> None:
    run, console = new_run(blocks=2), screen()
    third = run.plan.trials[2].trial
    with pytest.raises(ReportgenError):
        run_study(run, Path("data"), FakeExecutor({third: ReportgenError("stop")}), QuietReporter(screen()))
    with PlainReporter(console, title) as reporter:
        run_study(run, Path("data"), FakeExecutor(), reporter)
    assert [line.split()[0] for line in printed(console).splitlines()[1:]] == ["[3/4]", "[4/4]"]


def test_quiet_says_failures_and_notices_and_nothing_else(new_run: NewRun) -> None:
    run, console = new_run(blocks=2), screen()
    first = run.plan.trials[0].trial
    with QuietReporter(console) as reporter:
        run_study(run, Path("data"), FakeExecutor({first: None}), reporter)
        reporter.event(training_spec(), Event(event="phase", name="import"))
        reporter.notice("the disk [is] nearly full")
    assert printed(console) == f"{first}: failed: it broke\nthe disk [is] nearly full\n"


def test_a_long_line_is_not_broken_for_a_log() -> None:
    console = screen()
    QuietReporter(console).notice("/a/very/long/path" * 20)
    assert printed(console).count("\n") == 1


def test_live_shows_phase_epoch_and_remaining_time_and_takes_its_line_away(new_run: NewRun, monkeypatch: pytest.MonkeyPatch) -> None:
    run, console = new_run(blocks=2), screen(terminal=True)
    time_s = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: time_s[0])
    reporter = LiveReporter(console, title)
    spec = training_spec(block=1, framework="pytorch")
    with reporter:
        reporter.study_begins(run, 4)
        reporter.trial_begins(spec)
        reporter.event(spec, Event(event="phase", name="import"))
        assert "block 1: training with PyTorch (dataloader), import" in printed(console)
        assert reporter.remaining() == "", "nothing is known before the first trial ends"
        reporter.event(spec, Event(event="epoch", epoch=epochs(1.0, 1.0)[1], planned_epochs=5))
        assert "epoch 2 of 5" in printed(console)
        time_s[0] = 50.0
        reporter.trial_ends(spec, training_result(spec))
        assert reporter.remaining() == "about 2:30 left"
        assert "about 2:30 left" in printed(console)
    assert "[1/4] block 1: training with PyTorch (dataloader): done in 50.0 s" in printed(console)
    reporter.event(spec, Event(event="phase", name="late"))
    assert "late" not in printed(console)


def test_nothing_is_left_when_all_is_done(new_run: NewRun) -> None:
    reporter = LiveReporter(screen(terminal=True), title)
    with reporter:
        run_study(new_run(blocks=1), Path("data"), FakeExecutor(), reporter)
        assert reporter.remaining() == "about 0:00 left"


def test_no_thread_draws_while_something_is_measured(new_run: NewRun) -> None:
    import threading

    before = threading.active_count()
    reporter = LiveReporter(screen(terminal=True), title)
    with reporter:
        reporter.study_begins(new_run(blocks=1), 2)
        assert threading.active_count() == before


def test_the_live_line_ends_when_the_study_breaks_off(new_run: NewRun) -> None:
    reporter = LiveReporter(screen(terminal=True), title)
    first = new_run(blocks=1).plan.trials[0].trial
    with pytest.raises(KeyboardInterrupt), reporter:
        run_study(new_run(run="other", blocks=1), Path("data"), FakeExecutor({first: KeyboardInterrupt()}), reporter)
    assert not reporter.bar.live.is_started


def test_a_download_is_one_line_where_nothing_can_be_redrawn() -> None:
    console = screen()
    show = DownloadProgress(console, quiet=False)
    for done in (0, 2**20, 2 * 2**20):
        show("Downloading MNIST", done, 2 * 2**20)
    show("Checking", 0, None)
    assert printed(console) == "Downloading MNIST\nChecking\n"


def test_a_download_on_a_terminal_shows_how_far_it_is() -> None:
    console = screen(terminal=True)
    show = DownloadProgress(console, quiet=False)
    show("Downloading", 2**20, 2 * 2**20)
    show("Downloading", 2 * 2**20, 2 * 2**20)
    assert "  1.0 of 2.0 MiB\r" in printed(console)
    assert printed(console).endswith("  2.0 of 2.0 MiB\n")


def test_a_quiet_download_says_nothing() -> None:
    console = screen(terminal=True)
    DownloadProgress(console, quiet=True)("Downloading", 1, 2)
    assert printed(console) == ""
