"""What the two processes of ``predict`` say to each other, as JSON."""

from __future__ import annotations

from reportgen.model_card import ModelCard
from reportgen.records import Record


class Order(Record):
    """Which file to open and what to show it. ``workload`` is a name or a folder for weights alone, or empty; ``runtime`` is a runtime's name.

    ``inverted``: the pictures are dark on light and the model learned light on dark, or the other way round.
    """

    model: str
    runtime: str
    workload: str
    images: tuple[str, ...]
    threads: int
    inverted: bool


class Predicted(Record):
    """One image: where it comes from, the logits that the file gives, and the class that it is known to have, where that is told.

    ``light_border`` is whether the picture has a light ground, which a model that learned from light strokes on black has never seen.
    """

    name: str
    logits: tuple[float, ...]
    true_class: int | None = None
    light_border: bool = False


class Answer(Record):
    """What the child found, or the message that says why it found nothing."""

    runtime_title: str = ""
    runtime_version: str = ""
    card: ModelCard | None = None
    predictions: tuple[Predicted, ...] = ()
    mistake: str = ""
