"""The first page: who hands the report in, what it found in four numbers, and what a reader must know before reading on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.analysis.results import FrameworkResult, Results
from reportgen.report.colours import FRAMEWORK_COLOURS
from reportgen.report.format import THIN_SPACE, enumeration, integer, plural, scientific
from reportgen.report.sections.elements import summary_text
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
        return (self.quantity, f"{self.spread}, {self.n}", self.parity)


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
    ("n", "The number of trials: one training each, in a process of its own. Passes over the data inside a trial are not counted."),
    ("Mean, SD", "Average over the trials, and standard deviation: how far single trials typically lie from it."),
    ("Median [low, high]", "The middle trial, and an interval that would contain the true median in at least 95\u202f% of studies like this one."),
    (
        "Ratio [low, high]",
        "Computed within blocks, where both frameworks met the same state of the machine. An interval that contains 1 shows no difference.",
    ),
    ("Parity", "Whether checks showed that both programs compute the same thing. Where it is not shown, nothing is claimed."),
    (
        "Generated, Author",
        "Every block says who made it: the program, from measurements (thin rule), or the author (thick rule). What is underlined in the "
        "author's text was measured, and put there by the program.",
    ),
)


def day(timestamp: str) -> str:
    """Return the date part of an ISO 8601 timestamp."""
    return timestamp[:10]


def front(results: Results, config: Config, left_out: tuple[str, ...] = ()) -> Front:
    """Return the first page's strings; author data that are not given are left out. ``left_out`` are the sections that the author did not want."""
    return titled(
        config,
        run_rows=(
            ("Compared", versions(results)),
            ("Workload", results.workload_title),
            ("Data set", results.dataset.title),
            ("Design", f"{plural(results.complete_blocks, 'complete block')} of {results.planned_blocks} planned ({results.preset} preset)"),
            ("Measured", f"{day(results.created_at)}, run {results.run}, reportgen {results.reportgen_version}"),
            *left_out_row(left_out),
        ),
        notices=notices(results),
        key_results=key_results(results),
    )


def left_out_row(left_out: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the line that says which sections the author left out, where there are any."""
    return (("Left out", f"{enumeration(left_out)}, by the author"),) if left_out else ()


def titled(
    config: Config, run_rows: tuple[tuple[str, str], ...], notices: tuple[str, ...], key_results: tuple[KeyResult | WorkloadKeyResult, ...]
) -> Front:
    """Return the first page with what the author says of the report."""
    author = config.author
    author_rows = (
        ("Student", author.name),
        ("Student ID", author.student_id),
        ("Course", author.course),
        ("Instructor", author.instructor),
        ("Date performed", author.date_performed),
        ("Date submitted", author.date_submitted),
        ("Repository", author.repository),
    )
    return Front(
        title=config.report.title,
        subtitle=config.report.subtitle,
        institution=author.institution,
        author=author.name,
        author_rows=tuple((label, value) for label, value in author_rows if value),
        run_rows=run_rows,
        notices=notices,
        key_results=key_results,
        legend=LEGEND,
    )


def versions(results: Results) -> str:
    """Return the frameworks with their versions."""
    return enumeration(f"{framework.title} {framework.version}" for framework in results.frameworks)


def notices(results: Results) -> tuple[str, ...]:
    """Return what must be known before any number is read."""
    found = []
    if results.dataset.fallback_reason:
        found.append(
            f"Substitute data set: {results.dataset.title} was used in place of {results.dataset.requested}. Reason: "
            f"{results.dataset.fallback_reason}"
        )
    missing = results.planned_blocks - results.complete_blocks
    if missing > 0:
        found.append(
            f"Incomplete study: {plural(missing, 'block')} of {results.planned_blocks} planned did not come to an end and are not in the figures."
        )
    if results.complete_blocks < CLAIM_BLOCKS:
        found.append(
            f"Descriptive only: {plural(results.complete_blocks, 'block')} are too few for a 95{THIN_SPACE}% interval of a median (at "
            f"least {CLAIM_BLOCKS}). "
            "The figures describe these runs and nothing beyond them."
        )
    return tuple(found)


def key_results(results: Results) -> tuple[KeyResult, ...]:
    """Return test accuracy (or what the training came to) and training time of each framework: four numbers for two frameworks."""
    found = [scored(results, framework, position) for position, framework in enumerate(results.frameworks)]
    for position, framework in enumerate(results.frameworks):
        time = summary_text(framework.training_time)
        found.append(
            KeyResult(
                quantity="Training time, median",
                framework=framework.title,
                colour=FRAMEWORK_COLOURS[position % len(FRAMEWORK_COLOURS)],
                value=time.median,
                unit="s",
                spread=time.interval if framework.training_time.interval else f"sd {time.standard_deviation}",
                n=f"n = {time.n}",
                parity=f"parity {badge(results, 'training_time')}",
            )
        )
    return tuple(found)


def scored(results: Results, framework: FrameworkResult, position: int) -> KeyResult:
    """Return the mean test accuracy; where there are no classes, the training loss after the last step."""
    colour = FRAMEWORK_COLOURS[position % len(FRAMEWORK_COLOURS)]
    if framework.accuracy is not None:
        accuracy = summary_text(framework.accuracy, 100.0, most_decimals=2)
        quantity, value, unit = "Test accuracy, mean", accuracy.mean, "%"
        spread, n, metric = f"sd {accuracy.standard_deviation}", accuracy.n, "accuracy"
    else:
        last = framework.losses_after[-1] if framework.losses_after else None
        quantity = "Training loss" if last is None else f"Training loss after {integer(last.steps)} steps, median"
        value, unit = ("diverged", "") if last is None else (scientific(last.training.median), "")
        spread = "" if last is None else f"up to {scientific(last.training.maximum)}"
        n, metric = integer(framework.n), "training_time"
    return KeyResult(
        quantity=quantity,
        framework=framework.title,
        colour=colour,
        value=value,
        unit=unit,
        spread=spread,
        n=f"n = {n}",
        parity=f"parity {badge(results, metric)}",
    )
