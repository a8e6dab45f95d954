"""The one place where findings are made: guards first, then Holm over everything that may be claimed in a report, then one sentence each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.analysis import wording
from reportgen.analysis.accuracies import Correct, compare_recipes
from reportgen.analysis.claims import Finding, Guard, NoiseFloor
from reportgen.analysis.guards import blocks_guard, parity_guard, spread_guard
from reportgen.analysis.interval import Interval
from reportgen.analysis.log_ratios import NO_SCATTER
from reportgen.analysis.multiplicity import ALPHA, Adjusted, holm
from reportgen.analysis.ratio_estimates import estimate
from reportgen.analysis.results import ParityCheck
from reportgen.language import gettext, marked

# Declared here, before any run: recipes whose accuracies differ by less are interchangeable for the purposes of a lab report. As a fraction.
EQUIVALENCE_MARGIN = 0.002


@dataclass(frozen=True, kw_only=True)
class TimeComparison:
    """Times of two frameworks, or of two modes, in seconds, one a block, in the same order.

    ``claim`` is the sentence that says which is faster: see :func:`reportgen.analysis.wording.claim`; ``named`` is what it names beside the figures.
    ``programs_match`` says whether it was shown that both compute the same thing, where
    that hangs on other checks than those of the frameworks' main modes. Values of different runs are not ``paired``; these may be other things than
    times too.
    """

    code: str
    metric: str
    title: str
    claim: str
    named: Mapping[str, str] = field(default_factory=dict)
    primary: bool
    numerator: str
    denominator: str
    numerator_s: tuple[float, ...]
    denominator_s: tuple[float, ...]
    floor: NoiseFloor
    programs_match: Guard | None = None
    paired: bool = True
    guards: tuple[Guard, ...]


@dataclass(frozen=True, kw_only=True)
class AccuracyComparison:
    """Which test images the models of two frameworks got right, bool (blocks, test images) each.

    ``paired``: the trials of a block share initial weights and order of data. ``programs_match`` is as in :class:`TimeComparison`.
    ``between_runs``: they are not of the same blocks, nor of equally many.
    """

    code: str = "accuracy"
    metric: str = "accuracy"
    title: str = marked("Test accuracy")
    primary: bool = True
    programs_match: Guard | None = None
    between_runs: bool = False
    numerator: str
    denominator: str
    numerator_correct: Correct
    denominator_correct: Correct
    paired: bool
    guards: tuple[Guard, ...]


@dataclass(frozen=True, kw_only=True)
class Comparisons:
    """Everything that is compared on one workload. An empty ``parity`` means that nothing proves the programs equal."""

    times: Sequence[TimeComparison]
    accuracy: AccuracyComparison | None
    further_accuracies: Sequence[AccuracyComparison] = ()
    parity: Sequence[ParityCheck]


def make_findings(times: Sequence[TimeComparison], accuracy: AccuracyComparison | None, parity: Sequence[ParityCheck]) -> tuple[Finding, ...]:
    """Return a finding for each comparison of a report on one workload; see :func:`make_joint_findings`."""
    return make_joint_findings([Comparisons(times=times, accuracy=accuracy, parity=parity)])[0]


def make_joint_findings(workloads: Sequence[Comparisons]) -> tuple[tuple[Finding, ...], ...]:
    """Return for each workload of a report a finding for each of its comparisons, the primary ones first.

    Holm's procedure takes in every p-value of the whole report that could lead to a claim: of each workload one for each comparison of times whose
    guards hold, and for the accuracy two, "no difference" and "a difference of the margin or more". The guards do not look at p-values, so
    leaving suppressed comparisons out of the family favours nobody.
    """
    return judged([sorted(made(one), key=lambda draft: not draft.primary) for one in workloads])


def judged(drafts: Sequence[Sequence[TimeDraft | AccuracyDraft]]) -> tuple[tuple[Finding, ...], ...]:
    """Return the findings of one report, in the groups and the order of their drafts, adjusted over all of them together."""
    claimable = [draft for group in drafts for draft in group if all(guard.passed for guard in draft.guards)]
    family = [draft.p_values() for draft in claimable]
    adjusted = iter(holm([value for values in family for value in values]))
    levels = {id(draft): tuple(next(adjusted) for _ in values) for draft, values in zip(claimable, family, strict=True)}
    return tuple(tuple(draft.finding(levels[id(draft)]) if id(draft) in levels else draft.suppressed() for draft in group) for group in drafts)


def made(workload: Comparisons) -> list[TimeDraft | AccuracyDraft]:
    """Return the drafts of a workload's findings."""
    drafts: list[TimeDraft | AccuracyDraft] = [TimeDraft(one, workload.parity) for one in workload.times]
    if workload.accuracy is not None:
        drafts.append(AccuracyDraft(workload.accuracy, workload.parity))
    drafts += [AccuracyDraft(one, workload.parity) for one in workload.further_accuracies]
    return drafts


