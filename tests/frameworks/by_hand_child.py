"""Trains the two-layer network in every mode of one framework, in both precisions, and prints the losses; the tests start it as a child."""

import json
import sys

import numpy as np

from reportgen import datasets, frameworks, workloads
from reportgen.parity.material import batches, initial_weights
from reportgen.runner.stopwatch import Stopwatch

STEPS = 20
framework = sys.argv[1]
workload = workloads.find("two-layer")
settings = workload.hyperparameters.model_copy(update={"epochs": 1})
arrays = datasets.load("random")
found = {}
for mode in (frameworks.find_mode(framework, name) for name in workload.modes[framework]):
    for precision in ("float64", "float32"):
        make = frameworks.find(framework).load_parity(mode)
        probe = make(workload=workload, mode=mode, hyperparameters=settings, seed=1, threads=1, precision=precision)
        probe.load_data(arrays)
        weights = initial_weights([array.shape for array in probe.export_weights()], 1, precision)
        probe.import_weights(weights)
        given = batches(arrays, STEPS, 64, 1, precision)
        loss, slopes = probe.loss_and_gradients(given.images[0], given.labels[0])
        descent = probe.descend(given.images, given.labels, 0.1)
        key = f"{mode.name} {precision}"
        found[key] = {"loss": loss, "slopes": [float(np.abs(slope).sum()) for slope in slopes], "descent": [float(one) for one in descent]}
    probe.import_weights(weights)
    epochs = []
    watch = Stopwatch(on_epoch=epochs.append)
    probe.train_epochs(watch)
    effective = probe.effective()
    found[f"{mode.name} training"] = {
        "step_losses": epochs[0].step_losses,
        "end_loss": epochs[0].end_loss,
        "validation_accuracy": epochs[0].validation_accuracy,
        "rate": effective.settings["learning_rate"],
        "steps": effective.steps_per_epoch,
        "outputs": list(probe.evaluate().shape),
    }
print(json.dumps(found))
