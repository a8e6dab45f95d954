"""All exports of one trained model: what its exporters are given, and the card that travels in each file."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from reportgen import __version__, frameworks
from reportgen.datasets.base import Arrays
from reportgen.frameworks.base import Program
from reportgen.frameworks.export_format import ExportFormat, ExportSource
from reportgen.model_card import ModelCard
from reportgen.records import ExportSample, TrainingSpec
from reportgen.runner.exporting import export_model
from reportgen.runner.images import scaled
from reportgen.workloads import Workload

# Ranges of activations settle within some tens of images; ten times as many, and still a second of work.
CALIBRATION_IMAGES = 200


def export_all(
    spec: TrainingSpec, program: Program, workload: Workload, arrays: Arrays, folder: Path, parameter_count: int
) -> tuple[ExportSample, ...]:
    """Export the trained model to every format that the order names, into ``folder``."""
    source = ExportSource(
        workload=workload,
        image_shape=arrays.image_shape,
        class_count=len(arrays.class_names),
        calibration_images=lambda: scaled(spread(arrays.train_images), program.layout),
        weights=program.export_weights,
    )
    version = next(iter(program.versions().values()))
    chosen = [frameworks.find_format(spec.framework, name) for name in spec.exports]
    return tuple(export_model(program.model, one, folder, source, parameter_count, card_of(one, version, workload, arrays)) for one in chosen)


def spread(images: np.ndarray) -> np.ndarray:
    """Return some images from everywhere in the training data: sorted by class or by writer, its beginning would show a part of it."""
    count = min(CALIBRATION_IMAGES, len(images))
    chosen: np.ndarray = images[np.linspace(0, len(images) - 1, count).astype(int)]
    return chosen


def card_of(chosen: ExportFormat, version: str, workload: Workload, arrays: Arrays) -> ModelCard:
    """Return what a file in one format says of itself. The folder of a person's own workload is nobody's business but theirs."""
    return ModelCard(
        tool_version=__version__,
        framework=chosen.framework,
        framework_version=version,
        workload=workload.name if workload.folder is None else "",
        format=chosen.name,
        precision=chosen.precision,
        image_shape=arrays.image_shape,
        layout=chosen.layout,
        class_names=arrays.class_names,
    )
