"""Shows that a model whose dropout is drawn ahead is the same model; run in a process of its own."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from reportgen.frameworks.tensorflow.drawn_dropout import with_drawn_dropout

keras.utils.set_random_seed(1)
model = keras.Sequential([keras.Input((6,)), layers.Dense(50, activation="tanh"), layers.Dropout(0.2), layers.Dense(3)])
twin, dropouts = with_drawn_dropout(model)
(dropout,) = dropouts
images = np.random.default_rng(1).random((4, 6), dtype=np.float32)

# The same variables, and the same answers where nothing is dropped.
assert all(own is other for own, other in zip(model.trainable_variables, twin.trainable_variables, strict=True))
np.testing.assert_array_equal(twin(images, training=False), model(images, training=False))
assert model.layers[1].output.shape == (None, 50)

# Every step has a mask of its own, and a fifth is dropped.
masks = dropout.draw((200, 4)).numpy()
assert masks.shape == (200, 4, 50)
assert abs(masks.mean() - 0.8) < 0.01
assert not np.array_equal(masks[0], masks[1])
assert not np.array_equal(masks, dropout.draw((200, 4)).numpy())

# What is kept is scaled up, as Keras does it.
dropout.mask = tf.constant(masks[0])
hidden = model.layers[0](images).numpy()
np.testing.assert_allclose(dropout(hidden, training=True), np.where(masks[0], hidden / 0.8, 0), rtol=1e-6)
found = np.abs(keras.layers.Dropout(0.2, seed=1)(np.ones((1, 50), np.float32), training=True)).max()
assert abs(found - 1 / 0.8) < 1e-6

# A model without dropout, or whose dropout shares its mask, stays itself.
plain = keras.Sequential([keras.Input((6,)), layers.Dense(3)])
assert with_drawn_dropout(plain)[0] is plain
shared = keras.Sequential([keras.Input((6, 2)), layers.Dropout(0.2, noise_shape=(None, 1, 2))])
assert with_drawn_dropout(shared)[0] is shared
print("the same")
