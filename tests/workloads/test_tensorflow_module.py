"""The networks without Keras layers compute what the Keras models compute, and have the same variables in the same order."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from networks import CLASSIFIERS

import reportgen

SCRIPT = """
import json, sys
import keras, numpy as np, tensorflow as tf
from reportgen import workloads

found = {}
for name in json.loads(sys.argv[1]):
    workload = workloads.find(name)
    keras.utils.set_random_seed(1)
    sound, low = workload.code("tensorflow"), workload.code("tensorflow_module")
    model, module = (code.build_model((28, 20, 1), 7) for code in (sound, low))
    variables = model.trainable_variables, module.trainable_variables
    bounds = [[float(np.abs(np.array(one)).max()) for one in side] for side in variables]
    for mine, theirs in zip(*variables, strict=True):
        theirs.assign(np.array(mine))
    for biases in (one for one in variables[1] if one.shape.rank == 1):
        biases.assign(tf.random.uniform(biases.shape))
    for mine, theirs in zip(*variables, strict=True):
        mine.assign(np.array(theirs))
    images = np.random.default_rng(0).random((50, 28, 20, 1), dtype=np.float32)
    labels = np.arange(50) % 7
    logits = [np.array(one(images, training=False)) for one in (model, module)]
    training = [np.stack([np.array(one(images, training=True)) for _ in range(20)]) for one in (model, module)]
    losses = [float(code.build_loss()(labels, logits[0])) for code in (sound, low)]
    optimizers = [code.build_optimizer(0.01, 0.8, 0.9, 1e-5).get_config() for code in (sound, low)]
    found[name] = {
        "shapes": [[list(one.shape) for one in side] for side in variables],
        "bounds": bounds,
        "difference": float(np.abs(logits[0] - logits[1]).max()),
        "again": float(np.abs(np.array(module(images)) - logits[1]).max()),
        "spread": [float(one.std(axis=0).mean()) for one in training],
        "losses": losses,
        "same_optimizer": all(optimizers[0][key] == optimizers[1][key] for key in ("learning_rate", "beta_1", "beta_2", "epsilon")),
    }
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def found():
    # A process of its own: no process loads two frameworks, and other tests may have loaded the other one.
    environment = {**os.environ, "PYTHONPATH": str(Path(reportgen.__file__).resolve().parent.parent), "TF_CPP_MIN_LOG_LEVEL": "2"}
    command = [sys.executable, "-c", SCRIPT, json.dumps(CLASSIFIERS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


pytestmark = pytest.mark.slow


@pytest.fixture(params=CLASSIFIERS)
def network(request, found):
    return found[request.param]


def test_variables_are_the_same_in_the_same_order(network):
    keras, module = network["shapes"]
    assert keras == module


def test_initial_distributions_are_the_same(network):
    # Bounds are the largest of the draws: within some per cent for hundreds of them, and 0 for biases.
    assert network["bounds"][0] == pytest.approx(network["bounds"][1], rel=0.1)


def test_the_same_weights_give_the_same_logits(network):
    assert network["difference"] <= 1e-5


def test_evaluation_is_the_default_and_not_random(network):
    assert network["again"] == 0


def test_dropout_is_as_strong_in_training(network):
    keras, module = network["spread"]
    assert module == pytest.approx(keras, rel=0.1)


def test_loss_and_optimizer_are_the_same(network):
    assert network["losses"][0] == pytest.approx(network["losses"][1], rel=1e-6)
    assert network["same_optimizer"]
