"""How many threads TensorFlow may use: told once, before its first operation, and by every process in the same way."""

import tensorflow as tf


def set_threads(threads: int) -> None:
    """Use ``threads`` threads within an operation, and as many between operations."""
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)
