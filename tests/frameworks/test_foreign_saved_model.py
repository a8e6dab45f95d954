"""A SavedModel that another program wrote has a signature, and no function called serve. In processes of their own: they load TensorFlow."""

import subprocess
import sys

WRITE = """
import sys
import tensorflow as tf

class Network(tf.Module):
    @tf.function(input_signature=[tf.TensorSpec([None, 2, 2, 1], tf.float32)])
    def __call__(self, images):
        return {"scores": 2 * tf.reshape(images, [-1, 4])}

network = Network()
tf.saved_model.save(network, sys.argv[1], signatures=network.__call__)
"""
OPEN = """
import sys
import numpy as np
from reportgen.frameworks.tensorflow.reopen import SavedModel
images = np.arange(12, dtype=np.float32).reshape(3, 2, 2, 1)
again = SavedModel(sys.argv[1], 1)
assert again.input_shape == (None, 2, 2, 1), again.input_shape
np.testing.assert_array_equal(again.predict(images, 2), 2 * images.reshape(3, 4))
print("answered")
"""


def test_it_answers_through_its_signature(tmp_path):
    for code in (WRITE, OPEN):
        command = [sys.executable, "-c", code, str(tmp_path / "model")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "answered"
