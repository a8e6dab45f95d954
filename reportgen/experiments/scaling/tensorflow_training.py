"""Data-parallel training in TensorFlow.

Every process runs the same program under MultiWorkerMirroredStrategy, which adds up the
gradients of all of them before the update. The loop is a custom one with ``strategy.run``.
"""

import json
import os

import keras
import numpy as np
import tensorflow as tf

from reportgen.datasets.base import Arrays
from reportgen.experiments.scaling.orders import WorkerOrder
from reportgen.frameworks.tensorflow.threads import set_threads
from reportgen.frameworks.tensorflow.weights import import_weights
from reportgen.parity.material import initial_weights
from reportgen.records import Precision
from reportgen.runner.images import scaled
from reportgen.workloads.base import Workload


class Team:
    """The processes that train together, seen from one of them."""

    def __init__(self, order: WorkerOrder) -> None:
        """Meet the other workers; returns when all are there.

        One worker alone is the same program with TensorFlow's default strategy, which does
        not communicate.
        """
        set_threads(order.threads)
        keras.utils.set_random_seed(order.seed + order.rank)
        self.strategy = (
            meet(order) if order.workers > 1 else tf.distribute.get_strategy()
        )
        self.size = self.strategy.num_replicas_in_sync
        self.threads = tf.config.threading.get_intra_op_parallelism_threads()
        self.versions = {
            "tensorflow": tf.__version__,
            "keras": keras.__version__,
            "numpy": np.__version__,
        }


def meet(order: WorkerOrder) -> tf.distribute.Strategy:
    """Return a strategy over all workers; each finds the others through TF_CONFIG."""
    os.environ["TF_CONFIG"] = json.dumps(
        {
            "cluster": {"worker": list(order.addresses)},
            "task": {"type": "worker", "index": order.rank},
        }
    )
    return tf.distribute.MultiWorkerMirroredStrategy(
        communication_options=tf.distribute.experimental.CommunicationOptions(
            implementation=tf.distribute.experimental.CommunicationImplementation.RING,
            timeout_seconds=order.timeout_s,
        )
    )


class Training:
    """One worker's training of a workload's network, from shared initial weights."""

    def __init__(
        self,
        order: WorkerOrder,
        team: Team,
        workload: Workload,
        arrays: Arrays,
        precision: Precision,
        training: bool,
    ) -> None:
        """Make network, optimiser and loss; ``training`` switches dropout and the like on."""
        settings = order.hyperparameters
        code = workload.code("tensorflow")
        keras.config.set_floatx(precision)
        with team.strategy.scope():
            self.model: keras.Model = code.build_model(
                arrays.image_shape, len(arrays.class_names)
            )
            self.optimizer: keras.optimizers.Optimizer = code.build_optimizer(
                settings.learning_rate,
                settings.beta_1,
                settings.beta_2,
                settings.epsilon,
            )
            self.optimizer.build(self.model.trainable_variables)
            self.loss: keras.losses.Loss = code.build_loss()
        shapes = [tuple(variable.shape) for variable in self.model.trainable_variables]
        import_weights(self.model, initial_weights(shapes, order.seed, precision))
        self.training = training
        pixels = scaled(arrays.train_images[: order.images], "channels_last")
        images = tf.constant(pixels.astype(precision))
        labels = tf.constant(arrays.train_labels[: order.images])

        @tf.function
        def distributed_step(indices: tf.Tensor) -> tf.Tensor:
            batch = (tf.gather(images, indices), tf.gather(labels, indices))
            return team.strategy.run(self.replica_step, args=batch)

        self.distributed_step = distributed_step
        self.size = team.size

    def replica_step(self, images: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
        """Take one step on this worker's share of a batch, and return its loss.

        Within a strategy, Keras divides the mean over the share by the number of workers, and
        adds up the workers' gradients before the update.
        """
        variables = self.model.trainable_variables
        with tf.GradientTape() as tape:
            loss = self.loss(labels, self.model(images, training=self.training))
        self.optimizer.apply(tape.gradient(loss, variables), variables)
        return loss

    def step(self, indices: np.ndarray) -> tf.Tensor:
        """Take one step on this worker's share of a batch."""
        return self.distributed_step(tf.constant(indices))

    def value(self, loss: tf.Tensor) -> float:
        """Return the mean loss of a share as a number, which waits until it is computed."""
        return float(loss) * self.size

    def weights(self) -> list[np.ndarray]:
        """Return the trainable arrays."""
        return [np.array(variable) for variable in self.model.trainable_variables]


def own_loop(
    order: WorkerOrder, team: Team, workload: Workload, arrays: Arrays
) -> None:
    """Try ``model.fit`` under the strategy; raises whatever stands in its way."""
    training = Training(order, team, workload, arrays, "float32", True)
    batches = (
        tf.data.Dataset.from_tensor_slices(
            (
                scaled(arrays.train_images[: order.images], "channels_last"),
                arrays.train_labels[: order.images],
            )
        )
        .repeat()
        .batch(order.parity_batch)
    )
    with team.strategy.scope():
        training.model.compile(optimizer=training.optimizer, loss=training.loss)
    training.model.fit(batches, steps_per_epoch=3, epochs=1, verbose=0)
