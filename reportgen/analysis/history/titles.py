"""What metrics are called, night after night: nights record that in English, so that a history agrees, and documents print it in their language."""

from __future__ import annotations

import re

from reportgen.language import gettext, marked
from reportgen.retelling import retold

#: How nights call what they measure; ``of`` is a framework, with a mode in brackets beside the main one.
RECORDED = (
    marked("Training time, {of}"),
    marked("Epoch time, {of}"),
    marked("Cold start, {of}"),
    marked("Inference of the test set, {of}"),
    marked("Latency of one image, {of}"),
    marked("Peak memory, {of}"),
    marked("Test accuracy, {of}"),
    marked("Test loss, {of}"),
    marked("Ratio of training times, {above} to {below}"),
    marked("Size, {export} from {of}"),
    marked("Latency, {export} from {of}"),
    marked("Loading time, {export} from {of}"),
    marked("Throughput, {export} from {of}"),
)
#: What of a machine in words is no name and no unit (:func:`reportgen.records.hardware_text`).
PROCESSORS = re.compile(r"(?<=, )(\d+) processors\b")
#: A mode beside the main one, or a way of an export.
IN_BRACKETS = re.compile(r"(?<=\()[^()]+(?=\)$)")
#: Metrics over all frameworks.
METRICS = {
    "training_time": marked("Training time"),
    "epoch_time": marked("Epoch time"),
    "cold_start": marked("Cold start"),
    "inference": marked("Inference of the test set"),
    "latency": marked("Latency"),
    "accuracy": marked("Accuracy"),
    "test_loss": marked("Test loss"),
    "export_size": marked("Size of exports"),
    "export_latency": marked("Latency of exports"),
    "export_load": marked("Loading time of exports"),
    "export_throughput": marked("Throughput of exports"),
    "memory": marked("Memory"),
    "ratio": marked("Ratio of the frameworks"),
}


def metric_title(metric: str) -> str:
    """Return what a metric is called over all frameworks."""
    return gettext(METRICS[metric]) if metric in METRICS else metric.replace("_", " ").capitalize()


def cell_title(recorded: str) -> str:
    """Return the title of a metric of one framework; one that no night of this program records stays as it is."""
    return retold(recorded, RECORDED, lambda _name, text: in_language(text))


def machine(recorded: str) -> str:
    """Return a machine in words, as a night records it, in the language that is spoken."""
    return PROCESSORS.sub(lambda found: gettext("{count} processors", count=found[1]), recorded)


def in_language(name: str) -> str:
    """Return a framework or an export with the mode in its brackets in the language that is spoken."""
    return IN_BRACKETS.sub(lambda found: gettext(found[0]), name)
