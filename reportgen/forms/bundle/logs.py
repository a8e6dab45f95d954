"""The logs of a run as text: for each training what happened epoch by epoch, for each inference what was called and how long it took."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reportgen.analysis.causes import told
from reportgen.language import gettext, marked
from reportgen.report.format import duration, integer, percent, plural, significant
from reportgen.report.vocabulary import ENDS

if TYPE_CHECKING:
    from reportgen.analysis.inputs import Failure, Reopening, RunRecords, Training
    from reportgen.records import Epoch, ExportSample, InferenceSample, Phase

#: What records name: kinds of trials (those that the report's tables have are marked there), and what became of an export.
KINDS = (marked("Training"), marked("Inference"), marked("Parity"), marked("Profile"), marked("Cold start"), marked("Experiment"))
STATUS = (marked("ok"), marked("failed"), marked("unavailable"))


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
        gettext(
            "Training {trial}: {framework} in mode {mode}, block {block}, attempt {attempt}, seed {seed}",
            trial=result.trial,
            framework=spec.framework,
            mode=spec.mode,
            block=spec.block,
            attempt=spec.attempt,
            seed=spec.seed,
        ),
        period(result.started_at, result.finished_at),
        versions(result.versions),
        gettext(
            "Told: {hyperparameters}; threads {threads}; device {device}",
            hyperparameters=spec.hyperparameters.model_dump_json(),
            threads=spec.threads,
            device=spec.device,
        ),
        gettext("Trainable parameters: {count}", count=integer(result.parameter_count)),
        "",
        *(epoch_line(epoch, len(result.epochs)) for epoch in result.epochs),
        "",
        *phase_lines(result.phases),
        "",
        gettext("Inference by the trained model:"),
        *sample_lines(result.inference),
        "",
        *(export_line(export) for export in result.exports),
        *(gettext("Warning: {warning}", warning=" ".join(warning.split())) for warning in result.warnings),
    ]


def export_line(export: ExportSample) -> str:
    """Return what became of an export, and how long its conversion took."""
    status = gettext(export.status)
    if not export.conversion_s:
        return gettext("Exported to {format}: {status}", format=export.format, status=status)
    return gettext("Exported to {format}: {status} in {duration}", format=export.format, status=status, duration=duration(export.conversion_s))


def epoch_line(epoch: Epoch, epochs: int) -> str:
    """Return an epoch's losses and accuracies, and the time of its training."""
    parts = [gettext("loss {value}", value=significant(epoch.train_loss, 4))]
    parts += [gettext("accuracy {value}", value=percent(epoch.train_accuracy))] if epoch.train_accuracy is not None else []
    parts += [gettext("validation loss {value}", value=significant(epoch.validation_loss, 4))]
    parts += [gettext("validation accuracy {value}", value=percent(epoch.validation_accuracy))] if epoch.validation_accuracy is not None else []
    return gettext(
        "Epoch {epoch} of {epochs}: {values}; trained in {trained}, validated in {validated}",
        epoch=epoch.index,
        epochs=epochs,
        values=", ".join(parts),
        trained=duration(epoch.train_s),
        validated=duration(epoch.validation_s),
    )


def inference_log(reopening: Reopening) -> list[str]:
    """Return the lines of an exported model that was reopened."""
    spec, result = reopening.spec, reopening.result
    return [
        gettext(
            "Inference {trial}: {format} of {framework}, opened by {runtime}",
            trial=result.trial,
            format=spec.format,
            framework=spec.framework,
            runtime=spec.runtime,
        ),
        period(result.started_at, result.finished_at),
        versions(result.versions),
        gettext("Input {input_shape}, output {output_shape}", input_shape=result.input_shape, output_shape=result.output_shape),
        "",
        *phase_lines(result.phases),
        "",
        *sample_lines(result.inference),
    ]


def failure_log(failure: Failure) -> list[str]:
    """Return the lines of a trial that failed."""
    result = failure.result
    again = gettext("a later attempt succeeded") if failure.repeated else gettext("no later attempt succeeded")
    return [
        f"{titled(result.kind)} {result.trial}: {gettext(ENDS.get(result.status, result.status))}, {again}",
        period(result.started_at, result.finished_at),
        gettext("Cause: {cause}", cause=" ".join(str(told(result.cause)).split())),
    ]


def sample_lines(sample: InferenceSample) -> Iterator[str]:
    """Yield what was called, and the times of the calls."""
    call = sample.call.replace("; one image: ", gettext("; one image: "))
    yield f"{call}, {plural(sample.threads, 'thread')}"
    yield gettext("All test images in batches of {batch_size}: {times}", batch_size=sample.batch_size, times=times(sample.test_set_s))
    yield gettext("One image: {times}", times=times(sample.latency_s))


def times(seconds: Sequence[float]) -> str:
    """Return the median and the range of some times."""
    if not seconds:
        return gettext("not measured")
    return gettext(
        "median {median}, {least} to {most}, {calls}",
        median=duration(statistics.median(seconds)),
        least=duration(min(seconds)),
        most=duration(max(seconds)),
        calls=plural(len(seconds), "call"),
    )


def phase_lines(phases: Sequence[Phase]) -> Iterator[str]:
    """Yield the phases of a process."""
    for phase in phases:
        name = titled(phase.name)
        yield gettext("Phase {name}: {wall}, processor {processor}", name=name, wall=duration(phase.wall_s), processor=duration(phase.cpu_s))


def titled(name: str) -> str:
    """Return the name of a phase or of a kind of trials as a title, as the report's tables have it."""
    return gettext(name.replace("_", " ").replace("-", " ").capitalize())


def period(started_at: str, finished_at: str) -> str:
    """Return when a process began and ended."""
    return gettext("Started {started}, finished {finished}", started=started_at, finished=finished_at)


def versions(found: Mapping[str, str]) -> str:
    """Return versions as a list."""
    return gettext("Versions: {versions}", versions=", ".join(f"{name} {version}" for name, version in found.items()))
