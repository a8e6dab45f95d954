"""Results on variants: each framework in other versions or with other environment variables, beside itself and in the same blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.analysis.interval import Interval
from reportgen.analysis.results import FrameworkResult, Results, Summary, VariantResult
from reportgen.analysis.varied import VariedWay
from reportgen.language import gettext
from reportgen.report.format import bounds, duration, number, percent, plural, significant, size
from reportgen.report.sections.elements import Cell, Figure, Register, Table, code, figures, head, words
from reportgen.report.sections.point_values import trial_values

NOTHING = "\u2013"
# Below ten times, two decimals of a ratio are more than its interval deserves.
MANY = 10


@dataclass(frozen=True, kw_only=True)
class Line:
    """A framework as it is in this environment, or in a variant: what the table and the figure show of it."""

    framework: str
    title: str
    versions: str
    epoch: Summary | None
    training: Summary | None
    score: Summary | None
    memory: Summary | None
    speedup: float | None
    interval: Interval | None
    n: int
    parity: str


@dataclass(frozen=True, kw_only=True)
class Variants:
    """Strings of the section; only made where there are variants."""

    introduction: str
    changes: Table
    table: Table
    figure: Figure | None
    failures: tuple[str, ...]


def variants(results: Results, register: Register) -> Variants | None:
    """Make the tables and the figure of variants; ``None`` where there are none."""
    if not results.variants:
        return None
    return Variants(
        introduction=(
            gettext(
                "A variant is another interpreter with packages of its own, or this one with other environment "
                "variables. Each framework that is named was trained there too, in its main mode, with the same "
                "seeds and in the same blocks, so that what drifts on the machine is felt by all of them. All "
                "trials of this study began as new interpreters. Whether a variant computes what its framework "
                "computes here was checked like two frameworks; the findings compare each framework with itself."
            )
        ),
        changes=change_table(results, register),
        table=way_table(results, register),
        figure=dots(results, register) if any(line.epoch for line in lines(results)) else None,
        failures=tuple(
            gettext(
                "{framework_title} in {name} was not measured: {failure}.",
                framework_title=way.framework_title,
                name=one.name,
                failure=way.failure.clause,
            )
            for one in results.variants
            for way in one.ways
            if way.n == 0
        ),
    )


def change_table(results: Results, register: Register) -> Table:
    """What each variant changes: versions that are not those of this environment, and variables."""
    return register.table(
        "variant-changes",
        gettext("Variants"),
        gettext("What differs from the environment of all other trials: versions as installed for the other interpreter, and environment variables."),
        [(head(gettext("Variant")), head(gettext("Interpreter")), head(gettext("Differs in")))],
        [
            (
                head(one.name),
                words(gettext("Python {software}", software=one.software["Python"]) if one.software else gettext("this one")),
                code(changes(results, one)),
            )
            for one in results.variants
        ],
    )


def changes(results: Results, one: VariantResult) -> str:
    """Return what a variant changes, as text."""
    here = results.environment.software
    known = {"Python": here.python, **here.packages}
    versions = [
        gettext("{name} {version} (here {known})", name=name, version=version, known=known[name])
        for name, version in one.software.items()
        if name in known and known[name] != version
    ]
    variables = [f"{name}={value}" for name, value in one.environment.items()]
    return ", ".join([*versions, *variables]) or gettext("nothing that the trials depend on")


def lines(results: Results) -> Iterator[Line]:
    """Yield each framework that has variants, and these below it."""
    for framework in results.frameworks:
        found = [(one, way) for one in results.variants for way in one.ways if way.framework == framework.name]
        if found:
            yield line_of_main(results, framework)
            for one, way in found:
                yield line_of_variant(one, way)


def line_of_main(results: Results, framework: FrameworkResult) -> Line:
    """Return a framework in this environment."""
    return Line(
        framework=framework.name,
        title=framework.title,
        versions=framework.version,
        epoch=framework.steady_epoch_time,
        training=framework.training_time,
        score=framework.test_loss if results.dataset.task == "regression" else framework.accuracy,
        memory=framework.peak_memory,
        speedup=None,
        interval=None,
        n=framework.n,
        parity=gettext("the reference"),
    )


def line_of_variant(one: VariantResult, way: VariedWay) -> Line:
    """Return a framework in a variant, with the version that it read back there."""
    return Line(
        framework=way.framework,
        title=f"{way.framework_title}, {one.name}",
        versions=next(iter(way.versions.values()), NOTHING),
        epoch=way.steady_epoch_time,
        training=way.training_time,
        score=way.accuracy or way.test_loss,
        memory=way.peak_memory,
        speedup=way.speedup,
        interval=way.speedup_interval,
        n=way.n,
        parity=gettext(way.parity),
    )


def way_table(results: Results, register: Register) -> Table:
    """One row a framework and variant: medians, and the ratio to the main mode with its interval."""
    score = gettext("Test loss") if results.dataset.task == "regression" else gettext("Accuracy")
    top = (gettext("Epoch"), gettext("Training"), gettext("Times faster"), score, gettext("Memory"), "n")
    return register.table(
        "variants",
        gettext("Versions and settings beside each other"),
        gettext(
            "Medians over trials: steady epoch time, training time, score on the test set, peak memory; the "
            "version is the one that the trials read back. Times faster: the training time of the framework "
            "here over that in the variant, paired by block, with its 95\u202f% interval. Same computation: whether "
            "the parity checks show it."
        ),
        [(head(gettext("Framework")), head(gettext("Version")), *(head(one, numeric=True) for one in top), head(gettext("Same computation")))],
        [row(line, results) for line in lines(results)],
        style="small",
    )


def row(line: Line, results: Results) -> list[Cell]:
    """Return the cells of one line."""
    show = significant if results.dataset.task == "regression" else percent
    return [
        head(line.title),
        words(line.versions),
        figures(duration(line.epoch.median) if line.epoch else NOTHING),
        figures(duration(line.training.median) if line.training else NOTHING),
        figures(speedup(line)),
        figures(show(line.score.median) if line.score else NOTHING),
        figures(size(line.memory.median) if line.memory else NOTHING),
        figures(str(line.n)),
        words(line.parity),
    ]


def speedup(line: Line) -> str:
    """Return how many times faster than here, with the interval."""
    if line.speedup is None:
        return NOTHING
    if line.interval is None:
        return significant(line.speedup)
    digits = 2 if line.speedup < MANY else 1
    return f"{number(line.speedup, digits)} {bounds(number(line.interval.low, digits), number(line.interval.high, digits))}"


def dots(results: Results, register: Register) -> Figure:
    """Seconds per epoch by variant, every trial a dot."""
    described = [f"{line.title} {duration(line.epoch.median)}" for line in lines(results) if line.epoch]
    return register.figure(
        "variants",
        gettext("Epoch time by variant"),
        gettext(
            "Every dot is one trial, the line is the median; logarithmic axis. {title}, {threads}.",
            title=results.dataset.title,
            threads=plural(results.threads, "thread"),
        ),
        gettext("Dots on a logarithmic axis of seconds, a row for each framework and variant. Medians: {described}.", described="; ".join(described)),
        "variants",
        curves=trial_values((line.title, line.epoch) for line in lines(results)),
    )
