"""What one would hand out: of the files made from a framework's model, the smallest that is shown to be as good as the model.

Sizes are known exactly; whether a file is as good rests on the test images. A file in float32 must give its source's logits. Of the files with fewer
bits, several are looked at and the smallest that passes is named, so Holm's procedure takes in all of them: otherwise the luckiest would win.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reportgen.analysis import wording
from reportgen.analysis.accuracies import change_interval, loss_p_value
from reportgen.analysis.claims import Guard
from reportgen.analysis.export_sameness import EXACT, LARGEST_LOSS
from reportgen.analysis.exported import ExportResult, Shipped, Shipping
from reportgen.analysis.guards import blocks_guard
from reportgen.analysis.multiplicity import ALPHA, Adjusted, holm


def shipping(exports: Sequence[ExportResult], frameworks: Sequence[tuple[str, str]]) -> tuple[Shipping, ...]:
    """Return for each framework, by name and title, what its files come to; nothing for one whose exports were not checked."""
    found = [advice(title, [export for export in exports if export.framework == name]) for name, title in frameworks]
    return tuple(one for one in found if one is not None)


def advice(title: str, exports: Sequence[ExportResult]) -> Shipping | None:
    """Return what the files of one framework come to, or ``None`` where none was reopened and checked."""
    checked = [export for export in exports if export.changes and export.size_bytes is not None and export.sameness != "failed"]
    if not checked:
        return None
    exact = [shipped(export) for export in checked if export.precision == EXACT and export.agrees]
    fewer_bits = [export for export in checked if export.precision != EXACT]
    adjusted = holm([worst_p_value(export) for export in fewer_bits])
    shown = [shipped(export, level) for export, level in zip(fewer_bits, adjusted, strict=True) if level.p_value <= ALPHA]
    smallest_exact, smallest_shown = smallest(exact), smallest(shown)
    if smallest_exact is not None and smallest_shown is not None and smallest_exact.size_bytes <= smallest_shown.size_bytes:
        smallest_shown = None
    why_none: Literal["not shown", "none made", "not smaller"] = "not smaller" if shown else "not shown" if fewer_bits else "none made"
    images = checked[0].changes[0].image_count
    timed = [one for one in (*exact, *shown) if one.latency_s is not None]
    quickest = min(timed, key=lambda one: (one.latency_s, one.size_bytes), default=None)
    named = [one for one in (smallest_shown, smallest_exact, quickest) if one is not None and one.latency_s is not None]
    return Shipping(
        framework=checked[0].framework,
        file_count=len(checked),
        image_count=images,
        margin=LARGEST_LOSS,
        exact=smallest_exact,
        reduced=smallest_shown,
        quickest=quickest,
        sentence=wording.to_ship(title, len(checked), images, LARGEST_LOSS, smallest_shown, smallest_exact, quickest, why_none),
        guards=(latency_guard(min(one.n for one in named)),) if named else (),
    )


def worst_p_value(export: ExportResult) -> float:
    """Return the largest p-value, over the trials, of "this file loses the margin or more"."""
    return max(loss_p_value(one.b, one.c, one.image_count, LARGEST_LOSS) for one in export.changes)


def smallest(files: Sequence[Shipped]) -> Shipped | None:
    """Return the file of the fewest bytes, of equals the one that answers sooner."""
    return min(files, key=lambda one: (one.size_bytes, one.latency_s if one.latency_s is not None else float("inf")), default=None)


def shipped(export: ExportResult, adjusted: Adjusted | None = None) -> Shipped:
    """Return what is said of one file; its interval has the level that Holm's procedure leaves to it."""
    change = max(export.changes, key=lambda one: loss_p_value(one.b, one.c, one.image_count, LARGEST_LOSS))
    latency = export.inference.latency_median if export.inference is not None else None
    return Shipped(
        format=export.format,
        title=export.title,
        runtime=export.runtime,
        size_bytes=export.size_bytes or 0,
        difference=change.difference,
        interval=change_interval(change.b, change.c, change.image_count, adjusted.level) if adjusted is not None else change.interval,
        adjusted_p=adjusted.p_value if adjusted is not None else None,
        latency_s=latency.median if latency is not None else None,
        n=latency.n if latency is not None else 0,
    )


def latency_guard(blocks: int) -> Guard:
    """Return whether the latencies rest on enough blocks for a claim; where they do, the report's findings compare those that it may compare."""
    return blocks_guard(blocks).model_copy(update={"name": "latency"})
