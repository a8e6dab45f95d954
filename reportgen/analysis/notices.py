"""What a reader must know about a run beside its numbers: what failed, what did not settle, and what was measured far apart."""

from __future__ import annotations

import numpy as np

from reportgen.analysis import timing
from reportgen.analysis.inputs import RunRecords
from reportgen.analysis.results import FailedTrial
from reportgen.language import gettext
from reportgen.report.format import percent
from reportgen.runner.clock import seconds_between


def failed_trials(records: RunRecords) -> tuple[FailedTrial, ...]:
    """List the trials that failed."""
    return tuple(
        FailedTrial(
            trial=failure.spec.trial,
            block=failure.spec.block or None,
            framework=failure.spec.framework,
            status=failure.result.status,
            cause=failure.result.cause,
            repeated=failure.repeated,
        )
        for failure in records.failures
    )


def blocks_apart(records: RunRecords) -> tuple[int, ...]:
    """Return the blocks whose trials began further apart than :data:`timing.BLOCK_SPAN_S`."""
    starts: dict[int, list[str]] = {}
    for training in records.trainings:
        starts.setdefault(training.spec.block, []).append(training.result.started_at)
    return tuple(block for block, moments in starts.items() if seconds_between(min(moments), max(moments)) > timing.BLOCK_SPAN_S)


def notices(records: RunRecords) -> tuple[str, ...]:
    """Return what a reader must know about this run beside its numbers."""
    found = list(map(str, records.damaged))
    if records.plan.hyperparameters.epochs <= timing.DROPPED_EPOCHS:
        found.append(gettext("With one epoch, none can be dropped: the epoch time includes the first step and its compilation."))
    for block in blocks_apart(records):
        found.append(
            gettext(
                "Block {block}: its trials were measured more than {block_span_s:g} hours apart, because the run "
                "was interrupted or a record was measured again. Its pair shares the seed, but not the state of "
                "the machine.",
                block=block,
                block_span_s=timing.BLOCK_SPAN_S / 3600,
            )
        )
    for framework in records.plan.frameworks:
        title = records.titles.frameworks[framework]
        diverged = [trial.spec.trial for trial in records.trainings_of(framework) if not np.all(np.isfinite(trial.logits))]
        if diverged:
            found.append(
                gettext(
                    "{title}: training diverged in {diverged}. These trials stay in the figures; the test loss is left out.",
                    title=title,
                    diverged=", ".join(diverged),
                )
            )
        warned = dict.fromkeys(text for trial in records.trainings_of(framework) for text in trial.result.warnings)
        found += [gettext("{title} warned: {text}", title=title, text=text) for text in warned]
        unsteady = sum(timing.is_unsteady(trial.result) for trial in records.trainings_of(framework))
        if unsteady:
            count = len(records.trainings_of(framework))
            found.append(
                gettext(
                    "{title}: in {unsteady} of {count} trials the epoch times were not steady (the means of the two "
                    "halves differ by more than {tolerance}).",
                    title=title,
                    unsteady=unsteady,
                    count=count,
                    tolerance=percent(timing.STEADY_TOLERANCE, 0),
                )
            )
    return tuple(found + unequal_starts(records))


def unequal_starts(records: RunRecords) -> list[str]:
    """Name the blocks of a shared start whose trials did not begin with the same weights."""
    starts: dict[int, set[str | None]] = {}
    for trial in records.trainings:
        starts.setdefault(trial.spec.block, set()).add(trial.result.start_digest)
    unequal = [str(block) for block, digests in starts.items() if len(digests) > 1]
    return (
        [
            gettext(
                "The start was to be shared, but the trials did not begin with the same weights in these blocks: {unequal}.",
                unequal=", ".join(unequal),
            )
        ]
        if unequal
        else []
    )
