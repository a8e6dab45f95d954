"""Results: the headline table, where the time went, the observed ratio, learning curves and training times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportgen.analysis.results import FrameworkResult, PhaseTime, Results, Summary
from reportgen.language import gettext, marked, ngettext
from reportgen.report.format import ABSENT, enumeration, integer, number, one_after_another, plural, significant
from reportgen.report.sections.curve_values import learning_values, time_values
from reportgen.report.sections.curve_words import curve_description, time_description
from reportgen.report.sections.elements import Cell, Figure, Register, SummaryText, Table, figures, head, summary_text, words
from reportgen.report.sections.epochs import epoch_table
from reportgen.report.sections.findings import Findings, findings
from reportgen.report.sections.parity import badge
from reportgen.report.sections.profile import EpochTime, epoch_time

MEBIBYTE = 1024.0**2


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A row group of the headline table: label with unit, where the summary is, its scale, and the most decimals that make sense.

    ``name`` is what the author's text calls it; ``metric`` is what the parity checks and findings call it.
    ``absent`` is printed where one framework has none. A group that no framework has is left out, unless ``on_device`` says that it must be there
    wherever a device beside the CPU was used.
    """

    name: str
    label: str
    metric: str
    summary: Callable[[FrameworkResult], Summary | None]
    scale: float = 1.0
    most_decimals: int = 9
    absent: str = marked("not shown by this framework's loop")
    on_device: bool = False


