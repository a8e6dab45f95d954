"""From the records of the parity trials to what the checks say, and to the losses that a figure shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from reportgen.analysis.inputs import RunRecords
from reportgen.analysis.results import LossTrajectory, ParityCheck
from reportgen.language import gettext, marked
from reportgen.parity.base import Pair, Side
from reportgen.parity.judge import PRECISIONS, judge, skipped
from reportgen.parity.material import excerpt_size
from reportgen.records import ParitySpec, PlannedParity, Precision
from reportgen.variants import variant_name

NOT_CHECKED = marked("This run holds no parity checks: whether both frameworks computed the same thing was not examined.")
ALONE = marked("Only one framework was measured: there is none to compare it with.")


def parity_checks(records: RunRecords) -> tuple[ParityCheck, ...]:
    """Return what every check says; empty for a run that was planned without parity trials."""
    if len(records.plan.frameworks) < 2:
        return skipped(gettext(ALONE))
    if not records.plan.parity:
        return ()
    return judge({precision: evidence(records, precision) for precision in PRECISIONS})


def evidence(records: RunRecords, precision: Precision) -> Pair | str:
    """Return what the two compared frameworks showed in one precision, or why there is no pair."""
    sides: list[Side] = []
    for planned in records.plan.parity:
        if planned.precision != precision or planned.reference or variant_name(planned.mode):
            continue
        title = records.titles.frameworks[planned.framework]
        found = [
            one
            for one in records.parity
            if not one.spec.reference
            and not variant_name(one.spec.mode)
            and (one.spec.framework, one.spec.precision) == (planned.framework, precision)
        ]
        if not found:
            return gettext(
                "{title} did not show what it computes in {precision}: {cause}.",
                title=title,
                precision=precision,
                cause=cause(records, planned.framework, precision),
            )
        sides.append(Side(title=title, spec=found[0].spec, result=found[0].result, arrays=found[0].arrays))
    if len(sides) != 2:
        return gettext("No parity trials in {precision} were planned.", precision=precision)
    first, second = sides
    dataset = records.plan.dataset
    return Pair(first=first, second=second, precision=precision, train_count=dataset.train_count, class_count=len(dataset.class_names))


def cause(records: RunRecords, framework: str, precision: Precision) -> str:
    """Return why a parity trial has no result."""
    for failure in reversed(records.failures):
        if failure.spec.kind == "parity" and (failure.spec.framework, failure.spec.precision) == (framework, precision):
            return failure.result.cause.clause
    return gettext("its record is missing or damaged")


def mode_checks(records: RunRecords, framework: str, mode: str) -> tuple[ParityCheck, ...]:
    """Return what the checks say of a mode beside the main one of its framework; empty for a run without such trials.

    A variant is compared with the main mode as a framework with another: each shows in a process of its own what it computes.
    """
    if variant_name(mode):
        return judge({precision: variant_evidence(records, framework, mode, precision) for precision in PRECISIONS})
    planned = [one for one in records.plan.parity if one.reference and (one.framework, one.mode) == (framework, mode)]
    return judge({one.precision: mode_evidence(records, one) for one in planned}, modes=True) if planned else ()


def mode_evidence(records: RunRecords, planned: PlannedParity) -> Pair | str:
    """Return what a mode and its framework's main mode showed in one precision, or why there is nothing to compare."""
    wanted = (planned.framework, planned.mode, planned.reference, planned.precision)
    found = [one for one in records.parity if (one.spec.framework, one.spec.mode, one.spec.reference, one.spec.precision) == wanted]
    if not found:
        failures = [one for one in records.failures if isinstance(one.spec, ParitySpec)]
        causes = [one.result.cause.clause for one in failures if one.spec.trial.startswith(planned.trial)]
        return gettext(
            "The mode did not show what it computes in {precision}: {causes}.",
            precision=planned.precision,
            causes=causes[-1] if causes else gettext("its record is missing or damaged"),
        )
    one = found[0]
    titles = [gettext(records.titles.modes[planned.framework, name].title) for name in (planned.reference, planned.mode)]
    main = one.result.model_copy(update={"effective": one.result.reference_effective or one.result.effective})
    sides = [
        Side(title=title, spec=one.spec, result=result, arrays=part(one.arrays, prefix))
        for title, result, prefix in zip(titles, (main, one.result), ("reference_", "mode_"), strict=True)
    ]
    return Pair(
        first=sides[0],
        second=sides[1],
        precision=planned.precision,
        train_count=excerpt_size(records.plan.dataset.train_count, records.plan.hyperparameters.batch_size),
        class_count=len(records.plan.dataset.class_names),
    )


