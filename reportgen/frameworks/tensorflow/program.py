"""The TensorFlow program of a trial: data, model, training and evaluation through Keras."""

from collections.abc import Callable, Mapping, Sequence

import keras
import numpy as np
import tensorflow as tf

from reportgen.datasets.base import Arrays
from reportgen.datasets.order import SharedOrder
from reportgen.frameworks.base import PROBED_BATCHES, Layout
from reportgen.frameworks.tensorflow import data, profiling, training
from reportgen.frameworks.tensorflow.threads import set_threads
from reportgen.frameworks.tensorflow.weights import import_weights
from reportgen.records import Effective, Hyperparameters, Layer, Parameter, Source
from reportgen.runner.stopwatch import Stopwatch
from reportgen.workloads.base import (
    Workload,
    augmentation_of,
    describe_source,
    preferred,
    preferred_both,
)
from reportgen.workloads.mistakes import built


class TensorFlowProgram:
    """Drives one workload with one seed; see :class:`reportgen.frameworks.base.Program` for what each method must do."""

    layout: Layout = "channels_last"

    def __init__(
        self,
        *,
        workload: Workload,
        hyperparameters: Hyperparameters,
        seed: int,
        threads: int,
    ) -> None:
        """Fix the seed, the thread counts and the device, before TensorFlow's first operation."""
        self.code = workload.code("tensorflow")
        preferred(self.code, set_threads)(threads)
        tf.config.set_visible_devices([], "GPU")
        keras.utils.set_random_seed(seed)
        self.settings = hyperparameters
        self.threads = threads

    def load_data(
        self, arrays: Arrays, order: SharedOrder | None = None, augment: bool = True
    ) -> None:
        """Make a data set of batches for each split."""
        batch_size = self.settings.batch_size
        augmentation = augmentation_of(self.code) if augment else None
        # Left out where there is none: a workload's own pipeline need not know it.
        changes = {} if augmentation is None else {"augmentation": augmentation}
        build_dataset = preferred(self.code, data.build_dataset)
        self.order = order
        if order is None:
            self.train = build_dataset(
                arrays.train_images,
                arrays.train_labels,
                batch_size,
                shuffle=True,
                threads=self.threads,
                **changes,
            )
        else:
            build_ordered = preferred_both(
                self.code, data.build_dataset, data.build_ordered_dataset
            )
            self.train = build_ordered(
                arrays.train_images,
                arrays.train_labels,
                batch_size,
                order,
                threads=self.threads,
                **changes,
            )
        self.validation = build_dataset(
            arrays.validation_images,
            arrays.validation_labels,
            batch_size,
            shuffle=False,
            threads=self.threads,
        )
        self.test = build_dataset(
            arrays.test_images,
            arrays.test_labels,
            batch_size,
            shuffle=False,
            threads=self.threads,
        )
        self.class_count = len(arrays.class_names)
        self.image_shape = arrays.image_shape

    def build(self) -> None:
        """Make model, optimiser and loss, and note the initial weights."""
        settings = self.settings
        self.model: keras.Model = built(
            self.code, "build_model", (keras.Model,), self.image_shape, self.class_count
        )
        self.optimizer = built(
            self.code,
            "build_optimizer",
            (keras.optimizers.Optimizer,),
            settings.learning_rate,
            settings.beta_1,
            settings.beta_2,
            settings.epsilon,
        )
        self.loss = built(self.code, "build_loss", (keras.losses.Loss,))
        self.initial = describe_parameters(self.model)

    def export_weights(self) -> list[np.ndarray]:
        """Return the values of the trainable variables."""
        return [np.array(variable) for variable in self.model.trainable_variables]

    def import_weights(self, weights: Sequence[np.ndarray]) -> None:
        """Assign the trainable variables."""
        preferred(self.code, import_weights)(self.model, weights)
        self.initial = describe_parameters(self.model)

    def train_model(self, watch: Stopwatch) -> None:
        """Train with ``fit``."""
        training.train(
            self.model,
            self.optimizer,
            self.loss,
            self.train,
            self.validation,
            self.settings.epochs,
            watch,
        )

    def passes(self) -> Mapping[str, Callable[[], None]]:
        """Return the passes of a profile."""
        return profiling.passes(self.model, self.optimizer, self.loss, self.train)

    def evaluate(self) -> np.ndarray:
        """Predict the test images through the data set."""
        return preferred(self.code, training.predict_batches)(self.model, self.test)

    def predict(self, images: np.ndarray, batch_size: int) -> np.ndarray:
        """Run ``predict``, or its single-batch form where all images fit into one batch."""
        if len(images) <= batch_size:
            return np.asarray(self.model.predict_on_batch(images))
        return np.asarray(self.model.predict(images, batch_size=batch_size, verbose=0))

    def call_name(self) -> str:
        """Name the Keras methods that :meth:`predict` calls."""
        return "model.predict; one image: model.predict_on_batch"

    def layers(self) -> tuple[Layer, ...]:
        """List the layers of the Keras model."""
        return tuple(
            Layer(
                name=layer.name,
                kind=type(layer).__name__,
                output_shape=tuple(layer.output.shape[1:]),
                parameters=layer.count_params(),
            )
            for layer in self.model.layers
        )

    def parameters(self) -> tuple[Parameter, ...]:
        """Return the initial weights noted by :meth:`build`."""
        return self.initial

    def effective(self) -> Effective:
        """Read optimiser, loss, threads and device back from Keras and TensorFlow."""
        optimizer = self.optimizer
        steps = int(optimizer.iterations.numpy()) // self.settings.epochs
        return Effective(
            optimizer=type(optimizer).__name__,
            settings={
                "learning_rate": float(optimizer.learning_rate.numpy()),
                "beta_1": float(optimizer.beta_1),
                "beta_2": float(optimizer.beta_2),
                "epsilon": float(optimizer.epsilon),
                "weight_decay": float(optimizer.weight_decay or 0.0),
            },
            loss="cross-entropy of logits"
            if self.loss.get_config()["from_logits"]
            else "cross-entropy of probabilities",
            batch_size=len(first_labels(self.train, batches=1)),
            steps_per_epoch=steps,
            shuffled=self.draws_new_orders(),
            dtype=self.model.variables[0].dtype,
            device=tf.config.get_visible_devices()[0].device_type.lower(),
            intra_op_threads=tf.config.threading.get_intra_op_parallelism_threads(),
            inter_op_threads=tf.config.threading.get_inter_op_parallelism_threads(),
        )

    def draws_new_orders(self) -> bool:
        """Say whether two passes begin differently; a shared order changes only after a whole one."""
        first = first_labels(self.train, batches=-1 if self.order else PROBED_BATCHES)
        second = first_labels(self.train)
        return not np.array_equal(first[: len(second)], second)

    def sources(self) -> tuple[Source, ...]:
        """Return the model and the training program as they ran."""
        return (
            describe_source("Model", self.code),
            describe_source("Data", data),
            describe_source("Training", training),
        )

    def versions(self) -> dict[str, str]:
        """Return the loaded versions."""
        return {
            "tensorflow": tf.__version__,
            "keras": keras.__version__,
            "numpy": np.__version__,
        }


def describe_parameters(model: keras.Model) -> tuple[Parameter, ...]:
    """Describe the trainable variables with the range of their present values."""
    return tuple(
        Parameter(
            name=variable.path,
            shape=tuple(variable.shape),
            initial_minimum=float(np.min(variable.numpy())),
            initial_maximum=float(np.max(variable.numpy())),
        )
        for variable in model.trainable_variables
    )


def first_labels(dataset: tf.data.Dataset, batches: int = PROBED_BATCHES) -> np.ndarray:
    """Return the labels of the first batches (-1: of all) of one more pass over ``dataset``, in the order in which they come."""
    return np.concatenate([labels.numpy() for _, labels in dataset.take(batches)])
