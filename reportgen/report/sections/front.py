"""The first page: who hands the report in, what it found in four numbers, and what a reader must know before reading on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.analysis.results import FrameworkResult, Results, Summary
from reportgen.language import gettext, marked, ngettext
from reportgen.report.colours import FRAMEWORK_COLOURS
from reportgen.report.format import date, enumeration, integer, raised, scientific
from reportgen.report.plan_words import in_language
from reportgen.report.sections.elements import SummaryText, summary_text
from reportgen.report.sections.parity import badge

if TYPE_CHECKING:
    from reportgen.config import Config

CLAIM_BLOCKS = 6  # below it no 95 % interval of a median exists, whatever the data


@dataclass(frozen=True, kw_only=True)
class KeyResult:
    """One number of the key-results box: what it is, whose, its value with unit, its spread, its n."""

    quantity: str
    framework: str
    colour: str
    value: str
    unit: str
    spread: str
    n: str
    parity: str

    @property
    def label(self) -> str:
        """What stands above the number."""
        return self.framework

    @property
    def details(self) -> tuple[str, ...]:
        """The lines below the number."""
        return (self.quantity, f"{self.spread}, {self.n}" if self.spread else self.n, self.parity)


@dataclass(frozen=True, kw_only=True)
class WorkloadKeyResult:
    """The number of one workload in the key-results box of a suite, with the lines below it; ``colour`` is empty where it has none."""

    label: str
    value: str
    unit: str
    details: tuple[str, ...]
    colour: str = ""


@dataclass(frozen=True, kw_only=True)
class Front:
    """Title block, notices and key results. ``author_rows`` and ``run_rows`` are pairs of label and value."""

    title: str
    subtitle: str
    institution: str
    author: str
    author_rows: tuple[tuple[str, str], ...]
    run_rows: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    key_results: tuple[KeyResult | WorkloadKeyResult, ...]
    legend: tuple[tuple[str, str], ...]


LEGEND = (
    ("n", marked("The number of trials: one training each, in a process of its own. Passes over the data inside a trial are not counted.")),
    (marked("Mean, SD"), marked("Average over the trials, and standard deviation: how far single trials typically lie from it.")),
    (
        marked("Median [low, high]"),
        marked("The middle trial, and an interval that would contain the true median in at least 95\u202f% of studies like this one."),
    ),
    (
        marked("Ratio [low, high]"),
        marked("Computed within blocks, where both frameworks met the same state of the machine. An interval that contains 1 shows no difference."),
    ),
    (marked("Parity"), marked("Whether checks showed that both programs compute the same thing. Where it is not shown, nothing is claimed.")),
    (
        marked("Generated, Author"),
        marked(
            "Every block says who made it: the program, from measurements (thin rule), or the author (thick "
            "rule). What is underlined in the author's text was measured, and put there by the program."
        ),
    ),
)


def front(results: Results, config: Config, left_out: tuple[str, ...] = ()) -> Front:
    """Return the first page's strings; author data that are not given are left out. ``left_out`` are the sections that the author did not want."""
    return titled(
        config,
        run_rows=(
            (gettext("Compared"), versions(results)),
            (gettext("Workload"), results.workload_title),
            (gettext("Data set"), results.dataset.title),
            (
                gettext("Design"),
                ngettext(
                    "{complete_blocks} complete block of {planned_blocks} planned ({preset} preset)",
                    "{complete_blocks} complete blocks of {planned_blocks} planned ({preset} preset)",
                    results.complete_blocks,
                    complete_blocks=results.complete_blocks,
                    planned_blocks=results.planned_blocks,
                    preset=gettext(results.preset),
                ),
            ),
            (
                gettext("Measured"),
                gettext(
                    "{day}, run {run}, reportgen {reportgen_version}",
                    day=date(results.created_at),
                    run=results.run,
                    reportgen_version=results.reportgen_version,
                ),
            ),
            *left_out_row(left_out),
        ),
        notices=notices(results),
        key_results=key_results(results),
    )


