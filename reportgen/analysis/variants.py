"""The variants of a run: each framework in another interpreter, or with other variables, beside its main mode and in the same blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from reportgen.analysis import comparisons
from reportgen.analysis.comparisons import Pair
from reportgen.analysis.findings import AccuracyComparison, TimeComparison
from reportgen.analysis.guards import parity_guard
from reportgen.analysis.inputs import RunRecords
from reportgen.analysis.modes import METRIC, Checks, Way, in_common, mode_result, way
from reportgen.analysis.varied import VariantResult, VariedWay
from reportgen.language import gettext
from reportgen.records import Variant
from reportgen.variants import qualified

# Metrics of their own: figures and tables of the main comparison take theirs by name.
PREFIX = "variant_"


def variant_results(records: RunRecords, checks: Checks) -> tuple[VariantResult, ...]:
    """Return every variant with its frameworks."""
    return tuple(
        VariantResult(
            name=one.name,
            software=one.software,
            environment=one.environment,
            ways=tuple(varied_way(records, one, framework, checks) for framework in one.frameworks),
        )
        for one in records.plan.variants
    )


def varied_way(records: RunRecords, one: Variant, framework: str, checks: Checks) -> VariedWay:
    """Return a framework in a variant, with the versions that its first trial read back."""
    mode = mode_in(records, one, framework)
    trials = records.trainings_in(framework, mode)
    result = mode_result(records, framework, mode, checks.get((framework, mode), ()))
    return VariedWay(**dict(result), versions=trials[0].result.versions if trials else {})


def mode_in(records: RunRecords, one: Variant, framework: str) -> str:
    """Return the name of a framework's main mode in a variant."""
    return qualified(records.plan.main_mode(framework), one.name)


def pairs(records: RunRecords) -> Iterator[tuple[str, str, Way, Way, bool]]:
    """Yield what is compared, over the blocks that have both: a code, a title, both ways, and whether the first is the main mode.

    Each variant of a framework is compared with its main mode, and with every other variant of it.
    """
    plan = records.plan
    for framework in plan.frameworks:
        varied = [one for one in plan.variants if framework in one.frameworks]
        name = records.titles.frameworks[framework]
        for one in varied:
            first, second = in_common(way(records, framework, plan.main_mode(framework)), way(records, framework, mode_in(records, one, framework)))
            yield f"{framework}@{one.name}", gettext("{name} in {name_2}", name=name, name_2=one.name), first, second, True
        for one, other in combinations(varied, 2):
            first, second = in_common(*(way(records, framework, mode_in(records, each, framework)) for each in (one, other)))
            yield (
                f"{framework}@{one.name}@{other.name}",
                gettext("{name} in {name_2} against {name_3}", name=name, name_2=other.name, name_3=one.name),
                first,
                second,
                False,
            )


def variant_comparisons(records: RunRecords, checks: Checks) -> tuple[TimeComparison, ...]:
    """Return the comparisons of times: all of them with the main mode, the training time between variants."""
    found: list[TimeComparison] = []
    for code, title, first, second, main in pairs(records):
        if not first.trials:
            continue
        pair = pair_of(first, second)
        shown = [check for each in (first, second) for check in checks.get((each.framework, each.mode), ())]
        for metric in comparisons.metrics_of(records):
            if main or metric.name == METRIC:
                made = comparisons.training_comparison(records, pair, metric, comparisons.environment_of(records, pair))
                found.append(
                    replace(
                        made,
                        code=f"{PREFIX}{metric.name}:{code}",
                        metric=f"{PREFIX}{metric.name}",
                        title=f"{gettext(metric.title)}, {title}",
                        primary=False,
                        programs_match=parity_guard(shown, metric.name),
                    )
                )
    return tuple(found)


def pair_of(first: Way, second: Way) -> Pair:
    """Return two ways of one framework as a pair."""
    return Pair(names=(first.framework, second.framework), titles=(first.title, second.title), trials=(first.trials, second.trials))


def variant_accuracies(records: RunRecords, checks: Checks) -> tuple[AccuracyComparison, ...]:
    """Return the comparison of each variant's accuracy with that of its framework's main mode."""
    if records.plan.dataset.task != "classification":
        return ()
    return tuple(
        AccuracyComparison(
            code=f"{PREFIX}accuracy:{code}",
            metric=f"{PREFIX}accuracy",
            title=gettext("Test accuracy, {title}", title=title),
            primary=False,
            numerator=first.title,
            denominator=second.title,
            numerator_correct=comparisons.correct_of(records, first.trials),
            denominator_correct=comparisons.correct_of(records, second.trials),
            paired=records.plan.start == "shared",
            programs_match=parity_guard(checks.get((second.framework, second.mode), ()), "accuracy"),
            guards=(comparisons.environment_of(records, pair_of(first, second)),),
        )
        for code, title, first, second, main in pairs(records)
        if main and first.trials
    )
