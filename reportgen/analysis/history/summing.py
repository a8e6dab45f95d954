"""From the verdicts on metrics to that on a night: its exit code, and one line that says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen import __version__
from reportgen.analysis.history.sentences import change_text
from reportgen.analysis.history.shown import CellVerdict, NightVerdict, Outcome, WorkloadVerdict
from reportgen.analysis.history.titles import cell_title
from reportgen.analysis.history.trend import changed_text
from reportgen.analysis.history.verdict import FAILURE, INCONCLUSIVE, LEAST_NIGHTS, REGRESSION, STATES, exit_code, told, worst
from reportgen.language import gettext
from reportgen.records.night import NightRecord
from reportgen.records.sentence import NOTHING, Sentence
from reportgen.report.format import enumeration, plural

# A line is read at a glance; verdict.json names everything.
NAMED = 3


def workload_verdict(
    night: NightRecord,
    cells: Sequence[CellVerdict],
    earlier_nights: int,
    software_before: Mapping[str, str],
    require_baseline: bool,
    begins: Sentence = NOTHING,
) -> WorkloadVerdict:
    """Return the verdict on a workload's night from those on its metrics."""
    code = exit_code([cell.outcome for cell in cells], night.problems, require_baseline)
    return WorkloadVerdict(
        run=night.run,
        workload=night.workload,
        workload_title=night.workload_title,
        dataset=night.dataset,
        created_at=night.created_at,
        hardware=night.hardware,
        hardware_key=night.hardware_key,
        workload_hash=night.workload_hash,
        software=night.software,
        software_before=software_before,
        software_changes=changed_text(software_before, night.software) if software_before else "",
        begins=begins,
        earlier_nights=earlier_nights,
        exit_code=code,
        state=STATES[code],
        line=workload_line(code, cells, night.problems, earlier_nights),
        cells=tuple(cells),
        problems=night.problems,
    )


def night_verdict(
    name: str, created_at: str, workloads: Sequence[WorkloadVerdict], problems: Sequence[Sentence] = (), left_out: Sequence[Sentence] = ()
) -> NightVerdict:
    """Return the verdict on a night; ``problems`` are those that belong to none of its workloads, ``left_out`` the damaged nights of the history."""
    codes = [one.exit_code for one in workloads] + ([FAILURE] if problems else [])
    code = worst(codes)
    # What decided comes first, whatever the order in which the workloads were measured.
    deciding = [one for one in workloads if one.exit_code == code]
    parts = [
        gettext("{workload} on {dataset}: {line}", workload=one.workload, dataset=one.dataset, line=one.line) if len(workloads) > 1 else one.line
        for one in deciding
    ]
    if code == FAILURE:
        parts = [*map(str, problems), *parts]
    return NightVerdict(
        reportgen_version=__version__,
        name=name,
        created_at=created_at,
        exit_code=code,
        state=STATES[code],
        line=gettext(
            "{state} (exit code {code}): {why}",
            state=gettext(STATES[code]),
            code=code,
            why=" ".join("; ".join(parts).split()) or gettext("nothing was measured"),
        ),
        workloads=tuple(workloads),
        problems=tuple(problems),
        left_out=tuple(left_out),
    )


def in_language(verdict: NightVerdict) -> NightVerdict:
    """Return a verdict with all that it says in the language that is spoken, made anew from its facts."""
    workloads = [
        one.model_copy(
            update={
                "cells": tuple(told(cell) for cell in one.cells),
                "line": workload_line(one.exit_code, one.cells, one.problems, one.earlier_nights),
                "software_changes": changed_text(one.software_before, one.software) if one.software_before else "",
            }
        )
        for one in verdict.workloads
    ]
    return night_verdict(verdict.name, verdict.created_at, workloads, verdict.problems, verdict.left_out)


def workload_line(code: int, cells: Sequence[CellVerdict], problems: Sequence[Sentence], earlier_nights: int) -> str:
    """Return why a workload's night has its exit code."""
    if code == REGRESSION:
        return gettext("confirmed, {metrics}", metrics=named(cells, "regression"))
    if code == FAILURE:
        missing = [cell_title(cell.title) for cell in cells if cell.outcome == "missing"]
        absent = [gettext("not measured: {metrics}", metrics=listed(missing))] if missing else []
        return "; ".join([*map(str, problems[:NAMED]), *absent]) or gettext("nothing was measured")
    if code == INCONCLUSIVE:
        changed = [cell for cell in cells if cell.outcome == "machine changed"]
        said = [gettext("machine changed, {metrics}", metrics=named(cells, "machine changed"))] if changed else []
        if any(cell.outcome == "inconclusive" for cell in cells):
            said.append(gettext("not clear, {metrics}", metrics=named(cells, "inconclusive")))
        return "; ".join(said) or without_baseline(earlier_nights)
    compared = [cell for cell in cells if cell.outcome != "no baseline"]
    if not compared:
        return without_baseline(earlier_nights)
    notes = [named(cells, outcome) for outcome in ("improvement", "not confirmed") if any(cell.outcome == outcome for cell in cells)]
    text = gettext(
        "nothing worse in {metrics}, by {nights} before",
        metrics=plural(len(compared), "metric"),
        nights=plural(earlier_nights, "comparable night"),
    )
    return "; ".join([text, *notes])


def without_baseline(earlier_nights: int) -> str:
    """Return what is said of a night that could be compared with none."""
    return gettext(
        "nothing compared yet, {nights} before this one and {needed} needed",
        nights=plural(earlier_nights, "comparable night"),
        needed=LEAST_NIGHTS,
    )


def named(cells: Sequence[CellVerdict], outcome: Outcome) -> str:
    """Return the metrics of an outcome with their changes."""
    found = [f"{cell_title(cell.title)} {change_text(cell)}" for cell in cells if cell.outcome == outcome]
    return f"{gettext(outcome)}: {listed(found)}" if outcome in ("improvement", "not confirmed") else listed(found)


def listed(texts: Sequence[str]) -> str:
    """Return the first of some texts, and how many more there are."""
    more = [gettext("{count} more", count=len(texts) - NAMED)] if len(texts) > NAMED else []
    return enumeration([*texts[:NAMED], *more])