def variant_evidence(records: RunRecords, framework: str, mode: str, precision: Precision) -> Pair | str:
    """Return what a framework's main mode and the same in a variant showed in one precision, or why there is nothing to compare."""
    sides: list[Side] = []
    for name in (records.plan.main_mode(framework), mode):
        title = f"{records.titles.frameworks[framework]} ({gettext(records.titles.modes[framework, name].title)})"
        wanted = (framework, name, "", precision)
        found = [one for one in records.parity if (one.spec.framework, one.spec.mode, one.spec.reference, one.spec.precision) == wanted]
        if not found:
            causes = [
                failure.result.cause.clause
                for failure in records.failures
                if isinstance(failure.spec, ParitySpec)
                and (failure.spec.framework, failure.spec.mode, failure.spec.precision) == (framework, name, precision)
            ]
            return gettext(
                "{title} did not show what it computes in {precision}: {causes}.",
                title=title,
                precision=precision,
                causes=causes[-1] if causes else gettext("its record is missing or damaged"),
            )
        sides.append(Side(title=title, spec=found[0].spec, result=found[0].result, arrays=found[0].arrays))
    dataset = records.plan.dataset
    return Pair(first=sides[0], second=sides[1], precision=precision, train_count=dataset.train_count, class_count=len(dataset.class_names))


def part(arrays: Mapping[str, NDArray[np.floating]], prefix: str) -> dict[str, NDArray[np.floating]]:
    """Return the arrays whose names begin with ``prefix``, without it."""
    return {name.removeprefix(prefix): values for name, values in arrays.items() if name.startswith(prefix)}


def loss_trajectories(records: RunRecords) -> tuple[LossTrajectory, ...]:
    """Return the losses of both frameworks over the same steps: plain gradient descent, the own optimiser by one formula, and as it is."""
    if not records.plan.parity:
        return ()
    found: list[LossTrajectory] = []
    for precision in PRECISIONS:
        pair = evidence(records, precision)
        if isinstance(pair, Pair):
            name = pair.first.result.effective.optimizer
            found.append(trajectory(pair, "SGD", "sgd_losses", "sgd_losses"))
            found.append(trajectory(pair, gettext("{name}, one formula", name=name), "aligned_losses", "aligned_losses"))
            found.append(trajectory(pair, name, "own_losses", "aligned_losses"))
    return tuple(found)


def trajectory(pair: Pair, optimizer: str, name: str, floor: str) -> LossTrajectory:
    """Return the losses in the arrays ``name``, with the noise floor of the arrays ``floor``."""
    losses = [np.nan_to_num(side.arrays[name].astype(np.float64)) for side in pair.sides]
    departures = [np.abs(side.arrays[floor].astype(np.float64) - side.arrays[f"{floor}_disturbed"]) for side in pair.sides]
    noise = np.maximum.accumulate(np.nan_to_num(np.max(departures, axis=0)))
    return LossTrajectory(
        optimizer=optimizer,
        precision=pair.precision,
        frameworks=(pair.first.spec.framework, pair.second.spec.framework),
        losses=(plain(losses[0]), plain(losses[1])),
        difference=plain(np.abs(losses[0] - losses[1])),
        noise_floor=plain(noise),
    )


def plain(values: np.ndarray) -> tuple[float, ...]:
    """Return an array's values as Python numbers."""
    return tuple(float(value) for value in values)


def parity_notices(records: RunRecords, checks: Sequence[ParityCheck]) -> list[str]:
    """Return what a reader must know of the checks beside their table."""
    if len(records.plan.frameworks) > 1 and not checks:
        return [NOT_CHECKED]
    failed = [
        gettext("Parity check {code} ({name}) failed: {detail}", code=check.code, name=check.name, detail=check.detail)
        for check in checks
        if check.outcome == "failed"
    ]
    # In both precisions, the same check mostly says the same thing.
    return list(dict.fromkeys(failed))
