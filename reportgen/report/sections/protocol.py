"""Methodology, second half: the code that ran, where it came from, and how it was measured, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.analysis.results import FrameworkResult, Results
from reportgen.language import gettext, ngettext
from reportgen.records import Source
from reportgen.report.excerpts import network_part
from reportgen.report.format import ABSENT, duration, enumeration, integer, number, one_after_another
from reportgen.report.listings import Listing, listing
from reportgen.report.plan_words import in_language

EXCERPT_LINES = 60  # of each framework's model code in the body: about a page in print; the rest is in the appendix


@dataclass(frozen=True, kw_only=True)
class Excerpt:
    """One framework's model code as the body shows it; ``remainder`` says what is left out, or is empty."""

    framework: str
    title: str
    code: Listing
    remainder: str


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """Strings on where the code lay and how it was measured, for a whole report; ``repository`` are pairs of label and value."""

    repository: tuple[tuple[str, str], ...]
    steps: tuple[tuple[str, str], ...]


def protocol(members: Sequence[Results], address: str = "") -> Protocol:
    """Return the protocol of a report on these workloads, as pairs of a term and its explanation; the author says that the code is at ``address``."""
    return Protocol(repository=repository(members[0], address), steps=steps(members))


def excerpts(results: Results) -> tuple[Excerpt, ...]:
    """Return each framework's model code as the body shows it."""
    return tuple(excerpt(framework) for framework in results.frameworks)


def repository(results: Results, address: str = "") -> tuple[tuple[str, str], ...]:
    """Return where the code lay, or where the author says that it is, whether it had uncommitted changes, and the exact command."""
    repository = results.environment.repository
    state = {True: gettext("with uncommitted changes"), False: gettext("clean"), None: gettext("not a git working tree")}[repository.dirty]
    return (
        (gettext("Repository"), repository.url or (gettext("{address} (given by the author)", address=address) if address else gettext(ABSENT))),
        (gettext("Commit"), repository.commit or gettext(ABSENT)),
        (gettext("Working tree"), state),
        (gettext("Command"), results.environment.command),
    )


def model_source(framework: FrameworkResult) -> Source | None:
    """Return the piece of code that defines the model: that of the workload, else the first recorded."""
    return next((source for source in framework.sources if "workloads" in source.module), next(iter(framework.sources), None))


def excerpt(framework: FrameworkResult) -> Excerpt:
    """Return the part of a framework's model code that defines the network."""
    source = model_source(framework)
    if source is None:
        return Excerpt(framework=framework.title, title=framework.title, code=listing(""), remainder=gettext("No source was recorded."))
    text = source.text.rstrip("\n")
    lines = network_part(text).split("\n")
    shown = "\n".join(lines[:EXCERPT_LINES])
    return Excerpt(
        framework=framework.title,
        title=f"{framework.title}: {gettext(source.title)}",
        code=listing(shown),
        remainder=gettext("The rest of this file is in the appendix.") if shown != text else "",
    )


def block_counts(members: Sequence[Results]) -> str:
    """Return how many blocks were planned and are complete, of each workload where they differ."""
    counts = {(results.planned_blocks, results.complete_blocks) for results in members}
    planned = members[0].planned_blocks
    figures = {"planned": planned, "complete": members[0].complete_blocks}
    if len(members) == 1:
        return ngettext("{planned} block planned, {complete} complete.", "{planned} blocks planned, {complete} complete.", planned, **figures)
    if len(counts) == 1:
        return ngettext(
            "{planned} block planned for each workload, {complete} complete. The workloads were measured one after the other.",
            "{planned} blocks planned for each workload, {complete} complete. The workloads were measured one after the other.",
            planned,
            **figures,
        )
    listed = enumeration(
        gettext(
            "{complete_blocks} of {planned_blocks} for {workload}",
            complete_blocks=results.complete_blocks,
            planned_blocks=results.planned_blocks,
            workload=results.workload,
        )
        for results in members
    )
    return gettext("Complete blocks: {listed}. The workloads were measured one after the other.", listed=listed)


