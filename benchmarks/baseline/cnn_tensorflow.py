"""E2 in TensorFlow: weights as variables, layers as operations, an eager loop with ``GradientTape``, one-hot labels, augmented images."""

import keras
import numpy as np
import tensorflow as tf

from benchmarks.outcome import Laps, arguments, print_outcome

options = arguments()
tf.config.threading.set_intra_op_parallelism_threads(options.threads)
tf.config.threading.set_inter_op_parallelism_threads(options.threads)

# Data
with np.load(options.data / "mnist.npz") as data:
    x_train, y_train = data["x_train"], data["y_train"]
    x_test, y_test = data["x_test"], data["y_test"]
x_train = x_train[..., None].astype("float32") / 255.0
x_test = x_test[..., None].astype("float32") / 255.0
y_train = tf.one_hot(y_train, 10)

train_data = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(len(x_train)).batch(options.batch_size)
test_data = tf.data.Dataset.from_tensor_slices((x_test, y_test)).batch(options.batch_size)

# 10 degrees are 1/36 of a turn.
augmentation = keras.Sequential([keras.layers.RandomRotation(1 / 36), keras.layers.RandomTranslation(0.1, 0.1), keras.layers.RandomZoom(0.1)])


class CNN(tf.Module):
    """Two convolutions with pooling, one dense layer, dropout after each of the three."""

    def __init__(self):
        super().__init__()
        glorot = tf.initializers.GlorotUniform()
        self.w1 = tf.Variable(glorot((3, 3, 1, 32)))
        self.b1 = tf.Variable(tf.zeros(32))
        self.w2 = tf.Variable(glorot((3, 3, 32, 64)))
        self.b2 = tf.Variable(tf.zeros(64))
        self.w3 = tf.Variable(glorot((5 * 5 * 64, 128)))
        self.b3 = tf.Variable(tf.zeros(128))
        self.w4 = tf.Variable(glorot((128, 10)))
        self.b4 = tf.Variable(tf.zeros(10))

    def __call__(self, x, training):
        """Return the logits of a batch of images (batch, 28, 28, 1)."""
        x = tf.nn.relu(tf.nn.conv2d(x, self.w1, strides=1, padding="VALID") + self.b1)
        x = tf.nn.max_pool2d(x, 2, 2, padding="VALID")
        x = tf.nn.dropout(x, 0.25) if training else x
        x = tf.nn.relu(tf.nn.conv2d(x, self.w2, strides=1, padding="VALID") + self.b2)
        x = tf.nn.max_pool2d(x, 2, 2, padding="VALID")
        x = tf.nn.dropout(x, 0.25) if training else x
        x = tf.reshape(x, (-1, 5 * 5 * 64))
        x = tf.nn.relu(x @ self.w3 + self.b3)
        x = tf.nn.dropout(x, 0.5) if training else x
        return x @ self.w4 + self.b4


model = CNN()
optimizer = keras.optimizers.Adam(0.001)


def train_step(images, labels):
    """Take one step; return the loss and the number of images that were right."""
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
    correct = tf.equal(tf.argmax(logits, axis=1), tf.argmax(labels, axis=1))
    return loss, tf.reduce_sum(tf.cast(correct, tf.float32))


# Training
epochs = Laps()
for _ in range(options.epochs):
    epochs.begin()
    losses, correct = [], 0.0
    for images, labels in train_data:
        loss, right = train_step(augmentation(images, training=True), labels)
        losses.append(float(loss))
        correct += float(right)
    epochs.end()


def predict():
    """Return the fraction of the test images that the model gets right."""
    hits = 0
    for images, labels in test_data:
        predicted = tf.argmax(model(images, training=False), axis=1)
        hits += int(np.sum(predicted.numpy() == labels.numpy()))
    return hits / len(x_test)


# Evaluation, and inference on the whole test set
accuracy = predict()
inference = Laps()
for _ in range(3):
    inference.begin()
    predict()
    inference.end()

print_outcome(epochs, accuracy, inference)
