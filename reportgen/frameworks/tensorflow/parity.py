"""What TensorFlow shows of itself in a parity trial."""

import inspect
from collections.abc import Mapping, Sequence
from itertools import islice

import keras
import numpy as np
import tensorflow as tf

from reportgen.datasets.base import Arrays
from reportgen.datasets.order import SharedOrder
from reportgen.frameworks.mode import Mode
from reportgen.frameworks.tensorflow.program import TensorFlowProgram
from reportgen.parity.material import ORDER_BATCHES, describe_pipeline
from reportgen.records import (
    DeviceKind,
    Effective,
    Hyperparameters,
    Parameter,
    PipelineSample,
    Precision,
)
from reportgen.runner.stopwatch import Stopwatch
from reportgen.workloads.base import Workload, augmentation_of

# As in PyTorch's probe: all test images at once would need gigabytes in a convolutional network.
FORWARD_BATCH = 500


class TensorFlowProbe:
    """See :class:`reportgen.parity.probe.Probe` for what each method must do."""

    def __init__(self, program: TensorFlowProgram) -> None:
        self.program = program

    def load_data(self, arrays: Arrays, order: SharedOrder | None = None) -> None:
        """Make the data sets, and the model in the default number type."""
        self.program.load_data(arrays, order, augment=False)
        self.program.build()
        self.model = self.program.model
        self.native = self.program.parameters()

    def parameters(self) -> tuple[Parameter, ...]:
        """Return what :meth:`TensorFlowProgram.build` noted."""
        return self.native

    def export_weights(self) -> list[np.ndarray]:
        """Read the program's model."""
        return self.program.export_weights()

    def import_weights(self, weights: Sequence[np.ndarray]) -> None:
        """Set the program's model."""
        self.program.import_weights(weights)

    def logits(self, images: np.ndarray, training: bool = False) -> np.ndarray:
        """Call the model on batches of the images."""
        starts = range(0, len(images), FORWARD_BATCH)
        return np.concatenate(
            [
                np.asarray(
                    self.model(images[start : start + FORWARD_BATCH], training=training)
                )
                for start in starts
            ]
        )

    def evaluate(self) -> np.ndarray:
        """Evaluate as a training trial does."""
        return self.program.evaluate()

    def loss_and_gradients(
        self, images: np.ndarray, labels: np.ndarray
    ) -> tuple[float, list[np.ndarray]]:
        """Differentiate the workload's loss."""
        with tf.GradientTape() as tape:
            loss = self.program.loss(labels, self.model(images, training=False))
        return float(loss), [
            np.array(gradient)
            for gradient in tape.gradient(loss, self.model.trainable_variables)
        ]

    def descend(
        self, images: np.ndarray, labels: np.ndarray, learning_rate: float
    ) -> np.ndarray:
        """Train with Keras' SGD."""
        return self.steps(
            keras.optimizers.SGD(learning_rate=learning_rate), images, labels
        )

    def train(
        self, images: np.ndarray, labels: np.ndarray, aligned: bool
    ) -> np.ndarray:
        """Train with the workload's optimiser; Keras' form of the formula is the one that others are aligned to."""
        return self.steps(self.new_optimizer(), images, labels)

    def steps(
        self,
        optimizer: keras.optimizers.Optimizer,
        images: np.ndarray,
        labels: np.ndarray,
    ) -> np.ndarray:
        """Take a step on each batch, in a graph as ``fit`` does."""
        variables = self.model.trainable_variables
        optimizer.build(variables)

        @tf.function
        def step(batch: tf.Tensor, wanted: tf.Tensor) -> tf.Tensor:
            with tf.GradientTape() as tape:
                loss = self.program.loss(wanted, self.model(batch, training=False))
            optimizer.apply(tape.gradient(loss, variables), variables)
            return loss

        return np.array(
            [
                float(step(tf.constant(batch), tf.constant(wanted)))
                for batch, wanted in zip(images, labels, strict=True)
            ]
        )

    def new_optimizer(self) -> keras.optimizers.Optimizer:
        """Return a fresh optimiser of the workload's own kind."""
        settings = self.program.settings
        return self.program.code.build_optimizer(
            settings.learning_rate, settings.beta_1, settings.beta_2, settings.epsilon
        )

    def optimizer_steps(self, weights: np.ndarray, gradients: np.ndarray) -> np.ndarray:
        """Step a lone variable."""
        variable = keras.Variable(weights, dtype=weights.dtype.name, name="lone")
        optimizer = self.new_optimizer()
        optimizer.build([variable])
        after = []
        for gradient in gradients:
            optimizer.apply([tf.constant(gradient)], [variable])
            after.append(np.array(variable))
        return np.stack(after)

    def silence_dropout(self) -> None:
        """Set the rates of Keras' dropout layers to 0, and take TensorFlow's own function out of use."""
        if isinstance(self.model, keras.Model):
            for layer in self.model._flatten_layers():
                if isinstance(layer, keras.layers.Dropout):
                    layer.rate = 0.0
        else:
            # A tf.Module calls it by this name, with a rate that stands in its code.
            tf.nn.dropout = lambda x, *_, **__: x

    def train_epochs(self, watch: Stopwatch) -> None:
        """Run the training program of the mode."""
        self.program.train_model(watch)

    def pipeline(self, arrays: Arrays) -> PipelineSample:
        """Pass once over the training data set, and begin once more."""
        dataset = self.program.train
        first = [
            (images.numpy().mean(axis=(1, 2, 3), dtype=np.float64), labels.numpy())
            for images, labels in dataset
        ]
        second = [labels.numpy() for _, labels in islice(dataset, ORDER_BATCHES)]
        return describe_pipeline(first, second, arrays)

    def scaled_images(self, count: int) -> np.ndarray:
        """Take images from the test data set."""
        taken: list[np.ndarray] = []
        for images, _ in self.program.test:
            taken.append(images.numpy())
            if sum(map(len, taken)) >= count:
                break
        return np.concatenate(taken)[:count]

    def augmented_images(self, images: np.ndarray) -> np.ndarray | None:
        """Take the images through a training pipeline that keeps their order."""
        program = self.program
        augmentation = augmentation_of(program.code)
        if augmentation is None:
            return None
        dataset = program.build_data(
            images,
            np.zeros(len(images), dtype=np.int64),
            shuffle=False,
            augmentation=augmentation,
        )
        return np.concatenate([batch.numpy() for batch, _ in dataset])

    def effective(self) -> Effective:
        """Read back; Keras' optimiser needs no step for that."""
        return self.program.effective()

    def defaults(self) -> Mapping[str, str]:
        """Read defaults from signatures; the initial distributions are those of a layer that was just made."""
        adam = inspect.signature(keras.optimizers.Adam).parameters
        sgd = inspect.signature(keras.optimizers.SGD).parameters
        normalisation = inspect.signature(keras.layers.BatchNormalization).parameters
        layer = keras.layers.Dense(100)
        layer.build((None, 100))
        kernel, bias = np.array(layer.kernel), np.array(layer.bias)
        from_logits = (
            inspect.signature(keras.losses.SparseCategoricalCrossentropy)
            .parameters["from_logits"]
            .default
        )
        return {
            "dense kernel, bound of the uniform initial values for 100 inputs and 100 outputs": f"{np.abs(kernel).max():.2f}",
            "dense bias": "zeros" if not bias.any() else "uniform",
            "Adam epsilon": f"{adam['epsilon'].default:g}",
            "SGD learning rate": f"{sgd['learning_rate'].default:g}",
            "batch normalisation, share kept of the running mean": f"{normalisation['momentum'].default:g}",
            "batch normalisation epsilon": f"{normalisation['epsilon'].default:g}",
            "cross-entropy takes": "logits" if from_logits else "probabilities",
            # Not in the signature, where it is None: fit() documents 32.
            "batch size": "32",
            "place of epsilon in Adam": "beside the uncorrected root",
        }

    def versions(self) -> dict[str, str]:
        """Return the loaded versions."""
        return self.program.versions()


def create_probe(
    *,
    workload: Workload,
    mode: Mode,
    hyperparameters: Hyperparameters,
    seed: int,
    threads: int,
    precision: Precision,
    device: DeviceKind = "cpu",
) -> TensorFlowProbe:
    """Return a probe whose model, loss and optimiser work in ``precision``."""
    keras.config.set_floatx(precision)
    return TensorFlowProbe(
        TensorFlowProgram(
            workload=workload,
            mode=mode,
            hyperparameters=hyperparameters,
            seed=seed,
            threads=threads,
            device=device,
        )
    )
