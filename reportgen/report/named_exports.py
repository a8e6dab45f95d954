"""The names of what was measured of exported files, with the digits of their tables."""

from __future__ import annotations

from reportgen.analysis.results import ExportResult
from reportgen.report.format import duration, integer, percent, scientific, signed, size
from reportgen.report.named import Named, Value, times
from reportgen.report.sections.throughput import thousands


def export_values(export: ExportResult) -> Named:
    """Yield what is known of one exported format."""
    name, title = f"export.{export.framework}.{export.format}", export.title
    if export.size_bytes is not None:
        yield f"{name}.size", Value(text=size(export.size_bytes), meaning=f"Size of the file, {title}")
    yield from times(f"{name}.conversion", f"Time of conversion, {title}", export.conversion)
    yield from times(f"{name}.load", f"Time to open the file, {title}", export.load)
    if export.accuracy is not None:
        yield f"{name}.accuracy", Value(text=percent(export.accuracy.mean), meaning=f"Test accuracy, {title}")
    if export.max_abs_difference is not None:
        yield f"{name}.difference", Value(text=scientific(export.max_abs_difference), meaning=f"Largest difference of a logit, {title}")
    if export.changes:
        first = export.changes[0]
        yield f"{name}.changed", Value(text=integer(len(export.changed_images)), meaning=f"Test images whose class changed, {title}")
        change = f"Change of accuracy in percentage points, {title}"
        yield f"{name}.accuracy_change", Value(text=signed(100 * first.difference, 2), meaning=change)
        yield f"{name}.accuracy_change.low", Value(text=signed(100 * first.interval.low, 2), meaning="lower end of its 95\u202f% interval")
        yield f"{name}.accuracy_change.high", Value(text=signed(100 * first.interval.high, 2), meaning="upper end of its 95\u202f% interval")
    if export.inference is not None:
        yield f"{name}.latency", Value(text=duration(export.inference.latency_median.median), meaning=f"Latency of one image, {title}, median")
        p95 = duration(export.inference.latency_p95.median)
        yield f"{name}.latency_p95", Value(text=p95, meaning=f"Latency of one image, {title}, 95th percentile")
        yield from times(f"{name}.latency_p99", f"Latency of one image, {title}, 99th percentile", export.inference.latency_p99)
        yield f"{name}.inference_time", Value(text=duration(export.inference.test_set.median), meaning=f"Inference of the test set, {title}, median")
    if export.peak_memory is not None:
        yield f"{name}.memory", Value(text=size(export.peak_memory.median), meaning=f"Peak memory of the process that runs it, {title}, median")
    for one in (*export.throughput, *export.threaded_throughput):
        threads = f".threads_{one.threads}" if one in export.threaded_throughput else ""
        what = f"Thousands of images per second, {title}, {integer(one.batch_size)} in a call" + (f", {one.threads} threads" if threads else "")
        yield f"{name}.throughput.batch_{one.batch_size}{threads}", Value(text=thousands(one.images_per_s.median), meaning=what)
    yield f"{name}.n", Value(text=integer(export.n), meaning=f"Processes that opened it, {title}")
