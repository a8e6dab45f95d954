"""What a parity process does: everything that can be compared with another framework, computed and written down without judging it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from reportgen import frameworks, workloads
from reportgen.datasets.base import Arrays
from reportgen.datasets.order import SharedOrder
from reportgen.datasets.store import open_arrays
from reportgen.parity.augmentation import changes
from reportgen.parity.material import OPTIMIZER_START, Batches, batches, digest, disturbed, gradients, initial_weights, scaled
from reportgen.parity.probe import Floats, Probe, Weights
from reportgen.records import FileRecord, ParityResult, ParitySpec
from reportgen.runner.clock import now
from reportgen.runner.phases import PhaseClock
from reportgen.runner.predictions import check_outputs
from reportgen.runner.process import how_begun
from reportgen.storage import describe_file
from reportgen.variants import base_mode

FILE_NAME = "probe.npz"
# Large enough for 50 steps to move the weights well away from where they began, small enough not to diverge.
SGD_LEARNING_RATE = 0.1
# Images whose pixel values are compared one by one.
SCALED_IMAGES = 16
# Images whose outputs in training mode are compared with those in evaluation mode.
MODE_IMAGES = 64
# Training images that are augmented and compared with what they were. Spreads over so many are known to 2 %.
AUGMENTED_IMAGES = 2048
# Augmented images that a report shows.
SHOWN_IMAGES = 8


def run_parity(spec: ParitySpec, folder: Path, clock: PhaseClock) -> ParityResult:
    """Show what one framework computes in one precision; ``clock`` has already measured the start of the process."""
    started_at = now()
    with clock.phase("import"):
        workload = workloads.find(spec.workload)
        mode = frameworks.find_mode(spec.framework, base_mode(spec.mode))
        create_probe = frameworks.find(spec.framework).load_parity(mode)
        probe = create_probe(
            workload=workload,
            mode=mode,
            hyperparameters=spec.hyperparameters,
            seed=spec.seed,
            threads=spec.threads,
            precision=spec.precision,
            device=spec.device,
        )
    with clock.phase("data"):
        arrays = open_arrays(Path(spec.dataset_folder), spec.dataset_digest)
        probe.load_data(arrays, SharedOrder(len(arrays.train_labels), spec.seed) if spec.start == "shared" else None)
    shapes = tuple(array.shape for array in probe.export_weights())
    weights = initial_weights(shapes, spec.seed, spec.precision)
    probe.import_weights(weights)
    read_back = probe.export_weights()
    found: dict[str, Floats] = {}
    given = batches(arrays, spec.steps, spec.hyperparameters.batch_size, spec.seed, spec.precision)
    with clock.phase("outputs"):
        some = probe.logits(scaled(arrays.test_images[:MODE_IMAGES], spec.precision))
        check_outputs(workload, spec.framework, some, min(MODE_IMAGES, len(arrays.test_labels)), len(arrays.class_names))
        observe_outputs(spec, probe, arrays, given, weights, found)
    with clock.phase("training steps"):
        rate = SGD_LEARNING_RATE if arrays.task == "classification" else spec.hyperparameters.learning_rate
        observe_steps(spec, probe, given, weights, rate, found)
    pipeline = None
    if spec.precision == "float32":
        with clock.phase("input pipeline"):
            pipeline = probe.pipeline(arrays)
            found["scaled_images"] = probe.scaled_images(SCALED_IMAGES)
            found["reference_images"] = scaled(arrays.test_images[:SCALED_IMAGES], spec.precision)
            found |= observe_augmentation(probe, arrays)
    return ParityResult(
        trial=spec.trial,
        process=how_begun(),
        started_at=started_at,
        finished_at=now(),
        versions=probe.versions(),
        phases=tuple(clock.phases),
        parameters=probe.parameters(),
        canonical_shapes=shapes,
        weights_digest=digest(weights),
        read_back_digest=digest(read_back),
        read_back_difference=max(float(np.max(np.abs(mine - theirs))) for mine, theirs in zip(weights, read_back, strict=True)),
        # Last: reading back may take a step.
        effective=probe.effective(),
        defaults=probe.defaults(),
        pipeline=pipeline,
        files=(save(found, folder),),
    )


def observe_outputs(spec: ParitySpec, probe: Probe, arrays: Arrays, given: Batches, weights: Weights, found: dict[str, Floats]) -> None:
    """Note outputs, losses and gradients at the shared weights, and the loss of a model whose weights are all zero."""
    images, labels = given.images[0], given.labels[0]
    found["logits"] = probe.logits(scaled(arrays.test_images, spec.precision))
    loss, slopes = probe.loss_and_gradients(images, labels)
    found["loss"] = np.array(loss)
    found |= {f"gradient_{index}": slope for index, slope in enumerate(slopes)}
    if spec.precision == "float32":
        found["evaluation_1"], found["evaluation_2"] = probe.evaluate(), probe.evaluate()
        some = scaled(arrays.test_images[:MODE_IMAGES], spec.precision)
        found["training_mode_1"], found["training_mode_2"] = probe.logits(some, training=True), probe.logits(some, training=True)
        found["evaluation_mode"] = probe.logits(some)
    probe.import_weights([np.zeros_like(values) for values in weights])
    found["zero_loss"] = np.array(probe.loss_and_gradients(images, labels)[0])
    probe.import_weights(weights)


def observe_steps(spec: ParitySpec, probe: Probe, given: Batches, weights: Weights, rate: float, found: dict[str, Floats]) -> None:
    """Note the losses of training steps on given batches, each time from the shared weights, and once more from disturbed ones.

    ``rate`` is that of plain gradient descent: how large it may be depends on the data, and numbers are of any size where there are no classes.

    How far a framework departs from itself after a disturbance of one rounding error is the noise floor of the comparison.
    """
    noisy = disturbed(weights, spec.seed, spec.precision)
    probe.import_weights(weights)
    found["sgd_losses"] = probe.descend(given.images, given.labels, rate)
    found |= {f"sgd_weight_{index}": values for index, values in enumerate(probe.export_weights())}
    probe.import_weights(noisy)
    found["sgd_losses_disturbed"] = probe.descend(given.images, given.labels, rate)
    found |= {f"sgd_weight_disturbed_{index}": values for index, values in enumerate(probe.export_weights())}
    for name, start, aligned in (
        ("own_losses", weights, False),
        ("aligned_losses", weights, True),
        ("aligned_losses_disturbed", noisy, True),
    ):
        probe.import_weights(start)
        found[name] = probe.train(given.images, given.labels, aligned)
    probe.import_weights(weights)
    slopes = gradients(spec.seed, spec.precision)
    found["optimizer_weights"] = probe.optimizer_steps(np.full(slopes.shape[1], OPTIMIZER_START, dtype=spec.precision), slopes)


def observe_augmentation(probe: Probe, arrays: Arrays) -> dict[str, Floats]:
    """Return what random changes do to training images, and a few images before and after; nothing where the workload leaves them as they are."""
    originals = arrays.train_images[np.arange(AUGMENTED_IMAGES) % len(arrays.train_images)]
    augmented = probe.augmented_images(originals)
    if augmented is None:
        return {}
    plain = scaled(originals, "float32")
    return {
        "augmentation_changes": changes(plain, augmented),
        "augmentation_originals": plain[:SHOWN_IMAGES],
        "augmentation_examples": augmented[:SHOWN_IMAGES],
    }


def save(found: dict[str, Floats], folder: Path) -> FileRecord:
    """Write what was observed and return the file's record."""
    path = folder / FILE_NAME
    np.savez_compressed(path, allow_pickle=False, **found)
    return describe_file(path, folder)


def load(folder: Path) -> dict[str, Floats]:
    """Return what a parity trial observed."""
    with np.load(folder / FILE_NAME, allow_pickle=False) as arrays:
        return dict(arrays.items())
