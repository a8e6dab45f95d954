"""What a parity process of a mode does: train a little in it and in the main mode of the same framework, and write down what came of both.

Both begin with the same weights and see the same images in the same order, with dropout off, so that nothing but rounding may differ.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from reportgen import frameworks, workloads
from reportgen.datasets.base import Arrays
from reportgen.datasets.order import SharedOrder
from reportgen.datasets.store import open_arrays
from reportgen.frameworks import Mode
from reportgen.parity.material import digest, disturbed, excerpt_size, initial_weights
from reportgen.parity.probe import Floats, Probe, Weights
from reportgen.records import ParityResult, ParitySpec
from reportgen.runner.clock import now
from reportgen.runner.parity import observe_augmentation, save
from reportgen.runner.phases import PhaseClock
from reportgen.runner.stopwatch import Stopwatch

# Two, so that what is carried from one epoch into the next is seen as well.
EPOCHS = 2
# Images of validation and test, which are looked at after each epoch and at the end: more than one batch, and not a whole number of them.
EVALUATED_BATCHES = 2.5

MakeProbe = Callable[..., Probe]


def run_mode_parity(spec: ParitySpec, folder: Path, clock: PhaseClock) -> ParityResult:
    """Compare a mode with ``spec.reference`` in one precision; ``clock`` has already measured the start of the process."""
    started_at = now()
    with clock.phase("import"):
        settings = spec.hyperparameters.model_copy(update={"epochs": EPOCHS})
        make: MakeProbe = partial(
            make_probe,
            workload=workloads.find(spec.workload),
            hyperparameters=settings,
            seed=spec.seed,
            threads=spec.threads,
            precision=spec.precision,
            device=spec.device,
        )
    with clock.phase("data"):
        whole = open_arrays(Path(spec.dataset_folder), spec.dataset_digest)
        arrays = excerpt(whole, settings.batch_size)
    found: dict[str, Floats] = {}
    with clock.phase("reference"):
        reference, weights = trained(make, spec, spec.reference, arrays, "reference_", found)
        trained(make, spec, spec.reference, arrays, "reference_", found, suffix="_disturbed")
    with clock.phase("mode"):
        probe, _ = trained(make, spec, spec.mode, arrays, "mode_", found)
    with clock.phase("input pipeline"):
        if spec.precision == "float32":
            pipeline = probe_for(make, spec, spec.mode, arrays, None).pipeline(arrays)
            for one, prefix in ((reference, "reference_"), (probe, "mode_")):
                found |= {f"{prefix}{name}": values for name, values in observe_augmentation(one, whole).items()}
        else:
            pipeline = None
    read_back = [found[f"mode_start_{index}"] for index in range(len(weights))]
    return ParityResult(
        trial=spec.trial,
        started_at=started_at,
        finished_at=now(),
        versions=probe.versions(),
        phases=tuple(clock.phases),
        parameters=probe.parameters(),
        canonical_shapes=tuple(array.shape for array in weights),
        weights_digest=digest(weights),
        read_back_digest=digest(read_back),
        read_back_difference=max(float(np.max(np.abs(mine - theirs))) for mine, theirs in zip(weights, read_back, strict=True)),
        # Last: reading back may take a step.
        effective=probe.effective(),
        reference_effective=reference.effective(),
        defaults={},
        pipeline=pipeline,
        files=(save(found, folder),),
    )


def make_probe(*, framework: str, mode: Mode, **options: Any) -> Probe:
    """Return a probe of a mode, which may have one of its own."""
    return frameworks.find(framework).load_parity(mode)(mode=mode, **options)


def excerpt(arrays: Arrays, batch_size: int) -> Arrays:
    """Return a few batches of a data set, the last of them partial."""
    train = excerpt_size(len(arrays.train_labels), batch_size)
    others = int(EVALUATED_BATCHES * batch_size)
    return Arrays(
        class_names=arrays.class_names,
        train_images=arrays.train_images[:train],
        train_labels=arrays.train_labels[:train],
        validation_images=arrays.validation_images[:others],
        validation_labels=arrays.validation_labels[:others],
        test_images=arrays.test_images[:others],
        test_labels=arrays.test_labels[:others],
    )


def probe_for(make: MakeProbe, spec: ParitySpec, mode: str, arrays: Arrays, order: SharedOrder | None) -> Probe:
    """Return a new probe of a mode, with its model built and its data loaded."""
    probe = make(framework=spec.framework, mode=frameworks.find_mode(spec.framework, mode))
    probe.load_data(arrays, order)
    return probe


def trained(
    make: MakeProbe, spec: ParitySpec, mode: str, arrays: Arrays, prefix: str, found: dict[str, Floats], suffix: str = ""
) -> tuple[Probe, Weights]:
    """Train from the shared weights, disturbed ones where ``suffix`` says so, by the mode's own program; note losses and weights in ``found``.

    Return the probe, and the shared weights. Losses and accuracies are (epochs, 2): in training and in validation.
    """
    probe = probe_for(make, spec, mode, arrays, SharedOrder(len(arrays.train_labels), spec.seed))
    weights = initial_weights([array.shape for array in probe.export_weights()], spec.seed, spec.precision)
    probe.import_weights(disturbed(weights, spec.seed, spec.precision) if suffix else weights)
    probe.silence_dropout()
    if not suffix:
        found |= {f"{prefix}start_{index}": values for index, values in enumerate(probe.export_weights())}
    watch = Stopwatch(on_epoch=lambda _: None)
    probe.train_epochs(watch)
    found[f"{prefix}losses{suffix}"] = np.array([[epoch.train_loss, epoch.validation_loss] for epoch in watch.epochs])
    if arrays.class_names:
        found[f"{prefix}accuracies{suffix}"] = np.array([[epoch.train_accuracy, epoch.validation_accuracy] for epoch in watch.epochs])
    found |= {f"{prefix}weight{suffix}_{index}": values for index, values in enumerate(probe.export_weights())}
    found[f"{prefix}logits{suffix}"] = probe.evaluate()
    return probe, weights
