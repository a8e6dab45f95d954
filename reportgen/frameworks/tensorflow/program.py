"""The TensorFlow program of a trial: what all modes share. How data come and how training goes is the mode's."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from itertools import islice
from types import FunctionType
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from reportgen.datasets.base import Arrays
from reportgen.datasets.order import SharedOrder
from reportgen.frameworks.base import PROBED_BATCHES, Batches, Layout
from reportgen.frameworks.driving import Predictor, builders, predictor
from reportgen.frameworks.mode import Mode
from reportgen.frameworks.tensorflow import devices
from reportgen.frameworks.tensorflow.describe import (
    describe_layers,
    describe_loss,
    describe_parameters,
)
from reportgen.frameworks.tensorflow.settings import read_settings
from reportgen.frameworks.tensorflow.threads import set_threads
from reportgen.frameworks.tensorflow.weights import import_weights
from reportgen.records import (
    DeviceKind,
    Effective,
    Hyperparameters,
    Layer,
    Parameter,
    Source,
)
from reportgen.runner.stopwatch import Stopwatch
from reportgen.workloads.base import (
    Workload,
    augmentation_of,
    describe_source,
    preferred,
)
from reportgen.workloads.mistakes import built


class TensorFlowProgram:
    """Drives one workload in one mode with one seed; see :class:`reportgen.frameworks.base.Program` for what each method must do."""

    layout: Layout = "channels_last"

    def __init__(
        self,
        *,
        workload: Workload,
        mode: Mode,
        hyperparameters: Hyperparameters,
        seed: int,
        threads: int,
        device: DeviceKind = "cpu",
    ) -> None:
        """Fix the seed, the thread counts and the device, before TensorFlow's first operation."""
        self.mode = mode
        self.training = mode.training_module()
        self.code = workload.code(mode.code)
        preferred(self.code, set_threads)(threads)
        self.device = devices.use(device)
        keras.utils.set_random_seed(seed)
        self.settings = hyperparameters
        self.threads = threads

    def load_data(
        self, arrays: Arrays, order: SharedOrder | None = None, augment: bool = True
    ) -> None:
        """Make the training data of the mode for each split."""
        batch_size = self.settings.batch_size
        build, build_ordered = builders(self.mode, self.code)
        augmentation = augmentation_of(self.code) if augment else None
        # Left out where there is none: a workload's own pipeline need not know it.
        changes = {} if augmentation is None else {"augmentation": augmentation}
        # Only a pipeline has threads of its own.
        threads = {"threads": self.threads} if takes(build, "threads") else {}
        self.build_data = partial(build, batch_size=batch_size, **threads)
        self.order = order
        images, labels = arrays.train_images, arrays.train_labels
        self.train = (
            self.build_data(images, labels, shuffle=True, **changes)
            if order is None
            else build_ordered(images, labels, batch_size, order, **threads, **changes)
        )
        self.validation = self.build_data(
            arrays.validation_images, arrays.validation_labels, shuffle=False
        )
        self.test = self.build_data(
            arrays.test_images, arrays.test_labels, shuffle=False
        )
        self.class_count = len(arrays.class_names)
        self.image_shape = arrays.image_shape

    def build(self) -> None:
        """Make model, optimiser and loss, and note the initial weights."""
        settings = self.settings
        self.model: keras.Model | tf.Module = built(
            self.code,
            "build_model",
            (keras.Model, tf.Module),
            self.image_shape,
            self.class_count,
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
        self.loss = built(self.code, "build_loss", (keras.losses.Loss, FunctionType))
        if hasattr(self.training, "prepare"):
            self.training.prepare(self.optimizer)
        self.initial = describe_parameters(self.model)

    def export_weights(self) -> list[np.ndarray]:
        """Return the values of the trainable variables."""
        return [np.array(variable) for variable in self.model.trainable_variables]

    def import_weights(self, weights: Sequence[np.ndarray]) -> None:
        """Assign the trainable variables."""
        preferred(self.code, import_weights)(self.model, weights)
        self.initial = describe_parameters(self.model)

    def train_model(self, watch: Stopwatch) -> None:
        """Run the training program of the mode."""
        self.training.train(
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
        profiling = self.mode.profiling_module()
        passes: Mapping[str, Callable[[], None]] = profiling.passes(
            self.model, self.optimizer, self.loss, self.train
        )
        return passes

    def evaluate(self) -> np.ndarray:
        """Predict the test images as the mode does."""
        predict_batches = preferred(self.code, self.training.predict_batches)
        return np.asarray(predict_batches(self.model, self.test))

    def predict(self, images: np.ndarray, batch_size: int) -> np.ndarray:
        """Call the mode's own predictor, where it has one, else Keras'."""
        return self.predictor[1](images, batch_size)

    def call_name(self) -> str:
        """Name the call that :meth:`predict` makes."""
        return self.predictor[0]

    @cached_property
    def predictor(self) -> Predictor:
        """The name of a call, and the function that makes it."""
        own = predictor(self.training, self.model)
        return own or (
            "model.predict; one image: model.predict_on_batch",
            self.call_keras,
        )

    def call_keras(self, images: np.ndarray, batch_size: int) -> np.ndarray:
        """Run ``predict``, or its single-batch form where all images fit into one batch."""
        if len(images) <= batch_size:
            return np.asarray(self.model.predict_on_batch(images))
        return np.asarray(self.model.predict(images, batch_size=batch_size, verbose=0))

    def layers(self) -> tuple[Layer, ...]:
        """List the layers of the model."""
        return describe_layers(self.model)

    def parameters(self) -> tuple[Parameter, ...]:
        """Return the initial weights noted by :meth:`build`."""
        return self.initial

    def effective(self) -> Effective:
        """Read optimiser, loss, threads and device back from Keras and TensorFlow."""
        optimizer = self.optimizer
        place = devices.kind_of(self.model.variables[0])
        steps = int(optimizer.iterations.numpy()) // self.settings.epochs
        return Effective(
            optimizer=type(optimizer).__name__,
            settings=read_settings(optimizer),
            loss=describe_loss(self.loss),
            batch_size=len(first_labels(self.train, count=1)),
            steps_per_epoch=steps,
            shuffled=self.draws_new_orders(),
            dtype=tf.as_dtype(self.model.variables[0].dtype).name,
            device=place,
            device_name=devices.device_name(place),
            tensor_float_32=devices.tensor_float_32(place),
            mixed_precision=devices.mixed_precision(),
            intra_op_threads=tf.config.threading.get_intra_op_parallelism_threads(),
            inter_op_threads=tf.config.threading.get_inter_op_parallelism_threads(),
        )

    def draws_new_orders(self) -> bool:
        """Say whether two passes begin differently; a shared order changes only after a whole one."""
        first = first_labels(self.train, count=None if self.order else PROBED_BATCHES)
        second = first_labels(self.train)
        return not np.array_equal(first[: len(second)], second)

    def sources(self) -> tuple[Source, ...]:
        """Return the model and the training program as they ran."""
        return (
            describe_source("Model", self.code),
            describe_source("Data", self.mode.data_module()),
            describe_source("Training", self.training),
        )

    def versions(self) -> dict[str, str]:
        """Return the loaded versions."""
        return {
            "tensorflow": tf.__version__,
            "keras": keras.__version__,
            "numpy": np.__version__,
        }


def takes(function: Callable[..., Any], name: str) -> bool:
    """Say whether a function has a parameter called ``name``."""
    return name in inspect.signature(function).parameters


def first_labels(batches: Batches, count: int | None = PROBED_BATCHES) -> np.ndarray:
    """Return the labels of the first batches (``None``: of all) of one more pass, in the order in which they come."""
    return np.concatenate([labels.numpy() for _, labels in islice(batches, count)])
