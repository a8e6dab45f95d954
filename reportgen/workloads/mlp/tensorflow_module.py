"""The multilayer perceptron in plain TensorFlow, without Keras layers."""

import math
from collections.abc import Callable

import tensorflow as tf


class Network(tf.Module):
    """A network from images to logits.

    Images are floats (batch, height, width, channels), logits (batch, class_count).
    """

    def __init__(
        self, input_shape: tuple[int, int, int], class_count: int, dtype: tf.DType
    ) -> None:
        """``input_shape`` is (height, width, channels)."""
        super().__init__()
        inputs = math.prod(input_shape)
        self.hidden_kernel = glorot_uniform("hidden/kernel", inputs, 64, dtype)
        self.hidden_bias = tf.Variable(tf.zeros(64, dtype), name="hidden/bias")
        self.logits_kernel = glorot_uniform("logits/kernel", 64, class_count, dtype)
        self.logits_bias = tf.Variable(tf.zeros(class_count, dtype), name="logits/bias")

    @property
    def trainable_variables(self) -> tuple[tf.Variable, ...]:
        """The variables in the order of the layers."""
        return (
            self.hidden_kernel,
            self.hidden_bias,
            self.logits_kernel,
            self.logits_bias,
        )

    def __call__(self, images: tf.Tensor, training: bool = False) -> tf.Tensor:
        """Return the logits of a batch of images."""
        images = tf.cast(images, self.hidden_kernel.dtype)
        inputs = tf.reshape(images, (-1, self.hidden_kernel.shape[0]))
        hidden = tf.nn.relu(inputs @ self.hidden_kernel + self.hidden_bias)
        return hidden @ self.logits_kernel + self.logits_bias


def glorot_uniform(
    name: str, inputs: int, outputs: int, dtype: tf.DType
) -> tf.Variable:
    """Return the kernel of a dense layer with random initial values."""
    bound = math.sqrt(6 / (inputs + outputs))
    values = tf.random.uniform((inputs, outputs), -bound, bound, dtype)
    return tf.Variable(values, name=name)


def build_model(
    input_shape: tuple[int, int, int],
    class_count: int,
    dtype: tf.DType | str = tf.float32,
) -> Network:
    """Return the network with fresh initial weights."""
    return Network(input_shape, class_count, tf.as_dtype(dtype))


def build_optimizer(
    learning_rate: float, beta_1: float, beta_2: float, epsilon: float
) -> tf.keras.optimizers.Optimizer:
    """Return Adam."""
    return tf.keras.optimizers.Adam(
        learning_rate=learning_rate, beta_1=beta_1, beta_2=beta_2, epsilon=epsilon
    )


def build_loss() -> Callable[[tf.Tensor, tf.Tensor], tf.Tensor]:
    """Return the cross-entropy of logits and integer labels, averaged over the batch."""
    return cross_entropy


def cross_entropy(labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
    """Return the mean cross-entropy of a batch."""
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
    return tf.reduce_mean(losses)
