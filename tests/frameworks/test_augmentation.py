"""Augmentation changes training images, these alone, anew in every epoch, and as the trial's seed has it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import reportgen
from reportgen import frameworks
from reportgen.parity.checks.augmentation import LIMIT

SCRIPT = """
import json, sys
import numpy as np
from reportgen import datasets, frameworks, modes, workloads
from reportgen.datasets.order import SharedOrder
from reportgen.parity.augmentation import changes, sizes
from reportgen.runner.images import scaled

name = sys.argv[1]
arrays = datasets.load("digits")
workload = workloads.find("cnn")
settings = workload.hyperparameters.model_copy(update={"batch_size": 100})
create = frameworks.find(name).load()
mode = frameworks.find_mode(name, modes.supported(workload, name)[0])


def passed(batches, layout):
    images, labels = [np.concatenate([np.asarray(one) for one in part]) for part in zip(*batches)]
    return images, labels


def program(seed, **options):
    made = create(workload=workload, mode=mode, hyperparameters=settings, seed=seed, threads=1)
    made.load_data(arrays, **options)
    return made


def unchanged(found, images, labels, layout):
    wanted = scaled(images, layout)
    return bool(np.array_equal(found[1], labels) and np.allclose(found[0], wanted, atol=1e-6))


first = program(3, order=SharedOrder(len(arrays.train_labels), 5))
# The number of threads is set once a process; the workload's own function goes before the program's.
workload.code(name).set_threads = lambda threads: None
layout = first.layout
train, again = passed(first.train, layout), passed(first.train, layout)
same_seed = passed(program(3, order=SharedOrder(len(arrays.train_labels), 5)).train, layout)
other_seed = passed(program(4, order=SharedOrder(len(arrays.train_labels), 5)).train, layout)
plain = passed(program(3, order=SharedOrder(len(arrays.train_labels), 5), augment=False).train, layout)
native = passed(program(3).train, layout)


def strengths(augmented):
    last = [one if layout == "channels_last" else one.transpose(0, 2, 3, 1) for one in (plain[0], augmented)]
    return sizes(changes(*last)).tolist()


# How the modes without a data loader, and plain TensorFlow, change a whole batch.
if name == "tensorflow":
    whole = np.asarray(workload.code("tensorflow_module").build_augmentation()(plain[0], training=True))
else:
    import torch
    whole = workload.code(name).build_augmentation().batch(torch.from_numpy(plain[0])).numpy()
print(json.dumps({
    "validation": unchanged(passed(first.validation, layout), arrays.validation_images, arrays.validation_labels, layout),
    "test": unchanged(passed(first.test, layout), arrays.test_images, arrays.test_labels, layout),
    "order": bool(np.array_equal(train[1], plain[1])),
    "own": float(np.abs(train[0] - plain[0]).mean() / np.abs(train[0] - np.roll(plain[0], 1, axis=0)).mean()),
    "changed": float(np.abs(train[0] - plain[0]).mean(axis=(1, 2, 3)).min()),
    "native_differs": {image.tobytes() for image in plain[0]}.isdisjoint(image.tobytes() for image in native[0]),
    "anew": not np.array_equal(np.sort(train[0].sum(axis=(1, 2, 3))), np.sort(again[0].sum(axis=(1, 2, 3)))),
    "seeded": [bool(np.array_equal(train[0], other[0])) for other in (same_seed, other_seed)],
    "strengths": [strengths(train[0]), strengths(whole)],
    "range": [float(train[0].min()), float(train[0].max())],
    "dtype": str(train[0].dtype),
}))
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=frameworks.names())
def found(request):
    environment = {**os.environ, "PYTHONPATH": str(Path(reportgen.__file__).resolve().parent.parent), "TF_CPP_MIN_LOG_LEVEL": "2"}
    done = subprocess.run([sys.executable, "-c", SCRIPT, request.param], capture_output=True, text=True, timeout=300, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_training_images_are_changed(found):
    assert found["changed"] > 0.001
    assert found["native_differs"]
    assert found["dtype"] == "float32"
    assert found["range"][0] >= 0
    assert 0.9 < found["range"][1] <= 1 + 1e-6


def test_validation_and_test_images_are_not(found):
    assert found["validation"]
    assert found["test"]


def test_every_epoch_changes_them_anew(found):
    assert found["anew"]


def test_labels_stay_with_their_images(found):
    assert found["order"]
    assert found["own"] < 0.7, "an augmented image looks more like its original than like another image"


def test_the_seed_decides(found):
    assert found["seeded"] == [True, False]


def test_every_form_of_it_has_the_same_ranges(found):
    pipeline, whole = np.array(found["strengths"])
    assert np.abs(np.log(pipeline / whole)).max() < LIMIT
    # A tenth of the side, uniformly: no digit is so wide that shifting it sideways cuts it off.
    assert [pipeline[1], whole[1]] == pytest.approx([0.1 / np.sqrt(3)] * 2, rel=0.1)