class TimeDraft:
    """A comparison of times on its way to a finding."""

    def __init__(self, comparison: TimeComparison, parity: Sequence[ParityCheck]) -> None:
        self.comparison = comparison
        self.primary = comparison.primary
        self.estimate = estimate(comparison.numerator_s, comparison.denominator_s, paired=comparison.paired)
        self.n = self.estimate.n
        spread = (spread_guard(self.estimate.scatter),) if self.n >= 2 else ()
        match = comparison.programs_match or parity_guard(parity, comparison.metric)
        self.guards = (blocks_guard(self.n), *spread, match, *comparison.guards)

    def p_values(self) -> tuple[float, ...]:
        """Return the p-values that enter the family."""
        return (self.estimate.p_value(),)

    def suppressed(self) -> Finding:
        """Return the finding without a claim: its numbers at the nominal level, and the reasons."""
        interval = self.estimate.interval() if self.n >= 2 else None
        detectable = self.estimate.detectable() if self.n >= 2 else None
        base = self.base(interval, detectable)
        return base.model_copy(update={"outcome": "suppressed", "sentence": wording.no_claim(self.guards)})

    def finding(self, adjusted: Sequence[Adjusted]) -> Finding:
        """Return the finding that the interval at its adjusted level allows."""
        comparison, (holm_result,) = self.comparison, adjusted
        interval = self.estimate.interval(holm_result.level)
        detectable = self.estimate.detectable(holm_result.level)
        base = self.base(interval, detectable)
        ratio, limit, count = self.estimate.ratio, 1 + comparison.floor.value, self.estimate.count
        if interval.low > limit:
            outcome, sentence = "claim", wording.claim(comparison.claim, comparison.denominator, ratio, interval, count, comparison.named)
        elif interval.high < 1 / limit:
            turned = Interval(low=1 / interval.high, high=1 / interval.low, level=interval.level, method=interval.method)
            outcome, sentence = "claim", wording.claim(comparison.claim, comparison.numerator, 1 / ratio, turned, count, comparison.named)
        elif interval.low > 1 or interval.high < 1:
            outcome, sentence = "within noise floor", wording.within_floor(ratio, interval, comparison.floor, count)
        else:
            outcome, sentence = "no difference shown", wording.no_ratio_shown(detectable - 1)
        found = {"outcome": outcome, "sentence": sentence, "p_value": self.p_values()[0], "adjusted_p": holm_result.p_value}
        return base.model_copy(update=found)

    def base(self, interval: Interval | None, detectable: float | None) -> Finding:
        """Return what suppressed and other findings have in common."""
        comparison = self.comparison
        return Finding(
            code=comparison.code,
            metric=comparison.metric,
            title=gettext(comparison.title),
            primary=comparison.primary,
            outcome="suppressed",
            sentence="",
            numerator=comparison.numerator,
            denominator=comparison.denominator,
            n=self.n,
            ratio=self.estimate.ratio,
            interval=interval,
            # Without any scatter, everything would be detectable: nothing is known of it.
            minimal_detectable_effect=detectable if detectable is not None and self.estimate.scatter > NO_SCATTER else None,
            noise_floor=comparison.floor,
            sensitivity=self.estimate.sensitivity(),
            guards=self.guards,
        )


