"""What is known of exported models and of inference, as values: what a format weighs, what it costs, and whether it still is the same model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from reportgen.analysis.claims import Guard, ModelPair
from reportgen.analysis.interval import Interval
from reportgen.analysis.summary import Summary
from reportgen.records import Record, Sentence


class InferenceSummary(Record):
    """Inference of one model form. Each process gives one median, one p95 and one test-set time; they are summarised over processes."""

    runtime: str
    call: str
    batch_size: int
    threads: int
    calls_per_process: int
    test_set: Summary
    latency_median: Summary
    latency_p95: Summary
    latency_p99: Summary | None = None


#: What is shown of an exported model: it gives its source's logits; its accuracy is within the margin; the test images do not suffice to tell;
#: it answers otherwise; it could not be made or opened; it cannot be made here; nothing was measured.
Sameness = Literal["within limits", "within margin", "not shown", "changed", "failed", "not available", "not measured"]
AGREES: Mapping[Sameness, bool] = {"within limits": True, "within margin": True, "changed": False, "failed": False}


class ChangedImage(Record):
    """A test image that an exported model takes for another class than its source does; ``index`` is its place in the test set."""

    index: int
    true_class: str
    source_class: str
    exported_class: str


class Throughput(Record):
    """Images per second in calls with ``batch_size`` images on ``threads`` threads, each process's median call, summarised over processes."""

    batch_size: int
    threads: int
    images_per_s: Summary


class FilePart(Record):
    """One file of an export that consists of several."""

    path: str
    size_bytes: int


class ExportResult(Record):
    """One export format of one framework, over the trials that exported it.

    ``max_abs_difference`` (of logits), ``argmax_agreement`` (fraction of test images) compare with the source model of the same trial, and
    hold the worst value over trials. ``accuracy`` is that of the reopened file; ``changes`` compares it with the source's, one a trial, and
    ``changed_images`` are those of the first trial. ``agrees`` is what ``sameness`` comes to: ``None`` where nothing is shown either way. ``load`` is
    the time to import the runtime and open the file, ``peak_memory`` that of the process. ``threaded_throughput`` is that with a thread for every
    processor that this program may use, where a study has fewer. ``failures`` says in words what went wrong, where it
    did, and ``unavailable`` why the format cannot be had.
    """

    framework: str
    format: str
    title: str
    precision: str
    file_name: str
    runtime: str
    n: int
    size_bytes: int | None
    conversion: Summary | None
    max_abs_difference: float | None
    argmax_agreement: float | None
    accuracy: Summary | None
    source_accuracy: Summary | None
    sameness: Sameness
    agrees: bool | None
    changes: tuple[ModelPair, ...] = ()
    changed_images: tuple[ChangedImage, ...] = ()
    parts: tuple[FilePart, ...] = ()
    load: Summary | None = None
    inference: InferenceSummary | None
    throughput: tuple[Throughput, ...] = ()
    threaded_throughput: tuple[Throughput, ...] = ()
    peak_memory: Summary | None = None
    failures: tuple[Sentence, ...]
    unavailable: Sentence | None = None


class Shipped(Record):
    """One exported file as a finding names it: its bytes, what it costs in accuracy (a fraction, with its interval), and the latency of one image.

    ``latency_s`` is the median over ``n`` processes of each one's median, in ``runtime``; ``adjusted_p`` is Holm's p-value of "it loses the margin or
    more", for a file of fewer bits.
    """

    format: str
    title: str
    runtime: str
    size_bytes: int
    difference: float
    interval: Interval
    adjusted_p: float | None
    latency_s: float | None
    n: int


class Shipping(Record):
    """What the files made from one framework's model come to: ``reduced`` is the smallest that is shown to lose less than ``margin`` of accuracy.

    ``exact`` is the smallest that gives its source's logits. Either is ``None`` where no file is shown to, ``reduced`` also where it would be
    the larger. ``quickest`` has the lowest median latency of all that are shown to be as good, as it was measured: no claim. ``file_count`` files
    were checked on ``image_count`` test images.
    """

    framework: str
    file_count: int
    image_count: int
    margin: float
    exact: Shipped | None
    reduced: Shipped | None
    quickest: Shipped | None
    sentence: str
    guards: tuple[Guard, ...] = ()
