"""The child process of ``predict``: it opens one file with its runtime, shows it the images, and prints what came out as JSON.

``python -m reportgen.predicting.child ORDER``, where ORDER is a file with a :class:`~reportgen.predicting.exchange.Order`.
"""

from __future__ import annotations

import contextlib
import os
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np

from reportgen import runtimes, workloads
from reportgen.errors import ReportgenError
from reportgen.frameworks.base import Layout
from reportgen.model_card import ModelCard, read_card
from reportgen.predicting.exchange import Answer, Order, Predicted
from reportgen.predicting.read import Read, read
from reportgen.runner.exporting import describe
from reportgen.runtimes import ModelContext, OpenModel
from reportgen.workloads import Workload

# Small enough for any network of this program's to fit into memory, large enough to be fast.
BATCH_SIZE = 256
CHANNELS = (1, 3)


def answer_to(order: Order) -> Answer:
    """Return what the file says of the images; raises :class:`ReportgenError` where it says nothing."""
    path = Path(order.model)
    card = read_card(path)
    runtime = runtimes.find(order.runtime)
    model = open_model(path, order, card)
    layout, image_shape = shape_of(path, model, card)
    found = [one for name in order.images for one in read(Path(name), image_shape, order.inverted)]
    if not found:
        raise ReportgenError("There is no image in what was given.")
    logits = predict(path, model, found, layout)
    if card is not None and logits.shape[1] != len(card.class_names):
        raise ReportgenError(f"{path}: it gives {logits.shape[1]} numbers for an image, and its card names {len(card.class_names)} classes.")
    return Answer(
        runtime_title=runtime.title,
        runtime_version=version(runtime.distribution),
        card=card,
        predictions=tuple(
            Predicted(name=one.name, logits=tuple(map(float, row)), true_class=one.label, light_border=one.light_border)
            for one, row in zip(found, logits, strict=True)
        ),
    )


def open_model(path: Path, order: Order, card: ModelCard | None) -> OpenModel:
    """Open the file; what its runtime says of a damaged or foreign one becomes a message."""
    context = ModelContext(
        workload=workload_of(order, card),
        image_shape=card.image_shape if card is not None else (0, 0, 0),
        class_count=len(card.class_names) if card is not None else 0,
    )
    try:
        return runtimes.find(order.runtime).open(path, order.threads, context)
    except ReportgenError:
        raise
    except Exception as error:
        title = runtimes.find(order.runtime).title
        raise ReportgenError(f"{path}: {title} cannot open it; it is damaged, or no such model ({describe(error)}).") from error


def workload_of(order: Order, card: ModelCard | None) -> Workload | None:
    """Return the workload whose code a file of weights needs: the one that was named, or the one on the file's card."""
    if order.workload:
        return workloads.find(order.workload)
    return workloads.find(card.workload) if card is not None and card.workload in workloads.names() else None


def shape_of(path: Path, model: OpenModel, card: ModelCard | None) -> tuple[Layout, tuple[int, int, int]]:
    """Return in which layout a file takes images, and their (height, width, channels): as its card says, else as its input looks."""
    if card is not None and len(card.image_shape) == 3:
        height, width, channels = card.image_shape
        return card.layout, (height, width, channels)
    declared = model.input_shape
    if len(declared) == 4 and all(size is not None for size in declared[1:]):
        first, second, third = (int(size or 0) for size in declared[1:])
        if third in CHANNELS:
            return "channels_last", (first, second, third)
        if first in CHANNELS:
            return "channels_first", (second, third, first)
    raise ReportgenError(f"{path}: it takes input of shape {declared}, which is not images of one or three channels.")


def predict(path: Path, model: OpenModel, found: list[Read], layout: Layout) -> np.ndarray:
    """Return the logits float32 (images, classes); a file with a fixed batch gets batches of that size, the last one filled up."""
    images = np.stack([one.image for one in found])
    if layout == "channels_first":
        images = images.transpose(0, 3, 1, 2)
    fixed = model.input_shape[0]
    size = fixed or BATCH_SIZE
    missing = -len(images) % size if fixed else 0
    images = np.ascontiguousarray(np.concatenate([images, np.repeat(images[-1:], missing, axis=0)]))
    try:
        logits = np.asarray(model.predict(images, size))[: len(found)]
    except Exception as error:
        raise ReportgenError(f"{path}: it opens, but does not take these images ({describe(error)}).") from error
    if logits.ndim != 2 or not np.all(np.isfinite(logits)):
        raise ReportgenError(f"{path}: it gives no finite numbers, one for each class and image; it is damaged, or no classifier.")
    return logits


def main(order: str) -> None:
    """Print the answer alone on standard output; whatever libraries print goes to standard error."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as told:
        os.dup2(2, 1)
        with contextlib.redirect_stdout(sys.stderr):
            try:
                answer = answer_to(Order.model_validate_json(Path(order).read_text(encoding="utf-8")))
            except ReportgenError as mistake:
                answer = Answer(mistake=str(mistake))
        told.write(answer.model_dump_json())


if __name__ == "__main__":
    main(sys.argv[1])
