"""The printed table of a benchmark."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.pairs import Comparison, Range, Side

COLUMNS = (
    "workload",
    "framework",
    "mode",
    "s/epoch",
    "ratio",
    "CPU s/epoch",
    "CPU ratio",
    "accuracy",
    "compile s",
    "inference ratio",
    "its CPU ratio",
    "peak MB",
    "x arithmetic",
)


def table(comparisons: Sequence[Comparison]) -> str:
    """Return the comparisons as text: two lines each, the baseline program and the tuned mode."""
    rows: list[Sequence[str]] = [COLUMNS]
    for comparison in comparisons:
        names = (comparison.workload, comparison.framework)
        baseline, tuned = comparison.baseline, comparison.tuned
        rows.append((*names, "baseline", *cells(baseline, *[""] * 4), f"{baseline.epoch_cpu_s.middle / comparison.limit_s:.2f}"))
        ratios = (comparison.training_ratio, comparison.training_cpu_ratio, comparison.inference_ratio, comparison.inference_cpu_ratio)
        rows.append((*names, comparison.mode, *cells(tuned, *map(times, ratios)), f"{comparison.distance:.2f}"))
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:], "", *(where_time_goes(comparison) for comparison in comparisons)])


def cells(side: Side, ratio: str, cpu_ratio: str, inference_ratio: str, inference_cpu_ratio: str) -> tuple[str, ...]:
    """Return the cells of one program between its names and its distance to the arithmetic."""
    return (
        spread(side.epoch_s, 2),
        ratio,
        spread(side.epoch_cpu_s, 3),
        cpu_ratio,
        f"{100 * side.accuracy.middle:.2f} %",
        f"{side.compile_s:.1f}",
        inference_ratio,
        inference_cpu_ratio,
        f"{side.peak_memory_bytes / 1e6:.0f}",
    )


def spread(values: Range, digits: int) -> str:
    """Return a median with its range."""
    return f"{values.middle:.{digits}f} ({values.low:.{digits}f} to {values.high:.{digits}f})"


def times(values: Range) -> str:
    """Return a ratio with its range."""
    return f"{values.middle:.1f}x ({values.low:.1f} to {values.high:.1f})"


def where_time_goes(comparison: Comparison) -> str:
    """Return a sentence on the parts of a tuned epoch, each as long as it takes alone on this machine."""
    parts = ", ".join(f"{name} {seconds:.3f}" for name, seconds in comparison.shares().items() if seconds)
    rate = comparison.limit.gflops
    return f"{comparison.workload}, {comparison.framework}, {comparison.mode}: {parts} CPU s an epoch; products at {rate:.0f} GFLOP/s"
