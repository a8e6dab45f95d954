"""The names of what was measured of modes and of variants, with the digits of their tables."""

from __future__ import annotations

from reportgen.analysis.results import ModeResult, VariantResult
from reportgen.report.format import integer, percent, significant, size
from reportgen.report.named import Named, Value, speedup, times


def mode_values(mode: ModeResult) -> Named:
    """Yield what is known of one mode of a framework."""
    name, title = f"mode.{mode.framework}.{mode.mode}", mode.full_title
    yield from way_values(name, title, mode)
    yield from times(f"{name}.compile_time", f"Time of compilation, {title}", mode.compile_time)
    if not mode.main:
        yield from speedup(f"{name}.speedup", f"Times faster than its main mode, {title}", mode.speedup, mode.speedup_interval)


def variant_values(variant: VariantResult) -> Named:
    """Yield what is known of every framework in one variant."""
    for way in variant.ways:
        name, title = f"variant.{variant.name}.{way.framework}", f"{way.framework_title} in {variant.name}"
        for version in list(way.versions.values())[:1]:
            yield f"{name}.version", Value(text=version, meaning=f"Version that was read back, {title}")
        yield from way_values(name, title, way)
        yield from speedup(f"{name}.speedup", f"Times faster than here, {title}", way.speedup, way.speedup_interval)


def way_values(name: str, title: str, way: ModeResult) -> Named:
    """Yield what the tables of modes and of variants have in common."""
    yield from times(f"{name}.training_time", f"Training time, {title}", way.training_time)
    yield from times(f"{name}.epoch_time", f"Steady epoch time, {title}", way.steady_epoch_time)
    if way.accuracy is not None:
        yield f"{name}.accuracy", Value(text=percent(way.accuracy.median), meaning=f"Test accuracy, {title}, median")
    elif way.test_loss is not None:
        yield f"{name}.test_loss", Value(text=significant(way.test_loss.median), meaning=f"Test loss, {title}, median")
    if way.peak_memory is not None:
        yield f"{name}.memory", Value(text=size(way.peak_memory.median), meaning=f"Peak memory, {title}, median")
    yield f"{name}.n", Value(text=integer(way.n), meaning=f"Trials, {title}")
