"""The headline table and the findings, as the terminal shows them."""

from __future__ import annotations

from collections.abc import Callable

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from reportgen.analysis.claims import Finding
from reportgen.analysis.results import FrameworkResult, ModeResult, Results, Summary
from reportgen.analysis.wording import detectable_effect, per_cent
from reportgen.report.format import DASH, THIN_SPACE, duration, number, percent, size

Show = Callable[[float], str]
Row = tuple[str, Callable[[FrameworkResult], Summary | None], Show]

#: Shown only where a device beside the CPU was used.
DEVICE_MEMORY = "Peak device memory"
ROWS: tuple[Row, ...] = (
    ("Test accuracy", lambda framework: framework.accuracy, percent),
    ("Macro F1", lambda framework: framework.macro_f1, lambda value: number(value, 4)),
    ("Training time", lambda framework: framework.training_time, duration),
    ("Epoch time, steady", lambda framework: framework.steady_epoch_time, duration),
    ("Cold start", lambda framework: framework.cold_start, duration),
    ("Inference of the test set", lambda framework: framework.inference.test_set, duration),
    ("Effective cores", lambda framework: framework.effective_cores, lambda value: number(value, 2)),
    ("Peak memory", lambda framework: framework.peak_memory, size),
    (DEVICE_MEMORY, lambda framework: framework.peak_device_memory, size),
)
#: The same of each framework's tuned mode, where it was measured beside the main one.
MODE_ROWS: tuple[tuple[str, Callable[[ModeResult], Summary | None], Show], ...] = (
    ("Tuned: training time", lambda mode: mode.training_time, duration),
    ("Tuned: epoch time, steady", lambda mode: mode.steady_epoch_time, duration),
    ("Tuned: compiled in", lambda mode: mode.compile_time, duration),
    ("Tuned: test accuracy", lambda mode: mode.accuracy, percent),
    ("Tuned: test loss", lambda mode: mode.test_loss, lambda value: number(value, 4)),
)

LOSS_ROWS: tuple[Row, ...] = (
    ("Training loss at the end", lambda framework: framework.losses_after[-1].training if framework.losses_after else None, "{:.2g}".format),
    ("Test loss", lambda framework: framework.test_loss, lambda value: number(value, 4)),
)


def headline_table(results: Results) -> Table:
    """Return median and range of the headline figures, a column for each framework."""
    first = results.frameworks[0]
    # As text: in a string, rich would take a name in square brackets for a style.
    title = Text(f"{results.workload_title}, {results.dataset.title}\nmedian and range, n = {first.n}")
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD)
    table.add_column("")
    for framework in results.frameworks:
        table.add_column(f"{framework.title} {framework.version}", justify="right")
    # Without classes there is no accuracy; what the training came to stands in its place.
    rows = ROWS if results.dataset.task == "classification" else (*LOSS_ROWS, *ROWS[2:])
    for label, pick, show in rows:
        if label == DEVICE_MEMORY and results.device == "cpu":
            continue
        table.add_row(label, *(cell(pick(framework), show) for framework in results.frameworks))
    for label, choose, show in MODE_ROWS:
        tuned = {mode.framework: mode for mode in results.modes if mode.tuned and not mode.main}
        # One that failed is said once, with the first figure.
        failed = label == MODE_ROWS[0][0] and any(mode.n == 0 for mode in tuned.values())
        if failed or any(choose(mode) for mode in tuned.values()):
            table.add_row(label, *(mode_cell(tuned.get(framework.name), choose, show) for framework in results.frameworks))
    for one in results.variants:
        ways = {way.framework: way for way in one.ways}
        cells = (mode_cell(ways.get(framework.name), lambda way: way.training_time, duration) for framework in results.frameworks)
        table.add_row(f"In {one.name}: training time", *cells)
    return table


def mode_cell(mode: ModeResult | None, choose: Callable[[ModeResult], Summary | None], show: Show) -> str:
    """Return a figure of a tuned mode; a dash where the framework has no such mode beside its main one, or the mode no such figure."""
    if mode is not None and mode.n == 0:
        return "failed"
    summary = None if mode is None else choose(mode)
    return DASH if summary is None else cell(summary, show)


def cell(summary: Summary | None, show: Show) -> str:
    """Return a summary's median and range."""
    if summary is None:
        return "not available"
    if summary.n == 1:
        return show(summary.median)
    low, _, low_unit = show(summary.minimum).partition(THIN_SPACE)
    high, _, high_unit = show(summary.maximum).partition(THIN_SPACE)
    # The unit is said once where it is the same.
    low = low if low_unit == high_unit else show(summary.minimum)
    high = high if low_unit == high_unit else show(summary.maximum)
    return f"{show(summary.median)} ({low}{DASH}{high})"


def findings_text(results: Results) -> tuple[str, ...]:
    """Return one line for each finding, claim or not, then what a reader needs to judge them; nothing where one framework was measured."""
    if not results.findings:
        return ()
    lines = ["Findings (primary comparisons first; p-values and intervals after Holm):"]
    lines += [f"  {finding_text(finding)}" for finding in results.findings]
    lines += [f"  {effect.sentence}" for effect in results.position_effects]
    lines.append(f"  Stopping rule: {results.stopping}.")
    floors = [(finding.title, finding.noise_floor) for finding in results.findings if finding.noise_floor]
    for floor in dict.fromkeys(floor for _, floor in floors):
        titles = [title for title, one in floors if one == floor]
        named = "" if len(titles) == len(floors) else f" ({'; '.join(titles)})"
        lines.append(f"  Noise floor {per_cent(floor.value)}{named}: {floor.source}.")
    if not all(finding.noise_floor.calibrated for finding in results.findings if finding.noise_floor and finding.primary):
        lines.append("  To measure this machine's noise: python -m reportgen calibrate")
    return tuple(lines)


def finding_text(finding: Finding) -> str:
    """Return a finding's line, with what it would have detected where its sentence does not say that."""
    detectable = detectable_effect(finding)
    known = detectable is None or finding.outcome == "no difference shown"
    return f"{finding.title}: {finding.sentence}" + ("" if known else f" (detectable: {detectable})")
