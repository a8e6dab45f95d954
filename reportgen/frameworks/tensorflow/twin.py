"""A child process: the workload's TensorFlow model with weights that another framework trained, converted to TensorFlow Lite.

``python -m reportgen.frameworks.tensorflow.twin WORKLOAD WEIGHTS TARGET HEIGHT WIDTH CHANNELS CLASSES``; WEIGHTS is an ``.npz`` of arrays in
TensorFlow's layout, in the model's order.
"""

import sys
from pathlib import Path

import numpy as np

from reportgen import workloads
from reportgen.frameworks.tensorflow.exports import lite
from reportgen.frameworks.tensorflow.weights import import_weights
from reportgen.workloads.base import preferred


def main(reference: str, weights: str, target: str, *numbers: str) -> None:
    """Write ``target``; an exception is the answer that it cannot be done."""
    *image_shape, class_count = map(int, numbers)
    code = workloads.find(reference).code("tensorflow")
    model = code.build_model(tuple(image_shape), class_count)
    with np.load(weights, allow_pickle=False) as arrays:
        preferred(code, import_weights)(model, list(arrays.values()))
    path = Path(target)
    path.write_bytes(lite.converter(model, tuple(image_shape)).convert())
    # What it says is the last line of this process, and nothing else is in that.
    sys.exit(lite.fault(path))


if __name__ == "__main__":
    main(*sys.argv[1:])
