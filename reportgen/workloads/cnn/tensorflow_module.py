"""The convolutional network in TensorFlow without Keras layers."""

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
        height, width, channels = input_shape
        # A 3 x 3 kernel takes a pixel from each edge, and pooling halves what is left.
        rows, columns = (((side - 2) // 2 - 2) // 2 for side in (height, width))
        self.inputs = rows * columns * 64
        self.maps_1_kernel = glorot_uniform([3, 3, channels, 32], "maps_1/kernel")
        self.maps_1_bias = zeros(32, "maps_1/bias")
        self.maps_2_kernel = glorot_uniform([3, 3, 32, 64], "maps_2/kernel")
        self.maps_2_bias = zeros(64, "maps_2/bias")
        self.hidden_kernel = glorot_uniform([self.inputs, 128], "hidden/kernel")
        self.hidden_bias = zeros(128, "hidden/bias")
        self.logits_kernel = glorot_uniform([128, class_count], "logits/kernel")
        self.logits_bias = zeros(class_count, "logits/bias")

    @property
    def trainable_variables(self) -> list[tf.Variable]:
        """The variables from input to output; by itself tf.Module sorts them by name."""
        return [
            self.maps_1_kernel,
            self.maps_1_bias,
            self.maps_2_kernel,
            self.maps_2_bias,
            self.hidden_kernel,
            self.hidden_bias,
            self.logits_kernel,
            self.logits_bias,
        ]

    def __call__(self, images: tf.Tensor, training: bool = False) -> tf.Tensor:
        """Return the logits of a batch of images, with dropout only in training."""
        maps = tf.nn.conv2d(images, self.maps_1_kernel, strides=1, padding="VALID")
        maps = tf.nn.relu(maps + self.maps_1_bias)
        maps = tf.nn.max_pool2d(maps, ksize=2, strides=2, padding="VALID")
        if training:
            maps = tf.nn.dropout(maps, rate=0.25)
        maps = tf.nn.conv2d(maps, self.maps_2_kernel, strides=1, padding="VALID")
        maps = tf.nn.relu(maps + self.maps_2_bias)
        maps = tf.nn.max_pool2d(maps, ksize=2, strides=2, padding="VALID")
        if training:
            maps = tf.nn.dropout(maps, rate=0.25)
        inputs = tf.reshape(maps, [-1, self.inputs])
        hidden = tf.nn.relu(inputs @ self.hidden_kernel + self.hidden_bias)
        if training:
            hidden = tf.nn.dropout(hidden, rate=0.5)
        return hidden @ self.logits_kernel + self.logits_bias


def build_model(input_shape: tuple[int, int, int], class_count: int) -> tf.Module:
    """Return the network with fresh initial weights."""
    return Network(input_shape, class_count)


def build_augmentation() -> Callable[..., tf.Tensor]:
    """Return what turns, scales and shifts each image of a batch at random, in training.

    Images are float32 (batch, height, width, channels) in [0, 1].
    """

    def augment(images: tf.Tensor, training: bool) -> tf.Tensor:
        if not training:
            return images
        count, height, width = tf.unstack(tf.shape(images)[:3])
        turn = tf.random.uniform([count], -math.radians(10), math.radians(10))
        zoom = tf.random.uniform([count], 0.9, 1.1)
        height, width = tf.cast(height, tf.float32), tf.cast(width, tf.float32)
        right = tf.random.uniform([count], -0.1, 0.1) * width
        down = tf.random.uniform([count], -0.1, 0.1) * height
        # A pixel at (x, y) comes from there about the centre, shifted back and turned;
        # a zoom by z divides lengths by z.
        cosine, sine = zoom * tf.cos(turn), zoom * tf.sin(turn)
        x, y = (width - 1) / 2, (height - 1) / 2
        zero = tf.zeros([count])
        transforms = tf.stack(
            [
                cosine,
                -sine,
                x - cosine * (x + right) + sine * (y + down),
                sine,
                cosine,
                y - sine * (x + right) - cosine * (y + down),
                zero,
                zero,
            ],
            axis=1,
        )
        return tf.raw_ops.ImageProjectiveTransformV3(
            images=images,
            transforms=transforms,
            output_shape=tf.shape(images)[1:3],
            fill_value=0.0,
            interpolation="BILINEAR",
            fill_mode="CONSTANT",
        )

    return augment


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
