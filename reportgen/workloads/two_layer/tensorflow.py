"""A two-layer network in TensorFlow, with its gradients worked out by hand."""

import tensorflow as tf

HIDDEN_UNITS = 100


def initial_weights(input_count: int, output_count: int) -> list[tf.Tensor]:
    """Return fresh weights (inputs, hidden) and (hidden, outputs): Glorot uniform."""

    def glorot(rows: int, columns: int) -> tf.Tensor:
        bound = (6.0 / (rows + columns)) ** 0.5
        return tf.random.uniform((rows, columns), -bound, bound)

    return [glorot(input_count, HIDDEN_UNITS), glorot(HIDDEN_UNITS, output_count)]


def predict(x: tf.Tensor, w1: tf.Tensor, w2: tf.Tensor) -> tf.Tensor:
    """Return the outputs for inputs x (samples, inputs)."""
    return tf.matmul(tf.nn.relu(tf.matmul(x, w1)), w2)


def gradients(
    x: tf.Tensor, y: tf.Tensor, w1: tf.Tensor, w2: tf.Tensor
) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
    """Return the mean squared error, and its gradients for both weights."""
    hidden = tf.nn.relu(tf.matmul(x, w1))
    error = tf.matmul(hidden, w2) - y
    loss = tf.reduce_mean(error * error)
    error_gradient = (2.0 / (y.shape[0] * y.shape[1])) * error
    w2_gradient = tf.matmul(hidden, error_gradient, transpose_a=True)
    hidden_gradient = tf.matmul(error_gradient, w2, transpose_b=True)
    active_gradient = tf.where(hidden > 0.0, hidden_gradient, 0.0)
    w1_gradient = tf.matmul(x, active_gradient, transpose_a=True)
    return loss, w1_gradient, w2_gradient


def descend(
    x: tf.Tensor,
    y: tf.Tensor,
    w1: tf.Variable,
    w2: tf.Variable,
    learning_rate: float,
) -> tf.Tensor:
    """Take one step of gradient descent, and return the loss before it."""
    loss, w1_gradient, w2_gradient = gradients(x, y, w1, w2)
    # A static graph knows no order but what depends on what: no weight may change
    # before both gradients are there, nor the loss be given before both have changed.
    with tf.control_dependencies([w1_gradient, w2_gradient]):
        updates = [
            w1.assign_sub(learning_rate * w1_gradient, read_value=False),
            w2.assign_sub(learning_rate * w2_gradient, read_value=False),
        ]
    with tf.control_dependencies(updates):
        return tf.identity(loss)
