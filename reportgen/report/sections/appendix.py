"""The appendix: everything somebody would need to check or repeat the study, as text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from reportgen.analysis.results import FrameworkResult, Results
from reportgen.language import gettext, ngettext
from reportgen.records import Source
from reportgen.report.format import ABSENT, enumeration, integer, number, one_after_another, percent, significant
from reportgen.report.listings import Listing, listing
from reportgen.report.sections.elements import Cell, Register, Table, code, figures, head, words
from reportgen.report.sections.parity import SHOWN, badge

PACKAGE_COLUMNS = 3  # name and version side by side three times: a whole environment on one page
MEBIBYTE = 1024.0**2


@dataclass(frozen=True, kw_only=True)
class FullSource:
    """One piece of code as it ran, with its digest."""

    title: str
    module: str
    sha256: str
    code: Listing


@dataclass(frozen=True, kw_only=True)
class Check:
    """One line of the reproducibility checklist."""

    done: bool
    text: str


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """What a repetition needs, for one workload; ``workload`` is empty where a report has one only."""

    workload: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, kw_only=True)
class Appendix:
    """Strings of the appendices."""

    packages: Table
    configurations: tuple[Table, ...]
    timings: tuple[Table, ...]
    outliers: tuple[str, ...]
    sources: tuple[FullSource, ...]
    checklists: tuple[Checklist, ...]


def appendix(members: Sequence[Results], register: Register, chapters: Sequence[Register]) -> Appendix:
    """Make the tables of packages, configurations and raw timings, and the listings; ``chapters`` are the registers of the workloads."""
    alone = len(members) == 1
    return Appendix(
        packages=package_table(members[0], register.begin("environment", shared=True)),
        configurations=tuple(
            configuration_table(results, own.begin("configuration", shared=True)) for results, own in zip(members, chapters, strict=True)
        ),
        timings=tuple(
            timing_table(framework, own.begin("timings", shared=True), forked=results.processes.forked > 0)
            for results, own in zip(members, chapters, strict=True)
            for framework in results.frameworks
        ),
        outliers=tuple(sentence if alone else f"{results.workload}, {sentence}" for results in members for sentence in outlier_sentences(results)),
        sources=full_sources(members),
        checklists=tuple(Checklist(workload="" if alone else results.workload, checks=tuple(checklist(results))) for results in members),
    )


def full_sources(members: Sequence[Results]) -> tuple[FullSource, ...]:
    """Return every piece of code that ran, once, in order; where workloads differ in it, the title says whose it is."""
    of_main_modes = {
        (framework.name, source.title, source.sha256) for results in members for framework in results.frameworks for source in framework.sources
    }
    users: dict[tuple[str, str, str], list[str]] = {}
    pieces: dict[tuple[str, str, str], tuple[str, Source]] = {}
    for results in members:
        for framework in results.frameworks:
            for source in framework.sources:
                piece = (framework.name, source.title, source.sha256)
                users.setdefault(piece, []).append(results.workload)
                pieces.setdefault(piece, (f"{framework.title}: {gettext(source.title)}", source))
        for mode in results.modes:
            for source in mode.sources:
                piece = (mode.framework, source.title, source.sha256)
                # What a mode shares with a main one, as mostly the model, is printed there.
                if piece not in of_main_modes:
                    users.setdefault(piece, []).append(results.workload)
                    pieces.setdefault(piece, (f"{mode.full_title}: {gettext(source.title)}", source))
        for experiment in results.experiments:
            for source in experiment.sources:
                piece = (experiment.name, source.title, source.sha256)
                users.setdefault(piece, []).append(results.workload)
                pieces.setdefault(piece, (f"{experiment.title}: {gettext(source.title)}", source))
    return tuple(
        FullSource(
            title=title if len(users[piece]) == len(members) else f"{title} ({enumeration(users[piece])})",
            module=source.module,
            sha256=source.sha256,
            code=listing(source.text),
        )
        for piece, (title, source) in pieces.items()
    )


def package_table(results: Results, register: Register) -> Table:
    """All installed distributions, in columns that are read downwards."""
    packages = sorted(results.environment.software.packages.items(), key=lambda item: item[0].lower())
    height = -(-len(packages) // PACKAGE_COLUMNS) or 1
    columns = [packages[start : start + height] for start in range(0, len(packages), height)]
    rows: list[list[Cell]] = []
    for line in zip_longest(*columns, fillvalue=("", "")):
        cells: list[Cell] = []
        for name, version in line:
            cells += [words(name), words(version)]
        rows.append(cells)
    top = [cell for _ in columns for cell in (head(gettext("Distribution")), head(gettext("Version")))]
    return register.table(
        "packages",
        gettext("Installed distributions"),
        gettext("Everything installed beside the program when the study ran."),
        [top],
        rows,
        style="small",
    )


def configuration_table(results: Results, register: Register) -> Table:
    """The order that was given: run, workload, hyperparameters, seeds."""
    seeds = [str(row.seed) for row in results.frameworks[0].trials] if results.frameworks else []
    rows = [
        [head(gettext("Run")), code(results.run)],
        [head(gettext("Command")), code(results.environment.command)],
        [head(gettext("Workload")), code(results.workload)],
        [head(gettext("Preset")), code(results.preset)],
        [head(gettext("Blocks")), code(gettext("{complete} of {planned}", complete=results.complete_blocks, planned=results.planned_blocks))],
        [head(gettext("Threads")), code(str(results.threads))],
        [head(gettext("Data set asked for")), code(results.dataset.requested)],
        [head(gettext("Study's seed")), code(str(results.seed))],
        [head(gettext("Seeds of the trials")), code(", ".join(seeds) or gettext(ABSENT))],
    ]
    rows += [
        [head(gettext(name.replace("_", " ").capitalize())), code(json.dumps(value))] for name, value in results.hyperparameters.model_dump().items()
    ]
    return register.table(
        "configuration",
        gettext("Configuration and seeds"),
        gettext("What both programs were told."),
        [(head(gettext("Setting")), head(gettext("Value")))],
        rows,
    )


def timing_table(framework: FrameworkResult, register: Register, *, forked: bool) -> Table:
    """One row per trial of a framework, nothing summarised. Times in seconds."""
    classes = all(row.accuracy is not None for row in framework.trials)
    columns = (
        gettext("Block"),
        gettext("Place"),
        gettext("Seed"),
        gettext("Training"),
        gettext("Epoch"),
        gettext("Cold start"),
        gettext("Evaluation"),
        gettext("Cores"),
        gettext("MiB"),
        gettext("Accuracy") if classes else gettext("Test loss"),
    )
    rows = [
        [
            head(str(row.block), numeric=True),
            figures(str(row.position)),
            figures(str(row.seed)),
            figures(number(row.training_s, 3)),
            figures(number(row.steady_epoch_s, 4)),
            figures("\u2013" if row.cold_start_s is None else number(row.cold_start_s, 3)),
            figures(number(row.evaluation_s, 4)),
            figures(number(row.effective_cores, 2)),
            figures("\u2013" if row.peak_memory_bytes is None else number(row.peak_memory_bytes / MEBIBYTE, 0)),
            figures(percent(row.accuracy) if classes else number(row.test_loss, 4)),
        ]
        for row in framework.trials
    ]
    return register.table(
        f"timings-{framework.name}",
        gettext("Trials of {title}", title=framework.title),
        one_after_another(
            gettext("Times in seconds, as measured. Place is the position inside the block; epoch is the steady epoch time; MiB is peak memory."),
            gettext("Cold start is that of a new interpreter in the same block.") if forked else "",
        ),
        [[head(column, numeric=True) for column in columns]],
        rows,
        style="small",
    )


def outlier_sentences(results: Results) -> list[str]:
    """Name the trials whose training time lies far from the median; they are in all figures."""
    return [
        ngettext(
            "{title}: the training time of {outliers} trial is flagged as an outlier ({values}) and kept.",
            "{title}: the training time of {outliers} trials is flagged as an outlier ({values}) and kept.",
            len(framework.training_time.outliers),
            title=framework.title,
            outliers=integer(len(framework.training_time.outliers)),
            values=", ".join(significant(framework.training_time.values[index]) + " s" for index in framework.training_time.outliers),
        )
        for framework in results.frameworks
        if framework.training_time.outliers
    ]


def checklist(results: Results) -> list[Check]:
    """Return what a repetition needs, and whether this run has it."""
    repository = results.environment.repository
    same_count = len({framework.parameter_count for framework in results.frameworks}) == 1
    agreed = [item.agrees is True for item in results.exports if item.sameness not in ("not available", "not measured")]
    return [
        Check(
            done=bool(results.environment.software.packages),
            text=gettext(
                "Versions of all {packages} installed distributions are recorded.", packages=integer(len(results.environment.software.packages))
            ),
        ),
        Check(done=bool(results.dataset.digest), text=gettext("The data set is identified by a digest of its content.")),
        Check(done=True, text=gettext("Seeds of the study and of every trial are recorded.")),
        Check(done=repository.commit is not None, text=gettext("The code's commit is recorded.")),
        Check(done=repository.dirty is False, text=gettext("The working tree had no uncommitted changes.")),
        Check(done=all(framework.sources for framework in results.frameworks), text=gettext("The code that ran is printed with its digest.")),
        Check(done=results.complete_blocks == results.planned_blocks, text=gettext("All planned blocks are complete.")),
        Check(done=same_count, text=gettext("All models have the same number of trainable parameters.")),
        Check(done=bool(agreed) and all(agreed), text=gettext("Every exported file was reopened and reproduces its source model.")),
        Check(done=badge(results, "training_time") == SHOWN, text=gettext("Checks showed that both programs compute the same thing.")),
    ]
