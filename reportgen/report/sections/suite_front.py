"""The first page of a report on several workloads: what was compared, what is missing, and one number for each workload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.analysis.suite import SuiteResults, WorkloadSummary
from reportgen.language import gettext
from reportgen.report.format import date, enumeration, plural
from reportgen.report.sections.elements import summary_text
from reportgen.report.sections.front import Front, WorkloadKeyResult, left_out_row, notices, titled, versions
from reportgen.report.sections.summary import missing_sentence, ratio_text, score_text

if TYPE_CHECKING:
    from reportgen.config import Config


def suite_front(suite: SuiteResults, config: Config, left_out: tuple[str, ...] = ()) -> Front:
    """Return the first page's strings; ``left_out`` are the sections that the author did not want."""
    members = suite.members
    first = members[0]
    datasets = enumeration(dict.fromkeys(results.dataset.title for results in members))
    return titled(
        config,
        run_rows=(
            (gettext("Compared"), versions(first)),
            (gettext("Workloads"), enumeration(f"{results.workload} ({results.workload_title})" for results in members)),
            (gettext("Data sets") if len({results.dataset.title for results in members}) > 1 else gettext("Data set"), datasets),
            (gettext("Design"), design(suite)),
            (
                gettext("Measured"),
                gettext(
                    "{day}, suite {suite}, reportgen {reportgen_version}",
                    day=date(suite.created_at),
                    suite=suite.suite,
                    reportgen_version=suite.reportgen_version,
                ),
            ),
            *left_out_row(left_out),
        ),
        notices=suite_notices(suite),
        key_results=tuple(key_result(one) for one in suite.summary),
    )


def design(suite: SuiteResults) -> str:
    """Return the number of blocks, of each workload where they differ."""
    counts = dict.fromkeys((results.complete_blocks, results.planned_blocks) for results in suite.members)
    preset = suite.members[0].preset
    if len(counts) == 1:
        complete, planned = next(iter(counts))
        return gettext(
            "{complete} of {planned} planned for each workload ({preset} preset)",
            complete=plural(complete, "complete block"),
            planned=planned,
            preset=gettext(preset),
        )
    listed = enumeration(
        gettext(
            "{complete_blocks} of {planned_blocks} for {workload}",
            complete_blocks=results.complete_blocks,
            planned_blocks=results.planned_blocks,
            workload=results.workload,
        )
        for results in suite.members
    )
    return gettext("complete blocks: {listed} ({preset} preset)", listed=listed, preset=gettext(preset))


def suite_notices(suite: SuiteResults) -> tuple[str, ...]:
    """Return what must be known before any number is read: first what is missing, then what holds for all workloads, then for one."""
    found = [missing_sentence(one) for one in suite.missing]
    each = {results.workload: notices(results) for results in suite.members}
    common = [text for text in next(iter(each.values())) if all(text in texts for texts in each.values())]
    found += common
    found += [f"{workload}. {text}" for workload, texts in each.items() for text in texts if text not in common]
    return tuple(found)


def key_result(one: WorkloadSummary) -> WorkloadKeyResult:
    """Return the ratio of training times of a workload, or the training time where one framework was measured alone."""
    score = gettext(one.score)
    scores = f"{score[:1].upper()}{score[1:]}: {', '.join(f'{framework.title} {score_text(one, framework)}' for framework in one.frameworks)}"
    count = f"n = {one.frameworks[0].n}"
    if one.ratio is None:
        time = summary_text(one.frameworks[0].training_time)
        return WorkloadKeyResult(
            label=one.workload, value=time.median, unit="s", details=(gettext("Training time, median"), f"{time.interval}, {count}", scores)
        )
    value, _, interval = ratio_text(one).partition(" ")
    return WorkloadKeyResult(
        label=one.workload,
        value=value,
        unit="",
        details=(
            gettext("Training time, {numerator} over {denominator}", numerator=one.numerator, denominator=one.denominator),
            ", ".join(part for part in (interval, count) if part),
            scores,
            gettext("parity {parity}", parity=gettext(one.parity)),
        ),
    )