QUANTITIES = (
    Quantity(name="accuracy", label=marked("Test accuracy (%)"), metric="accuracy", summary=lambda one: one.accuracy, scale=100.0, most_decimals=3),
    Quantity(name="macro_f1", label=marked("Macro F1 (%)"), metric="accuracy", summary=lambda one: one.macro_f1, scale=100.0, most_decimals=3),
    Quantity(name="test_loss", label=marked("Test loss"), metric="accuracy", summary=lambda one: one.test_loss, most_decimals=5),
    Quantity(name="training_time", label=marked("Training time (s)"), metric="training_time", summary=lambda one: one.training_time, most_decimals=4),
    Quantity(
        name="epoch_time",
        label=marked("Steady epoch time (s)"),
        metric="steady_epoch_time",
        summary=lambda one: one.steady_epoch_time,
        most_decimals=4,
    ),
    Quantity(name="data_time", label=marked("Data time (s)"), metric="training_time", summary=lambda one: one.data_time, most_decimals=4),
    Quantity(name="first_step_time", label=marked("First step (s)"), metric="cold_start", summary=lambda one: one.first_step_time, most_decimals=4),
    Quantity(name="cold_start", label=marked("Cold start (s)"), metric="cold_start", summary=lambda one: one.cold_start, most_decimals=4),
    Quantity(
        name="evaluation_time", label=marked("Evaluation (s)"), metric="evaluation_time", summary=lambda one: one.evaluation_time, most_decimals=4
    ),
    Quantity(
        name="effective_cores", label=marked("Effective cores"), metric="training_time", summary=lambda one: one.effective_cores, most_decimals=3
    ),
    Quantity(
        name="peak_memory",
        label=marked("Peak memory (MiB)"),
        metric="peak_memory",
        summary=lambda one: one.peak_memory,
        scale=1 / MEBIBYTE,
        most_decimals=1,
    ),
    Quantity(
        name="peak_device_memory",
        label=marked("Peak device memory (MiB)"),
        metric="peak_memory",
        summary=lambda one: one.peak_device_memory,
        scale=1 / MEBIBYTE,
        most_decimals=1,
        absent=ABSENT,
        on_device=True,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Training:
    """Strings of the first half of section 3."""

    headline: Table
    findings: Findings
    curves: Figure
    epochs: Table
    times: Figure
    epoch_time: EpochTime
    phases: Table
    unsteady: tuple[str, ...]


def training(results: Results, register: Register) -> Training:
    """Make the headline table, figures of curves and times, and the table of phases."""
    headline = headline_table(results, register.begin("headline"))
    found = findings(results, register.begin("findings"))
    curves = register.begin("curves").figure(
        "curves",
        gettext("Learning curves"),
        f"{curve_words(results)} {sample_of(results)} {lag_words(results)}",
        curve_description(results),
        "curves",
        curves=learning_values(results),
    )
    epochs = epoch_table(results, register)
    times = register.begin("times").figure(
        "times",
        gettext("Training time, trial by trial"),
        one_after_another(dots_words(results), sample_of(results), gettext("A slope along the blocks is drift of the machine.")),
        time_description(results),
        "times",
        curves=time_values(results),
    )
    parts = epoch_time(results, register.begin("parts"))
    phases = phase_table(results, register)
    return Training(
        headline=headline,
        findings=found,
        curves=curves,
        epochs=epochs,
        times=times,
        epoch_time=parts,
        phases=phases,
        unsteady=tuple(unsteady_sentences(results)),
    )


def curve_words(results: Results) -> str:
    """Return what the learning curves are."""
    if results.dataset.task == "classification":
        return gettext(
            "Loss (top) and accuracy (bottom) per epoch; thin lines are trials, the thick line is their median and the band runs from their lowest "
            "to their highest value."
        )
    if all(framework.step_losses for framework in results.frameworks):
        return gettext(
            "Loss on the training batch before each step, on a logarithmic axis; the line is the median over trials and the band runs from their "
            "lowest to their highest value."
        )
    return gettext(
        "Loss per epoch on a logarithmic axis; thin lines are trials, the thick line is their median and the band runs from their lowest to their "
        "highest value."
    )


def lag_words(results: Results) -> str:
    """Return why training lags behind validation, where the figure shows both."""
    if results.dataset.task == "regression" and all(framework.step_losses for framework in results.frameworks):
        return gettext("Where the line turns level, rounding is all that is left of the error.")
    return gettext("Training values are means over an epoch while the weights change, so they lag behind validation.")


def sample_of(results: Results) -> str:
    """Return n, seeds, data and device as every caption of a measured figure carries them."""
    accelerators = dict.fromkeys(framework.effective.device_name for framework in results.frameworks if framework.effective.device_name)
    device = ", ".join((*accelerators, results.environment.hardware.cpu_model))
    where = f"{results.dataset.title}; {device}, {plural(results.threads, 'thread')}"
    if results.complete_blocks == 1:
        return gettext("n = 1 trial per framework; {where}.", where=where)
    return gettext("n = {complete_blocks} trials per framework, one seed per block; {where}.", complete_blocks=results.complete_blocks, where=where)


def dots_words(results: Results) -> str:
    """Return what the figure of times draws: a band only where there is an interval."""
    interval = results.frameworks[0].training_time.interval if results.frameworks else None
    if interval is None:
        return gettext("Every dot is one trial, in order of blocks; the line is the median.")
    return gettext(
        "Every dot is one trial, in order of blocks; the line is the median and the band its {level}\u202f% interval.",
        level=number(interval.level * 100, 1),
    )


def headline_table(results: Results, register: Register) -> Table:
    """The headline table: one row group per quantity, one row per framework."""
    rows: list[list[Cell]] = []
    for quantity in QUANTITIES:
        summaries = [(framework, quantity.summary(framework)) for framework in results.frameworks]
        needed = quantity.on_device and results.device != "cpu"
        if not needed and all(summary is None for _, summary in summaries):
            continue
        for position, (framework, summary) in enumerate(summaries):
            label = [head(gettext(quantity.label), rowspan=len(summaries))] if position == 0 else []
            rows.append([*label, words(framework.title), *summary_cells(summary, quantity), words(gettext(badge(results, quantity.metric)))])
    intervals = [framework.training_time.interval for framework in results.frameworks]
    levels = sorted({interval.level for interval in intervals if interval})
    interval = gettext("{levels}\u202f% interval of the median", levels=number(levels[0] * 100, 1)) if levels else gettext("interval of the median")
    columns = (gettext("Mean"), gettext("SD"), gettext("Median"), gettext("Interval"), "n")
    return register.table(
        "headline",
        gettext("Headline results"),
        gettext(
            "Mean and standard deviation over trials, median and {interval} (order statistics; a dash where n "
            "is below 6). Test set of {samples}; {epochs}; times exclude validation.",
            interval=interval,
            samples=plural(results.dataset.test_count, "image" if results.dataset.task == "classification" else "sample"),
            epochs=plural(results.hyperparameters.epochs, "epoch"),
        ),
        [(head(gettext("Quantity")), head(gettext("Framework")), *(head(column, numeric=True) for column in columns), head(gettext("Parity")))],
        rows,
        style="grouped",
    )


def summary_cells(summary: Summary | None, quantity: Quantity) -> list[Cell]:
    """Return mean, standard deviation, median, interval and n as cells."""
    if summary is None:
        return [words(gettext(quantity.absent), colspan=5)]
    text: SummaryText = summary_text(summary, quantity.scale, quantity.most_decimals)
    return [figures(part) for part in (text.mean, text.standard_deviation, text.median, text.interval, text.n)]


def phase_table(results: Results, register: Register) -> Table:
    """Where the wall time of a trial goes: median wall and processor time of each phase."""
    names = list(dict.fromkeys(phase.name for framework in results.frameworks for phase in framework.phases))
    rows = []
    on_device = results.device != "cpu"
    for name in names:
        cells = [head(gettext(name.replace("_", " ").replace("-", " ").capitalize()))]
        for framework in results.frameworks:
            phase = next((phase for phase in framework.phases if phase.name == name), None)
            cells += phase_cells(phase, on_device)
        rows.append(cells)
    columns = (gettext("Wall (s)"), gettext("Processor (s)"), gettext("Memory (MiB)"), *((gettext("Device (MiB)"),) if on_device else ()))
    top = [head(gettext("Phase"), rowspan=2), *(head(framework.title, colspan=len(columns)) for framework in results.frameworks)]
    units = [head(unit, numeric=True) for _ in results.frameworks for unit in columns]
    shared = gettext("Up to the first step, the trials are those of the cold start.") if results.processes.forked else ""
    return register.table(
        "phases",
        gettext("Where the time of a trial goes"),
        one_after_another(
            gettext(
                "Median over trials of wall time, of processor time (all threads) and of the peak memory of the "
                "process in each phase of its life. Training's peak includes the first step and validation."
            ),
            shared,
        ),
        [top, units],
        rows,
    )


def phase_cells(phase: PhaseTime | None, on_device: bool) -> list[Cell]:
    """Return wall time, processor time and peak memory of one phase, also of a device where one was used; empty where a framework has none."""
    if phase is None:
        return [words("")] * (4 if on_device else 3)
    cells = [figures(significant(phase.wall.median)), figures(significant(phase.cpu.median)), figures(mebibytes(phase.peak_memory, ""))]
    return cells + ([figures(mebibytes(phase.peak_device_memory, gettext(ABSENT)))] if on_device else [])


def mebibytes(memory: Summary | None, absent: str) -> str:
    """Return the median of a memory in MiB."""
    return absent if memory is None else integer(round(memory.median / MEBIBYTE))


def unsteady_sentences(results: Results) -> list[str]:
    """Say in which blocks the epoch times of a trial had not settled."""
    sentences = []
    for framework in results.frameworks:
        blocks = [str(row.block) for row in framework.trials if row.trial in framework.unsteady_trials]
        if blocks:
            sentences.append(
                ngettext(
                    "{title}: the epoch times in block {blocks} are not steady (their halves differ by more than 5\u202f%).",
                    "{title}: the epoch times in blocks {blocks} are not steady (their halves differ by more than 5\u202f%).",
                    len(blocks),
                    title=framework.title,
                    blocks=enumeration(blocks),
                )
            )
    return sentences
