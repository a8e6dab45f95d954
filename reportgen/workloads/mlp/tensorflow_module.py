"""The multilayer perceptron in TensorFlow without Keras layers."""

import math
from collections.abc import Callable

import tensorflow as tf
from keras.config import floatx


class Network(tf.Module):
    """A network from images to logits.

    Images are float32 (batch, height, width, channels), logits (batch, class_count).
    """

    def __init__(self, input_shape: tuple[int, int, int], class_count: int) -> None:
        """``input_shape`` is (height, width, channels)."""
        super().__init__()
        self.inputs = math.prod(input_shape)
        self.hidden_kernel = glorot_uniform([self.inputs, 64], "hidden/kernel")
        self.hidden_bias = zeros(64, "hidden/bias")
        self.logits_kernel = glorot_uniform([64, class_count], "logits/kernel")
        self.logits_bias = zeros(class_count, "logits/bias")

    @property
    def trainable_variables(self) -> list[tf.Variable]:
        """The variables from input to output; by itself tf.Module sorts them by name."""
        return [
            self.hidden_kernel,
            self.hidden_bias,
            self.logits_kernel,
            self.logits_bias,
        ]

    def __call__(
        self,
        images: tf.Tensor,
        training: bool = False,
    ) -> tf.Tensor:
        """Return the logits of a batch of images, in training as in evaluation."""
        inputs = tf.reshape(images, [-1, self.inputs])
        hidden = tf.nn.relu(inputs @ self.hidden_kernel + self.hidden_bias)
        return hidden @ self.logits_kernel + self.logits_bias


def build_model(input_shape: tuple[int, int, int], class_count: int) -> tf.Module:
    """Return the network with fresh initial weights."""
    return Network(input_shape, class_count)


def build_optimizer(
    learning_rate: float, beta_1: float, beta_2: float, epsilon: float
) -> tf.optimizers.Optimizer:
    """Return Adam."""
    return tf.optimizers.Adam(
        learning_rate=learning_rate, beta_1=beta_1, beta_2=beta_2, epsilon=epsilon
    )


def build_loss() -> Callable[[tf.Tensor, tf.Tensor], tf.Tensor]:
    """Return the cross-entropy of integer labels and logits, averaged over the batch."""

    def loss(labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        return tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
        )

    return loss


def glorot_uniform(shape: list[int], name: str) -> tf.Variable:
    """Return a kernel from Glorot's uniform distribution; inputs and outputs come last."""
    field = math.prod(shape[:-2])
    bound = math.sqrt(6 / (field * (shape[-2] + shape[-1])))
    return tf.Variable(
        tf.random.uniform(shape, -bound, bound, dtype=floatx()), name=name
    )


def zeros(length: int, name: str) -> tf.Variable:
    """Return a bias."""
    return tf.Variable(tf.zeros([length], dtype=floatx()), name=name)
