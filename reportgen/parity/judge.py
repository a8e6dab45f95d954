"""All checks on all the evidence: a check that rests on one that failed says nothing, and says so."""

from __future__ import annotations

import math
from collections.abc import Mapping

from reportgen.analysis.results import ParityCheck
from reportgen.language import gettext
from reportgen.parity.base import Check, Pair, Verdict
from reportgen.plugins import discover
from reportgen.records import Precision

PRECISIONS: tuple[Precision, ...] = ("float32", "float64")


def checks() -> tuple[Check, ...]:
    """Return every check in order of codes."""
    return tuple(sorted(discover("reportgen.parity.checks", "CHECK", Check).values(), key=lambda check: check.code))


def checks_of(modes: bool) -> tuple[Check, ...]:
    """Return the checks that compare modes of one framework, or those that compare frameworks."""
    return tuple(check for check in checks() if check.of_modes == modes)


def judge(evidence: Mapping[Precision, Pair | str], modes: bool = False) -> tuple[ParityCheck, ...]:
    """Return what every check of frameworks, or of ``modes``, says, by code and precision; where there is no pair, the text says why."""
    found: list[ParityCheck] = []
    without_ground: dict[str, str] = {}
    for check in checks_of(modes):
        ground = next((without_ground[code] for code in check.requires if code in without_ground), None)
        rows = [row(check, precision, evidence[precision], ground) for precision in (PRECISIONS if check.each_precision else PRECISIONS[:1])]
        if any(one.outcome == "failed" for one in rows):
            without_ground[check.code] = gettext("{code} ({name}) failed", code=check.code, name=gettext(check.name))
        elif ground is not None:
            without_ground[check.code] = ground
        found += rows
    return tuple(found)


def skipped(reason: str) -> tuple[ParityCheck, ...]:
    """Return every check as skipped."""
    return tuple(
        record(check, precision, Verdict(outcome="skipped", detail=reason))
        for check in checks_of(modes=False)
        for precision in (PRECISIONS if check.each_precision else PRECISIONS[:1])
    )


def row(check: Check, precision: Precision, pair: Pair | str, ground: str | None) -> ParityCheck:
    """Return what one check says in one precision."""
    if isinstance(pair, str):
        verdict = Verdict(outcome="not comparable", detail=pair)
    elif check.classes_only and not pair.class_count:
        verdict = Verdict(outcome="skipped", detail=gettext("It looks at classes and their order, and this task has none."))
    elif ground is not None:
        verdict = Verdict(outcome="not comparable", detail=gettext("This was not compared, because {ground}.", ground=ground))
    else:
        verdict = check.judge(pair)
    return record(check, precision, verdict)


def record(check: Check, precision: Precision, verdict: Verdict) -> ParityCheck:
    """Put code and name to a verdict. A value that is not finite is no number for a table: it is left out, and the detail says what it means."""
    finite = verdict.value is not None and math.isfinite(verdict.value)
    return ParityCheck(
        code=check.code,
        name=gettext(check.name),
        precision=precision if check.each_precision else "-",
        outcome=verdict.outcome,
        value=verdict.value if finite else None,
        limit=verdict.limit,
        unit=verdict.unit,
        detail=verdict.detail,
        blocks_claims=check.blocks_claims,
    )
