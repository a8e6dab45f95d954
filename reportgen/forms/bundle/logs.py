"""The logs of a run as text: for each training what happened epoch by epoch, for each inference what was called and how long it took."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reportgen.report.format import duration, integer, percent, plural, significant

if TYPE_CHECKING:
    from reportgen.analysis.inputs import Failure, Reopening, RunRecords, Training
    from reportgen.records import Epoch, InferenceSample, Phase


def logs(records: RunRecords) -> Mapping[str, bytes]:
    """Return a log for each trial by its file name."""
    texts = {training.spec.trial: training_log(training) for training in (*records.trainings, *records.further)}
    texts |= {reopening.spec.trial: inference_log(reopening) for reopening in records.reopenings}
    texts |= {failure.spec.trial: failure_log(failure) for failure in records.failures}
    return {f"{trial}.log": ("\n".join(lines) + "\n").encode("utf-8") for trial, lines in texts.items()}


def training_log(training: Training) -> list[str]:
    """Return the lines of a training."""
    spec, result = training.spec, training.result
    return [
        f"Training {result.trial}: {spec.framework} in mode {spec.mode}, block {spec.block}, attempt {spec.attempt}, seed {spec.seed}",
        f"Started {result.started_at}, finished {result.finished_at}",
        f"Versions: {versions(result.versions)}",
        f"Told: {spec.hyperparameters.model_dump_json()}; threads {spec.threads}; device {spec.device}",
        f"Trainable parameters: {integer(result.parameter_count)}",
        "",
        *(epoch_line(epoch, len(result.epochs)) for epoch in result.epochs),
        "",
        *phase_lines(result.phases),
        "",
        "Inference by the trained model:",
        *sample_lines(result.inference),
        "",
        *(
            f"Exported to {export.format}: {export.status}" + (f" in {duration(export.conversion_s)}" if export.conversion_s else "")
            for export in result.exports
        ),
        *(f"Warning: {' '.join(warning.split())}" for warning in result.warnings),
    ]


def epoch_line(epoch: Epoch, epochs: int) -> str:
    """Return an epoch's losses and accuracies, and the time of its training."""
    parts = [f"loss {significant(epoch.train_loss, 4)}"]
    parts += [f"accuracy {percent(epoch.train_accuracy)}"] if epoch.train_accuracy is not None else []
    parts += [f"validation loss {significant(epoch.validation_loss, 4)}"]
    parts += [f"validation accuracy {percent(epoch.validation_accuracy)}"] if epoch.validation_accuracy is not None else []
    return f"Epoch {epoch.index} of {epochs}: {', '.join(parts)}; trained in {duration(epoch.train_s)}, validated in {duration(epoch.validation_s)}"


def inference_log(reopening: Reopening) -> list[str]:
    """Return the lines of an exported model that was reopened."""
    spec, result = reopening.spec, reopening.result
    return [
        f"Inference {result.trial}: {spec.format} of {spec.framework}, opened by {spec.runtime}",
        f"Started {result.started_at}, finished {result.finished_at}",
        f"Versions: {versions(result.versions)}",
        f"Input {result.input_shape}, output {result.output_shape}",
        "",
        *phase_lines(result.phases),
        "",
        *sample_lines(result.inference),
    ]


def failure_log(failure: Failure) -> list[str]:
    """Return the lines of a trial that failed."""
    result = failure.result
    again = "a later attempt succeeded" if failure.repeated else "no later attempt succeeded"
    return [
        f"{result.kind.capitalize()} {result.trial}: {result.status}, {again}",
        f"Started {result.started_at}, finished {result.finished_at}",
        f"Cause: {' '.join(result.cause.split())}",
    ]


def sample_lines(sample: InferenceSample) -> Iterator[str]:
    """Yield what was called, and the times of the calls."""
    yield f"{sample.call}, {plural(sample.threads, 'thread')}"
    yield f"All test images in batches of {sample.batch_size}: {times(sample.test_set_s)}"
    yield f"One image: {times(sample.latency_s)}"


def times(seconds: Sequence[float]) -> str:
    """Return the median and the range of some times."""
    if not seconds:
        return "not measured"
    return f"median {duration(statistics.median(seconds))}, {duration(min(seconds))} to {duration(max(seconds))}, {plural(len(seconds), 'call')}"


def phase_lines(phases: Sequence[Phase]) -> Iterator[str]:
    """Yield the phases of a process."""
    for phase in phases:
        yield f"Phase {phase.name}: {duration(phase.wall_s)}, processor {duration(phase.cpu_s)}"


def versions(found: Mapping[str, str]) -> str:
    """Return versions as a list."""
    return ", ".join(f"{name} {version}" for name, version in found.items())