class AccuracyDraft:
    """The comparison of the two recipes' accuracies on its way to a finding."""

    def __init__(self, comparison: AccuracyComparison, parity: Sequence[ParityCheck]) -> None:
        self.comparison = comparison
        self.primary = comparison.primary
        first, second = comparison.numerator_correct, comparison.denominator_correct
        self.n = min(len(first), len(second))
        self.count = gettext("{first} and {second}", first=len(first), second=len(second)) if comparison.between_runs else self.n
        self.mean = float(first.mean() - second.mean())
        self.recipes = compare_recipes(first, second, paired=comparison.paired) if self.n >= 2 else None
        spread = (spread_guard(self.recipes.standard_error),) if self.recipes else ()
        match = comparison.programs_match or parity_guard(parity, "accuracy")
        self.guards = (blocks_guard(self.n), *spread, match, *comparison.guards)

    def p_values(self) -> tuple[float, ...]:
        """Return the p-values that enter the family: of "no difference", and of "a difference of the margin or more"."""
        assert self.recipes is not None, "a comparison of fewer than two blocks does not pass its guards"
        return self.recipes.p_value(), self.recipes.equivalence_p_value(EQUIVALENCE_MARGIN)

    def suppressed(self) -> Finding:
        """Return the finding without a claim: its numbers at the nominal level, and the reasons."""
        interval = self.recipes.interval() if self.recipes else None
        detectable = self.recipes.minimal_detectable_difference() if self.recipes else None
        base = self.base(interval, detectable)
        return base.model_copy(update={"outcome": "suppressed", "sentence": wording.no_claim(self.guards)})

    def finding(self, adjusted: Sequence[Adjusted]) -> Finding:
        """Return what may be said: equivalence where it is shown, since it says more; else a difference; else that none was shown."""
        assert self.recipes is not None, "a comparison of fewer than two blocks does not pass its guards"
        difference, equivalence = adjusted
        p_value, equivalence_p = self.p_values()
        names = (self.comparison.numerator, self.comparison.denominator)
        interval = self.recipes.interval(difference.level)
        detectable = self.recipes.minimal_detectable_difference(difference.level)
        tests = {"p_value": p_value, "adjusted_p": difference.p_value}
        if equivalence.p_value <= ALPHA:
            # Two one-sided tests at alpha each agree with the interval at 1 - 2 alpha.
            interval = self.recipes.interval(2 * equivalence.level - 1)
            tests = {"p_value": equivalence_p, "adjusted_p": equivalence.p_value}
            outcome, sentence = "equivalent", wording.equivalent(*names, self.mean, interval, EQUIVALENCE_MARGIN, self.count)
        elif interval.low > 0:
            outcome, sentence = "claim", wording.more_accurate(names[0], self.mean, interval, self.count)
        elif interval.high < 0:
            turned = Interval(low=-interval.high, high=-interval.low, level=interval.level, method=interval.method)
            outcome, sentence = "claim", wording.more_accurate(names[1], -self.mean, turned, self.count)
        else:
            outcome, sentence = "no difference shown", wording.no_points_shown(detectable)
        return self.base(interval, detectable).model_copy(update={"outcome": outcome, "sentence": sentence, **tests})

    def base(self, interval: Interval | None, detectable: float | None) -> Finding:
        """Return what suppressed and other findings have in common."""
        return Finding(
            code=self.comparison.code,
            metric=self.comparison.metric,
            title=gettext(self.comparison.title),
            primary=self.primary,
            outcome="suppressed",
            sentence="",
            numerator=self.comparison.numerator,
            denominator=self.comparison.denominator,
            n=self.n,
            difference=self.mean,
            interval=interval,
            minimal_detectable_effect=detectable,
            margin=EQUIVALENCE_MARGIN,
            guards=self.guards,
        )
