"""E0 and E1 in TensorFlow: a Keras Sequential with one hidden layer, ``fit`` on arrays, ``predict`` on the test images."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from benchmarks.outcome import Laps, arguments, print_outcome

options = arguments()
tf.config.threading.set_intra_op_parallelism_threads(options.threads)
tf.config.threading.set_inter_op_parallelism_threads(options.threads)

# Data: pixel values from 0..255 to [0, 1].
with np.load(options.data / "mnist.npz") as data:
    x_train, y_train = data["x_train"], data["y_train"]
    x_test, y_test = data["x_test"], data["y_test"]
x_train = x_train.astype("float32") / 255.0
x_test = x_test.astype("float32") / 255.0

# Model
model = keras.Sequential(
    [
        layers.Input(shape=(28, 28)),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]
)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])


class EpochTimer(keras.callbacks.Callback):
    """Notes how long each epoch takes."""

    def on_epoch_begin(self, epoch, logs=None):
        """Start the clock."""
        epochs.begin()

    def on_epoch_end(self, epoch, logs=None):
        """Stop the clock."""
        epochs.end()


# Training
epochs = Laps()
model.fit(x_train, y_train, epochs=options.epochs, batch_size=options.batch_size, callbacks=[EpochTimer()], verbose=0)

# Evaluation
_, accuracy = model.evaluate(x_test, y_test, verbose=0)

# Inference on the whole test set
inference = Laps()
for _ in range(4):
    inference.begin()
    model.predict(x_test, batch_size=32, verbose=0)
    inference.end()

print_outcome(epochs, accuracy, inference)