def left_out_row(left_out: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the line that says which sections the author left out, where there are any."""
    return ((gettext("Left out"), gettext("{left_out}, by the author", left_out=enumeration(left_out))),) if left_out else ()


def titled(
    config: Config, run_rows: tuple[tuple[str, str], ...], notices: tuple[str, ...], key_results: tuple[KeyResult | WorkloadKeyResult, ...]
) -> Front:
    """Return the first page with what the author says of the report."""
    author = config.author
    author_rows = (
        (gettext("Student"), author.name),
        (gettext("Student ID"), author.student_id),
        (gettext("Course"), author.course),
        (gettext("Instructor"), author.instructor),
        (gettext("Date performed"), date(author.date_performed)),
        (gettext("Date submitted"), date(author.date_submitted)),
        (gettext("Repository"), author.repository),
    )
    return Front(
        title=gettext(config.report.title),
        subtitle=config.report.subtitle,
        institution=author.institution,
        author=author.name,
        author_rows=tuple((label, value) for label, value in author_rows if value),
        run_rows=run_rows,
        notices=notices,
        key_results=key_results,
        legend=tuple((gettext(term), gettext(meaning)) for term, meaning in LEGEND),
    )


def versions(results: Results) -> str:
    """Return the frameworks with their versions."""
    return enumeration(f"{framework.title} {framework.version}" for framework in results.frameworks)


def notices(results: Results) -> tuple[str, ...]:
    """Return what must be known before any number is read."""
    found = []
    if results.dataset.fallback_reason:
        found.append(
            gettext(
                "Substitute data set: {title} was used in place of {requested}. Reason: {fallback_reason}",
                title=results.dataset.title,
                requested=results.dataset.requested,
                fallback_reason=in_language(results.dataset.fallback_reason),
            )
        )
    missing = results.planned_blocks - results.complete_blocks
    if missing > 0:
        found.append(
            ngettext(
                "Incomplete study: one block of {planned_blocks} planned did not come to an end and is not in the figures.",
                "Incomplete study: {missing} blocks of {planned_blocks} planned did not come to an end and are not in the figures.",
                missing,
                missing=missing,
                planned_blocks=results.planned_blocks,
            )
        )
    if results.complete_blocks < CLAIM_BLOCKS:
        found.append(
            ngettext(
                "Descriptive only: one block is too little for a 95\u202f% interval of a median (at least "
                "{claim_blocks}). The figures describe this run of each program and nothing beyond it.",
                "Descriptive only: {complete_blocks} blocks are too few for a 95\u202f% interval of a median (at least "
                "{claim_blocks}). The figures describe these runs and nothing beyond them.",
                results.complete_blocks,
                complete_blocks=results.complete_blocks,
                claim_blocks=CLAIM_BLOCKS,
            )
        )
    return tuple(found)


def key_results(results: Results) -> tuple[KeyResult, ...]:
    """Return test accuracy (or what the training came to) and training time of each framework: four numbers for two frameworks."""
    found = [scored(results, framework, position) for position, framework in enumerate(results.frameworks)]
    for position, framework in enumerate(results.frameworks):
        time = summary_text(framework.training_time)
        found.append(
            KeyResult(
                quantity=gettext("Training time, median"),
                framework=framework.title,
                colour=FRAMEWORK_COLOURS[position % len(FRAMEWORK_COLOURS)],
                value=time.median,
                unit="s",
                spread=time.interval if framework.training_time.interval else deviation(framework.training_time, time),
                n=f"n = {time.n}",
                parity=gettext("parity {badge}", badge=gettext(badge(results, "training_time"))),
            )
        )
    return tuple(found)


def deviation(summary: Summary, text: SummaryText) -> str:
    """Return the standard deviation, or nothing where a single trial has none."""
    return "" if summary.standard_deviation is None else gettext("sd {standard_deviation}", standard_deviation=text.standard_deviation)


def scored(results: Results, framework: FrameworkResult, position: int) -> KeyResult:
    """Return the mean test accuracy; where there are no classes, the training loss after the last step."""
    colour = FRAMEWORK_COLOURS[position % len(FRAMEWORK_COLOURS)]
    if framework.accuracy is not None:
        accuracy = summary_text(framework.accuracy, 100.0, most_decimals=2)
        quantity, value, unit = gettext("Test accuracy, mean"), accuracy.mean, "%"
        spread, n, metric = deviation(framework.accuracy, accuracy), accuracy.n, "accuracy"
    else:
        last = framework.losses_after[-1] if framework.losses_after else None
        quantity = gettext("Training loss") if last is None else gettext("Training loss after {steps} steps, median", steps=integer(last.steps))
        value, unit = (gettext("diverged"), "") if last is None else (scientific(last.training.median), "")
        spread = "" if last is None else gettext("up to {maximum}", maximum=raised(scientific(last.training.maximum)))
        n, metric = integer(framework.n), "training_time"
    return KeyResult(
        quantity=quantity,
        framework=framework.title,
        colour=colour,
        value=value,
        unit=unit,
        spread=spread,
        n=f"n = {n}",
        parity=gettext("parity {badge}", badge=gettext(badge(results, metric))),
    )
