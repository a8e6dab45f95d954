"""What must hold before anything is claimed about two runs: each run was sound by itself, and a framework did in both what it was told."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.analysis.across.differences import used
from reportgen.analysis.across.side import Side
from reportgen.analysis.claims import Guard
from reportgen.analysis.guards import environment_guard, parity_guard
from reportgen.language import gettext
from reportgen.report.format import enumeration

# How often and how the trials are repeated does not change what a program computes.
NO_MATTER = ("Start of a block",)


def both(name: str, guards: Sequence[tuple[Side, Guard]]) -> Guard:
    """Return one guard for two runs: it holds where it holds in both, and else says in which it does not."""
    failed = [gettext("in {run}: {reason}", run=side.label, reason=guard.reason) for side, guard in guards if not guard.passed]
    return Guard(name=name, passed=not failed, reason="; ".join(failed) or guards[0][1].reason)


def environments(first: Side, other: Side) -> Guard:
    """Return whether each run kept its own environment from its beginning to its end."""
    found = []
    for side in (first, other):
        records = side.records
        trials = {records.titles.frameworks[name]: [one.result for one in records.trainings_of(name)] for name in records.plan.frameworks}
        found.append((side, environment_guard((records.environment, *records.later_environments), trials)))
    return both("constant environment", found)


def settings_match(first: Side, other: Side, framework: str) -> Guard:
    """Return whether a framework really used in both runs what it was told: a new version may come with other defaults."""
    one, two = used(first, framework), used(other, framework)
    changed = [name for name in dict.fromkeys([*one, *two]) if name not in NO_MATTER and one.get(name) != two.get(name)]
    named = enumeration(gettext(name) for name in changed)
    reason = gettext("parity failed: {settings} not alike in both runs", settings=named) if changed else gettext("settings alike in both runs")
    return Guard(name="programs match", passed=not changed, reason=reason)


def parity_in_both(first: Side, other: Side, metric: str) -> Guard:
    """Return whether each run showed that its two frameworks compute the same thing, as far as ``metric`` depends on it."""
    return both("programs match", [(side, parity_guard(side.results.parity, metric)) for side in (first, other)])
