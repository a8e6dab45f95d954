"""What each export format costs, and whether what came out is still the same model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.metrics import accuracy_score

from reportgen.analysis.export_sameness import Pair, agreement, change, changed_images, difference, judge
from reportgen.analysis.exported import AGREES, ExportResult, FilePart, InferenceSummary, Throughput
from reportgen.analysis.inputs import Logits, Reopening, RunRecords, Training
from reportgen.analysis.statistics import optional, summarise
from reportgen.analysis.timing import median_latency_s, p95_latency_s, p99_latency_s, peak_memory_bytes, test_set_s
from reportgen.errors import ReportgenError
from reportgen.language import marked
from reportgen.records import ExportSample, InferenceSample, Sentence, made

LOST_SOMETHING = marked("its predictions are not finite, although its source's are: the conversion lost something")


def inference_summary(runtime: str, samples: Sequence[InferenceSample]) -> InferenceSummary:
    """Summarise at least one process's inference timings over processes."""
    first = samples[0]
    return InferenceSummary(
        runtime=runtime,
        call=first.call,
        batch_size=first.batch_size,
        threads=first.threads,
        calls_per_process=min(len(sample.latency_s) for sample in samples),
        test_set=summarise([test_set_s(sample) for sample in samples], "s"),
        latency_median=summarise([median_latency_s(sample) for sample in samples], "s"),
        latency_p95=summarise([p95_latency_s(sample) for sample in samples], "s"),
        latency_p99=optional([p99_latency_s(sample) for sample in samples], "s"),
    )


def export_results(records: RunRecords) -> tuple[ExportResult, ...]:
    """Return one result for each export format that the run was to make."""
    planned = dict.fromkeys((trial.framework, name) for trial in records.plan.trials for name in trial.exports)
    ordered = sorted(planned, key=lambda pair: records.plan.frameworks.index(pair[0]))
    return tuple(export_result(records, framework, name) for framework, name in ordered)


def export_result(records: RunRecords, framework: str, name: str) -> ExportResult:
    """Join what the training trials wrote in one format with what its runtime made of it."""
    title = records.titles.formats[framework, name]
    sources = {training.spec.trial: training for training in records.trainings_of(framework)}
    samples = [sample for training in sources.values() for sample in training.result.exports if sample.format == name]
    written = [sample for sample in samples if sample.status == "ok"]
    answered = [
        reopening
        for reopening in records.reopenings
        if reopening.spec.framework == framework and reopening.spec.format == name and reopening.spec.source_trial in sources
    ]
    reopened = [one for one in answered if np.all(np.isfinite(one.logits))]
    failures = [sample.error or Sentence(sentence=marked("unknown error")) for sample in samples if sample.status == "failed"]
    failures += [
        made(marked("reopening failed: {cause}"), cause=failure.result.cause)
        for failure in records.failures
        if failure.spec.kind == "inference" and (failure.spec.framework, failure.spec.format) == (framework, name) and not failure.repeated
    ]
    if len(reopened) < len(answered):
        failures.append(Sentence(sentence=LOST_SOMETHING))
    unavailable = next((sample.error for sample in samples if sample.status == "unavailable"), None)
    pairs = pairs_of(reopened, sources)
    changes = tuple(
        change(one.spec.block, title.title, records.titles.frameworks[framework], pair, records.test_labels)
        for one, pair in zip(reopened, pairs, strict=True)
    )
    shown = judge(title.precision, pairs, changes) if pairs else "not measured"
    shown = "failed" if failures else "not available" if unavailable is not None and not pairs else shown
    classes = records.plan.dataset.class_names
    return ExportResult(
        framework=framework,
        format=name,
        title=title.title,
        precision=title.precision,
        file_name=title.file_name,
        runtime=title.runtime,
        n=len(reopened),
        size_bytes=written[0].size_bytes if written else None,
        conversion=summarise([conversion_s(sample) for sample in written], "s") if written else None,
        max_abs_difference=max(map(difference, pairs)) if pairs else None,
        argmax_agreement=min(map(agreement, pairs)) if pairs else None,
        accuracy=summarise([accuracy(records, reopening.logits) for reopening in reopened], "fraction") if reopened else None,
        source_accuracy=summarise([accuracy(records, source) for _, source in pairs], "fraction") if pairs else None,
        sameness=shown,
        agrees=AGREES.get(shown) if pairs else None,
        changes=changes,
        changed_images=changed_images(pairs[0], records.test_labels, classes) if pairs else (),
        parts=parts(written[0]) if written else (),
        load=optional([phase_s(one, "load") for one in reopened], "s"),
        inference=inference_summary(title.runtime, [reopening.result.inference for reopening in reopened]) if reopened else None,
        throughput=throughput(reopened),
        threaded_throughput=throughput([one for one in records.threaded if (one.spec.framework, one.spec.format) == (framework, name)]),
        peak_memory=optional([peak_memory_bytes(one.result) for one in reopened], "bytes"),
        failures=tuple(dict.fromkeys(failures)),
        unavailable=unavailable,
    )


def pairs_of(reopened: Sequence[Reopening], sources: Mapping[str, Training]) -> list[Pair]:
    """Return each export's logits with those of the model that it came from."""
    pairs = [(one.logits, sources[one.spec.source_trial].logits) for one in reopened]
    for one, (exported, source) in zip(reopened, pairs, strict=True):
        if exported.shape != source.shape:
            raise ReportgenError(
                marked(
                    "The predictions of '{trial}' have the shape {shape}, and its source's {wanted}. Delete its folder, and "
                    "measure it again with: python -m reportgen run --resume RUN"
                ),
                trial=one.spec.trial,
                shape=exported.shape,
                wanted=source.shape,
            )
    return pairs


def parts(sample: ExportSample) -> tuple[FilePart, ...]:
    """Return the files of an export that consists of several; a card beside them is one too."""
    files = [FilePart(path=file.path.split("/", 2)[-1], size_bytes=file.size_bytes) for file in sample.files]
    return tuple(files) if len(files) > 1 else ()


def phase_s(reopening: Reopening, name: str) -> float | None:
    """Return the wall time of a phase, or ``None`` where the process had none of the name."""
    return next((phase.wall_s for phase in reopening.result.phases if phase.name == name), None)


def throughput(reopened: Sequence[Reopening]) -> tuple[Throughput, ...]:
    """Return images per second for each batch size that every process measured."""
    measured = [{sample.batch_size: sample for sample in one.result.throughput} for one in reopened]
    sizes = [size for size in measured[0] if all(size in one for one in measured)] if measured else []
    return tuple(
        Throughput(
            batch_size=size,
            threads=reopened[0].spec.threads,
            images_per_s=summarise([size / float(np.median(one[size].call_s)) for one in measured], "1/s"),
        )
        for size in sizes
    )


def accuracy(records: RunRecords, logits: Logits) -> float:
    """Return the share of test images whose largest logit is their class."""
    return float(accuracy_score(records.test_labels, logits.argmax(axis=1)))


def conversion_s(sample: ExportSample) -> float:
    """Return the conversion time of an export that worked."""
    if sample.conversion_s is None:
        raise ReportgenError(marked("An export to '{format}' has no conversion time; its record is damaged. Measure it again."), format=sample.format)
    return sample.conversion_s