def steps(members: Sequence[Results]) -> tuple[tuple[str, str], ...]:
    """Return what was done and what each figure includes."""
    results = members[0]
    names = enumeration(framework.title for framework in results.frameworks)
    return (
        (
            gettext("Trial"),
            gettext(
                "One framework trains once, in a process of its own, with one seed. Epochs inside a trial are not "
                "repetitions: every n in this report counts trials."
            ),
        ),
        (gettext("Process"), process_words(results)),
        (
            gettext("Block"),
            gettext(
                "One trial of each framework ({names}), run back to back on the same machine with the same seed. "
                "{block_counts} The order inside the blocks is balanced and shuffled by the study's seed ({seed}), "
                "so that a slow drift of the machine meets all frameworks alike.",
                names=names,
                block_counts=block_counts(members),
                seed=results.seed,
            ),
        ),
        (
            gettext("Training time"),
            gettext(
                "From the start of the first training step to the end of the last, without validation. It includes "
                "the first step, in which a framework may trace or compile, and the time spent waiting for data."
            ),
        ),
        (
            gettext("Steady epoch time"),
            gettext(
                "Mean time of a trial's epochs after the first, which is dropped by rule because it also warms "
                "caches and compiles. The rule was fixed before measuring."
            ),
        ),
        (gettext("Data time"), gettext("The part of the training time spent waiting for the next batch, given where the framework's loop shows it.")),
        (
            gettext("Cold start"),
            one_after_another(
                gettext(
                    "From the start of a new interpreter to the end of its first training step: importing the framework, reading the data, "
                    "building the model."
                ),
                cold_start_words(results),
            ),
        ),
        (
            gettext("Threads and effective cores"),
            ngettext(
                "Each framework was told to use {threads} thread and asked afterwards what it used. Effective cores are "
                "processor time divided by wall time: a framework that used twice the cores in half the time did "
                "the same amount of work.",
                "Each framework was told to use {threads} threads and asked afterwards what it used. Effective cores are "
                "processor time divided by wall time: a framework that used twice the cores in half the time did "
                "the same amount of work.",
                results.threads,
                threads=results.threads,
            ),
        ),
        (gettext("Memory"), gettext("Peak resident memory of the whole process, the framework's own code included.")),
        (
            gettext("Inference"),
            inference_words(members),
        ),
        (
            gettext("Odd values"),
            gettext(
                "Outliers are flagged in the appendix and never dropped. A trial leaves the figures only for a "
                "logged cause, and its block is then repeated once."
            ),
        ),
        *(step for one in members for step in overhead_step(one, named=len(members) > 1)),
    )


def inference_words(members: Sequence[Results]) -> str:
    """Return what was timed with the trained models: images, or samples of numbers, which no file was made of."""
    if all(results.dataset.task == "regression" for results in members):
        return gettext("Time for all test samples in batches, and latency of single samples, after warm-up calls that are not counted.")
    return gettext(
        "Time for all test images in batches, and latency of single images, after warm-up calls that are "
        "not counted. Exported files were reopened in a process of their own by the named runtime and "
        "nothing else."
    )


def process_words(results: Results) -> str:
    """Return how the processes of the trials began, and why so."""
    use = results.processes
    if not use.forked:
        if not use.reason:
            return gettext("Each training trial was a new interpreter, which imports its framework for itself.")
        return gettext(
            "Each training trial was a new interpreter, which imports its framework for itself, because {reason}.", reason=in_language(use.reason)
        )
    if not use.fresh:
        return gettext(
            "Each training trial was forked: it began as a copy of a process that had imported the framework and computed "
            "nothing, so that the import is paid once and not by every trial. What a trial changes, it changes in its own copy."
        )
    return gettext(
        "Of {count} training trials, {forked} were forked: each began as a copy of a process that had imported the framework and computed nothing, "
        "so that the import is paid once and not by every trial. What a trial changes, it changes in its own copy. The others were each a new "
        "interpreter, which imports its framework for itself, because forking failed.",
        forked=use.forked,
        count=use.forked + use.fresh,
    )


def cold_start_words(results: Results) -> str:
    """Return which trials the cold starts come from, where that is not plain."""
    if not results.processes.forked:
        return ""
    count = max((framework.cold_start.n for framework in results.frameworks if framework.cold_start is not None), default=0)
    return gettext(
        "It was measured by trials of its own, {count} for each framework, that end there; the phases up to the first step are theirs too.",
        count=count,
    )


def overhead_step(results: Results, *, named: bool = False) -> tuple[tuple[str, str], ...]:
    """Return what measuring a workload cost beside what was measured; it is ``named`` where there are several."""
    cost = results.overhead
    if cost is None:
        return ()
    figures = {
        "wall_s": duration(cost.wall_s),
        "ratio": number(cost.ratio, 3),
        "trials": integer(cost.trials),
        "phases_s": duration(cost.phases_s),
    }
    return (
        (
            gettext("Cost of the tool, {workload}", workload=results.workload) if named else gettext("Cost of the tool"),
            gettext(
                "From the first process to the end of the last trial, {wall_s} passed: {ratio} times the "
                "sum of the phases of all {trials} trials ({phases_s}). The rest is starting and ending processes, "
                "importing what trials are forked from, and checking and writing results.",
                **figures,
            )
            if not cost.interruptions
            else ngettext(
                "From the first process to the end of the last trial, {wall_s} passed, without {interruptions} interruption: {ratio} times the "
                "sum of the phases of all {trials} trials ({phases_s}). The rest is starting and ending processes, "
                "importing what trials are forked from, and checking and writing results.",
                "From the first process to the end of the last trial, {wall_s} passed, without {interruptions} interruptions: {ratio} times the "
                "sum of the phases of all {trials} trials ({phases_s}). The rest is starting and ending processes, "
                "importing what trials are forked from, and checking and writing results.",
                cost.interruptions,
                interruptions=cost.interruptions,
                **figures,
            ),
        ),
    )
