"""What each export format costs, and whether what came out is still the same model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import accuracy_score

from reportgen.analysis.inputs import Logits, Reopening, RunRecords, Training
from reportgen.analysis.results import ExportResult, InferenceSummary
from reportgen.analysis.statistics import summarise
from reportgen.analysis.timing import median_latency_s, p95_latency_s, test_set_s
from reportgen.errors import ReportgenError
from reportgen.language import gettext
from reportgen.records import ExportSample, InferenceSample

# Float32 logits of magnitude 10 to 50 from another order of summation differ by some 1e-5; a lost or mistaken weight changes them by far more.
LARGEST_DIFFERENCE = 1e-4


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
    failures = [sample.error or gettext("unknown error") for sample in samples if sample.status == "failed"]
    failures += [
        gettext("reopening failed: {cause}", cause=failure.result.cause)
        for failure in records.failures
        if failure.spec.kind == "inference" and (failure.spec.framework, failure.spec.format) == (framework, name) and not failure.repeated
    ]
    if len(reopened) < len(answered):
        failures.append(gettext("its predictions are not finite, although its source's are: the conversion lost something"))
    difference, agreement = sameness(reopened, sources)
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
        max_abs_difference=difference,
        argmax_agreement=agreement,
        accuracy=summarise([accuracy(records, reopening.logits) for reopening in reopened], "fraction") if reopened else None,
        source_accuracy=summarise([accuracy(records, sources[one.spec.source_trial].logits) for one in reopened], "fraction") if reopened else None,
        agrees=None if difference is None else not failures and difference <= LARGEST_DIFFERENCE,
        inference=inference_summary(title.runtime, [reopening.result.inference for reopening in reopened]) if reopened else None,
        failures=tuple(dict.fromkeys(failures)),
    )


def sameness(reopened: Sequence[Reopening], sources: dict[str, Training]) -> tuple[float | None, float | None]:
    """Return the largest difference of logits and the smallest share of equal argmax, each export against the model that it came from."""
    if not reopened:
        return None, None
    pairs = [(one.logits, sources[one.spec.source_trial].logits) for one in reopened]
    for one, (exported, source) in zip(reopened, pairs, strict=True):
        if exported.shape != source.shape:
            raise ReportgenError(
                f"The predictions of {one.spec.trial!r} have the shape {exported.shape}, and its source's {source.shape}. "
                "Delete its folder, and measure it again with: python -m reportgen run --resume RUN"
            )
    difference = max(float(np.max(np.abs(exported - source))) for exported, source in pairs)
    agreement = min(float(np.mean(exported.argmax(axis=1) == source.argmax(axis=1))) for exported, source in pairs)
    return difference, agreement


def accuracy(records: RunRecords, logits: Logits) -> float:
    """Return the share of test images whose largest logit is their class."""
    return float(accuracy_score(records.test_labels, logits.argmax(axis=1)))


def conversion_s(sample: ExportSample) -> float:
    """Return the conversion time of an export that worked."""
    if sample.conversion_s is None:
        raise ReportgenError(f"An export to {sample.format!r} has no conversion time; its record is damaged. Measure it again.")
    return sample.conversion_s
