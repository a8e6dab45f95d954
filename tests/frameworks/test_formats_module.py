"""The ways out of TensorFlow for a model of plain TensorFlow, which is no Keras model: the one that has both kinds of layers."""

import numpy as np

from reportgen import frameworks
from reportgen.analysis.export_sameness import EXACT, LARGEST_DIFFERENCE

#: It has dense layers and convolutions.
WORKLOAD = "cnn"


def test_what_only_keras_can_write_is_not_available(trained):
    samples = {sample.format: sample for sample in trained("tensorflow", WORKLOAD, "gradient-tape").result.exports}
    assert samples["keras"].status == "unavailable"
    assert "tf.Module" in str(samples["keras"].error)


def test_everything_else_is_still_the_same_model(trained, reopened):
    source = trained("tensorflow", WORKLOAD, "gradient-tape")
    written = [sample.format for sample in source.result.exports if sample.status == "ok"]
    assert {"saved_model", "onnx", "tflite", "tflite_float16", "tflite_dynamic", "tflite_int8"} <= set(written)
    for name in written:
        result, logits = reopened("tensorflow", WORKLOAD, name, "gradient-tape")
        assert result.input_shape[0] is None
        assert np.mean(logits.argmax(axis=1) == source.logits.argmax(axis=1)) >= 0.98, name
        if frameworks.find_format("tensorflow", name).precision == EXACT:
            assert np.max(np.abs(logits - source.logits)) <= LARGEST_DIFFERENCE, name
